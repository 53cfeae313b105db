"""The journal of credit transfers: written before, never changed, never deleted."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import delete, update

from tests.fakes.credit_journal import FakeCreditJournal
from voipdesk.archive.accounts import AccountIndex
from voipdesk.archive.credit import CreditJournal
from voipdesk.archive.store import Store
from voipdesk.archive.tables import credit_transfers
from voipdesk.core.credit import Balances, CreditOutcome, CreditTransfer
from voipdesk.core.errors import StorageFailed

AT = datetime(2026, 3, 20, 12, tzinfo=UTC)
AGES_AGO = AT - timedelta(days=1)


@pytest.fixture
def journal(store: Store) -> CreditJournal:
    return CreditJournal(store)


@pytest.fixture(params=["real", "fake"])
def any_journal(request) -> CreditJournal | FakeCreditJournal:
    """The journal, and the one that tests of services use in its place."""
    return request.getfixturevalue("journal") if request.param == "real" else FakeCreditJournal()


def transfer(number: int = 1, account: str = "a", customer: str = "c1", **fields) -> CreditTransfer:
    at = AT + timedelta(minutes=number)
    made = CreditTransfer(
        f"{number:032x}", account, customer, f"my_{customer}", Decimal("10.000"), at, "ann", CreditOutcome.SENT
    )
    before = Balances(Decimal("100.125"), Decimal("-0.001"), at)
    return replace(made, before=before, account_name="Office", **fields)


def ended(begun: CreditTransfer, outcome: CreditOutcome, text: str = "") -> CreditTransfer:
    return replace(begun, outcome=outcome, text=text)


async def test_a_transfer_is_known_before_its_outcome_and_to_the_last_decimal(any_journal):
    begun = transfer()
    assert await any_journal.begin(begun, since=AGES_AGO) is None
    [read] = await any_journal.recent()
    assert read == begun
    assert [str(amount) for amount in (read.amount, read.before.own, read.before.customer)] == [
        "10.000",
        "100.125",
        "-0.001",
    ]
    after = Balances(Decimal("90.125"), Decimal("1E+1"), AT)
    done = replace(begun, outcome=CreditOutcome.MOVED, after=after)
    await any_journal.end(done)
    assert await any_journal.recent() == [done]


async def test_recent_has_each_transfer_once_in_the_order_they_were_begun(any_journal):
    for number in range(4):
        begun = transfer(number, "b" if number == 3 else "a", f"c{number % 2}")
        await any_journal.begin(begun, since=AT + timedelta(days=1))
    await any_journal.end(ended(transfer(0, "a", "c0"), CreditOutcome.NOT_MOVED, "No."))
    everything = await any_journal.recent()
    assert [(one.account_id, one.customer_id, one.outcome.value) for one in everything] == [
        ("b", "c1", "sent"),
        ("a", "c0", "sent"),
        ("a", "c1", "sent"),
        ("a", "c0", "not-moved"),
    ]
    assert [one.at for one in await any_journal.recent("a", 2)] == [AT + timedelta(minutes=n) for n in (2, 1)]
    assert [one.at for one in await any_journal.recent("a", customer_id="c1")] == [AT + timedelta(minutes=1)]
    assert await any_journal.recent("nobody") == []


async def test_one_of_an_account_at_a_time_as_far_as_the_journal_can_tell(any_journal):
    first, second = transfer(1), transfer(2, customer="c2")
    await any_journal.begin(first, since=AGES_AGO)
    assert await any_journal.begin(second, since=AGES_AGO) == first
    assert await any_journal.recent() == [first]
    other = transfer(3, "b")
    assert await any_journal.begin(other, since=AGES_AGO) is None
    await any_journal.end(ended(first, CreditOutcome.MOVED))
    assert await any_journal.begin(second, since=AGES_AGO) is None


async def test_one_that_was_begun_long_ago_or_is_known_to_be_over_is_not_in_the_way(any_journal):
    await any_journal.begin(transfer(1), since=AGES_AGO)
    assert await any_journal.begin(transfer(2), since=AT + timedelta(minutes=2)) is None
    known = [transfer(2).id]
    assert await any_journal.begin(transfer(3), since=AT + timedelta(minutes=2), ended=known) is None
    assert await any_journal.begin(transfer(4), since=AT + timedelta(minutes=2), ended=known) == transfer(3)


async def test_rows_can_be_neither_changed_nor_deleted(store: Store, journal: CreditJournal):
    await journal.begin(transfer(), since=AGES_AGO)
    for statement in (update(credit_transfers).values(amount=Decimal(1)), delete(credit_transfers)):
        with pytest.raises(StorageFailed) as caught:
            await store.write(lambda connection, statement=statement: connection.execute(statement))
        assert "credit_transfers is append-only" in caught.value.details
    assert await journal.recent() == [transfer()]


async def test_an_outcome_is_written_once(any_journal):
    await any_journal.begin(transfer(), since=AGES_AGO)
    await any_journal.end(ended(transfer(), CreditOutcome.MOVED))
    with pytest.raises(StorageFailed):
        await any_journal.end(ended(transfer(), CreditOutcome.MOVED))


async def test_the_journal_stays_when_all_else_of_the_account_is_deleted(store: Store, journal: CreditJournal):
    index = AccountIndex(store)
    await index.remember("a", "Office")
    await journal.begin(transfer(), since=AGES_AGO)
    await index.forget("a")
    assert await index.names() == {}
    assert await journal.recent("a") == [transfer()]


async def test_strange_texts_are_kept(journal: CreditJournal):
    strange = transfer(text="half a pair: \ud83d, Ünïcode 'quoted'", customer="c\ud83d")
    await journal.begin(strange, since=AGES_AGO)
    [read] = await journal.recent()
    assert (read.text, read.customer_id) == ("half a pair: ?, Ünïcode 'quoted'", "c?")


async def test_another_process_is_in_the_way_as_well(file, journal: CreditJournal):
    other = await Store.open(file)
    try:
        await journal.begin(transfer(), since=AGES_AGO)
        assert await CreditJournal(other).begin(transfer(2), since=AGES_AGO) == transfer()
    finally:
        await other.close()
