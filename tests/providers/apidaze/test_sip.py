"""SIP accounts: read in both shapes, written under other names, and their registrations."""

import pytest

from tests.providers.apidaze.service import Service
from voipdesk.core.errors import BadInput, NotFound, NotUnderstood, OutcomeUnknown, Refused
from voipdesk.core.sip import SipAccount, SipAccountFields, SipRegistration

ROW = {
    "id": "17",
    "name": "Front desk",
    "sip": {"username": "desk_1", "password": "planted-pass"},
    "callerid": {
        "internal_name": "",
        "internal_number": "101",
        "external_name": "",
        "external_number": "31205550101",
    },
    "voicemail": {"mwi_account": "box-1"},
    "created_at": "2026-02-14T17:32:40.000Z",
    "updated_at": "2026-02-14T17:32:40.000Z",
}
DESK = SipAccount(
    *("17", "desk_1", "planted-pass", "Front desk"),
    domain="sip.example",
    outbound_proxy="192.0.2.9:4060",
    internal_number="101",
    external_number="31205550101",
    mailbox="box-1",
    raw=ROW,
)
NATIVE = {
    "id": 18,
    "name": "Hall",
    "sip": {"username": "hall"},
    "callerid": {"internalCallerIdNumber": "102", "outboundCallerIdNumber": "31205550102"},
}
FIELDS = SipAccountFields("Front desk", "101", "31205550101", "box-1")


@pytest.mark.parametrize("body", [[ROW], ROW, {"sipaccounts": [ROW]}, [{**ROW}]])
async def test_a_list_is_read_in_any_of_its_shapes(body):
    service = Service({"GET /sipaccounts": body})
    assert await service.client().fetch_sip_accounts() == [DESK]


@pytest.mark.parametrize("body", [[], {}, {"sipaccounts": []}])
async def test_a_list_may_be_empty(body):
    assert await Service({"GET /sipaccounts": body}).client().fetch_sip_accounts() == []


@pytest.mark.parametrize("body", [["desk_1"], [{"name": "x"}], "[", "", {"a": 1}, "<html></html>", [[ROW]], 7])
async def test_something_else_is_no_list(body):
    with pytest.raises(NotUnderstood):
        await Service({"GET /sipaccounts": body}).client().fetch_sip_accounts()


async def test_one_without_a_password_and_with_the_names_of_apidaze_itself_is_read():
    found = (await Service({"GET /sipaccounts": [NATIVE]}).client().fetch_sip_accounts())[0]
    assert (found.id, found.username, found.password) == ("18", "hall", "")
    assert (found.internal_number, found.external_number, found.mailbox) == ("102", "31205550102", "")


@pytest.mark.parametrize("body", [ROW, [ROW]])
async def test_one_is_read_as_an_object_or_as_a_list_of_one(body):
    service = Service({"GET /sipaccounts/17": body})
    assert await service.client().fetch_sip_account("17") == DESK


async def test_one_that_is_not_there_and_an_id_that_cannot_be():
    with pytest.raises(NotFound):
        await Service().client().fetch_sip_account("9")
    with pytest.raises(BadInput):
        await Service().client().fetch_sip_account("../externalscripts")


async def test_nobody_is_acted_for():
    with pytest.raises(BadInput):
        await Service().client().fetch_sip_accounts(acting_for="somebody")


@pytest.mark.parametrize("status", [200, 201, 202])
@pytest.mark.parametrize("body", [ROW, [ROW]])
async def test_one_is_created_under_the_written_names(status, body):
    service = Service({"POST /sipaccounts": (status, body)})
    created = await service.client().create_sip_account("desk_1", FIELDS)
    assert created == DESK
    assert service.requests[0].headers["content-type"] == "application/x-www-form-urlencoded"
    assert service.form() == {
        "username": "desk_1",
        "name": "Front desk",
        "internal_caller_id_number": "101",
        "external_caller_id_number": "31205550101",
        "mwi_account": "box-1",
    }


async def test_what_is_left_to_the_service_is_not_sent():
    service = Service({"POST /sipaccounts": ROW})
    await service.client().create_sip_account("desk_1", SipAccountFields())
    assert service.form() == {"username": "desk_1"}


@pytest.mark.parametrize("body", ["", {"ok": ""}, [], {"message": "Created"}])
async def test_one_that_the_answer_does_not_show_is_found_in_the_list(body):
    service = Service({"POST /sipaccounts": (202, body), "GET /sipaccounts": [NATIVE, ROW]})
    assert (await service.client().create_sip_account("desk_1", FIELDS)).id == "17"
    assert service.sent == ["POST /sipaccounts", "GET /sipaccounts"]


@pytest.mark.parametrize("listed", [[], (503, "")])
async def test_one_that_is_taken_but_cannot_be_seen_is_not_called_failed(listed):
    service = Service({"POST /sipaccounts": (202, ""), "GET /sipaccounts": listed})
    with pytest.raises(OutcomeUnknown, match="has taken"):
        await service.client().create_sip_account("desk_1", FIELDS)


async def test_a_failure_in_a_success_is_a_refusal():
    service = Service({"POST /sipaccounts": (202, {"failure": "USERNAME TAKEN"})})
    with pytest.raises(Refused, match="USERNAME TAKEN"):
        await service.client().create_sip_account("desk_1", FIELDS)


async def test_an_update_sends_what_is_there_and_clears_what_was():
    service = Service({"PUT /sipaccounts/17": (200, ROW)})
    await service.client().update_sip_account(DESK, SipAccountFields("Reception", "101", "", "box-1"))
    assert service.form() == {
        "name": "Reception",
        "internal_caller_id_number": "101",
        "external_caller_id_number": "",
        "mwi_account": "box-1",
    }
    await service.client().update_sip_account(SipAccount("17", "desk_1"), SipAccountFields("Reception"))
    assert service.form() == {"name": "Reception"}, "what is and was empty is not sent: it might be no number"


@pytest.mark.parametrize(
    ("given", "field"), [(SipAccountFields("a\nb"), "display_name"), (SipAccountFields(mailbox="x" * 256), "mailbox")]
)
async def test_what_a_form_cannot_carry_is_not_sent(given, field):
    service = Service()
    with pytest.raises(BadInput) as at_creation:
        await service.client().create_sip_account("desk_1", given)
    with pytest.raises(BadInput) as at_change:
        await service.client().update_sip_account(DESK, given)
    with pytest.raises(BadInput) as of_username:
        await service.client().create_sip_account("desk\n1", SipAccountFields())
    assert [error.value.field for error in (at_creation, at_change, of_username)] == [field, field, "username"]
    assert service.requests == service.asked_for_tokens == []


@pytest.mark.parametrize("answer", [(204, ""), (200, ""), (200, {"ok": ""}), (202, [])])
async def test_one_is_deleted_whatever_says_so(answer):
    service = Service({"DELETE /sipaccounts/17": answer})
    await service.client().delete_sip_account("17")
    assert service.sent == ["DELETE /sipaccounts/17"]
    assert service.requests[0].content == b""


async def test_a_page_in_place_of_an_answer_leaves_a_deletion_in_doubt():
    service = Service({"DELETE /sipaccounts/17": "<html>Log in</html>"})
    with pytest.raises(OutcomeUnknown):
        await service.client().delete_sip_account("17")


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({"uri": "sip:desk_1@vm.9.apidaze.voip", "status": "Registered"}, ("Registered", "vm.9.apidaze.voip")),
        (
            [{"uri": "sip:desk_1@vm.9.apidaze.voip:5060;a=b", "status": "Not registered"}],
            ("Not registered", "vm.9.apidaze.voip"),
        ),
        ({"sip_uri": "<sips:a@h.example>", "state": "x\ny"}, ("x y", "h.example")),
        ({"account": {"contact": "sip:a@h.example"}, "registered": True}, ("Registered", "h.example")),
        ({"host": "h.example", "registered": False}, ("Not registered", "h.example")),
        ({"uri": "sip:a@[2001:db8::1]:5060"}, ("", "[2001:db8::1]")),
        ({"uri": "sip:a@h.example\r\nX: y"}, ("", "h.example")),
        ({"domain": "h example"}, ("", "")),
        (ROW, ("", "")),
    ],
)
async def test_a_registration_is_read_and_the_domain_taken_from_its_address(body, told):
    service = Service({"GET /sipaccounts/17/status": body})
    assert await service.client().fetch_sip_registration("17") == SipRegistration(*told)


async def test_statuses_are_not_to_be_had_in_one_request():
    service = Service()
    assert await service.client().fetch_sip_statuses() == {}
    assert service.requests == service.asked_for_tokens == []
