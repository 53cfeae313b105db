"""Balances, and credit that is moved once or not at all."""

from decimal import Decimal

import httpx
import pytest

from tests.fakes.raw_server import raw_server
from tests.providers.yay.service import TOKEN, Service, envelope
from voipdesk.core.customers import Customer
from voipdesk.core.errors import (
    AnswerLate,
    BadInput,
    NotAuthorised,
    NotFound,
    NotUnderstood,
    OutcomeUnknown,
    OverBudget,
    Refused,
    Unreachable,
)

ACME = Customer("c-1", "acme-1", raw={"uuid": "c-1", "name": "acme-1"})
PUT = "PUT /account/reseller/c-1"


@pytest.mark.parametrize(
    ("body", "balance"),
    [
        (envelope({"balance": "12.340"}), "12.340"),
        (b'{"result":{"balance":12.340},"status_code":200}', "12.340"),
        (envelope("7.5"), "7.5"),
        (b'{"result": -3}', "-3"),
        (b'{"balance": "1.00"}', "1.00"),
    ],
)
async def test_the_balance_is_exact(body, balance):
    service = Service({"GET /account/balance": body})
    assert str(await service.client().fetch_balance()) == balance
    assert "x-auth-for" not in service.requests[0].headers


@pytest.mark.parametrize(
    "body",
    [envelope({}), envelope([]), envelope(None), envelope({"balance": "1,000.00"}), b'{"result":{"balance":1e99}}'],
)
async def test_what_is_no_balance_is_not_taken_for_one(body):
    with pytest.raises(NotUnderstood, match="no balance"):
        await Service({"GET /account/balance": body}).client().fetch_balance()


def test_the_amount_to_warn_under_is_the_accounts():
    assert Service().client(low_balance=Decimal("25.00")).low_balance == Decimal("25.00")
    assert Service().client().low_balance is None


async def test_a_customers_balance_is_asked_for_on_its_behalf():
    service = Service({"GET /account/balance": envelope({"balance": "3.000"})})
    assert await service.client().fetch_customer_balance(ACME) == Decimal("3.000")
    assert service.requests[0].headers["x-auth-for"] == "acme-1"


async def test_where_that_is_refused_the_customers_own_object_is_read_if_it_has_a_balance():
    service = Service({"GET /account/reseller/c-1": envelope({"uuid": "c-1", "balance": "4.000"})})
    client = service.client()
    with pytest.raises(NotFound):
        await client.fetch_customer_balance(ACME)
    assert service.sent == ["GET /account/balance"]
    rich = Customer("c-1", "acme-1", raw={"balance": "1.000"})
    assert await client.fetch_customer_balance(rich) == Decimal("4.000")
    assert service.sent[1:] == ["GET /account/balance", "GET /account/reseller/c-1"]
    assert "x-auth-for" not in service.requests[-1].headers
    service.answers["GET /account/reseller/c-1"] = envelope({"uuid": "c-1"})
    with pytest.raises(NotFound):
        await client.fetch_customer_balance(rich)


@pytest.mark.parametrize(
    ("amount", "written"), [("10", "10.000"), ("0.01", "0.010"), ("12.345", "12.345"), ("1E+1", "10.000")]
)
async def test_a_transfer_is_one_request_of_nothing_but_the_amount(amount, written):
    service = Service({PUT: envelope({})})
    await service.client().move_credit(ACME, Decimal(amount))
    assert service.sent == [PUT]
    assert service.requests[0].content == b'{"balance":"' + written.encode() + b'"}'
    assert "x-auth-for" not in service.requests[0].headers


@pytest.mark.parametrize("amount", ["0", "0.009", "-1", "0.0101", "NaN", "Infinity", "1e12"])
async def test_an_amount_that_cannot_be_written_exactly_is_not_sent(amount):
    service = Service({PUT: envelope({})})
    with pytest.raises(BadInput):
        await service.client().move_credit(ACME, Decimal(amount))
    assert service.requests == []


async def test_a_customer_without_a_proper_id_is_sent_nothing():
    service = Service()
    with pytest.raises(BadInput):
        await service.client().move_credit(Customer("", "acme-1"), Decimal(1))
    assert service.requests == []


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (400, envelope({"balance": "too much"}, 400, "Bad Request")),
        (402, envelope({}, 402, "Top up first")),
        (404, envelope({}, 404, "Not Found")),
        (409, envelope({}, 409, "Conflict")),
        (200, envelope({}, 400, "Bad Request")),
    ],
)
async def test_a_no_of_the_service_is_a_no(status, body):
    service = Service({PUT: (status, body)})
    with pytest.raises(Refused) as caught:
        await service.client().move_credit(ACME, Decimal(1))
    assert TOKEN in caught.value.details
    assert service.sent == [PUT]


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (401, b"", NotAuthorised),
        (403, b"<html>", NotAuthorised),
        (403, envelope({}, 403), NotAuthorised),
        (429, b"<html>", OverBudget),
    ],
)
async def test_what_stands_before_the_service_says_no_for_it(status, body, error):
    with pytest.raises(error):
        await Service({PUT: (status, body)}).client().move_credit(ACME, Decimal(1))


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (200, b"", OutcomeUnknown),
        (204, b"", OutcomeUnknown),
        (200, b"<html>", OutcomeUnknown),
        (200, b"{}", OutcomeUnknown),
        (200, b'{"status": "maybe"}', OutcomeUnknown),
        (200, b"[]", OutcomeUnknown),
        (200, b'{"result": {}, "status_co', OutcomeUnknown),
        (302, b"", NotUnderstood),
        (303, b"", OutcomeUnknown),
        (400, b"<html>", OutcomeUnknown),
        (404, b"", OutcomeUnknown),
        (413, b"too large", OutcomeUnknown),
        (500, envelope({}, 500, "Oops"), OutcomeUnknown),
        (500, b"", OutcomeUnknown),
        (200, envelope({}, 500, "Oops"), OutcomeUnknown),
        (502, b"<html>", AnswerLate),
        (503, b"<html>", AnswerLate),
        (504, b"", AnswerLate),
        (408, b"", AnswerLate),
    ],
)
async def test_what_is_no_clear_answer_of_the_service_leaves_the_outcome_open(status, body, error):
    service = Service({PUT: (status, body)}, Location="https://login.example/")
    with pytest.raises(error) as caught:
        await service.client().move_credit(ACME, Decimal(1))
    assert type(caught.value) is error
    assert TOKEN in caught.value.details
    assert service.sent == [PUT]


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (httpx.ConnectError("x"), Unreachable),
        (httpx.ReadTimeout("x"), AnswerLate),
        (httpx.ReadError("x"), OutcomeUnknown),
        (httpx.RemoteProtocolError("x"), OutcomeUnknown),
    ],
)
async def test_a_cut_connection_is_told_by_when_it_was_cut(fault, error):
    service = Service({PUT: fault})
    with pytest.raises(error) as caught:
        await service.client().move_credit(ACME, Decimal(1))
    assert type(caught.value) is error
    assert service.sent == [PUT]


async def test_a_connection_that_is_cut_after_the_request_is_not_used_for_a_second_one():
    def handle(server):
        async def serve(reader, writer):
            await server.read_request(reader)

        return serve

    async with raw_server(handle) as server:
        client = Service().client(base_url=server.url, transport=None)
        with pytest.raises(OutcomeUnknown):
            await client.move_credit(ACME, Decimal(10))
        await client.aclose()
    assert server.connections == 1
    assert [request.split(b"\r\n")[0] for request in server.received] == [b"PUT /account/reseller/c-1 HTTP/1.1"]
    assert server.received[0].endswith(b'\r\n\r\n{"balance":"10.000"}')
