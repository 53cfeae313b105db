"""The check against a real registrar, in each of its failures, and with a telephone that is not to notice."""

import asyncio
import socket

import pytest

from tests.fakes.name_server import NameServer
from tests.fakes.registrar import DOMAIN, Registrar, free_ports
from voipdesk.core.sip_check import Cause, CheckReport, Outcome, StepKind, Verdict
from voipdesk.core.sip_settings import SipSettings
from voipdesk.services.sip_check import SipCheck
from voipdesk.sip.timers import Timers

PASSWORD = 'p@ss "w:rd;<ü€%41\\'
CONTACT = "sip:phone@192.0.2.9:5090"


@pytest.fixture(scope="module")
def registrar():
    with Registrar({"100": PASSWORD, "101": "another"}) as running:
        yield running


def settings(registrar: Registrar, **changed: str) -> SipSettings:
    given = {"username": "100", "password": PASSWORD, "domain": DOMAIN, "outbound_proxy": registrar.address}
    return SipSettings(**{**given, **changed})


def failure(report: CheckReport) -> tuple[StepKind, Cause | None]:
    """The one step that failed; all after it are skipped, all before it are not."""
    verdicts = [step.verdict for step in report.steps]
    place = verdicts.index(Verdict.FAILED)
    assert set(verdicts[place + 1 :]) <= {Verdict.SKIPPED}
    assert set(verdicts[:place]) <= {Verdict.PASSED, Verdict.WARNED}
    assert report.steps[place].text
    assert report.steps[place].advice
    return report.steps[place].kind, report.steps[place].cause


async def test_an_account_that_works_passes_each_step_and_tells_of_it_live(registrar):
    told = []
    report = await SipCheck().run(settings(registrar), tell=told.append)
    assert (report.outcome, report.text) == (Outcome.WORKS, "This SIP account works.")
    assert [step.kind for step in report.steps] == [StepKind.RESOLVE, StepKind.ANSWER, StepKind.SIGN_IN]
    assert {step.verdict for step in report.steps} == {Verdict.PASSED}
    assert [(step.kind, step.verdict) for step in told] == [
        (step.kind, verdict) for step in report.steps for verdict in (Verdict.UNDER_WAY, Verdict.PASSED)
    ]
    assert registrar.registered() == []


@pytest.mark.parametrize("transport", ["udp", "tcp", "tls"])
async def test_it_works_by_each_transport_and_a_registration_is_taken_back(registrar, transport):
    port = registrar.tls_port if transport == "tls" else registrar.port
    given = settings(registrar, transport=transport, outbound_proxy=f"127.0.0.1:{port}")
    report = await SipCheck(trusted=registrar.certificate).run(given, register=True)
    assert [step.verdict for step in report.steps if step.verdict is not Verdict.PASSED] == []
    assert report.steps[-1].kind is StepKind.REGISTER
    assert registrar.registered() == []


async def test_a_domain_with_a_port_needs_no_outbound_proxy(registrar):
    report = await SipCheck().run(settings(registrar, domain=registrar.address, outbound_proxy=""))
    assert report.outcome is Outcome.WORKS


@pytest.mark.parametrize("register", [False, True])
async def test_a_telephone_that_is_registered_stays_so_and_is_counted(registrar, register):
    registrar.add_contact("100", CONTACT)
    try:
        before = registrar.registered()
        report = await SipCheck().run(settings(registrar), register=register)
        after = registrar.registered()
    finally:
        registrar.unregister("100")
    assert report.outcome is Outcome.WORKS
    assert [(one.user, one.contact) for one in before] == [("100", CONTACT)]
    assert [(one.user, one.contact) for one in after] == [("100", CONTACT)]
    signed_in = next(step for step in report.steps if step.kind is StepKind.SIGN_IN)
    assert "One telephone is signed in" in signed_in.text
    assert CONTACT in signed_in.details
    assert {step.verdict for step in report.steps} == {Verdict.PASSED}


@pytest.mark.parametrize("wrong", [{"password": "wrong"}, {"username": "999"}])
async def test_of_a_wrong_password_and_an_unknown_user_both_are_said_where_the_server_says_the_same(registrar, wrong):
    report = await SipCheck().run(settings(registrar, **wrong), register=True)
    assert report.outcome is Outcome.REFUSED
    assert failure(report) == (StepKind.SIGN_IN, Cause.USER_OR_PASSWORD)
    assert "It does not say which of the two is wrong." in report.steps[-2].advice


async def test_the_authentication_name_of_another_account_is_told(registrar):
    report = await SipCheck().run(settings(registrar, auth_username="101", password="another"))
    assert report.outcome is Outcome.REFUSED
    assert failure(report) == (StepKind.SIGN_IN, Cause.AUTH_NAME)


async def test_an_account_that_is_forbidden_is_told(registrar):
    registrar.forbid("100")
    try:
        report = await SipCheck().run(settings(registrar))
    finally:
        registrar.permit("100")
    assert report.outcome is Outcome.REFUSED
    assert failure(report) == (StepKind.SIGN_IN, Cause.FORBIDDEN)


async def test_a_domain_that_the_server_does_not_have_is_told(registrar):
    report = await SipCheck().run(settings(registrar, domain="other.test"))
    assert report.outcome is Outcome.REFUSED
    assert failure(report) == (StepKind.SIGN_IN, Cause.WRONG_DOMAIN)


@pytest.mark.parametrize(("transport", "kind"), [("udp", StepKind.ANSWER), ("tcp", StepKind.REACH)])
async def test_a_port_that_nobody_listens_at_is_told(registrar, transport, kind):
    port = free_ports(1)[0]
    report = await SipCheck().run(settings(registrar, transport=transport, outbound_proxy=f"127.0.0.1:{port}"))
    assert report.outcome is Outcome.NOT_REACHED
    assert failure(report) == (kind, Cause.WRONG_PORT)


async def test_the_port_of_another_transport_is_told_with_the_transport_that_is_there(registrar):
    report = await SipCheck().run(settings(registrar, outbound_proxy=f"127.0.0.1:{registrar.tls_port}"))
    assert failure(report) == (StepKind.ANSWER, Cause.WRONG_PORT)
    assert f"By TLS at port {registrar.tls_port} it answers" in report.steps[1].advice


async def test_tcp_that_is_blocked_is_told_with_the_transport_that_is_not(registrar):
    with socket.socket() as full, socket.socket() as waiting, socket.socket(type=socket.SOCK_DGRAM) as sip:
        sip.bind(("127.0.0.1", 0))
        full.bind(sip.getsockname())
        full.listen(0)
        waiting.connect(full.getsockname())  # and who comes after it gets no answer
        port = sip.getsockname()[1]
        loop = asyncio.get_running_loop()
        loop.add_reader(sip, lambda: answer_options(sip))
        given = settings(registrar, transport="tcp", outbound_proxy=f"127.0.0.1:{port}")
        report = await SipCheck(timers=Timers(reach=0.3, others=1.0)).run(given)
        loop.remove_reader(sip)
    assert report.outcome is Outcome.NOT_REACHED
    assert failure(report) == (StepKind.REACH, Cause.BLOCKED)
    assert f"By UDP at port {port} it answers" in report.steps[1].advice


def answer_options(sip: socket.socket) -> None:
    data, sender = sip.recvfrom(9000)
    lines = data.decode().split("\r\n")
    sip.sendto("\r\n".join(["SIP/2.0 200 OK", *lines[1:]]).encode(), sender)


async def test_a_certificate_that_nobody_vouches_for_is_told_and_no_password_sent(registrar):
    given = settings(registrar, transport="tls", outbound_proxy=f"127.0.0.1:{registrar.tls_port}")
    before = registrar.log.count("AUTHENTICATED")
    report = await SipCheck().run(given)
    assert report.outcome is Outcome.NOT_REACHED
    assert failure(report) == (StepKind.ENCRYPT, Cause.TLS_SELF_SIGNED)
    assert report.text == "The server of this SIP account does not prove who it is."
    assert "no password was sent" in report.steps[2].advice
    assert registrar.log.count("AUTHENTICATED") == before


async def test_a_port_without_tls_is_told(registrar):
    given = settings(registrar, transport="tls")
    report = await SipCheck(timers=Timers(reach=0.5)).run(given)
    assert failure(report) == (StepKind.ENCRYPT, Cause.TLS_OTHER)


@pytest.mark.parametrize(("transport", "name"), [("udp", "_sip._udp"), ("tcp", "_sip._tcp"), ("tls", "_sips._tcp")])
async def test_a_domain_is_found_by_dns_alone_and_a_server_that_is_down_passed_over(registrar, transport, name):
    port = registrar.tls_port if transport == "tls" else registrar.port
    records = {
        DOMAIN: {},
        f"{name}.{DOMAIN}": {"SRV": [f"1 1 {port} down.{DOMAIN}.", f"2 1 {port} up.{DOMAIN}."]},
        f"down.{DOMAIN}": {"A": ["127.0.0.2"]},
        f"up.{DOMAIN}": {"A": ["127.0.0.1"]},
    }
    async with NameServer(records) as names:
        check = SipCheck(resolver=names.resolver, trusted=registrar.certificate)
        report = await check.run(settings(registrar, outbound_proxy="", transport=transport))
    assert report.outcome is Outcome.WORKS
    assert f"SRV {name}.{DOMAIN}: up.{DOMAIN} port {port}" in report.steps[0].details
    reached = {step.kind: step for step in report.steps}[StepKind.ANSWER]
    assert reached.text.startswith("127.0.0.1 port")


async def test_a_domain_of_another_transport_is_told_before_anything_fails(registrar):
    records = {DOMAIN: {"A": ["127.0.0.1"]}, f"_sips._tcp.{DOMAIN}": {"SRV": [f"1 1 {registrar.tls_port} {DOMAIN}."]}}
    async with NameServer(records) as names:
        report = await SipCheck(resolver=names.resolver).run(settings(registrar, outbound_proxy="", transport="tcp"))
    assert report.steps[0].verdict is Verdict.WARNED
    assert report.steps[0].advice == "If a later step fails, choose TLS as transport."


async def test_a_name_that_does_not_exist_is_told(registrar):
    async with NameServer({}) as names:
        given = settings(registrar, outbound_proxy="sip.nowhere.invalid:5060")
        report = await SipCheck(resolver=names.resolver).run(given)
    assert report.outcome is Outcome.NOT_REACHED
    assert failure(report) == (StepKind.RESOLVE, Cause.UNKNOWN_HOST)


@pytest.mark.parametrize(("algorithm", "qop"), [("SHA-256", True), ("SHA-256", False), ("MD5", False)])
async def test_the_digest_is_of_the_kind_that_the_server_asks_for(algorithm, qop):
    with Registrar({"100": PASSWORD}, algorithm=algorithm, qop=qop) as other:
        report = await SipCheck().run(settings(other))
        assert report.outcome is Outcome.WORKS
        assert failure(await SipCheck().run(settings(other, password="wrong")))[1] is Cause.USER_OR_PASSWORD
