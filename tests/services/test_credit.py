"""Moving credit: written down before it is sent, sent once, and nothing false is said of what became of it."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from tests.fakes.archive import NOW, FakeLedger
from tests.fakes.credit_journal import FakeCreditJournal
from tests.fakes.keyring_backend import FakeKeyring
from tests.fakes.reseller import ACCOUNT, Cut, Reseller, ResellerProvider
from tests.fakes.time import settle
from tests.fakes.vendor import BareClient
from voipdesk.core.credit import Balances, CreditOutcome, CreditTransfer
from voipdesk.core.customers import Customer
from voipdesk.core.errors import (
    AnswerLate,
    BadInput,
    NotUnderstood,
    OutcomeUnknown,
    OverBudget,
    Refused,
    StorageFailed,
    Unreachable,
)
from voipdesk.services import credit as module
from voipdesk.services.connections import Connections
from voipdesk.services.credit import UNDER_WAY, AlreadyMoving, BalancesChanged, Credit
from voipdesk.settings.secrets import Secrets

LOST = OutcomeUnknown("The connection was cut.")
LATE = AnswerLate("No answer came in 30 seconds.")
TEN = Decimal("10.000")
CUSTOMER = Customer("u1", "my_customer")
OTHER = Customer("u2", "Other")
BEFORE = Balances(Decimal("100.000"), Decimal("5.000"), NOW)
MOVED, NOT_MOVED, NOT_KNOWN, SENT = (
    CreditOutcome.MOVED,
    CreditOutcome.NOT_MOVED,
    CreditOutcome.NOT_KNOWN,
    CreditOutcome.SENT,
)


@pytest.fixture
def service():
    service = Reseller()
    service.add("my_customer")
    service.add("Other")
    return service


@pytest.fixture
def provider(service):
    return ResellerProvider(service)


@pytest.fixture
def journal():
    return FakeCreditJournal()


@pytest.fixture
def slept():
    return []


@pytest.fixture
def credit(provider, journal, slept, monkeypatch):
    async def sleep(seconds):
        slept.append(seconds)
        await asyncio.sleep(0)

    monkeypatch.setenv("LOGNAME", "ann")
    made = Credit(fresh(provider), journal, clock=lambda: NOW, sleep=sleep)
    made.told = []
    made.moved.subscribe(made.told.append)
    return made


def fresh(provider):
    return Connections({"reseller": provider}, Secrets(FakeKeyring()), FakeLedger())


def outcomes(journal):
    return [row.outcome for row in journal.rows]


async def under_way(service):
    """Wait until the request that moves has arrived."""
    while not any(asked.startswith("move") for asked in service.asked):  # noqa: ASYNC110 - there is no event
        await asyncio.sleep(0)


async def full_disk():
    raise StorageFailed("The disk is full.")


async def test_both_balances_are_read(credit, service):
    assert await credit.balances(ACCOUNT, CUSTOMER) == BEFORE
    assert service.asked == ["balance", "customer-balance u1"]


async def test_a_transfer_is_sent_once_and_known_with_all_figures(credit, service, journal):
    moved = await credit.move(ACCOUNT, CUSTOMER, TEN, BEFORE)
    assert service.moved == [("u1", TEN)]
    assert (moved.outcome, moved.text, moved.by, moved.at) == (MOVED, "", "ann", NOW)
    assert (moved.account_id, moved.account_name, moved.customer_id) == ("r1", "Reseller", "u1")
    assert (moved.before, moved.after) == (BEFORE, Balances(Decimal("90.000"), Decimal("15.000"), NOW))
    assert journal.rows == [replace(moved, outcome=SENT, after=None), moved]
    assert credit.told == [moved] == await credit.journal(ACCOUNT)
    reading = ["balance", "customer-balance u1"]
    assert service.asked == [*reading, "move 10.000 to u1", *reading]


async def test_it_is_written_down_before_it_is_sent_or_not_sent_at_all(credit, service, journal):
    seen = []
    service.on_request = lambda operation: seen.append((operation.partition(" ")[0], outcomes(journal)))
    await credit.move(ACCOUNT, CUSTOMER, TEN, BEFORE)
    assert ("move", [SENT]) in seen
    journal.on_begin = full_disk
    with pytest.raises(StorageFailed):
        await credit.move(ACCOUNT, OTHER, TEN, BEFORE)
    assert len(service.moved) == 1


@pytest.mark.parametrize("amount", ["0.009", "0", "-1", "100.001", "0.0105", "NaN", "Infinity"])
async def test_an_amount_that_cannot_be_moved_is_not_sent(credit, service, journal, amount):
    with pytest.raises(BadInput):
        await credit.move(ACCOUNT, CUSTOMER, Decimal(amount), BEFORE)
    assert (service.asked, journal.rows) == ([], [])


async def test_an_amount_that_is_not_there_any_more_is_not_sent(credit, service, journal):
    service.own = Decimal("9.999")
    with pytest.raises(BadInput, match=r"Your balance is 9\.999: less than 10\.00"):
        await credit.move(ACCOUNT, CUSTOMER, TEN, BEFORE)
    assert (service.moved, journal.rows) == ([], [])


async def test_credit_that_somebody_else_moved_meanwhile_is_not_moved_twice(credit, service, journal):
    service.balances["u1"] += TEN
    with pytest.raises(BalancesChanged, match=r"has 15\.00 now, and had 5\.00 when you looked") as caught:
        await credit.move(ACCOUNT, CUSTOMER, TEN, BEFORE)
    assert (service.moved, journal.rows, credit.told) == ([], [], [])
    assert (await credit.move(ACCOUNT, CUSTOMER, TEN, caught.value.now)).outcome is MOVED


async def test_a_customer_that_has_called_meanwhile_is_no_reason_to_stop(credit, service):
    service.balances["u1"] -= Decimal("0.123")
    moved = await credit.move(ACCOUNT, CUSTOMER, TEN, BEFORE)
    assert (moved.outcome, moved.before.customer) == (MOVED, Decimal("4.877"))


async def test_two_presses_in_the_same_moment_move_once(credit, service):
    service.answers.clear()
    moving = [asyncio.create_task(credit.move(ACCOUNT, CUSTOMER, TEN, BEFORE)) for _ in range(2)]
    await settle()
    service.answers.set()
    first, second = await asyncio.gather(*moving, return_exceptions=True)
    assert (first.outcome, type(second)) == (MOVED, AlreadyMoving)
    assert second.message == "Credit is being moved already."
    assert len(service.moved) == 1
    await credit.move(ACCOUNT, OTHER, TEN, BEFORE)
    assert len(service.moved) == 2


async def test_accounts_do_not_wait_for_each_other(credit, service):
    service.answers.clear()
    moving = [
        asyncio.create_task(credit.move(replace(ACCOUNT, id=name), customer, TEN, BEFORE))
        for name, customer in (("r1", CUSTOMER), ("r2", OTHER))
    ]
    await settle()
    service.answers.set()
    assert [moved.outcome for moved in await asyncio.gather(*moving)] == [MOVED, MOVED]


def begun_elsewhere(at=NOW):
    return CreditTransfer("there", "r1", "u2", "Other", TEN, at, "bob", SENT)


async def test_one_that_another_program_is_at_is_waited_for(credit, service, journal):
    journal.rows.append(begun_elsewhere())
    with pytest.raises(AlreadyMoving, match=r"begun to move 10\.00 to “Other”") as caught:
        await credit.move(ACCOUNT, CUSTOMER, TEN, BEFORE)
    assert caught.value.retry_at == NOW + UNDER_WAY
    assert (service.moved, len(journal.rows), credit.told) == ([], 1, [])
    journal.rows[0] = begun_elsewhere(NOW - UNDER_WAY - timedelta(seconds=1))
    assert (await credit.move(ACCOUNT, CUSTOMER, TEN, BEFORE)).outcome is MOVED


@pytest.mark.parametrize("error", [Refused("No."), OverBudget("None left."), Unreachable("No."), NotUnderstood("No.")])
async def test_what_was_not_carried_out_is_raised_and_written_down_as_not_moved(credit, service, journal, error):
    service.cuts["move"] = [Cut(error)]
    with pytest.raises(type(error)):
        await credit.move(ACCOUNT, CUSTOMER, TEN, BEFORE)
    assert outcomes(journal) == [SENT, NOT_MOVED]
    assert (credit.told[0].text, credit.told) == (error.message, journal.rows[1:])
    assert len([asked for asked in service.asked if asked.startswith("move")]) == 1


async def test_a_bug_says_nothing_of_the_outcome(credit, service, journal):
    service.cuts["move"] = [Cut(RuntimeError("a bug"))]
    with pytest.raises(RuntimeError):
        await credit.move(ACCOUNT, CUSTOMER, TEN, BEFORE)
    assert [(row.outcome, row.text) for row in journal.rows[1:]] == [(NOT_KNOWN, "RuntimeError")]


async def test_no_balance_no_transfer(credit, service, journal):
    service.cuts["balance"] = [OverBudget("None left.")]
    with pytest.raises(OverBudget):
        await credit.move(ACCOUNT, CUSTOMER, TEN, BEFORE)
    assert (journal.rows, service.moved) == ([], [])


@pytest.mark.parametrize("cut", [Cut(LOST, acts=True), Cut(LATE, acts=True), Cut(LOST, later=1)])
async def test_a_lost_answer_to_a_transfer_that_was_made_is_made_good_by_the_balances(
    credit, service, journal, slept, cut
):
    service.cuts["move"] = [cut]
    moved = await credit.move(ACCOUNT, CUSTOMER, TEN, BEFORE)
    assert (moved.outcome, moved.text) == (MOVED, "The answer was lost; the balances show that it was moved.")
    assert moved.after == Balances(Decimal("90.000"), Decimal("15.000"), NOW)
    assert journal.rows[1:] == credit.told == [moved]
    assert slept == [1]
    assert len(service.moved) == 1


async def test_a_transfer_that_was_cut_and_shows_nowhere_was_not_made(credit, service, slept):
    service.cuts["move"] = [Cut(LOST)]
    told = await credit.move(ACCOUNT, CUSTOMER, TEN, BEFORE)
    assert told.outcome is NOT_MOVED
    at = f"{NOW.astimezone():%H:%M:%S}"
    assert told.text == f"The answer was lost. At {at} both balances were still what they had been: nothing was moved."
    assert told.after == BEFORE
    assert slept == [1, 3, 6]
    assert service.moved == []


async def test_a_service_that_may_still_be_at_it_leaves_it_open(credit, service):
    service.cuts["move"] = [Cut(LATE)]
    told = await credit.move(ACCOUNT, CUSTOMER, TEN, BEFORE)
    assert told.outcome is NOT_KNOWN
    assert told.text == (
        "No answer came in 30 seconds. Nothing was moved so far, but it may still be. "
        "Before: you 100.00, “my_customer” 5.00. Now: you 100.00, “my_customer” 5.00."
    )


@pytest.mark.parametrize(
    ("spent", "called", "outcome"),
    [
        ("1", "0", MOVED),  # ours less, the customer's to the point
        ("0", "4", MOVED),
        ("1", "1", NOT_KNOWN),
        ("0", "10", NOT_KNOWN),  # called away what was moved, as if it had been spent elsewhere
        ("-20", "0", NOT_KNOWN),
    ],
)
async def test_what_others_spend_meanwhile_is_allowed_for(credit, service, spent, called, outcome):
    service.cuts["move"] = [Cut(LOST, acts=True)]

    def spend(operation):
        if operation == "balance" and service.moved and not spend.done:
            service.own -= Decimal(spent)
            service.balances["u1"] -= Decimal(called)
            spend.done = True

    spend.done = False
    service.on_request = spend
    told = await credit.move(ACCOUNT, CUSTOMER, TEN, BEFORE)
    assert told.outcome is outcome
    if outcome is NOT_KNOWN:
        assert "The balances have changed in another way" in told.text
        assert "Before: you 100.00" in told.text
        assert "Now: you" in told.text


async def test_balances_that_cannot_be_read_leave_it_open_and_those_read_are_told(credit, service):
    service.cuts["move"] = [Cut(LOST, acts=True)]
    failing = [Unreachable("No answer.")] * 3
    service.on_request = lambda operation: operation.startswith("move") and service.cuts.update(balance=list(failing))
    told = await credit.move(ACCOUNT, CUSTOMER, TEN, BEFORE)
    assert (told.outcome, told.after) == (NOT_KNOWN, None)
    assert told.text == (
        "The connection was cut. The balances could not be read: No answer. Before: you 100.00, “my_customer” 5.00."
    )


async def test_a_last_look_that_fails_proves_nothing_though_those_before_saw_no_change(credit, service):
    service.cuts["move"] = [Cut(LOST)]
    looks = []

    def fail_last(operation):
        if operation == "balance" and service.asked.count("balance") == 4:
            looks.append(operation)
            service.cuts["balance"] = [Unreachable("No answer.")]

    service.on_request = fail_last
    told = await credit.move(ACCOUNT, CUSTOMER, TEN, BEFORE)
    assert looks
    assert (told.outcome, told.after) == (NOT_KNOWN, BEFORE)


async def test_a_transfer_stays_made_though_the_balances_cannot_be_read_afterwards(credit, service, journal):
    service.on_request = lambda operation: service.moved and service.cuts.update(balance=[Unreachable("No answer.")])
    told = await credit.move(ACCOUNT, CUSTOMER, TEN, BEFORE)
    assert (told.outcome, told.after) == (MOVED, None)
    assert told.text == "The balances could not be read afterwards: No answer."
    assert outcomes(journal) == [SENT, MOVED]


async def test_a_bug_while_reading_afterwards_does_not_hide_that_it_was_made(credit, service, journal):
    service.on_request = lambda operation: service.moved and service.cuts.update(balance=[RuntimeError("a bug")])
    with pytest.raises(RuntimeError):
        await credit.move(ACCOUNT, CUSTOMER, TEN, BEFORE)
    assert outcomes(journal) == [SENT, MOVED]


async def test_what_became_of_it_is_told_though_it_cannot_be_noted(credit, service, journal):
    journal.on_end = full_disk
    told = await credit.move(ACCOUNT, CUSTOMER, TEN, BEFORE)
    assert (told.outcome, told.text) == (MOVED, "(It could not be noted: The disk is full.)")
    assert credit.told == await credit.journal() == [told]
    assert outcomes(journal) == [SENT]
    journal.on_end = journal._nothing
    again = await credit.move(ACCOUNT, CUSTOMER, TEN, told.after)
    assert (again.outcome, len(service.moved)) == (MOVED, 2)


async def cancelled(moving):
    moving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await moving


async def test_cancelled_before_it_is_sent_it_was_not_moved(credit, service, journal):
    writing = asyncio.Event()
    journal.on_begin = writing.wait
    moving = asyncio.create_task(credit.move(ACCOUNT, CUSTOMER, TEN, BEFORE))
    await settle()
    moving.cancel()
    await settle()
    writing.set()
    with pytest.raises(asyncio.CancelledError):
        await moving
    assert (service.moved, outcomes(journal)) == ([], [SENT, NOT_MOVED])
    assert credit.told[0].text == "It was cancelled before it was sent."


@pytest.mark.parametrize("begun", ["fails", "finds another"])
async def test_cancelled_while_nothing_could_be_written_it_is_only_cancelled(credit, service, journal, begun):
    writing = asyncio.Event()

    async def begin():
        await writing.wait()
        if begun == "fails":
            raise StorageFailed("The disk is full.")
        journal.rows.append(begun_elsewhere())

    journal.on_begin = begin
    moving = asyncio.create_task(credit.move(ACCOUNT, CUSTOMER, TEN, BEFORE))
    await settle()
    moving.cancel()
    await settle()
    writing.set()
    with pytest.raises(asyncio.CancelledError):
        await moving
    assert (service.moved, credit.told) == ([], [])


async def test_cancelled_under_way_the_answer_is_still_waited_for(credit, service, journal, slept):
    patience = asyncio.Event()
    credit._sleep = lambda seconds: (slept.append(seconds), patience.wait())[1]
    moving = asyncio.create_task(credit.move(ACCOUNT, CUSTOMER, TEN, BEFORE))
    await under_way_held(service)
    moving.cancel()
    await settle()
    assert not moving.done()
    service.answers.set()
    with pytest.raises(asyncio.CancelledError):
        await moving
    assert (service.moved, outcomes(journal), slept) == ([("u1", TEN)], [SENT, MOVED], [module.GRACE_S])
    await settle()
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def under_way_held(service):
    """Let the request that moves arrive, and hold its answer back."""
    service.on_request = lambda operation: operation.startswith("move") and service.answers.clear()
    await under_way(service)


@pytest.mark.parametrize("again", [False, True])
async def test_cancelled_under_way_it_is_not_waited_for_for_ever(credit, service, journal, again):
    if again:
        credit._sleep = lambda seconds: asyncio.Event().wait()
    moving = asyncio.create_task(credit.move(ACCOUNT, CUSTOMER, TEN, BEFORE))
    await under_way_held(service)
    moving.cancel()
    if again:
        await settle()
        assert not moving.done()
        moving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await moving
    assert outcomes(journal) == [SENT, NOT_KNOWN]
    assert journal.rows[1].text == "voipdesk was closed before the answer came."


@pytest.mark.parametrize(("error", "outcome"), [(Refused("No."), NOT_MOVED), (LOST, NOT_KNOWN)])
async def test_cancelled_under_way_it_is_what_the_answer_says(credit, service, journal, error, outcome):
    credit._sleep = lambda seconds: asyncio.Event().wait()
    service.cuts["move"] = [Cut(error)]
    moving = asyncio.create_task(credit.move(ACCOUNT, CUSTOMER, TEN, BEFORE))
    await under_way_held(service)
    moving.cancel()
    await settle()
    service.answers.set()
    with pytest.raises(asyncio.CancelledError):
        await moving
    assert outcomes(journal) == [SENT, outcome]


async def test_cancelled_while_balances_are_read_it_is_not_known(credit, service, journal):
    service.cuts["move"] = [Cut(LOST, acts=True)]
    credit._sleep = lambda seconds: asyncio.Event().wait()
    moving = asyncio.create_task(credit.move(ACCOUNT, CUSTOMER, TEN, BEFORE))
    await settle()
    await cancelled(moving)
    assert outcomes(journal) == [SENT, NOT_KNOWN]
    assert "The balances could not be read: voipdesk was closed before." in journal.rows[1].text


async def test_cancelled_after_it_was_moved_it_stays_moved(credit, service, journal):
    service.on_request = lambda operation: service.moved and service.answers.clear()
    moving = asyncio.create_task(credit.move(ACCOUNT, CUSTOMER, TEN, BEFORE))
    await under_way(service)
    await settle()
    await cancelled(moving)
    assert outcomes(journal) == [SENT, MOVED]


async def test_the_journal_says_why_an_outcome_is_not_known(credit, service, journal):
    journal.rows.append(begun_elsewhere(NOW - timedelta(minutes=1)))
    [recent] = await credit.journal()
    assert recent.outcome is NOT_KNOWN
    assert "was never written down: voipdesk was ended in between, or another window" in recent.text
    journal.rows[0] = begun_elsewhere(NOW - timedelta(days=1))
    [old] = await credit.journal(ACCOUNT)
    assert old.text.endswith("voipdesk was ended in between. Compare the balances.")
    assert await credit.unresolved(ACCOUNT, OTHER) == old
    assert await credit.unresolved(ACCOUNT, CUSTOMER) is None
    await credit.move(ACCOUNT, OTHER, TEN, BEFORE)
    assert await credit.unresolved(ACCOUNT, OTHER) is None
    assert [one.outcome for one in await credit.journal(ACCOUNT, 1)] == [MOVED]
    assert await credit.journal(replace(ACCOUNT, id="r2")) == []


async def test_what_is_under_way_here_is_not_in_doubt(credit, service):
    moving = asyncio.create_task(credit.move(ACCOUNT, CUSTOMER, TEN, BEFORE))
    await under_way_held(service)
    assert [one.outcome for one in await credit.journal()] == [SENT]
    assert await credit.unresolved(ACCOUNT, CUSTOMER) is None
    service.answers.set()
    await moving


async def test_a_service_without_credit_is_told_so(provider, journal):
    provider.client = BareClient()
    with pytest.raises(BadInput, match="The service of “Reseller” cannot move credit"):
        await Credit(fresh(provider), journal).move(ACCOUNT, CUSTOMER, TEN, BEFORE)


async def test_nobody_is_named_where_the_system_knows_no_name(credit, monkeypatch):
    def nobody():
        raise OSError

    monkeypatch.setattr("getpass.getuser", nobody)
    assert (await credit.move(ACCOUNT, CUSTOMER, TEN, BEFORE)).by == ""
