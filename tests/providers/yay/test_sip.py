"""SIP users of both generations, of the account or of a customer."""

import pytest

from tests.providers.yay.service import Service, envelope
from voipdesk.core.errors import BadInput, NotAuthorised, NotFound, NotUnderstood
from voipdesk.core.sip import SipAccount

NEW = {
    "uuid": "s-1",
    "user_name": "desk_1",
    "user_password": "pw-1",
    "display_name": "Ann",
    "extension": 1001,
    "type": 9,
    "call_encryption": True,
}
OLD = {"uuid": "s-2", "name": "pete_plumber_9", "password": "pw-2", "nickname": "Pete", "extension": "1002", "type": 3}


async def test_both_generations_of_field_names_are_read():
    service = Service({"GET /voip/user": envelope([NEW, OLD])})
    assert await service.client(registrar="sip.example").fetch_sip_accounts() == [
        SipAccount("s-1", "desk_1", "pw-1", "Ann", "1001", "sip.example", encrypted=True, raw=NEW),
        SipAccount("s-2", "pete_plumber_9", "pw-2", "Pete", "1002", "sip.example", encrypted=None, raw=OLD),
    ]
    assert "x-auth-for" not in service.requests[0].headers


async def test_a_new_name_that_is_empty_gives_way_to_the_old_one():
    service = Service({"GET /voip/user": envelope([{**OLD, "user_name": "", "display_name": None}])})
    found = (await service.client().fetch_sip_accounts())[0]
    assert (found.username, found.display_name, found.domain) == ("pete_plumber_9", "Pete", "")


async def test_a_customer_is_acted_for_where_one_is_named():
    service = Service(
        {
            "GET /voip/user": envelope([NEW]),
            "GET /voip/user/s-1": envelope(NEW),
            "GET /voip/user-status": envelope([{"uuid": "s-1", "status": "open"}]),
        }
    )
    client = service.client()
    await client.fetch_sip_accounts(acting_for="my_customer")
    assert (await client.fetch_sip_account("s-1", acting_for="my_customer")).password == "pw-1"
    await client.fetch_sip_statuses(acting_for="my_customer")
    assert [request.headers["x-auth-for"] for request in service.requests] == ["my_customer"] * 3
    await client.fetch_sip_account("s-1")
    assert "x-auth-for" not in service.requests[-1].headers


@pytest.mark.parametrize("name", ["a\r\nX-Auth-Reseller: other", "a\nb", "ä", " "])
async def test_a_name_that_would_begin_another_header_is_not_sent(name):
    service = Service()
    with pytest.raises(BadInput):
        await service.client().fetch_sip_accounts(acting_for=name)
    assert service.requests == []


@pytest.mark.parametrize(("status", "error"), [(403, NotAuthorised), (404, NotFound)])
async def test_a_refusal_names_the_customer_that_was_acted_for(status, error):
    service = Service({"GET /voip/user": (status, envelope({}, status))})
    with pytest.raises(error, match="“nobody” may be no customer"):
        await service.client().fetch_sip_accounts(acting_for="nobody")
    with pytest.raises(error) as caught:
        await service.client().fetch_sip_accounts()
    assert "customer" not in caught.value.advice


async def test_states_are_in_the_services_words():
    rows = [
        {"uuid": "s-1", "status": "open"},
        {"uuid": "s-2", "status": "on\na call"},
        {"uuid": "s-3"},
        {"status": "x"},
    ]
    service = Service({"GET /voip/user-status": envelope(rows)})
    assert await service.client().fetch_sip_statuses() == {"s-1": "open", "s-2": "on a call"}


async def test_one_that_is_not_there_and_an_id_that_cannot_be():
    with pytest.raises(NotFound):
        await Service().client().fetch_sip_account("s-9")
    with pytest.raises(BadInput):
        await Service().client().fetch_sip_account("../account/balance")


async def test_a_paged_list_is_read_to_its_end_for_the_same_customer():
    def answer(request):
        page = int(request.url.params.get("page", 1))
        return 200, {**envelope([{**NEW, "uuid": f"s-{page}"}]), "total_count": 3}

    service = Service({"GET /voip/user": answer})
    assert len(await service.client().fetch_sip_accounts(acting_for="my_customer")) == 3
    assert [request.headers["x-auth-for"] for request in service.requests] == ["my_customer"] * 3


async def test_something_else_is_not_understood():
    with pytest.raises(NotUnderstood):
        await Service({"GET /voip/user": envelope(["desk_1"])}).client().fetch_sip_accounts()
