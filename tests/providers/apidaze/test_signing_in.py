"""The token: asked for once, kept until shortly before its end, again once when it is rejected, seen by nobody."""

import asyncio

import httpx
import pytest

from tests.providers.apidaze.service import SECRET, Service, token
from voipdesk.core.errors import NotAuthorised, NotUnderstood, OutcomeUnknown, OverBudget, Refused, Unreachable

LIST = "GET /sipaccounts"


async def test_it_is_asked_for_with_a_form_and_sent_as_a_bearer():
    service = Service({LIST: []})
    await service.client().fetch_sip_accounts()
    (asked,) = service.asked_for_tokens
    assert asked.method == "POST"
    assert asked.headers["content-type"] == "application/x-www-form-urlencoded"
    assert asked.content.decode() == f"grant_type=client_credentials&client_id=planted-id&client_secret={SECRET}"
    assert asked.url.query == b"grant_type=client_credentials"
    assert "authorization" not in asked.headers
    assert service.tokens_used == ["Bearer planted-token-1"]


async def test_all_who_wait_have_one_request_for_it():
    service = Service({LIST: [], "GET /externalscripts": []})
    client = service.client()
    await asyncio.gather(*(client.fetch_sip_accounts() for _ in range(5)), client.fetch_scripts())
    assert len(service.asked_for_tokens) == 1
    assert len(service.requests) == 6


async def test_all_who_wait_hear_why_there_is_none_and_the_next_asks_again():
    service = Service({LIST: []}, tokens=(503, ""))
    client = service.client()
    failures = await asyncio.gather(*(client.fetch_sip_accounts() for _ in range(3)), return_exceptions=True)
    assert [type(failure) for failure in failures] == [Unreachable] * 3
    assert len(service.asked_for_tokens) == 1
    service.tokens = None
    assert await client.fetch_sip_accounts() == []


async def test_who_gives_up_does_not_take_it_from_the_others():
    service = Service({LIST: []})
    client = service.client()
    first, second = (asyncio.ensure_future(client.fetch_sip_accounts()) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    assert await second == []
    assert len(service.asked_for_tokens) == 1


async def test_it_is_kept_until_a_minute_before_its_end():
    service = Service({LIST: []})
    client = service.client()
    await client.fetch_sip_accounts()
    service.pass_time(3599 - 61)
    await client.fetch_sip_accounts()
    assert len(service.asked_for_tokens) == 1
    service.pass_time(1)
    await client.fetch_sip_accounts()
    assert service.tokens_used == [f"Bearer planted-token-{number}" for number in (1, 1, 2)]


@pytest.mark.parametrize("lifetime", [3599, "3599", "0", "-5", None, "soon", "9" * 30])
async def test_any_lifetime_gives_a_token_that_is_used(lifetime):
    service = Service({LIST: []}, tokens=token(expires_in=lifetime))
    assert await service.client().fetch_sip_accounts() == []


async def test_a_rejected_one_is_asked_for_again_once():
    rejected = iter([(401, {"message": "token expired"}), (200, [])])
    service = Service({LIST: lambda _: next(rejected)})
    assert await service.client().fetch_sip_accounts() == []
    assert service.tokens_used == ["Bearer planted-token-1", "Bearer planted-token-2"]
    assert len(service.budget.spent) == 4


async def test_a_second_rejection_is_said_and_not_tried_a_third_time():
    service = Service({LIST: (401, {"message": "no product"})})
    with pytest.raises(NotAuthorised, match="does not take it: no product") as caught:
        await service.client().fetch_sip_accounts()
    assert "approved" in caught.value.advice
    assert len(service.requests) == len(service.asked_for_tokens) == 2


async def test_what_acts_is_sent_again_only_when_its_token_was_rejected():
    answers = iter([(401, ""), (204, "")])
    service = Service({"DELETE /sipaccounts/7": lambda _: next(answers)})
    await service.client().delete_sip_account("7")
    assert len(service.requests) == 2
    service = Service({"DELETE /sipaccounts/7": httpx.ReadTimeout("late")})
    with pytest.raises(OutcomeUnknown):
        await service.client().delete_sip_account("7")
    assert len(service.requests) == 1


async def test_without_a_token_nothing_is_sent_and_nothing_is_in_doubt():
    service = Service(tokens=httpx.ReadTimeout("late"))
    with pytest.raises(Unreachable) as caught:
        await service.client().delete_sip_account("7")
    assert not isinstance(caught.value, OutcomeUnknown)
    assert service.requests == []


@pytest.mark.parametrize(
    ("status", "body", "which"),
    [
        (
            500,
            {"fault": {"faultstring": "invalid_client-invalid_client_id", "detail": {"errorcode": "x"}}},
            "client ID is",
        ),
        (401, {"ErrorCode": "invalid_client", "Error": "Invalid client id : abc. ClientId is Invalid"}, "client ID is"),
        (
            401,
            {"fault": {"faultstring": "Invalid client identifier", "detail": {}}},
            "client ID is",
        ),
        (500, {"fault": {"faultstring": "invalid_client-invalid_client_secret"}}, "client secret is"),
        (
            401,
            {"ErrorCode": "invalid_client", "Error": "Client credentials are invalid"},
            "client ID or the client secret",
        ),
        (400, "", "client ID or the client secret"),
        (403, "<html>no</html>", "client ID or the client secret"),
    ],
)
async def test_bad_credentials_say_which_field_is_wrong(status, body, which):
    service = Service(tokens=(status, body))
    with pytest.raises(NotAuthorised, match=f"the {which}"):
        await service.client().fetch_sip_accounts()
    assert service.requests == []


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ((404, {"message": "x"}), Refused),
        ((405, ""), Refused),
        ((400, {"error": "unsupported_grant_type"}), Refused),
        ((500, {"fault": {"faultstring": "database client lost"}}), Unreachable),
        ((502, ""), Unreachable),
        ((200, {"access_token": ""}), NotUnderstood),
        ((200, "<html>log in</html>"), NotUnderstood),
        ((200, {"access_token": "a\r\nX-Other: b"}), NotUnderstood),
        ((429, ""), OverBudget),
    ],
)
async def test_any_other_failure_is_no_word_on_the_credentials(answer, error):
    service = Service(tokens=answer)
    with pytest.raises(error) as caught:
        await service.client().delete_sip_account("7")
    assert type(caught.value) is error
    assert "client ID" not in str(caught.value)
    assert service.requests == []
    assert service.budget.closed == ([None] if error is OverBudget else [])


@pytest.mark.parametrize("location", ["https://other.example/x", "https://gate.example/elsewhere", "/elsewhere"])
@pytest.mark.parametrize("where", ["service", "token"])
async def test_a_redirect_is_not_followed_with_the_token_or_the_secret(location, where):
    redirect = httpx.Response(302, headers={"Location": location})
    service = Service({LIST: redirect}, tokens=redirect if where == "token" else None)
    with pytest.raises(NotUnderstood, match="redirects to"):
        await service.client().fetch_sip_accounts()
    assert len(service.requests) + len(service.asked_for_tokens) == (1 if where == "token" else 2)


async def test_no_secret_is_in_an_error_that_repeats_it():
    def repeat(request):
        given = f"{request.headers.get('authorization', '')} {request.content.decode()}"
        return 400, {"message": f"cannot take {given}"}

    service = Service({"POST /externalscripts": repeat})
    with pytest.raises(Refused) as caught:
        await service.client().create_script("https://www.example.com/")
    assert "cannot take Bearer •••" in caught.value.message
    service = Service(tokens=lambda request: (418, {"message": request.content.decode()}))
    with pytest.raises(Refused) as refused:
        await service.client().fetch_sip_accounts()
    for error in (caught.value, refused.value):
        assert "planted-token" not in repr((error, error.args, vars(error)))
        assert SECRET not in repr((error, error.args, vars(error)))


async def test_no_secret_is_shown_by_what_holds_it():
    service = Service({LIST: []})
    client = service.client()
    await client.fetch_sip_accounts()
    door = vars(client)["_door"]
    for part in (client, door, *vars(door).values(), vars(door)["_tokens"]._request(), vars(door)["_tokens"]._token):
        assert SECRET not in repr(part)
        assert "planted-token" not in repr(part)


async def test_it_is_forgotten_with_the_client():
    service = Service({LIST: []})
    client = service.client()
    await client.fetch_sip_accounts()
    await client.aclose()
    assert vars(client)["_door"]._tokens._token is None


async def test_a_client_that_is_closed_while_it_asks_lets_nobody_wait_on():
    asked = asyncio.Event()

    async def never(request):
        asked.set()
        await asyncio.Event().wait()

    service = Service()
    client = service.client(transport=httpx.MockTransport(never))
    waiting = asyncio.ensure_future(client.fetch_sip_accounts())
    await asked.wait()
    await client.aclose()
    with pytest.raises(asyncio.CancelledError):
        await waiting


@pytest.mark.parametrize(
    ("rows", "count"),
    [([], "no SIP account yet"), ([{"id": 1}], "1 SIP account."), ([{"id": 1}] * 2, "2 SIP accounts.")],
)
async def test_a_test_signs_in_and_counts_what_it_sees(rows, count):
    report = await Service({LIST: rows}).client().test()
    assert report.passed
    assert report.checks[0].text.startswith("gate.example answers (in ")
    assert report.checks[1].text == "The client ID and the client secret are accepted."
    assert count in report.checks[2].text


async def test_a_test_of_bad_credentials_is_the_error_that_names_them():
    with pytest.raises(NotAuthorised, match="the client ID is wrong"):
        await Service(tokens=(500, {"fault": {"faultstring": "invalid_client-invalid_client_id"}})).client().test()


async def test_a_late_rejection_of_an_old_token_does_not_cost_the_new_one():
    renewed = asyncio.Event()

    async def answer(request):
        response = service(request)
        if request.url.path.endswith("/externalscripts") and request.headers["authorization"].endswith("-1"):
            await renewed.wait()
        return response

    def only_the_second(request):
        return (200, []) if request.headers["authorization"].endswith("-2") else (401, "")

    service = Service({LIST: only_the_second, "GET /externalscripts": only_the_second})
    client = service.client(transport=httpx.MockTransport(answer))
    late = asyncio.ensure_future(client.fetch_scripts())
    await client.fetch_sip_accounts()
    renewed.set()
    await late
    assert len(service.asked_for_tokens) == 2


@pytest.mark.parametrize("kind", [httpx.ReadError, httpx.ConnectError, httpx.RemoteProtocolError])
async def test_no_secret_is_in_an_error_of_the_library_s_that_repeats_it(kind):
    service = Service({LIST: lambda request: kind(f"broken: {request.headers['authorization']}")})
    with pytest.raises(Unreachable) as caught:
        await service.client().fetch_sip_accounts()
    assert "broken: Bearer •••" in caught.value.details
    service = Service(tokens=lambda request: kind(f"broken: {request.content.decode()}"))
    with pytest.raises(Unreachable) as refused:
        await service.client().fetch_sip_accounts()
    assert "client_secret=•••" in refused.value.details
