"""Dialling: one press is one request, written down before it is sent, never sent again."""

import asyncio
from dataclasses import replace

import pytest

from tests.fakes.archive import ACCOUNT, NOW, FakeDialJournal, FakeLedger
from tests.fakes.keyring_backend import FakeKeyring
from tests.fakes.reseller import Reseller, ResellerClient
from tests.fakes.vendor import BareClient, FakeProvider
from voipdesk.core.dial import DialOutcome, Phone
from voipdesk.core.errors import (
    BadInput,
    NotAuthorised,
    NotUnderstood,
    OutcomeUnknown,
    OverBudget,
    SecretMissing,
    StorageFailed,
    Unreachable,
)
from voipdesk.core.number import Number, NumberKind
from voipdesk.core.sip import SipAccount
from voipdesk.services.connections import Connections
from voipdesk.services.dial import AlreadyDialling, Dial, EmergencyNumber, PremiumRate
from voipdesk.settings.preferences import Preferences
from voipdesk.settings.secrets import Secrets

LONDON = "+442079460958"


@pytest.fixture
def provider():
    return FakeProvider()


@pytest.fixture
def journal():
    return FakeDialJournal()


@pytest.fixture
def secrets():
    made = Secrets(FakeKeyring())
    made.set_for_run("a1", "api_key", "k3y")
    made.set_for_run("b2", "api_key", "k3y")
    return made


@pytest.fixture
def dial(provider, journal, secrets, tmp_path):
    preferences = Preferences(tmp_path / "settings.toml")
    preferences.region = "GB"
    return Dial(Connections({"fake": provider}, secrets, FakeLedger()), journal, preferences, lambda: NOW)


@pytest.fixture
def number(dial):
    return dial.read("020 7946 0958")


def outcomes(journal):
    return [line.outcome for line in journal.lines]


async def until(condition):
    while not condition():  # noqa: ASYNC110 - what is waited for has no event
        await asyncio.sleep(0)


def test_numbers_are_read_in_the_users_region_unless_another_is_given(dial):
    assert dial.read("020 7946 0958").dialled == LONDON
    assert dial.read("030 901820", "DE").dialled == "+4930901820"


async def test_a_dial_sends_one_request_and_is_written_down(dial, provider, journal, number):
    told = []
    dial.dialled.subscribe(told.append)
    dialled = await dial.dial(ACCOUNT, number)
    assert (dialled.call_id, dialled.text) == ("c1", "Ringing")
    assert provider.asked == [f"dial {LONDON} for 7042"]
    [line] = journal.lines
    assert (line.account_id, line.number, line.my_number, line.at) == ("a1", LONDON, "7042", NOW)
    assert (line.outcome, line.text) == (DialOutcome.ACCEPTED, "Ringing")
    assert told == await dial.recent() == [line]


async def test_it_is_written_down_before_it_is_sent(dial, provider, journal, number):
    seen = []
    journal.on_end = lambda: until(lambda: seen.append((outcomes(journal), list(provider.asked))) is None)
    await dial.dial(ACCOUNT, number)
    assert seen == [([DialOutcome.SENT], [f"dial {LONDON} for 7042"])]

    async def full():
        raise StorageFailed("The disk is full.")

    journal.on_begin = full
    with pytest.raises(StorageFailed):
        await dial.dial(ACCOUNT, number)
    assert len(provider.asked) == 1


async def test_a_second_press_while_dialling_sends_nothing(dial, provider, number):
    provider.answers.clear()
    first = asyncio.create_task(dial.dial(ACCOUNT, number))
    await until(lambda: provider.asked)
    with pytest.raises(AlreadyDialling):
        await dial.dial(ACCOUNT, number)
    other = asyncio.create_task(dial.dial(replace(ACCOUNT, id="b2"), number))
    await until(lambda: len(provider.asked) == 2)
    provider.answers.set()
    await asyncio.gather(first, other)
    assert len(provider.asked) == 2
    await dial.dial(ACCOUNT, number)
    assert len(provider.asked) == 3


async def test_two_presses_in_the_same_moment_send_one_request(dial, provider, number):
    results = await asyncio.gather(dial.dial(ACCOUNT, number), dial.dial(ACCOUNT, number), return_exceptions=True)
    assert [type(result).__name__ for result in results] == ["Dialled", "AlreadyDialling"]
    assert len(provider.asked) == 1


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (NotAuthorised("The key is wrong."), DialOutcome.REFUSED),
        (OverBudget("No request is left."), DialOutcome.NOT_SENT),
        (Unreachable("No answer."), DialOutcome.NOT_SENT),
        (OutcomeUnknown("Your phone may be ringing."), DialOutcome.UNKNOWN),
        (NotUnderstood("Redirected."), DialOutcome.NOT_SENT),
        (RuntimeError("a bug"), DialOutcome.UNKNOWN),
    ],
)
async def test_what_becomes_of_it_is_written_down_and_it_is_never_sent_again(
    dial, provider, journal, number, error, outcome
):
    told = []
    dial.dialled.subscribe(told.append)
    provider.error = error
    with pytest.raises(type(error)):
        await dial.dial(ACCOUNT, number)
    assert len(provider.asked) == 1
    assert outcomes(journal) == [outcome]
    assert journal.lines[0].text == getattr(error, "message", "RuntimeError")
    assert told == journal.lines
    provider.error = None
    await dial.dial(ACCOUNT, number)


async def test_a_dial_cancelled_while_it_is_under_way_is_unknown(dial, provider, journal, number):
    provider.answers.clear()
    task = asyncio.create_task(dial.dial(ACCOUNT, number))
    await until(lambda: provider.asked)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert outcomes(journal) == [DialOutcome.UNKNOWN]


async def test_a_dial_cancelled_before_it_is_sent_was_not_sent(dial, provider, journal, number):
    writing = asyncio.Event()
    journal.on_begin = writing.wait
    task = asyncio.create_task(dial.dial(ACCOUNT, number))
    await until(lambda: provider.clients)
    for _ in range(3):
        await asyncio.sleep(0)
    task.cancel()
    await asyncio.sleep(0)
    writing.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert provider.asked == []
    assert outcomes(journal) == [DialOutcome.NOT_SENT]


async def test_a_dial_cancelled_while_the_archive_fails_is_only_cancelled(dial, provider, journal, number):
    writing = asyncio.Event()

    async def fail():
        await writing.wait()
        raise StorageFailed("The disk is full.")

    journal.on_begin = fail
    task = asyncio.create_task(dial.dial(ACCOUNT, number))
    await until(lambda: provider.clients)
    for _ in range(3):
        await asyncio.sleep(0)
    task.cancel()
    await asyncio.sleep(0)
    writing.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (provider.asked, journal.lines) == ([], [])


async def test_a_dial_cancelled_while_its_end_is_written_has_its_end(dial, provider, journal, number):
    writing = asyncio.Event()
    journal.on_end = writing.wait
    task = asyncio.create_task(dial.dial(ACCOUNT, number))
    await until(lambda: provider.asked)
    for _ in range(3):
        await asyncio.sleep(0)
    task.cancel()
    await asyncio.sleep(0)
    writing.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert outcomes(journal) == [DialOutcome.ACCEPTED]


async def full_disk():
    raise StorageFailed("The disk is full.")


async def test_a_call_that_was_taken_is_no_failure_because_it_could_not_be_noted(dial, provider, journal, number):
    journal.on_end = full_disk
    dialled = await dial.dial(ACCOUNT, number)
    assert dialled.call_id == "c1"
    assert dialled.text == "Ringing (It could not be noted: The disk is full.)"


async def test_the_error_of_the_call_comes_before_the_one_of_the_journal(dial, provider, journal, number):
    journal.on_end = full_disk
    provider.error = OutcomeUnknown("Your phone may be ringing.")
    with pytest.raises(OutcomeUnknown):
        await dial.dial(ACCOUNT, number)


async def test_emergency_numbers_are_refused_with_the_advice_to_use_a_telephone(dial, provider, journal):
    with pytest.raises(EmergencyNumber, match=r"999 reaches the emergency services: .* Use a telephone"):
        await dial.dial(ACCOUNT, dial.read("999"), premium_confirmed=True)
    assert (provider.asked, journal.lines) == ([], [])
    await dial.dial(ACCOUNT, dial.read("1121"))
    assert provider.asked == ["dial 1121 for 7042"]


async def test_premium_rate_numbers_are_dialled_only_when_confirmed(dial, provider, journal):
    number = dial.read("0906 123 4567")
    with pytest.raises(PremiumRate, match=r"\+44 906 123 4567 is a premium-rate number"):
        await dial.dial(ACCOUNT, number)
    assert (provider.asked, journal.lines) == ([], [])
    await dial.dial(ACCOUNT, number, premium_confirmed=True)
    assert provider.asked == ["dial +449061234567 for 7042"]


@pytest.mark.parametrize(
    ("given", "sent"), [("7040", "7040"), (" 70 43 ", "7043"), ("+44 20 7946-0001", "+442079460001")]
)
async def test_my_number_may_be_given_for_one_call(dial, provider, number, given, sent):
    await dial.dial(ACCOUNT, number, given)
    assert provider.asked == [f"dial {LONDON} for {sent}"]


async def test_a_missing_my_number_is_said_with_the_place_to_set_it(dial, provider, number):
    with pytest.raises(BadInput, match=r"“Sales” has no “my number”. Set your own extension under Accounts"):
        await dial.dial(replace(ACCOUNT, my_number=" "), number)
    for strange in ("ann", "70;42", "1" * 33, "+"):
        with pytest.raises(BadInput, match="cannot be your telephone's number"):
            await dial.dial(ACCOUNT, number, strange)
    assert provider.asked == []


async def test_a_missing_secret_writes_nothing_down_and_leaves_the_way_free(dial, provider, journal, number, secrets):
    await secrets.remove("a1")
    with pytest.raises(SecretMissing):
        await dial.dial(ACCOUNT, number)
    assert journal.lines == []
    secrets.set_for_run("a1", "api_key", "k3y")
    await dial.dial(ACCOUNT, number)


async def test_a_service_that_cannot_place_calls_is_said_so(dial, provider, number):
    provider.client = BareClient()
    with pytest.raises(BadInput, match="The service of “Sales” cannot place calls"):
        await dial.dial(ACCOUNT, number)


async def test_the_phones_that_can_ring_are_those_with_an_extension_read_once(dial, provider):
    accounts = [SipAccount("s1", "bob_9", extension="1010"), SipAccount("s2", "ann_9", "pw", "Ann Lee", "999")]
    service = Reseller(sip={"": [*accounts, SipAccount("s3", "trunk"), SipAccount("s4", "odd", extension="+a")]})
    provider.client = ResellerClient(service)
    phones = [Phone("999", "Ann Lee"), Phone("1010", "bob_9")]
    assert await dial.phones(ACCOUNT) == await dial.phones(ACCOUNT) == phones
    service.sip[""].pop(0)
    assert await dial.phones(ACCOUNT, fresh=True) == phones[:1]
    assert service.asked == ["sip-list for "] * 2


async def test_a_service_that_does_not_tell_has_no_phones_to_choose_from(dial):
    assert await dial.phones(ACCOUNT) == []


async def test_todays_time_is_used_unless_told_otherwise(dial, journal, number):
    made = Dial(dial._connections, journal, dial._preferences)
    await made.dial(ACCOUNT, Number("7", "7", "7", "", "GB", NumberKind.INTERNAL))
    assert journal.lines[0].at.tzinfo is not None
