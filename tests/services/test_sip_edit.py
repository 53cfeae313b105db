"""SIP accounts created, changed and deleted: once, and with the truth about what became of it."""

import asyncio
from dataclasses import replace

import pytest

from tests.fakes.vendor import BareClient
from tests.fakes.voice import ACCOUNT, VoiceClient
from voipdesk.core.budget import Priority
from voipdesk.core.errors import AnswerLate, BadInput, NotFound, OutcomeUnknown, OverBudget, Refused, Unreachable
from voipdesk.core.sip import SipAccountFields, SipRegistration, UsernameTaken
from voipdesk.services.object_changes import Change
from voipdesk.services.sip import Sip, fields_of

LOST = OutcomeUnknown("The connection was cut.", details="POST /x")
LATE = AnswerLate("No answer came in 30 seconds.", details="POST /x")
DOWN = Unreachable("The service is down.")
FIELDS = SipAccountFields("Front desk", "101", "31205550101", "box-1")


@pytest.fixture
def service():
    service = VoiceClient()
    service.add_sip("1", "desk_1", display_name="Desk", internal_number="101")
    service.add_sip("2", "hall")
    return service


@pytest.fixture
def slept():
    return []


@pytest.fixture
def sip(service, slept):
    async def sleep(seconds):
        slept.append(seconds)

    made = Sip(service.connections(), sleep=sleep)
    made.told = []
    made.changed.subscribe(made.told.append)
    return made


async def test_one_is_created_once_after_a_look_whether_its_name_is_free_and_its_domain_asked_for(sip, service):
    service.registrations["new-new_1"] = SipRegistration("Not registered", "vm.9.apidaze.voip")
    made = await sip.create(ACCOUNT, " new_1 ", FIELDS)
    assert (made.username, fields_of(made), made.password) == ("new_1", FIELDS, "made")
    assert service.asked == ["sip-list", "sip-create new_1", "registration new-new_1"]
    assert made.domain == "vm.9.apidaze.voip"
    assert sip.told == ["v1"]


async def test_a_name_that_is_taken_and_none_at_all_are_refused_unsent(sip, service):
    with pytest.raises(UsernameTaken, match="There is a SIP account “hall” already"):
        await sip.create(ACCOUNT, "hall", FIELDS)
    with pytest.raises(BadInput, match="needs a user name"):
        await sip.create(ACCOUNT, " ", FIELDS)
    assert (service.asked, sip.told) == (["sip-list"], [])


@pytest.mark.parametrize("looks", [[], [DOWN], [DOWN, DOWN]])
async def test_one_whose_answer_was_lost_is_given_when_it_is_there(sip, service, slept, looks):
    service.faults["sip-create"] = [LOST]
    service.faults["sip-list"] = [None, *looks]
    assert (await sip.create(ACCOUNT, "new_1", FIELDS)).username == "new_1"
    assert service.asked.count("sip-create new_1") == 1
    assert slept == [1.0, 3.0, 6.0][: len(looks) + 1]
    assert sip.told == ["v1"]


@pytest.mark.parametrize("lost", [LOST, LATE])
async def test_one_whose_answer_was_lost_is_not_known_while_it_is_not_there(sip, service, lost):
    service.faults["sip-create"], service.acts = [lost], False
    with pytest.raises(type(lost), match="“new_1” is not among the SIP accounts so far") as caught:
        await sip.create(ACCOUNT, "new_1", FIELDS)
    assert caught.value.details == "POST /x"
    assert service.asked.count("sip-create new_1") == 1
    assert sip.told == ["v1"]
    service.faults["sip-create"], service.faults["sip-list"] = [lost], [None, DOWN, DOWN, DOWN]
    with pytest.raises(type(lost), match="could not be read to see what became of it: The service is down"):
        await sip.create(ACCOUNT, "new_1", FIELDS)


def test_changes_are_said_in_the_order_of_the_form(sip, service):
    assert sip.changes(service.sip["1"], FIELDS) == (
        Change("Name", "Desk", "Front desk"),
        Change("External number", "", "31205550101"),
        Change("Mailbox", "", "box-1"),
    )
    assert sip.changes(service.sip["1"], fields_of(service.sip["1"])) == ()


async def test_an_update_is_sent_once_and_read_back(sip, service, slept):
    edited = await sip.update(ACCOUNT, service.sip["1"], FIELDS)
    assert (fields_of(edited.sip), edited.not_taken) == (FIELDS, ())
    assert [asked.partition(" ")[0] for asked in service.asked] == ["sip", "sip-update", "sip"]
    assert (slept, sip.told) == ([], ["v1"])


async def test_nothing_to_change_is_said_unsent(sip, service):
    with pytest.raises(BadInput, match="nothing to change"):
        await sip.update(ACCOUNT, service.sip["1"], fields_of(service.sip["1"]))
    assert service.asked == []


async def test_what_others_changed_meanwhile_stays(sip, service):
    before = service.sip["1"]
    service.sip["1"] = replace(before, mailbox="theirs")
    edited = await sip.update(ACCOUNT, before, replace(fields_of(before), display_name="Ours"))
    assert (edited.sip.mailbox, edited.sip.display_name) == ("theirs", "Ours")


async def test_the_same_changed_by_others_meanwhile_is_not_overwritten(sip, service):
    before = service.sip["1"]
    service.sip["1"] = replace(before, display_name="Theirs")
    with pytest.raises(Refused, match="Somebody else has changed “desk_1” in the meantime: Name"):
        await sip.update(ACCOUNT, before, replace(fields_of(before), display_name="Ours"))
    assert (service.asked, sip.told) == (["sip 1"], [])


async def test_what_the_service_did_not_take_is_told(sip, service, slept):
    def lose_the_mailbox():
        if service.asked[-1] == "sip 1" and len(service.asked) > 1:
            service.sip["1"] = replace(service.sip["1"], mailbox="")

    service.meanwhile["sip"] = lose_the_mailbox
    edited = await sip.update(ACCOUNT, service.sip["1"], FIELDS)
    assert edited.not_taken == (Change("Mailbox", "", "box-1"),)
    assert slept == [1.0, 3.0], "it may accept first and carry out then"


async def test_a_change_that_takes_effect_a_moment_later_is_seen(sip, service, slept):
    service.acts = False
    service.faults["sip-update"] = [LOST]

    def take_effect():
        if slept:
            service.sip["1"] = replace(service.sip["1"], display_name="Later")

    service.meanwhile["sip"] = take_effect
    edited = await sip.update(ACCOUNT, service.sip["1"], replace(fields_of(service.sip["1"]), display_name="Later"))
    assert (edited.sip.display_name, edited.not_taken) == ("Later", ())


async def test_a_lost_answer_and_nothing_changed_is_not_made(sip, service):
    service.faults["sip-update"], service.acts = [LOST], False
    with pytest.raises(Unreachable, match="still what it was: the change was not made"):
        await sip.update(ACCOUNT, service.sip["1"], FIELDS)
    assert sum(asked.startswith("sip-update") for asked in service.asked) == 1


@pytest.mark.parametrize(("lost", "looks"), [(LATE, []), (LOST, [None, DOWN, DOWN, DOWN])])
async def test_an_answer_that_may_still_come_or_cannot_be_looked_after_stays_unknown(sip, service, lost, looks):
    service.faults["sip-update"], service.faults["sip"], service.acts = [lost], looks, False
    with pytest.raises(OutcomeUnknown) as caught:
        await sip.update(ACCOUNT, service.sip["1"], FIELDS)
    assert type(caught.value) is type(lost)
    assert sip.told == ["v1"]


async def test_a_change_that_cannot_be_read_back_is_not_called_failed(sip, service):
    service.faults["sip"] = [None, DOWN, DOWN, DOWN, DOWN]
    with pytest.raises(OutcomeUnknown, match="has taken the change of “desk_1”, but it could not be read back"):
        await sip.update(ACCOUNT, service.sip["1"], FIELDS)


async def test_one_is_deleted_once(sip, service):
    await sip.delete(ACCOUNT, service.sip["2"])
    assert (list(service.sip), service.asked, sip.told) == (["1"], ["sip-delete 2"], ["v1"])


async def test_one_that_is_not_there_is_named(sip, service):
    gone = service.sip.pop("2")
    with pytest.raises(NotFound, match="“Voice” has no SIP account “hall”"):
        await sip.delete(ACCOUNT, gone)
    with pytest.raises(NotFound, match="“Voice” has no SIP account “hall”"):
        await sip.update(ACCOUNT, gone, FIELDS)
    with pytest.raises(NotFound, match="“Voice” has no SIP account “2”"):
        await sip.registration(ACCOUNT, "2")


async def test_a_deletion_whose_answer_was_lost_is_looked_after(sip, service):
    service.faults["sip-delete"] = [LOST]
    await sip.delete(ACCOUNT, service.sip["2"])
    assert service.asked == ["sip-delete 2", "sip 2"]
    service.faults["sip-delete"], service.acts = [LOST], False
    with pytest.raises(OutcomeUnknown, match="“desk_1” is still there"):
        await sip.delete(ACCOUNT, service.sip["1"])
    service.faults["sip-delete"], service.faults["sip"] = [LOST], [DOWN, DOWN, DOWN]
    with pytest.raises(OutcomeUnknown, match="could not be read to see"):
        await sip.delete(ACCOUNT, service.sip["1"])


async def test_a_change_that_was_interrupted_is_told_since_it_may_have_been_made(sip, service):
    service.faults["sip-delete"] = [asyncio.CancelledError()]
    with pytest.raises(asyncio.CancelledError):
        await sip.delete(ACCOUNT, service.sip["1"])
    assert sip.told == ["v1"]


async def test_the_domain_comes_with_the_registration_and_is_asked_for_once(sip, service):
    service.registrations["1"] = SipRegistration("Registered", "vm.9.apidaze.voip")
    service.sip["1"] = replace(service.sip["1"], domain="of-the-settings")
    assert (await sip.list(ACCOUNT)).accounts[0].domain == "of-the-settings"
    for _ in range(2):
        assert (await sip.get(ACCOUNT, "1")).domain == "vm.9.apidaze.voip"
    assert service.asked.count("registration 1") == 1
    assert (await sip.list(ACCOUNT)).accounts[0].domain == "vm.9.apidaze.voip"
    assert await sip.registration(ACCOUNT, "1") == SipRegistration("Registered", "vm.9.apidaze.voip")


async def test_without_the_registration_the_settings_domain_has_to_do(sip, service):
    service.sip["1"] = replace(service.sip["1"], domain="of-the-settings")
    service.faults["registration"] = [DOWN]
    assert (await sip.get(ACCOUNT, "1")).domain == "of-the-settings"
    service.registrations["1"] = SipRegistration("Registered", "told")
    assert (await sip.get(ACCOUNT, "1")).domain == "told", "it is asked for again"


async def test_a_registration_may_be_asked_for_in_the_background(sip, service):
    connections = service.connections()
    sip = Sip(connections)
    service.faults["registration"] = [OverBudget("None is left.")]
    with pytest.raises(OverBudget):
        await sip.registration(ACCOUNT, "1", priority=Priority.BACKGROUND)
    await sip.registration(ACCOUNT, "1")
    assert connections.priorities == [Priority.BACKGROUND, Priority.USER]


async def test_a_service_that_cannot_do_it_says_so():
    service = VoiceClient()
    connections = service.connections()
    connections.given = BareClient()
    sip, one = Sip(connections), service.add_sip("1", "x")
    for act in (sip.create(ACCOUNT, "x", FIELDS), sip.update(ACCOUNT, one, FIELDS), sip.delete(ACCOUNT, one)):
        with pytest.raises(BadInput, match="The SIP accounts of “Voice” cannot be changed here"):
            await act
    with pytest.raises(BadInput, match="does not tell of a single registration"):
        await sip.registration(ACCOUNT, "1")
