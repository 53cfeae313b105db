"""The check against answers that a good registrar does not give: rare ones, late ones, wrong ones and endless ones."""

import asyncio
import hashlib
import socket
from pathlib import Path

import pytest

from tests.fakes.name_server import NameServer
from tests.fakes.sip_server import Asked, SipServer
from voipdesk.core.sip_check import Cause, CheckReport, CheckStep, Outcome, StepKind, Verdict
from voipdesk.core.sip_settings import SipSettings
from voipdesk.services.sip_check import SipCheck
from voipdesk.sip.timers import Timers

PASSWORD = "correct horse"
HAS_IPV6 = socket.has_ipv6 and Path("/proc/net/if_inet6").exists()
HASTY = Timers().scaled(0.02)
"""For servers that never answer as they should: waiting for them in full would only take time."""
PATIENT = Timers(t1=0.05)
DIGEST = 'Digest realm="sip.test", nonce="{}"'


def account(server: SipServer, **changed: str) -> SipSettings:
    given = {"username": "100", "password": PASSWORD, "domain": "sip.test", "outbound_proxy": server.address}
    return SipSettings(**{**given, **changed})


def is_right(asked: Asked, header: str = "Authorization") -> bool:
    """Whether the digest is that of the password, by the plain formula."""
    given = asked.digest(header)
    if not given:
        return False
    hashes = {"SHA-256": "sha256", "MD5": "md5"}[given.get("algorithm", "MD5").upper().removesuffix("-SESS")]

    def hashed(*parts: str) -> str:
        return hashlib.new(hashes, ":".join(parts).encode()).hexdigest()

    secret = hashed(given["username"], given["realm"], PASSWORD)
    if given.get("algorithm", "").upper().endswith("-SESS"):
        secret = hashed(secret, given["nonce"], given["cnonce"])
    between = (given["nonce"], given["nc"], given["cnonce"], given["qop"]) if "qop" in given else (given["nonce"],)
    return given["response"] == hashed(secret, *between, hashed(asked.method, given["uri"]))


def registrar(challenge: str, *more: str):
    """An answer for each request: OPTIONS are fine, and REGISTER is once the digest is right."""

    def answer(asked: Asked) -> bytes:
        if asked.method == "OPTIONS" or is_right(asked):
            return asked.reply("200 OK")
        return asked.reply("401 Unauthorized", *(f"WWW-Authenticate: {one}" for one in (challenge, *more)))

    return answer


def says(status: str, *headers: str):
    """An answer for each request: OPTIONS are fine, and REGISTER is not."""
    return lambda asked: asked.reply(*("200 OK",) if asked.method == "OPTIONS" else (status, *headers))


def asks_then_says(status: str, *headers: str):
    """An answer for each request: OPTIONS are fine, and REGISTER is not, once the password's digest is there."""

    def answer(asked: Asked) -> bytes:
        if asked.method == "OPTIONS":
            return asked.reply("200 OK")
        if not asked.digest():
            return asked.reply("401 Unauthorized", f"WWW-Authenticate: {DIGEST}")
        return asked.reply(status, *headers)

    return answer


def sign_in(report: CheckReport) -> CheckStep:
    return next(step for step in report.steps if step.kind is StepKind.SIGN_IN)


@pytest.mark.parametrize(
    ("answer", "outcome", "cause", "word"),
    [
        (says("404 Not Found"), Outcome.REFUSED, Cause.UNKNOWN_USER, "“100”"),
        (says("604 Does Not Exist Anywhere"), Outcome.REFUSED, Cause.UNKNOWN_USER, "“100”"),
        (says("403 Domain not served"), Outcome.REFUSED, Cause.WRONG_DOMAIN, "“sip.test”"),
        (says("403 Forbidden"), Outcome.REFUSED, Cause.FORBIDDEN, "without asking"),
        (asks_then_says("403 Forbidden"), Outcome.REFUSED, Cause.FORBIDDEN, "say the same of a wrong password"),
        (asks_then_says("403 Forbidden (Bad auth)"), Outcome.REFUSED, Cause.USER_OR_PASSWORD, "which of the two"),
        (asks_then_says("403 Invalid password"), Outcome.REFUSED, Cause.WRONG_PASSWORD, "the password is wrong"),
        (asks_then_says("401 No", f"WWW-Authenticate: {DIGEST}", 'Warning: 399 x "Wrong password"'), Outcome.REFUSED,
         Cause.WRONG_PASSWORD, "the password is wrong"),
        (asks_then_says("403 User unknown"), Outcome.REFUSED, Cause.UNKNOWN_USER, "“100”"),
        (asks_then_says("403 Wrong user or password"), Outcome.REFUSED, Cause.USER_OR_PASSWORD, "which of the two"),
        (says("405 Method Not Allowed"), Outcome.REFUSED, Cause.NOT_A_REGISTRAR, "sign-ins"),
        (says("501 Not Implemented"), Outcome.REFUSED, Cause.NOT_A_REGISTRAR, "sign-ins"),
        (says("488 Not Acceptable Here"), Outcome.REFUSED, Cause.FORBIDDEN, "488 Not Acceptable Here"),
        (says("302 Moved", "Contact: <sip:evil.test>"), Outcome.REFUSED, Cause.MOVED, "sip:evil.test"),
        (says("305 Use Proxy"), Outcome.REFUSED, Cause.MOVED, "another"),
        (says("503 Busy", "Retry-After: 17 (later)"), Outcome.UNDECIDED, Cause.OVERLOADED, "in 17 seconds"),
        (says("503 Busy", "Retry-After: soon"), Outcome.UNDECIDED, Cause.OVERLOADED, "again later"),
        (says("500 Oops"), Outcome.UNDECIDED, Cause.SERVER_FAULT, "500 Oops"),
        (says("408 Request Timeout"), Outcome.UNDECIDED, Cause.SERVER_FAULT, "does not answer"),
        (says("400 Missing Contact"), Outcome.UNDECIDED, Cause.NOT_UNDERSTOOD, "Registering"),
        (says("423 Interval Too Brief"), Outcome.UNDECIDED, Cause.TOO_SHORT, "longer"),
        (says("401 Unauthorized"), Outcome.REFUSED, Cause.UNSUPPORTED, "Digest"),
        (says("401 No", 'WWW-Authenticate: Basic realm="x"'), Outcome.REFUSED, Cause.UNSUPPORTED, "Digest"),
        (says("401 No", f"WWW-Authenticate: {DIGEST}, algorithm=AKAv1-MD5"), Outcome.REFUSED, Cause.UNSUPPORTED, "AKA"),
        (says("407 No", f"Proxy-Authenticate: {DIGEST}"), Outcome.REFUSED, Cause.USER_OR_PASSWORD, "which of the two"),
        (says("401 No", 'WWW-Authenticate: Digest realm="sip.other.example", nonce="n"'), Outcome.REFUSED,
         Cause.OTHER_REALM, "“sip.other.example”"),
        (says("401 No", 'WWW-Authenticate: Digest realm="asterisk", nonce="n"'), Outcome.REFUSED,
         Cause.USER_OR_PASSWORD, "which of the two"),
    ],
)  # fmt: skip
async def test_each_refusal_is_told_from_the_others(answer, outcome, cause, word):
    async with SipServer(answer) as server:
        report = await SipCheck().run(account(server))
    step = sign_in(report)
    assert (report.outcome, step.verdict, step.cause) == (outcome, Verdict.FAILED, cause)
    assert word in f"{step.text} {step.advice}"
    assert PASSWORD not in repr(report)
    assert all(PASSWORD not in one.text for one in server.received)


async def test_who_sends_elsewhere_is_not_followed():
    async with SipServer(lambda asked: asked.reply("200 OK")) as elsewhere:
        moved = says("302 Moved", f"Contact: <sip:100@{elsewhere.address}>")
        async with SipServer(moved) as server:
            await SipCheck().run(account(server))
        assert elsewhere.received == []


@pytest.mark.parametrize(
    "challenge",
    [
        DIGEST,
        f"{DIGEST}, algorithm=MD5",
        f"{DIGEST}, algorithm=sha-256, qop=auth",
        f'{DIGEST}, algorithm=MD5-sess, qop="auth-int,auth", opaque="o"',
        f'{DIGEST}, algorithm=SHA-256-sess, qop="auth"',
    ],
)
async def test_each_kind_of_digest_is_answered(challenge):
    async with SipServer(registrar(challenge.format("n"))) as server:
        report = await SipCheck().run(account(server))
    assert report.outcome is Outcome.WORKS


async def test_of_several_kinds_the_first_that_is_known_is_answered_as_the_server_prefers():
    offered = [f"{DIGEST.format(name)}, algorithm={name}, qop=auth" for name in ("AKAv2-SHA-256", "SHA-256", "MD5")]
    async with SipServer(registrar(*offered)) as server:
        report = await SipCheck().run(account(server))
    assert report.outcome is Outcome.WORKS
    assert server.received[-1].digest()["algorithm"] == "SHA-256"


async def test_a_stale_nonce_is_no_wrong_password():
    def answer(asked: Asked) -> bytes:
        if asked.method == "OPTIONS" or (is_right(asked) and asked.digest()["nonce"] == "fresh"):
            return asked.reply("200 OK")
        nonce, stale = ("fresh", ", stale=true") if asked.digest() else ("old", "")
        return asked.reply("401 Unauthorized", f"WWW-Authenticate: {DIGEST.format(nonce)}, qop=auth{stale}")

    async with SipServer(answer) as server:
        report = await SipCheck().run(account(server))
    assert report.outcome is Outcome.WORKS


async def test_a_nonce_that_is_always_stale_comes_to_an_end():
    async with SipServer(says("401 No", f"WWW-Authenticate: {DIGEST}, stale=true")) as server:
        report = await SipCheck().run(account(server))
    assert report.outcome is Outcome.REFUSED
    assert len(server.asked("REGISTER")) == 3


async def test_a_proxy_and_a_registrar_may_both_ask():
    def answer(asked: Asked) -> bytes:
        if asked.method == "OPTIONS":
            return asked.reply("200 OK")
        if not is_right(asked, "Proxy-Authorization"):
            return asked.reply("407 No", 'Proxy-Authenticate: Digest realm="proxy", nonce="p"')
        if not is_right(asked):
            return asked.reply("401 No", f"WWW-Authenticate: {DIGEST.format('r')}, qop=auth")
        return asked.reply("200 OK")

    async with SipServer(answer) as server:
        report = await SipCheck().run(account(server))
    assert report.outcome is Outcome.WORKS
    assert "in the name of “proxy”" in sign_in(report).text, "a name that was not given is said"


async def test_many_realms_in_turn_come_to_an_end():
    count = iter(range(1000))

    def answer(asked: Asked) -> bytes:
        realm = f'Digest realm="r{next(count)}", nonce="n"'
        return asked.reply(*("200 OK",) if asked.method == "OPTIONS" else ("401 No", f"WWW-Authenticate: {realm}"))

    async with SipServer(answer) as server:
        report = await SipCheck().run(account(server))
    assert report.outcome is Outcome.REFUSED
    assert len(server.asked("REGISTER")) == 6


async def test_who_asks_for_no_password_is_told():
    async with SipServer(says("200 OK", "Contact: <sip:a@192.0.2.1>, <sip:b@192.0.2.2>")) as server:
        report = await SipCheck().run(account(server))
    assert (report.outcome, sign_in(report).verdict) == (Outcome.WORKS, Verdict.WARNED)
    assert "without asking for its password. 2 telephones are" in sign_in(report).text


async def test_where_no_password_is_given_the_server_is_reached_and_no_digest_made():
    async with SipServer(registrar(DIGEST)) as server:
        report = await SipCheck().run(account(server, password=""))
    assert (report.outcome, sign_in(report).cause) == (Outcome.UNDECIDED, Cause.NO_PASSWORD)
    assert all(not one.digest() for one in server.received)


async def test_a_registration_too_short_is_asked_for_longer_and_then_removed():
    def answer(asked: Asked) -> bytes:
        if asked.header("Contact") and asked.header("Expires") == "60":
            return asked.reply("423 Interval Too Brief", "Min-Expires: 120")
        return asked.reply("200 OK")

    async with SipServer(answer) as server:
        report = await SipCheck().run(account(server), register=True)
    assert report.outcome is Outcome.WORKS
    assert [one.header("Expires") for one in server.asked("REGISTER")] == ["", "60", "120", "0"]
    contacts = [one.header("Contact").partition(";")[0] for one in server.asked("REGISTER")]
    assert contacts[0] == ""
    assert len(set(contacts[1:])) == 1, "only what was put in is taken out"


async def test_one_that_is_too_short_whatever_is_asked_for_comes_to_an_end():
    async with SipServer(lambda a: a.reply("423 No", "Min-Expires: 999999999") if a.header("Contact") else a.reply("200 OK")) as server:  # fmt: skip  # noqa: E501
        report = await SipCheck().run(account(server), register=True)
    assert (report.outcome, report.steps[-1].cause) == (Outcome.UNDECIDED, Cause.TOO_SHORT)
    assert len([one for one in server.received if one.header("Contact")]) == 1, "no telephone stays for 30 years"


async def test_a_server_that_answers_no_question_without_a_telephone_is_asked_by_registering():
    def answer(asked: Asked) -> bytes:
        is_bare = asked.method == "REGISTER" and not asked.header("Contact")
        return asked.reply("400 Missing Contact" if is_bare else "200 OK")

    async with SipServer(answer) as server:
        report = await SipCheck().run(account(server), register=True)
    assert report.outcome is Outcome.WORKS
    assert sign_in(report).verdict is Verdict.WARNED


async def test_a_server_that_does_not_understand_a_registration_either_is_not_to_be_asked_for_one():
    async with SipServer(says("400 Missing Something")) as server:
        report = await SipCheck().run(account(server), register=True)
    last = report.steps[-1]
    assert (report.outcome, last.verdict, last.cause) == (Outcome.UNDECIDED, Verdict.FAILED, Cause.NOT_UNDERSTOOD)
    assert "400 Missing Something" in last.details
    assert "Registering" not in last.advice


async def test_a_telephone_that_the_service_signs_out_for_it_is_told():
    phones = {"<sip:phone@192.0.2.1>"}

    def answer(asked: Asked) -> bytes:
        if asked.header("Contact"):
            phones.clear()
        return asked.reply("200 OK", *(f"Contact: {phone};expires=60" for phone in phones))

    async with SipServer(answer) as server:
        report = await SipCheck().run(account(server), register=True)
    assert report.steps[-1].verdict is Verdict.WARNED
    assert "sip:phone@192.0.2.1" in report.steps[-1].details


@pytest.mark.parametrize("last_word", ["503 Busy", "401 No more", None])
async def test_a_server_that_does_not_say_who_is_left_has_signed_nobody_out(last_word):
    is_over = False

    def answer(asked: Asked) -> bytes | None:
        nonlocal is_over
        if is_over:
            return asked.reply(last_word) if last_word else None
        is_over = asked.header("Expires") == "0"
        return asked.reply("200 OK", "Contact: <sip:phone@192.0.2.1>;expires=60")

    async with SipServer(answer) as server:
        report = await SipCheck(timers=Timers(clean_up=0.3)).run(account(server), register=True)
    assert (report.outcome, report.steps[-1].verdict) == (Outcome.WORKS, Verdict.PASSED)
    assert report.steps[-1].text == "This computer was registered as a telephone, and taken out again."


async def test_one_that_cannot_be_taken_out_again_is_told():
    def answer(asked: Asked) -> bytes | None:
        return None if asked.header("Expires") == "0" else asked.reply("200 OK")

    async with SipServer(answer) as server:
        report = await SipCheck(timers=Timers(clean_up=0.2)).run(account(server), register=True)
    assert (report.outcome, report.steps[-1].cause) == (Outcome.WORKS, Cause.LEFT_REGISTERED)
    assert "after 60 seconds" in report.steps[-1].advice


def holds_back_the_registration(asked: Asked) -> bytes | None:
    return None if asked.header("Expires") == "60" else asked.reply("200 OK")


@pytest.mark.parametrize("transport", ["udp", "tcp"])
async def test_what_may_have_been_registered_is_taken_out_when_the_check_is_cancelled(transport):
    async with SipServer(holds_back_the_registration) as server:
        checking = asyncio.create_task(SipCheck().run(account(server, transport=transport), register=True))
        await server.until(lambda: any(one.header("Expires") == "60" for one in server.received))
        checking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await checking
    put, taken = (next(one for one in server.received if one.header("Expires") == when) for when in ("60", "0"))
    assert put.header("Contact").partition(";")[0] == taken.header("Contact").partition(";")[0]


async def test_what_may_have_been_registered_is_taken_out_when_the_answer_is_lost():
    async with SipServer(holds_back_the_registration) as server:
        report = await SipCheck(timers=Timers(sign_in=1.0)).run(account(server), register=True)
    assert (report.steps[-1].verdict, report.steps[-1].cause) == (Verdict.FAILED, Cause.NO_ANSWER)
    assert server.received[-1].header("Expires") == "0"


async def test_what_may_have_been_registered_is_taken_out_when_a_server_in_between_gave_up_waiting():
    def answer(asked: Asked) -> bytes:
        return asked.reply("504 Server Time-out" if asked.header("Expires") == "60" else "200 OK")

    async with SipServer(answer) as server:
        report = await SipCheck().run(account(server), register=True)
    assert (report.outcome, report.steps[-1].cause) == (Outcome.UNDECIDED, Cause.SERVER_FAULT)
    assert server.received[-1].header("Expires") == "0"


async def test_what_is_lost_on_the_way_is_sent_again_and_nothing_else():
    lost = {"OPTIONS": 2, "REGISTER": 2}

    def answer(asked: Asked) -> bytes | None:
        lost[asked.method] -= 1
        return asked.reply("200 OK") if lost[asked.method] < 0 else None

    async with SipServer(answer) as server:
        report = await SipCheck(timers=PATIENT).run(account(server))
    assert report.outcome is Outcome.WORKS
    assert len({one.text for one in server.asked("OPTIONS")}) == 1
    assert len(server.asked("REGISTER")) >= 3


async def test_a_connection_that_the_server_closes_in_between_is_opened_anew():
    async with SipServer(lambda asked: asked.reply("200 OK")) as server:
        server.hang_up_after = 1
        report = await SipCheck().run(account(server, transport="tcp"), register=True)
    assert report.outcome is Outcome.WORKS
    contacts = {one.header("Contact").partition(";")[0] for one in server.received if one.header("Contact")}
    assert len(contacts) == 1, "it is the same telephone that is taken out"
    numbers = [int(one.header("CSeq").split()[0]) for one in server.received]
    assert numbers == sorted(set(numbers)), "what is asked again is a request of its own"


async def test_a_server_that_says_it_is_ill_and_works_is_told():
    async with SipServer(
        lambda a: a.reply("500 Oops" if a.method == "OPTIONS" else "200 OK", "Server: PBX 1")
    ) as server:
        report = await SipCheck().run(account(server))
    answer = report.steps[1]
    assert (report.outcome, answer.verdict, answer.cause) == (Outcome.WORKS, Verdict.WARNED, Cause.SERVER_FAULT)
    assert "calls itself “PBX 1”" in answer.text


async def test_where_a_router_has_put_another_address_in_its_place_that_is_told():
    def answer(asked: Asked) -> bytes:
        return asked.reply("200 OK", via=f"{asked.header('Via')}=4444;received=203.0.113.9")

    async with SipServer(answer) as server:
        report = await SipCheck().run(account(server))
    assert "It sees this computer as 203.0.113.9, port 4444" in report.steps[1].details


async def test_by_tcp_nothing_is_sent_again():
    async with SipServer(lambda _: None) as server:
        await SipCheck(timers=Timers(t1=0.02, answer=0.1, sign_in=0.2, others=0.1)).run(
            account(server, transport="tcp")
        )
    assert len(server.asked("REGISTER")) == 1


@pytest.mark.parametrize(
    "wrong",
    [{"via": "SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKother"}, {"call_id": "other"}, {"cseq": "99 REGISTER"},
     {"via": "SIP/2.0/UDP 192.0.2.1, SIP/2.0/UDP 192.0.2.2"}],
)  # fmt: skip
async def test_an_answer_to_something_else_is_not_taken_for_one(wrong):
    async with SipServer(lambda asked: asked.reply("200 OK", **wrong)) as server:
        report = await SipCheck(timers=HASTY).run(account(server))
    assert (report.outcome, sign_in(report).cause) == (Outcome.NOT_REACHED, Cause.NO_ANSWER)
    assert "belong to no request" in sign_in(report).details


async def test_the_right_answer_is_found_behind_wrong_ones_and_rubbish():
    def answer(asked: Asked) -> list[bytes]:
        return [b"\r\n\r\n", b"rubbish", asked.reply("404 No", call_id="other"), asked.reply("100 Trying"),
                asked.reply("200 OK")]  # fmt: skip

    async with SipServer(answer) as server:
        assert (await SipCheck().run(account(server))).outcome is Outcome.WORKS


async def test_a_server_that_does_not_answer_options_is_still_asked():
    async with SipServer(lambda asked: None if asked.method == "OPTIONS" else asked.reply("200 OK")) as server:
        report = await SipCheck(timers=Timers(answer=0.2)).run(account(server))
    assert report.outcome is Outcome.WORKS
    assert [step.verdict for step in report.steps[1:]] == [Verdict.WARNED, Verdict.WARNED]


def flood(status: str):
    return lambda asked: [asked.reply(status)] * 2_000


SILENT = {
    "nothing": lambda _: None,
    "rubbish": lambda _: b"\x00\xffrubbish",
    "another protocol": lambda _: b"HTTP/1.1 400 Bad Request\r\n\r\n",
    "a line without end": lambda _: b"SIP/2.0 200 " + b"x" * 60_000,
    "very many lines": lambda a: a.reply("200 OK", *["X: 1"] * 9_000),
    "very long": lambda a: a.reply("200 OK", "X: " + "1" * 50_000),
    "a promise": lambda a: a.reply("100 Trying"),
    "promises without end": flood("183 Session Progress"),
    "answers of others without end": lambda a: [a.reply("200 OK", cseq="7 REGISTER")] * 2_000,
}


@pytest.mark.parametrize("transport", ["udp", "tcp"])
@pytest.mark.parametrize("answer", SILENT.values(), ids=SILENT)
async def test_whatever_comes_instead_of_an_answer_the_check_comes_to_an_end(answer, transport):
    async with SipServer(answer) as server:
        report = await SipCheck(timers=HASTY).run(account(server, transport=transport), register=True)
    assert report.outcome is Outcome.NOT_REACHED
    failed = next(step for step in report.steps if step.verdict is Verdict.FAILED)
    assert failed.cause in {Cause.NO_ANSWER, Cause.WRONG_PORT}
    assert len(repr(report)) < 5_000


@pytest.mark.parametrize("other", [b"SSH-2.0-OpenSSH_9.2\r\n", b"HTTP/1.1 400 Bad Request\r\n\r\n"])
async def test_what_speaks_another_protocol_is_told_with_what_it_says(other):
    async with SipServer(lambda _: other) as server:
        report = await SipCheck(timers=Timers(others=0.1)).run(account(server, transport="tcp"))
    step = report.steps[2]
    assert (step.kind, step.verdict, step.cause) == (StepKind.ANSWER, Verdict.FAILED, Cause.WRONG_PORT)
    assert "does not speak SIP" in step.text
    assert other.decode().split()[0] in step.details


async def test_a_body_longer_than_any_is_not_waited_for():
    def answer(asked: Asked) -> bytes:
        return asked.reply("200 OK").replace(b"Content-Length: 0", b"Content-Length: 999999999")

    async with SipServer(answer) as server:
        report = await SipCheck(timers=Timers(others=0.2)).run(account(server, transport="tcp"))
    assert report.steps[2].cause is Cause.WRONG_PORT
    assert "longer than any SIP message" in report.steps[2].text


async def test_a_stream_is_cut_into_messages_wherever_it_is_torn():
    def answer(asked: Asked) -> list[bytes]:
        whole = b"\r\n\r\n" + asked.reply("100 Trying", body="a body") + asked.reply("200 OK", body="\r\n\r\n")
        return [whole[place : place + 7] for place in range(0, len(whole), 7)]

    async with SipServer(answer) as server:
        assert (await SipCheck().run(account(server, transport="tcp"))).outcome is Outcome.WORKS


async def test_who_calls_meanwhile_is_told_that_nobody_is_here():
    call = (
        b"INVITE sip:100@here SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKcall\r\nFrom: <sip:a@x>;tag=1\r\n"
        b"To: <sip:100@here>\r\nCall-ID: call\r\nCSeq: 1 INVITE\r\n\r\n"
    )

    def answer(asked: Asked) -> list[bytes]:
        if asked.text.startswith("SIP/2.0"):
            return []
        return [call, asked.reply("200 OK")]

    async with SipServer(answer) as server:
        assert (await SipCheck().run(account(server))).outcome is Outcome.WORKS
        await server.until(lambda: any("480 Temp" in one.text for one in server.received))
    declined = next(one for one in server.received if one.text.startswith("SIP/2.0 480"))
    assert declined.header("Call-ID") == "call"
    assert ";tag=" in declined.header("To")


@pytest.mark.parametrize(("transport", "parameter"), [("udp", ""), ("tcp", ";transport=tcp")])
async def test_an_outbound_proxy_is_told_for_which_domain_it_is_asked(transport, parameter):
    async with SipServer(lambda asked: asked.reply("200 OK")) as server:
        await SipCheck().run(account(server, transport=transport))
    for asked in server.received:
        assert asked.uri == "sip:sip.test"
        assert asked.header("Route") == f"<sip:{server.address}{parameter};lr>"


async def test_of_two_servers_by_udp_the_one_that_answers_is_asked():
    with socket.socket(type=socket.SOCK_DGRAM) as silent:
        silent.bind(("127.0.0.1", 0))
        async with SipServer(lambda asked: asked.reply("200 OK")) as server:
            ports = silent.getsockname()[1], server.port
            servers = [f"{place} 1 {port} host.sip.test." for place, port in enumerate(ports)]
            records = {"sip.test": {}, "_sip._udp.sip.test": {"SRV": servers}, "host.sip.test": {"A": ["127.0.0.1"]}}
            async with NameServer(records) as names:
                check = SipCheck(resolver=names.resolver, timers=Timers(answer=1.6))
                report = await check.run(account(server, outbound_proxy=""))
    assert report.outcome is Outcome.WORKS
    assert [step.verdict for step in report.steps[:2]] == [Verdict.PASSED] * 2


async def test_of_two_servers_by_udp_one_that_only_takes_sign_ins_comes_before_one_that_is_not_there():
    with socket.socket(type=socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        nobody = free.getsockname()[1]
    async with SipServer(lambda a: None if a.method == "OPTIONS" else a.reply("200 OK")) as server:
        servers = [f"{place} 1 {port} host.sip.test." for place, port in enumerate((nobody, server.port))]
        records = {"sip.test": {}, "_sip._udp.sip.test": {"SRV": servers}, "host.sip.test": {"A": ["127.0.0.1"]}}
        async with NameServer(records) as names:
            check = SipCheck(resolver=names.resolver, timers=Timers(answer=1.0))
            report = await check.run(account(server, outbound_proxy=""))
    assert report.outcome is Outcome.WORKS
    assert [step.verdict for step in report.steps[:2]] == [Verdict.PASSED, Verdict.WARNED]


async def test_who_only_ever_promises_is_not_listened_to_for_ever():
    patient = Timers(answer=600, sign_in=600, others=0.1, whole=600)
    async with SipServer(flood("183 Session Progress")) as server:
        report = await SipCheck(timers=patient).run(account(server, transport="tcp"))
    assert report.outcome is Outcome.NOT_REACHED


async def test_the_whole_has_an_end_whatever_the_steps_have():
    async with SipServer(lambda _: None) as server:
        report = await SipCheck(timers=Timers(answer=600, sign_in=600, whole=0.2)).run(account(server))
    assert report.outcome is Outcome.NOT_REACHED


async def test_no_telephone_is_displaced_by_asking():
    async with SipServer(registrar(DIGEST)) as server:
        await SipCheck().run(account(server))
    assert len(server.asked("REGISTER")) == 2
    assert {one.header("Contact") + one.header("Expires") for one in server.received} == {""}


@pytest.mark.skipif(not HAS_IPV6, reason="this computer has no IPv6")
@pytest.mark.parametrize("transport", ["udp", "tcp"])
async def test_an_ipv6_address_stands_in_brackets_wherever_it_is_named(transport):
    async with SipServer(lambda asked: asked.reply("200 OK"), host="::1") as server:
        given = SipSettings("100", f"[::1]:{server.port}", PASSWORD, transport=transport)
        report = await SipCheck().run(given, register=True)
    assert report.outcome is Outcome.WORKS
    put = next(one for one in server.received if one.header("Contact"))
    assert put.uri == f"sip:[::1]:{server.port}"
    assert put.header("Contact").startswith("<sip:100@[::1]:")
    assert put.header("From").startswith("<sip:100@[::1]>")


def test_all_of_it_ends_within_15_seconds():
    timers = Timers()
    assert timers.whole + timers.clean_up < 15
