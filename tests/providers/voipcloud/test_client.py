"""The client over HTTP: what it sends, what it makes of answers, and that the key shows nowhere."""

import json
import logging
import traceback
from datetime import UTC, date, datetime, timedelta

import httpx
import pytest

from tests.fakes.request_budget import OPENS, FakeBudget
from tests.providers.voipcloud.samples import sample
from voipdesk.core.call_log import Source
from voipdesk.core.errors import (
    BadInput,
    NotAuthorised,
    NotUnderstood,
    OutcomeUnknown,
    OverBudget,
    Refused,
    Unreachable,
    VoipdeskError,
)
from voipdesk.core.status import ServiceStatus
from voipdesk.providers.voipcloud.client import VoipcloudClient

KEY = "planted-key-4711"
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Service:
    """Answers every request the same way and keeps what it was sent."""

    def __init__(self, status=200, body=b"", error=None, **headers):
        self.status, self.body, self.error, self.headers = status, body, error, headers
        self.requests: list[httpx.Request] = []
        self.budget = FakeBudget()

    def __call__(self, request):
        self.requests.append(request)
        request.read()
        if self.error:
            raise self.error
        body = self.body if isinstance(self.body, str | bytes) else json.dumps(self.body)
        return httpx.Response(self.status, content=body, headers=self.headers)

    def client(self, **settings):
        return VoipcloudClient(
            base_url="https://pbx.example",
            api_key=KEY,
            budget=self.budget,
            transport=httpx.MockTransport(self),
            clock=lambda: NOW,
            **settings,
        )


async def test_calls_are_fetched():
    service = Service(body=sample("user-calls-v1.json").body)
    page = await service.client().fetch_calls(Source.USER, since=date(2026, 3, 1), names=["Ann Lee"])
    assert len(page.calls) == 4
    url = service.requests[0].url
    assert url.path == "/api/integration/v1/get-user-calls"
    assert dict(url.params) == {"limit": "100", "offset": "0", "from_date": "2026-03-01", "users_names": "Ann Lee"}
    assert service.requests[0].headers["token"] == KEY
    assert KEY not in str(url)


async def test_a_large_page_is_read_as_well(monkeypatch):
    row = json.loads(sample("user-calls-v1.json").body)["data"][0]
    service = Service(body=[row] * 1000)
    page = await service.client().fetch_calls(Source.USER, limit=1000)
    assert page.row_count == 1000


async def test_stamps_without_an_offset_are_in_the_accounts_zone():
    service = Service(body=[{"is_inbound": 1, "call_start_at": "2026-03-01T09:00:00"}])
    page = await service.client(time_zone="Australia/Sydney").fetch_calls(Source.USER)
    assert page.calls[0].started_at == int(datetime(2026, 2, 28, 22, tzinfo=UTC).timestamp() * 1000)


async def test_a_dial_is_one_request():
    service = Service(body=sample("dial-v2.json").body)
    dialled = await service.client(version="v2", encoding="form").dial("+61390000000", "1010")
    assert dialled.call_id == "d-1"
    assert len(service.requests) == 1
    assert service.requests[0].content == b"user_number=1010&number_to_call=%2B61390000000"
    assert service.requests[0].url.path == "/api/integration/v2/call-to-number"


async def test_a_number_that_cannot_be_is_not_sent_and_not_counted():
    service = Service()
    with pytest.raises(BadInput):
        await service.client().dial("0800 CALL", "1010")
    assert service.requests == []
    assert service.budget.spent == []


@pytest.mark.parametrize(
    "service",
    [
        Service(200, b""),
        Service(200, b"<html>"),
        Service(200, b'{"code":200,'),
        Service(502, b"<html>Bad gateway</html>"),
        Service(500, {"code": 500, "message": "oops"}),
        Service(error=httpx.ReadTimeout("x")),
        Service(error=httpx.RemoteProtocolError("x")),
    ],
    ids=["empty", "html", "half", "502", "500", "time-out", "cut"],
)
async def test_a_dial_whose_answer_is_lost_has_an_unknown_outcome(service):
    with pytest.raises(OutcomeUnknown) as caught:
        await service.client().dial("+61390000000", "1010")
    assert len(service.requests) == 1
    assert caught.value.advice


@pytest.mark.parametrize(
    ("service", "error"),
    [
        (Service(200, {"code": 0}), Refused),
        (Service(500, {"code": 0}), Refused),
        (Service(200, {"code": 400, "message": "bad number"}), Refused),
        (Service(401), NotAuthorised),
        (Service(429), OverBudget),
        (Service(302, location="https://evil.example"), NotUnderstood),
        (Service(error=httpx.ConnectError("x")), Unreachable),
    ],
    ids=["code-0", "500-code-0", "400", "401", "429", "redirect", "unreachable"],
)
async def test_a_dial_that_was_not_carried_out_says_so(service, error):
    with pytest.raises(error):
        await service.client().dial("+61390000000", "1010")


@pytest.mark.parametrize(
    "service", [Service(429, **{"retry-after": "60"}), Service(200, {"code": 429}, **{"retry-after": "60"})]
)
async def test_too_many_requests_closes_the_budget_until_the_service_says(service):
    with pytest.raises(OverBudget) as caught:
        await service.client().fetch_status()
    assert caught.value.retry_at == NOW + timedelta(minutes=1)
    assert service.budget.closed == [NOW + timedelta(minutes=1)]


async def test_too_many_requests_without_a_time_closes_until_the_oldest_leaves():
    with pytest.raises(OverBudget) as caught:
        await Service(429).client().fetch_status()
    assert caught.value.retry_at == OPENS


async def test_the_status_is_fetched():
    service = Service(body={"code": 200, "data": {"voice": "up"}})
    assert await service.client().fetch_status() == ServiceStatus("", ("", ""), (("voice", "up"),))


@pytest.mark.parametrize(
    ("body", "passed", "words"),
    [
        (sample("user-calls-v1.json").body, True, "can be read."),
        ([], True, "has no calls yet"),
        ([{"odd": 1}], False, "try another API version"),
    ],
)
async def test_a_connection_test_costs_one_request_and_says_what_it_found(body, passed, words):
    service = Service(body=body)
    report = await service.client().test()
    assert len(service.requests) == 1
    assert dict(service.requests[0].url.params)["limit"] == "1"
    assert report.passed is passed
    assert "pbx.example answers" in report.checks[0].text
    assert words in report.checks[-1].text


async def test_a_client_closes_and_says_what_it_offers():
    client = Service(body=[]).client()
    assert client.call_page_limit == 10_000
    await client.fetch_calls(Source.USER)
    await client.aclose()
    await client.aclose()


ECHO = f"your key {KEY} is bad"
FAULTS = [
    Service(status, body)
    for status in (200, 400, 401, 404, 418, 500)
    for body in (
        ECHO,
        f'"{ECHO}"',
        f"<html>{ECHO}",
        {"code": 0, "message": ECHO},
        {"code": status, "message": {"text": ECHO}},
    )
] + [
    Service(error=error(f"Illegal header value {KEY}"))
    for error in (httpx.ConnectError, httpx.LocalProtocolError, httpx.ReadTimeout, httpx.RemoteProtocolError)
] + [
    Service(302, location=f"https://{KEY}.evil.example/{KEY}"),
    Service(429, ECHO),
    Service(200, [{"call_start_at": ECHO, "is_inbound": 1}]),
    Service(200, {"code": 200, "data": {"call_id": KEY, "status": ECHO, KEY: [KEY]}, "message": ECHO}),
    Service(200, {"code": 200, "data": [{KEY: KEY}, {"b": ECHO}]}),
]  # fmt: skip


@pytest.mark.parametrize("service", FAULTS, ids=range(len(FAULTS)))
async def test_the_key_shows_in_no_error_answer_or_log(service, caplog):
    caplog.set_level(logging.DEBUG)
    client = service.client()
    shown = [repr(client), repr(vars(client))]
    for call in (
        lambda: client.fetch_calls(Source.USER),
        client.fetch_status,
        client.test,
        lambda: client.dial("+61390000000", "1010"),
    ):
        try:
            shown.append(repr(await call()))
        except VoipdeskError as error:
            shown += [str(error), repr(error), repr(error.args), error.message, error.advice, error.details]
            trace = traceback.TracebackException.from_exception(error, capture_locals=True)
            shown += [line for line in trace.format() if "voipdesk" in line and "tests" not in line]
    shown.append(caplog.text)
    assert service.requests
    assert [text for text in shown if KEY in text] == []
