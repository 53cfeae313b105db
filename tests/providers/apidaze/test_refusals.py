"""Each return code of the gateway and of Apidaze has a sentence of its own, with what to do."""

from datetime import timedelta

import httpx
import pytest

from tests.fakes.languages import dutch
from tests.providers.apidaze.service import Service, said
from voipdesk.core.budget import Limit
from voipdesk.core.errors import (
    AnswerLate,
    NotAuthorised,
    NotFound,
    NotUnderstood,
    OutcomeUnknown,
    OverBudget,
    Refused,
    Unreachable,
)
from voipdesk.core.sip import SipAccountFields
from voipdesk.providers.apidaze.wire_refusal import failure
from voipdesk.providers.exchange import Answer

CODES = {
    400: (Refused, "refused the request as wrong"),
    401: (NotAuthorised, "gave this application a token and does not take it"),
    403: (NotAuthorised, "does not allow this application to do that"),
    404: (NotFound, "has not what was asked for"),
    405: (Refused, "has no such command"),
    408: (Unreachable, "gave up on the request (code 408)"),
    409: (Refused, "cannot do that as things stand"),
    412: (Refused, "cannot do that as things stand"),
    418: (Refused, "refused the request with the code 418"),
    422: (Refused, "refused the request as wrong"),
    429: (OverBudget, "takes no more requests for now"),
    500: (Unreachable, "has a fault of its own (code 500)"),
    502: (Unreachable, "got no proper answer from the service behind it (code 502)"),
    503: (Unreachable, "is out of service for the moment (code 503)"),
    504: (Unreachable, "gave up on the service behind it (code 504)"),
    599: (Unreachable, "has a fault of its own (code 599)"),
}
KPN = {
    "transactionId": "planted-id",
    "status": "400",
    "name": "BAD_REQUEST",
    "message": "The number is too short.",
    "info": "https://developer.kpn.com",
}


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("body", ["", KPN, "<html>", "plain words"])
async def test_a_code_is_understood_whatever_comes_with_it(code, body):
    error = failure(said(body, code, "text/html" if body == "<html>" else "application/json"))
    kind, words = CODES[code]
    if (code, body) == (404, "<html>"):
        kind, words = Refused, "There is no such service under this address"
    assert type(error) is kind
    assert words in error.message
    assert error.message.endswith(".")
    assert ("The number is too short" in error.message) is (body is KPN)
    assert not any(noise in error.message for noise in ("planted-id", "BAD_REQUEST", "https://", "..", "plain words"))


@pytest.mark.parametrize("code", [code for code in CODES if code not in {401, 429}])
async def test_a_request_that_acts_is_in_doubt_only_when_the_service_failed(code):
    service = Service({"DELETE /sipaccounts/7": (code, "")})
    kind, _words = CODES[code]
    expected = kind
    if kind is Unreachable:
        expected = AnswerLate if code in {408, 502, 503, 504} else OutcomeUnknown
    with pytest.raises(expected) as caught:
        await service.client().delete_sip_account("7")
    assert type(caught.value) is expected
    assert len(service.requests) == 1
    assert f"DELETE /sipaccounts/7: status {code}" in caught.value.details


async def test_too_many_requests_close_the_budget():
    service = Service({"GET /sipaccounts": lambda _: httpx.Response(429, headers={"Retry-After": "77"})})
    with pytest.raises(OverBudget) as caught:
        await service.client().fetch_sip_accounts()
    assert (caught.value.retry_at - service.now).total_seconds() == 77
    assert len(service.budget.closed) == 1


@pytest.mark.parametrize("method", ["GET", "DELETE"])
async def test_a_token_that_a_fault_of_500_rejects_is_no_fault_of_the_service_and_leaves_no_doubt(method):
    fault = {
        "fault": {
            "faultstring": "Invalid Access Token",
            "detail": {"errorcode": "keymanagement.service.invalid_access_token"},
        }
    }
    service = Service({f"{method} /sipaccounts/7": (500, fault)})
    client = service.client()
    with pytest.raises(NotAuthorised, match="no longer takes the token"):
        await (client.fetch_sip_account("7") if method == "GET" else client.delete_sip_account("7"))


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"fault": {"faultstring": "Rate limit", "detail": {"errorcode": "policies.x"}}}, ": Rate limit."),
        ({"message": "a\x1b[2Jb\nc"}, ": a [2Jb c."),
        ({"errors": [{"field": "url", "message": "is no URL"}, {"message": "is no URL"}]}, ": url; is no URL."),
        ({"password": "planted", "message": "No"}, ": No."),
        ({"message": "x" * 2000}, "…"),
        (["no", "way"], ": no; way."),
        (7, "wrong."),
    ],
)
async def test_the_service_s_words_are_quoted_in_one_line_and_without_secrets(body, words):
    message = failure(said(body, 400)).message
    assert words in message
    assert "planted" not in message
    assert len(message) < 400
    assert message.isprintable()


async def test_the_gateway_s_quota_feeds_the_budget():
    told = {"quota-limit": "60", "quota-interval": "1", "quota-time-unit": "minute", "quota-used": "5"}
    service = Service({"GET /sipaccounts": []}, **told)
    await service.client().fetch_sip_accounts()
    assert [(quota.limit, quota.used) for quota in service.budget.heard] == [(Limit(60, timedelta(minutes=1)), 5)] * 2
    service = Service({"GET /sipaccounts": (503, "")}, **told)
    with pytest.raises(Unreachable):
        await service.client().fetch_sip_accounts()
    assert len(service.budget.heard) == 2, "a failure tells it too"


@pytest.mark.parametrize(
    ("location", "error"),
    [
        ("https://gate.example/cpaas/sipaccounts/8", OutcomeUnknown),
        ("/cpaas/sipaccounts/8", OutcomeUnknown),
        ("https://login.example/", NotUnderstood),
        ("", NotUnderstood),
    ],
)
async def test_a_redirect_within_the_service_may_be_the_place_of_what_was_made(location, error):
    service = Service({"POST /sipaccounts": httpx.Response(302, headers={"Location": location} if location else {})})
    with pytest.raises(error) as caught:
        await service.client().create_sip_account("x", SipAccountFields())
    assert type(caught.value) is error
    assert len(service.requests) == 1


def test_a_return_code_is_said_in_the_language_spoken_and_the_service_s_words_as_they_are():
    answer = Answer("kpn.example", 400, b'{"message": "The number is too short."}', "application/json")
    with dutch({"{host} refused the request as wrong.": "{host} wees het verzoek af."}):
        assert failure(answer).message == "kpn.example wees het verzoek af: The number is too short."
