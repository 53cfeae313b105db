"""Click-to-call: the SIP user of an extension is found, and its phone rung once."""

from datetime import timedelta

import httpx
import pytest

from tests.providers.yay.service import NOW, Service, envelope
from voipdesk.core.dial import Dialled
from voipdesk.core.errors import AnswerLate, BadInput, NotFound, OutcomeUnknown, Refused

USERS = [
    {"uuid": "s-1", "user_name": "desk_1", "extension": 1001},
    {"uuid": "s-2", "name": "1001", "extension": "1002"},
    *({"uuid": f"s-{n}", "name": f"desk_{n}", "extension": 1000 + n} for n in range(3, 10)),
]


def calling(answer=None, path="/voip/call", users=USERS):
    return Service(
        {"GET /voip/user": envelope(users), f"POST {path}": envelope({"uuid": "call-1"}) if answer is None else answer}
    )


async def test_a_dial_names_the_sip_user_and_the_number():
    service = calling()
    assert await service.client().dial("+441483000000", "1001") == Dialled("call-1", "")
    assert service.sent == ["GET /voip/user", "POST /voip/call"]
    assert service.body() == {
        "user_uuid": "s-1",
        "targets": [{"type": "sipuser", "uuid": "s-1"}],
        "destination": "+441483000000",
    }
    assert all("x-auth-for" not in request.headers for request in service.requests)


async def test_a_login_is_as_good_as_an_extension():
    service = calling()
    await service.client().dial("1003", "desk_4")
    assert service.body()["user_uuid"] == "s-4"


async def test_the_list_is_remembered_for_some_minutes():
    now = [NOW]
    service = calling()
    client = service.client(clock=lambda: now[0])
    await client.dial("1003", "1001")
    await client.dial("1003", "1002")
    assert service.sent.count("GET /voip/user") == 1
    now[0] += timedelta(minutes=5)
    await client.dial("1003", "1001")
    assert service.sent.count("GET /voip/user") == 2


async def test_an_extension_that_is_new_is_looked_for_once_more():
    service = calling()
    client = service.client()
    await client.dial("1003", "1001")
    service.answers["GET /voip/user"] = envelope([{"uuid": "s-new", "extension": 2001}])
    await client.dial("1003", "2001")
    assert service.body()["user_uuid"] == "s-new"
    with pytest.raises(BadInput, match="There are 2001"):
        await client.dial("1003", "2002")
    assert service.sent.count("GET /voip/user") == 3


async def test_an_extension_that_is_not_there_is_told_with_some_that_are():
    service = calling()
    with pytest.raises(BadInput) as caught:
        await service.client().dial("1003", "4711")
    assert "has the extension “4711”" in caught.value.message
    assert "There are 1001, 1002, 1003, 1004, 1005 and 4 more." in caught.value.advice
    assert service.sent == ["GET /voip/user"]
    with pytest.raises(BadInput, match="The account has none"):
        await calling(users=[]).client().dial("1003", "4711")


@pytest.mark.parametrize(("number", "my_number"), [("", "1001"), ("0800 CALL", "1001"), ("+", "1001"), ("1003", "")])
async def test_a_number_that_cannot_be_costs_no_request(number, my_number):
    service = calling()
    with pytest.raises(BadInput):
        await service.client().dial(number, my_number)
    assert service.requests == []


@pytest.mark.parametrize("status", [404, 405])
@pytest.mark.parametrize("body", [b"<html>", envelope({}, 404, "Not Found")])
async def test_a_path_that_is_not_there_is_named_and_no_other_is_tried(status, body):
    service = calling((status, body), path="/calls/outbound")
    with pytest.raises(NotFound) as caught:
        await service.client(click_to_call_path="/calls/outbound").dial("1003", "1001")
    assert caught.value.message == "This account's API has no such command at /calls/outbound."
    assert "settings" in caught.value.advice
    assert service.sent == ["GET /voip/user", "POST /calls/outbound"]


async def test_after_a_refusal_the_sip_users_are_read_anew():
    service = calling((400, envelope({"user_uuid": "unknown"}, 400, "Bad Request")))
    client = service.client()
    for _ in range(2):
        with pytest.raises(Refused, match="user_uuid: unknown"):
            await client.dial("1003", "1001")
    assert service.sent == ["GET /voip/user", "POST /voip/call"] * 2


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ((200, b""), OutcomeUnknown),
        ((200, b"<html>"), OutcomeUnknown),
        ((500, envelope({}, 500)), OutcomeUnknown),
        ((504, b""), AnswerLate),
        (httpx.ReadTimeout("x"), AnswerLate),
        (httpx.ReadError("x"), OutcomeUnknown),
    ],
)
async def test_a_lost_answer_leaves_open_whether_the_phone_rings(answer, error):
    service = calling(answer)
    with pytest.raises(error) as caught:
        await service.client().dial("1003", "1001")
    assert service.sent == ["GET /voip/user", "POST /voip/call"]
    assert caught.value.advice


@pytest.mark.parametrize(
    ("result", "message", "dialled"),
    [
        ({"call_uuid": 7}, "Created", Dialled("7", "")),
        ([{"id": "x"}], "Call is placed.", Dialled("x", "Call is placed")),
        (None, "OK", Dialled()),
        ("ringing", "OK", Dialled()),
    ],
)
async def test_the_yes_is_read_in_all_its_shapes(result, message, dialled):
    assert await calling(envelope(result, 200, message)).client().dial("1003", "1001") == dialled
