"""Sign-in, status, and what all of the client's requests and errors have in common."""

import logging
import traceback
from datetime import timedelta
from decimal import Decimal

import httpx
import pytest

from tests.fakes.raw_server import answer, raw_server
from tests.fakes.request_budget import FakeBudget
from tests.providers.yay.service import NOW, PASSWORD, TOKEN, Service, envelope
from voipdesk import __version__
from voipdesk.core.call_log import Source
from voipdesk.core.customers import Customer, CustomerUser, NewCustomer
from voipdesk.core.errors import (
    BadInput,
    NotAuthorised,
    NotFound,
    NotUnderstood,
    OverBudget,
    Refused,
    SecretMissing,
    Unreachable,
    VoipdeskError,
)
from voipdesk.core.status import ServiceStatus

CUSTOMER = Customer("c-1", "acme-1", raw={"uuid": "c-1", "name": "acme-1", "contact_name": "Ann"})
DETAILS = {"name": "acme", "contact_name": "Ann Lee", "api_password": PASSWORD, "nested": {"password": "x"}}


async def test_every_request_signs_in_and_says_what_program_it_is():
    service = Service({"GET /authenticated": envelope(DETAILS)})
    await service.client().fetch_status()
    headers = service.requests[0].headers
    assert headers["x-auth-reseller"] == "acme"
    assert headers["x-auth-user"] == "desk"
    assert headers["x-auth-password"] == PASSWORD
    assert headers["user-agent"] == f"voipdesk/{__version__}"
    assert "x-auth-for" not in headers
    assert service.requests[0].content == b""


async def test_a_connection_test_shows_the_resellers_details_but_no_secret():
    service = Service({"GET /authenticated": envelope(DETAILS)})
    report = await service.client().test()
    assert report.passed
    assert service.sent == ["GET /authenticated"]
    texts = [check.text for check in report.checks]
    assert texts[0].startswith("api.example answers (in ")
    assert texts[1] == "The credentials and this computer's address are accepted."
    assert texts[2:] == ["name: acme", "contact_name: Ann Lee", "api_password: ••••••", "nested ▸ password: ••••••"]


async def test_the_details_may_come_without_an_envelope_or_as_a_text():
    service = Service({"GET /authenticated": {"name": f"acme {PASSWORD}"}})
    assert (await service.client().test()).checks[-1].text == "name: acme •••"
    assert await service.client().fetch_status() == ServiceStatus("", ("", ""), (("name", "acme •••"),))
    service = Service({"GET /authenticated": envelope("Welcome")})
    assert (await service.client().test()).checks[-1].text == "Welcome"


@pytest.mark.parametrize("status", [401, 403])
@pytest.mark.parametrize("body", [envelope({}, 401, "Bad credentials"), b"", b"<html>Forbidden</html>"])
async def test_a_refusal_names_both_causes(status, body):
    service = Service({"GET /authenticated": (status, body)})
    with pytest.raises(NotAuthorised) as caught:
        await service.client().test()
    assert "reseller, user or password is wrong" in caught.value.message
    assert "address is not on the whitelist" in caught.value.message
    assert TOKEN in caught.value.details


async def test_a_refusal_inside_a_successful_answer_is_one():
    service = Service({"GET /authenticated": envelope({}, 403, "IP not allowed")})
    with pytest.raises(NotAuthorised, match="the service says: IP not allowed"):
        await service.client().test()


@pytest.mark.parametrize(
    ("status", "body", "error", "words"),
    [
        (200, b"", NotUnderstood, "answered with nothing"),
        (200, b"<html>Log in</html>", NotUnderstood, "web page"),
        (200, b'{"result":', NotUnderstood, "cannot be read"),
        (200, b'"words"', NotUnderstood, "cannot be read"),
        (200, b"[" * 5000, NotUnderstood, "cannot be read"),
        (200, envelope({}, 400, "Bad Request"), Refused, "as wrong."),
        (400, envelope({"name": ["too short"]}, 400, "Bad Request"), Refused, "as wrong: name: too short."),
        (400, b"<html>", Refused, "as wrong."),
        (404, envelope({}, 404, "Not Found"), NotFound, "has not what was asked for."),
        (404, b"<html>no</html>", NotFound, "no such service under this address"),
        (405, envelope({}, 405, "Not now"), NotFound, "has no such command: Not now."),
        (408, b"", Unreachable, "408"),
        (409, envelope({}, 409, "Conflict"), Refused, "with the code 409."),
        (500, envelope({"why": "it broke"}, 500, "Oops."), Unreachable, "(code 500): Oops; why: it broke."),
        (502, b"<html>Bad gateway</html>", Unreachable, "(code 502)."),
        (
            200,
            {"result": {}, "status_code": 0, "status_message": "Unknown error"},
            NotUnderstood,
            "(code 0): Unknown error.",
        ),
        (302, b"", NotUnderstood, "redirects"),
    ],
)
async def test_every_failure_has_its_own_sentence_and_the_tracking_token(status, body, error, words):
    service = Service({"GET /authenticated": (status, body)}, Location="https://elsewhere.example/")
    with pytest.raises(error) as caught:
        await service.client().fetch_status()
    assert type(caught.value) is error
    assert words in caught.value.message
    assert TOKEN in caught.value.details
    if status != 302:
        assert (
            caught.value.details == f"GET /authenticated: status {status}, application/json (X-Tracking-Token: {TOKEN})"
        )


async def test_too_many_requests_closes_the_budget_until_the_service_says():
    service = Service({"GET /authenticated": (429, b"slow down")}, **{"Retry-After": "60"})
    with pytest.raises(OverBudget) as caught:
        await service.client().fetch_status()
    assert caught.value.retry_at == NOW + timedelta(minutes=1)
    assert service.budget.closed == [NOW + timedelta(minutes=1)]
    assert TOKEN in caught.value.details


async def test_only_the_password_is_blanked_where_the_service_names_itself():
    client = Service({"GET /authenticated": (302, b"")}, Location="https://reseller-one.example/").client(
        reseller="reseller-one", user="reseller-one"
    )
    with pytest.raises(NotUnderstood, match=r"redirects to reseller-one\.example"):
        await client.fetch_status()


async def test_a_tracking_token_is_a_strangers_text():
    service = Service({"GET /authenticated": (500, b"")}, **{"X-Tracking-Token": "a\x1b[31m" + "b" * 900})
    with pytest.raises(Unreachable) as caught:
        await service.client().fetch_status()
    assert caught.value.details.isprintable()
    assert len(caught.value.details) < 200


@pytest.mark.parametrize(
    ("settings", "error"),
    [
        ({"password": ""}, SecretMissing),
        ({"password": "two\r\nlines"}, BadInput),
        ({"password": "pässword"}, BadInput),
        ({"reseller": "a\r\nX-Auth-For: victim"}, BadInput),
        ({"user": ""}, BadInput),
        ({"user": " desk"}, BadInput),
        ({"user": "x" * 201}, BadInput),
        ({"base_url": "http://api.example"}, BadInput),
    ],
)
def test_what_a_request_cannot_carry_is_refused_before_it_is_sent(settings, error):
    with pytest.raises(error):
        Service().client(**settings)


async def test_a_client_closes_and_shows_no_secret():
    service = Service({"GET /authenticated": envelope(DETAILS)})
    client = service.client()
    await client.fetch_status()
    assert PASSWORD not in repr(client) + repr(vars(client))
    await client.aclose()
    await client.aclose()


async def test_over_a_real_connection():
    body = b'{"result": {"name": "acme"}, "status_code": 200, "status_message": "OK"}'

    def handle(server):
        async def serve(reader, writer):
            await server.read_request(reader)
            writer.write(answer(body))
            await writer.drain()

        return serve

    async with raw_server(handle) as server:
        client = Service().client(base_url=server.url, transport=None)
        assert (await client.fetch_status()).rows == (("name", "acme"),)
        await client.aclose()
        assert b"\r\nX-Auth-Password: planted-pass-4711\r\n" in server.received[0]


TEMPTING = {"password": "sip-secret-99", "users": [{"uuid": "u", "password": "user-secret-1"}]}
ECHO = f"your password {PASSWORD} is bad"
ANSWERS = [
    (status, body)
    for status in (200, 400, 401, 404, 409, 418, 500)
    for body in (
        ECHO,
        f"<html>{ECHO}",
        envelope({**TEMPTING, "echo": ECHO}, status, ECHO),
        envelope([{**TEMPTING, "uuid": ECHO, PASSWORD: PASSWORD}], status),
        {"result": [TEMPTING], "status_message": {"password": "sip-secret-99"}},
        [TEMPTING, ECHO],
    )
] + [
    error(f"Illegal header {PASSWORD}") for error in (httpx.ConnectError, httpx.ReadTimeout, httpx.RemoteProtocolError)
]


@pytest.mark.parametrize("reply", ANSWERS, ids=range(len(ANSWERS)))
async def test_no_password_shows_in_any_error_log_or_report(reply, caplog):
    caplog.set_level(logging.DEBUG)
    service = Service()
    service.answers = type("Always", (dict,), {"get": lambda self, *_: reply})()
    client = service.client()
    edited = Customer("c-1", "acme-1", contact_name="Bo", raw=CUSTOMER.raw)
    new = NewCustomer("n", "Ann", user=CustomerUser(name="u", password="sip-secret-99"))
    shown = []
    for call in (
        client.test,
        client.fetch_status,
        client.fetch_customers,
        lambda: client.fetch_customer("c-1"),
        lambda: client.create_customer(new),
        lambda: client.replace_customer(CUSTOMER, edited),
        client.fetch_stores,
        client.fetch_sip_accounts,
        lambda: client.fetch_sip_account("s-1", acting_for="acme-1"),
        client.fetch_sip_statuses,
        client.fetch_balance,
        lambda: client.fetch_customer_balance(CUSTOMER),
        lambda: client.move_credit(CUSTOMER, Decimal(1)),
        lambda: client.dial("+44", "1001"),
        lambda: client.fetch_calls(Source.USER),
    ):
        try:
            shown.append(repr(await call()).replace(f"id='{ECHO}'", ""))  # an id is the service's own
        except VoipdeskError as error:
            shown += [str(error), repr(error), repr(error.args), error.message, error.advice, error.details]
            trace = traceback.TracebackException.from_exception(error, capture_locals=True)
            shown += [line for line in trace.format() if "voipdesk" in line and "tests" not in line]
    shown.append(caplog.text)
    assert len(service.requests) > 10
    for secret in (PASSWORD, "sip-secret-99", "user-secret-1"):
        assert [text for text in shown if secret in text] == []


async def test_an_empty_budget_sends_nothing():
    service = Service()
    service.budget = FakeBudget(limit=0)
    with pytest.raises(OverBudget):
        await service.client().fetch_customers()
    assert service.requests == []


async def test_an_error_without_a_code_is_no_empty_list():
    nothing = {"result": {}, "status_code": 0, "status_message": "Unknown error"}
    paths = ("GET /voip/user", "GET /account/reseller", "GET /account/store", "GET /voip/call", "GET /voip/user-status")
    client = Service(dict.fromkeys(paths, nothing)).client()
    for ask in (
        client.fetch_sip_accounts,
        client.fetch_customers,
        client.fetch_stores,
        client.fetch_sip_statuses,
        lambda: client.fetch_calls(Source.USER),
    ):
        with pytest.raises(NotUnderstood, match=r"code 0"):
            await ask()
