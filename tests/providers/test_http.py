"""The one door to HTTP: budgeted, to the account's host alone, each fault in its own words."""

import asyncio
import json
import logging
import socket
import ssl
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from tests.fakes.raw_server import answer, raw_server
from tests.fakes.request_budget import OPENS, FakeBudget
from voipdesk.core.errors import AnswerLate, BadInput, NotUnderstood, OutcomeUnknown, OverBudget, Unreachable
from voipdesk.providers import http as door
from voipdesk.providers.exchange import Answer, Encoding, Request
from voipdesk.providers.http import Http
from voipdesk.providers.retry_after import LONGEST_WAIT, retry_time
from voipdesk.providers.secret_text import SecretText
from voipdesk.providers.tls import tls_context

GET = Request("GET", "/calls", params={"limit": "1"})
ACT = Request("POST", "/dial", fields={"who": "1001"}, acts=True)
KEY = "planted-key-4711"
HOST = "https://pbx.example"


def make(handler, budget=None, url=HOST):
    transport = handler if isinstance(handler, httpx.AsyncBaseTransport) else httpx.MockTransport(handler)
    return Http(url, {"token": SecretText(KEY)}, budget or FakeBudget(), transport=transport)


def real(url, budget=None):
    return Http(url, {"token": SecretText(KEY)}, budget or FakeBudget())


def failing(error):
    def handle(request):
        raise error

    return handle


async def test_an_answer_comes_whole_and_the_request_says_who_asks():
    seen = []

    def handle(request):
        seen.append(request)
        return httpx.Response(200, content=b"[]", headers={"content-type": "application/json", "retry-after": "9"})

    http = make(handle)
    headers = {"content-type": "application/json", "retry-after": "9", "content-length": "2"}
    assert await http.send(GET) == Answer("pbx.example", 200, b"[]", "application/json", "9", headers)
    await http.send(GET)
    await http.aclose()
    await http.aclose()
    assert str(seen[0].url) == "https://pbx.example/calls?limit=1"
    assert seen[0].headers["token"] == KEY
    assert seen[0].headers["user-agent"].startswith("voipdesk/")
    assert seen[0].headers["accept"] == "application/json"


@pytest.mark.parametrize(
    ("encoding", "kind", "body"),
    [
        (Encoding.FORM, "application/x-www-form-urlencoded", b"who=1001"),
        (Encoding.JSON, "application/json", b'{"who":"1001"}'),
        (Encoding.MULTIPART, "multipart/form-data", b'name="who"\r\n\r\n1001\r\n'),
    ],
)
async def test_fields_are_written_as_the_account_says(encoding, kind, body):
    def handle(request):
        assert request.headers["content-type"].startswith(kind)
        assert body in request.read()
        return httpx.Response(204)

    answer = await make(handle).send(Request("POST", "/dial", fields={"who": "1001"}, encoding=encoding, acts=True))
    assert answer.status == 204


async def test_each_request_is_counted_before_it_is_sent():
    budget = FakeBudget(limit=1)
    sent = []

    def handle(request):
        sent.append(budget.used)
        return httpx.Response(200)

    http = make(handle, budget)
    await http.send(GET)
    with pytest.raises(OverBudget) as caught:
        await http.send(ACT)
    assert sent == [1]
    assert caught.value.retry_at == OPENS


NEVER_LEFT = [
    httpx.ConnectError("x"),
    httpx.ConnectTimeout("x"),
    httpx.PoolTimeout("x"),
    httpx.ProxyError("x"),
    httpx.LocalProtocolError(f"Illegal header {KEY}"),
    httpx.UnsupportedProtocol("x"),
]
LOST = [
    httpx.ReadTimeout("x"),
    httpx.WriteTimeout("x"),
    httpx.ReadError("x"),
    httpx.WriteError("x"),
    httpx.RemoteProtocolError("x"),
    httpx.DecodingError("x"),
    ssl.SSLError("alert"),
    TimeoutError(),
]


@pytest.mark.parametrize("error", NEVER_LEFT, ids=lambda e: type(e).__name__)
@pytest.mark.parametrize("request_", [GET, ACT], ids=["reading", "acting"])
async def test_what_never_left_is_not_counted_and_not_in_doubt(error, request_):
    budget = FakeBudget()
    with pytest.raises(Unreachable) as caught:
        await make(failing(error), budget).send(request_)
    assert budget.refunded == budget.spent == [1]
    assert caught.value.advice
    assert KEY not in repr(vars(caught.value))


@pytest.mark.parametrize("error", LOST, ids=lambda e: type(e).__name__)
async def test_a_lost_answer_to_a_reading_request_is_unreachable_and_counted(error):
    budget = FakeBudget()
    with pytest.raises(Unreachable) as caught:
        await make(failing(error), budget).send(GET)
    assert (budget.spent, budget.refunded) == ([1], [])
    assert caught.value.advice


@pytest.mark.parametrize("error", LOST, ids=lambda e: type(e).__name__)
async def test_a_lost_answer_to_an_acting_request_leaves_the_outcome_unknown_and_is_not_repeated(error):
    budget = FakeBudget()
    sent = []

    def handle(request):
        sent.append(request)
        raise error

    with pytest.raises(OutcomeUnknown):
        await make(handle, budget).send(ACT)
    assert len(sent) == 1
    assert budget.refunded == []


async def test_the_librarys_error_is_not_kept_since_it_holds_the_headers():
    with pytest.raises(Unreachable) as caught:
        await make(failing(httpx.ReadTimeout("x"))).send(GET)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


@pytest.mark.parametrize("request_", [GET, ACT], ids=["reading", "acting"])
async def test_a_redirect_is_not_followed_and_names_where_it_leads(request_):
    sent = []

    def handle(request):
        sent.append(str(request.url))
        return httpx.Response(302, headers={"location": "https://evil.example/login"})

    with pytest.raises(NotUnderstood) as caught:
        await make(handle).send(request_)
    assert len(sent) == 1
    assert "redirects to evil.example" in caught.value.message
    assert "key was not sent there" in caught.value.message


async def test_a_redirect_to_nowhere_is_still_a_redirect():
    with pytest.raises(NotUnderstood, match="redirects to another address"):
        await make(lambda _: httpx.Response(304)).send(GET)


@pytest.mark.parametrize(("request_", "error"), [(GET, NotUnderstood), (ACT, OutcomeUnknown)])
async def test_an_answer_too_large_is_not_read_to_its_end(monkeypatch, request_, error):
    monkeypatch.setattr(door, "MOST_BYTES", 2**20)
    given = []

    class Endless(httpx.AsyncByteStream):
        async def __aiter__(self):
            while True:
                given.append(1)
                yield bytes(2**18)

    with pytest.raises(error, match="larger than 1 MiB"):
        await make(lambda _: httpx.Response(200, stream=Endless())).send(request_)
    assert len(given) < 10


async def test_an_answer_that_drips_ends(monkeypatch):
    monkeypatch.setattr(door, "TOTAL_TIMEOUT_S", 0.05)

    class Dripping(httpx.AsyncByteStream):
        async def __aiter__(self):
            while True:
                yield b" "
                await asyncio.sleep(0.001)

    with pytest.raises(Unreachable, match="not complete after"):
        await make(lambda _: httpx.Response(200, stream=Dripping())).send(GET)


async def test_a_cancelled_request_stays_counted():
    budget = FakeBudget()
    started = asyncio.Event()

    async def handle(request):
        started.set()
        await asyncio.Event().wait()

    task = asyncio.ensure_future(make(httpx.MockTransport(handle), budget).send(GET))
    await started.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (budget.spent, budget.refunded) == ([1], [])


@pytest.mark.parametrize("error", [httpx.InvalidURL("x"), UnicodeError("label too long")])
async def test_an_address_that_nothing_can_have_is_bad_input(error):
    budget = FakeBudget()
    with pytest.raises(BadInput, match="cannot be used"):
        await make(failing(error), budget).send(ACT)
    assert budget.used == 0


@pytest.fixture
def no_name_server(monkeypatch):
    def unknown(*_args, **_more):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)


@pytest.mark.usefixtures("no_name_server")
@pytest.mark.parametrize("host", ["a..b", "x" * 70 + ".example", "-"])
async def test_a_host_that_no_name_server_can_know_is_said_to_be_wrong(host):
    budget = FakeBudget()
    with pytest.raises((BadInput, Unreachable)):
        await real(f"https://{host}.invalid", budget).send(GET)
    assert budget.used == 0


@pytest.mark.usefixtures("no_name_server")
async def test_an_unknown_name_is_no_dns():
    budget = FakeBudget()
    with pytest.raises(Unreachable, match=r"The name pbx\.invalid cannot be found"):
        await real("https://pbx.invalid", budget).send(ACT)
    assert budget.used == 0


async def test_nobody_listening_is_refused():
    async with raw_server(lambda _: lambda r, w: asyncio.sleep(0)) as server:
        url = server.url
    budget = FakeBudget()
    with pytest.raises(Unreachable, match="refused the connection"):
        await real(url, budget).send(ACT)
    assert budget.used == 0


async def test_a_plain_server_behind_https_is_no_secure_connection():
    async def handle(reader, writer):
        await reader.read(10)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    async with raw_server(lambda _: handle) as server:
        http = real(server.url.replace("http", "https"))
        with pytest.raises(Unreachable, match="No secure connection"):
            await http.send(ACT)


def test_a_certificate_nobody_vouches_for_is_named():
    from voipdesk.providers.faults import fault_words

    inner = ssl.SSLCertVerificationError("certificate verify failed")
    inner.verify_message = "self-signed certificate"
    error = httpx.ConnectError("x")
    error.__cause__ = ExceptionGroup("several addresses", [OSError(), inner])
    message, advice = fault_words(error, "pbx.example", 30)
    assert "certificate of pbx.example is not valid: self-signed certificate" in message
    assert advice


def cut_before_reading(server):
    async def handle(reader, writer):
        writer.transport.abort()

    return handle


def cut_after_reading(server):
    async def handle(reader, writer):
        await server.read_request(reader)
        writer.transport.abort()

    return handle


def cut_in_the_body(server):
    async def handle(reader, writer):
        await server.read_request(reader)
        writer.write(answer(b"[" + bytes(1000))[:-500])
        await writer.drain()

    return handle


@pytest.mark.parametrize("handle", [cut_before_reading, cut_after_reading, cut_in_the_body])
@pytest.mark.parametrize(("request_", "error"), [(GET, Unreachable), (ACT, OutcomeUnknown)], ids=["reading", "acting"])
async def test_a_connection_that_is_cut(handle, request_, error):
    async with raw_server(handle) as server:
        http = real(server.url)
        with pytest.raises(error, match="was cut"):
            await http.send(request_)
        await http.aclose()
    assert server.connections == 1


@pytest.mark.parametrize(("request_", "error"), [(GET, Unreachable), (ACT, OutcomeUnknown)], ids=["reading", "acting"])
async def test_a_service_that_says_nothing_times_out(monkeypatch, request_, error):
    monkeypatch.setattr(door, "TIMEOUT_S", 0.1)

    def silent(server):
        async def handle(reader, writer):
            await server.read_request(reader)
            await reader.read()

        return handle

    async with raw_server(silent) as server:
        http = real(server.url)
        with pytest.raises(error, match="did not answer within"):
            await http.send(request_)
        await http.aclose()
    assert len(server.received) == 1


async def test_reading_keeps_its_connection_and_acting_takes_a_fresh_one():
    def steady(server):
        async def handle(reader, writer):
            while True:
                await server.read_request(reader)
                writer.write(answer(b"[]"))

        return handle

    async with raw_server(steady) as server:
        http = real(server.url)
        await http.send(GET)
        await http.send(GET)
        assert server.connections == 1
        await http.send(ACT)
        assert server.connections == 2
        await http.aclose()
    assert all(b"token: " + KEY.encode() in request for request in server.received)
    assert not any(KEY.encode() in request.split(b"\r\n")[0] for request in server.received)


async def test_no_proxy_stands_between_this_computer_and_itself(monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    def steady(server):
        async def handle(reader, writer):
            await server.read_request(reader)
            writer.write(answer(b"[]"))

        return handle

    async with raw_server(steady) as server:
        http = real(server.url)
        assert (await http.send(GET)).status == 200
        await http.aclose()


NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("30", timedelta(seconds=30)),
        (" 30 ", timedelta(seconds=30)),
        ("0", timedelta(seconds=1)),
        ("99999999999999999999", LONGEST_WAIT),
        ("Sun, 01 Mar 2026 12:05:00 GMT", timedelta(minutes=5)),
        ("Sun, 01 Mar 2026 12:05:00 -0000", timedelta(minutes=5)),
        ("Sun, 01 Mar 2020 12:05:00 GMT", timedelta(seconds=1)),
        ("Sun, 01 Mar 2099 12:05:00 GMT", LONGEST_WAIT),
    ],
)
def test_retry_after_is_believed_within_reason(header, wait):
    assert retry_time(header, NOW) == NOW + wait


@pytest.mark.parametrize("header", ["", "soon", "-5", "1e3", "٣", "Sun, 99 Mar 2026 99:99:99 GMT"])
def test_a_retry_after_that_is_none_says_nothing(header):
    assert retry_time(header, NOW) is None


async def test_too_many_requests_closes_the_budget():
    budget = FakeBudget()
    http = Http(HOST, {}, budget, clock=lambda: NOW)
    error = await http.too_many(Answer("pbx.example", 429, b"", retry_after="60"))
    assert error.retry_at == NOW + timedelta(minutes=1)
    error = await http.too_many(Answer("pbx.example", 429, b""))
    assert error.retry_at == OPENS
    assert budget.closed == [NOW + timedelta(minutes=1), None]


async def test_nothing_of_the_key_is_logged(caplog):
    caplog.set_level(logging.DEBUG)
    await make(lambda _: httpx.Response(200)).send(GET)
    with pytest.raises(Unreachable):
        await make(failing(httpx.ReadError("x"))).send(GET)
    assert caplog.records
    assert KEY not in caplog.text


def test_a_connection_does_not_show_its_key():
    assert KEY not in repr(real(HOST))
    assert KEY not in repr(vars(real(HOST)))


def test_certificates_come_with_the_library_where_the_system_has_none(monkeypatch, tmp_path):
    tls_context.cache_clear()
    monkeypatch.setattr(ssl.SSLContext, "set_default_verify_paths", lambda self: None)
    monkeypatch.setattr(
        ssl, "get_default_verify_paths", lambda: ssl.DefaultVerifyPaths(None, str(tmp_path), "", "", "", "")
    )
    assert tls_context().cert_store_stats()["x509_ca"] > 50
    tls_context.cache_clear()


def test_the_http_library_is_loaded_by_connecting_only():
    code = (
        "import sys\n"
        "from voipdesk.core.accounts import Account\n"
        "from voipdesk.providers.registry import providers\n"
        "p = providers()['voipcloud']\n"
        "a = Account('1', 'A', 'voipcloud', settings={'base_url': 'https://pbx.example'})\n"
        "p.check(a); p.limit(a); p.capabilities(a)\n"
        "assert 'httpx' not in sys.modules\n"
        "p.connect(a, {'api_key': 'k'}, None)\n"
        "assert 'httpx' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


async def test_a_request_may_have_a_body_of_its_own_shape_and_headers_but_never_over_the_key():
    def handle(request):
        assert request.headers["x-for"] == "somebody"
        assert request.headers["token"] == KEY
        assert json.loads(request.read()) == {"users": [{"role": 3}]}
        return httpx.Response(200)

    request = Request(
        "PUT", "/it", json={"users": [{"role": 3}]}, headers={"X-For": "somebody", "token": "other"}, acts=True
    )
    assert (await make(handle).send(request)).status == 200
    assert "role" not in repr(request)


async def test_a_lost_answer_says_whether_the_service_may_still_be_at_it():
    with pytest.raises(AnswerLate):
        await make(failing(httpx.ReadTimeout("late"))).send(ACT)
    with pytest.raises(OutcomeUnknown) as cut:
        await make(failing(httpx.ReadError("cut"))).send(ACT)
    assert not isinstance(cut.value, AnswerLate)


async def test_the_token_that_support_asks_for_stands_in_the_details_of_an_answer_that_broke_off():
    class Breaks(httpx.AsyncByteStream):
        async def __aiter__(self):
            yield b"{"
            raise httpx.ReadError("cut")

    def handle(request):
        return httpx.Response(200, headers={"X-Track": f"abc-1 {KEY}"}, stream=Breaks())

    transport = httpx.MockTransport(handle)
    http = Http(HOST, {"token": SecretText(KEY)}, FakeBudget(), tracking_header="X-Track", transport=transport)
    with pytest.raises(Unreachable) as lost:
        await http.send(GET)
    assert "(X-Track: abc-1" in lost.value.details
    assert KEY not in lost.value.details


async def test_a_redirect_quotes_the_tracking_token_too():
    def handle(request):
        return httpx.Response(302, headers={"X-Track": "abc-2", "Location": "https://elsewhere.example/"})

    transport = httpx.MockTransport(handle)
    http = Http(HOST, {"token": SecretText(KEY)}, FakeBudget(), tracking_header="X-Track", transport=transport)
    with pytest.raises(NotUnderstood) as away:
        await http.send(GET)
    assert away.value.details == "(X-Track: abc-2)"


@pytest.mark.parametrize(
    ("status", "request_", "error"), [(303, ACT, OutcomeUnknown), (303, GET, NotUnderstood), (302, ACT, NotUnderstood)]
)
async def test_a_pointer_to_the_result_of_what_was_done_does_not_say_that_nothing_was(status, request_, error):
    http = make(lambda _: httpx.Response(status, headers={"location": "https://elsewhere.example/"}))
    with pytest.raises(error, match=r"redirects to elsewhere\.example"):
        await http.send(request_)
