"""The budget: a sliding window that all processes share, the reserve, the service's own no."""

# ruff: noqa: ASYNC220 - the loop of these tests has nothing else to do

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from voipdesk.archive.budget import BudgetLedger, utc_now
from voipdesk.archive.store import Store
from voipdesk.core.budget import QUOTA_STANDS, RESERVE, Limit, Priority, Quota
from voipdesk.core.errors import OverBudget

WINDOW = timedelta(minutes=15)
LIMIT = Limit(RESERVE + 3, WINDOW)
START = datetime(2026, 3, 20, 12, tzinfo=UTC)


class Clock:
    """Stands still until it is set."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ledger(store: Store, clock: Clock) -> BudgetLedger:
    return BudgetLedger(store, clock)


async def test_background_work_leaves_the_reserve_to_the_user(ledger: BudgetLedger, clock: Clock):
    background = ledger.for_account("a", LIMIT, Priority.BACKGROUND)
    for _ in range(3):
        await background.spend()
        clock.now += timedelta(minutes=1)
    with pytest.raises(OverBudget, match="kept for dialling") as caught:
        await background.spend()
    assert caught.value.retry_at == START + WINDOW
    user = ledger.for_account("a", LIMIT, Priority.USER)
    for _ in range(RESERVE):
        await user.spend()
    with pytest.raises(OverBudget, match="13 requests in 15 minutes are used up") as caught:
        await user.spend()
    assert caught.value.retry_at == START + WINDOW
    with pytest.raises(OverBudget) as caught:
        await background.spend()
    assert caught.value.retry_at == START + timedelta(minutes=3) + WINDOW


async def test_requests_leave_the_window(ledger: BudgetLedger, clock: Clock):
    user = ledger.for_account("a", Limit(1, timedelta(seconds=90)), Priority.USER)
    await user.spend()
    with pytest.raises(OverBudget, match="90 seconds"):
        await user.spend()
    clock.now += timedelta(seconds=90)
    await user.spend()


async def test_looking_spends_nothing(ledger: BudgetLedger, clock: Clock):
    assert (await ledger.look("a", LIMIT)).next_at is None
    await ledger.for_account("a", LIMIT, Priority.USER).spend()
    clock.now += timedelta(minutes=5)
    for _ in range(2):
        budget = await ledger.look("a", LIMIT)
        assert (budget.used, budget.left, budget.next_at, budget.at) == (1, 12, START + WINDOW, clock.now)


async def test_accounts_do_not_share_a_budget(ledger: BudgetLedger):
    await ledger.for_account("a", LIMIT, Priority.USER).spend()
    assert (await ledger.look("b", LIMIT)).used == 0


async def test_a_request_that_never_left_is_given_back(ledger: BudgetLedger):
    user = ledger.for_account("a", LIMIT, Priority.USER)
    first = await user.spend()
    await user.refund(first)
    assert (await ledger.look("a", LIMIT)).used == 0
    assert await user.spend() != first


async def test_too_many_requests_closes_until_the_service_said(ledger: BudgetLedger, clock: Clock):
    user = ledger.for_account("a", LIMIT, Priority.USER)
    until = START + timedelta(minutes=2)
    assert await user.close(until) == until
    with pytest.raises(OverBudget, match="too many") as caught:
        await user.spend()
    assert caught.value.retry_at == until
    budget = await ledger.look("a", LIMIT)
    assert (budget.left, budget.closed_until, budget.next_at) == (0, until, until)
    clock.now = until
    assert (await ledger.look("a", LIMIT)).closed_until is None
    await user.spend()


async def test_too_many_requests_without_a_time_closes_until_the_oldest_leaves(ledger: BudgetLedger, clock: Clock):
    user = ledger.for_account("a", LIMIT, Priority.USER)
    assert await user.close(None) == START + WINDOW
    clock.now += WINDOW
    await user.spend()
    clock.now += timedelta(minutes=5)
    assert await user.close(None) == START + 2 * WINDOW


async def test_a_restart_forgets_nothing(file: Path, clock: Clock):
    for used in range(3):
        store = await Store.open(file)
        assert (await BudgetLedger(store, clock).look("a", LIMIT)).used == used
        await BudgetLedger(store, clock).for_account("a", LIMIT, Priority.USER).spend()
        await store.close()


async def test_a_clock_set_back_locks_nobody_out_for_long(ledger: BudgetLedger, clock: Clock):
    user = ledger.for_account("a", Limit(1, WINDOW), Priority.USER)
    await user.spend()
    clock.now -= timedelta(days=300)
    with pytest.raises(OverBudget) as caught:
        await user.spend()
    assert caught.value.retry_at == clock.now + WINDOW
    clock.now += WINDOW
    await user.spend()


async def test_a_closure_moves_with_a_clock_set_back(ledger: BudgetLedger, clock: Clock):
    user = ledger.for_account("a", LIMIT, Priority.USER)
    await user.close(START + timedelta(minutes=1))
    clock.now -= timedelta(days=300)
    with pytest.raises(OverBudget):
        await user.spend()
    clock.now += timedelta(minutes=1)
    await user.spend()


async def test_old_requests_are_dropped(ledger: BudgetLedger, clock: Clock, store: Store):
    user = ledger.for_account("a", LIMIT, Priority.USER)
    await user.spend()
    clock.now += timedelta(days=2)
    await user.spend()
    assert await store.read(lambda c: c.exec_driver_sql("SELECT count(*) FROM requests").scalar()) == 1


async def test_a_limit_within_the_reserve_leaves_nothing_for_background_work(ledger: BudgetLedger):
    with pytest.raises(OverBudget) as caught:
        await ledger.for_account("a", Limit(RESERVE, WINDOW), Priority.BACKGROUND).spend()
    assert caught.value.retry_at is None


def test_the_clock_is_aware():
    assert utc_now().utcoffset() == timedelta(0)


SPENDER = """
import asyncio, pathlib, sys
from datetime import timedelta
from voipdesk.archive.budget import BudgetLedger
from voipdesk.archive.store import Store
from voipdesk.core.budget import Limit, Priority
from voipdesk.core.errors import OverBudget
async def main():
    store = await Store.open(pathlib.Path(sys.argv[1]))
    budget = BudgetLedger(store).for_account("a", Limit(60, timedelta(hours=1)), Priority.USER)
    print("ready", flush=True)
    sys.stdin.readline()
    spent = 0
    try:
        while True:
            await budget.spend()
            spent += 1
    except OverBudget:
        print(spent)
    await store.close()
asyncio.run(main())
"""


async def test_processes_that_spend_at_once_never_exceed_the_limit(file: Path):
    command = [sys.executable, "-c", SPENDER, str(file)]
    spenders = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    for spender in spenders:
        assert spender.stdout
        assert spender.stdout.readline() == "ready\n"
    for spender in spenders:
        assert spender.stdin
        spender.stdin.write("go\n")
        spender.stdin.flush()
    spent = [int(spender.communicate()[0]) for spender in spenders]
    assert sum(spent) == 60


QUOTA = Quota(Limit(50, timedelta(minutes=5)), 38, START + timedelta(minutes=4))


async def test_whatever_changes_a_budget_is_told(ledger: BudgetLedger):
    told: list[str] = []
    user = ledger.for_account("a", LIMIT, Priority.USER, told.append)
    request = await user.spend()
    await user.refund(request)
    await user.hear(QUOTA)
    await user.close(None)
    with pytest.raises(OverBudget):
        await user.spend()
    assert told == ["a"] * 4


async def test_the_service_s_word_counts_where_it_leaves_less(ledger: BudgetLedger, clock: Clock):
    wide = Limit(100, WINDOW)
    user = ledger.for_account("a", wide, Priority.USER)
    await user.spend()
    await user.hear(QUOTA)
    told = await ledger.look("a", wide)
    assert (told.limit, told.used, told.left, told.next_at, told.told) == (QUOTA.limit, 38, 12, QUOTA.resets_at, True)
    clock.now += timedelta(seconds=1)
    for _ in range(2):
        await user.spend()
    assert (await ledger.look("a", wide)).left == RESERVE, "what was sent since is counted"
    with pytest.raises(OverBudget, match="Only 10 of 50 requests in 5 minutes are left") as caught:
        await ledger.for_account("a", wide, Priority.BACKGROUND).spend()
    assert caught.value.retry_at == QUOTA.resets_at
    for _ in range(RESERVE):
        await user.spend()
    with pytest.raises(OverBudget, match="All 50 requests in 5 minutes are used up") as caught:
        await user.spend()
    assert caught.value.retry_at == QUOTA.resets_at
    assert (await ledger.look("b", wide)).left == 100, "another account's is its own"
    clock.now = QUOTA.resets_at
    assert (await ledger.look("a", wide)).limit == wide
    await user.spend()


async def test_the_settings_count_where_they_leave_less(ledger: BudgetLedger, clock: Clock):
    user = ledger.for_account("a", LIMIT, Priority.USER)
    await user.hear(Quota(Limit(1000, WINDOW), 1, START + WINDOW))
    clock.now += timedelta(seconds=1)
    for _ in range(LIMIT.requests):
        await user.spend()
    budget = await ledger.look("a", LIMIT)
    assert (budget.limit, budget.left, budget.told) == (LIMIT, 0, False)


async def test_the_last_word_stands_and_not_for_days(ledger: BudgetLedger, clock: Clock):
    wide = Limit(100, WINDOW)
    user = ledger.for_account("a", wide, Priority.USER)
    await user.hear(Quota(Limit(50, timedelta(days=30)), 50, START + timedelta(days=29)))
    with pytest.raises(OverBudget) as caught:
        await user.spend()
    assert caught.value.retry_at == START + QUOTA_STANDS
    await user.hear(Quota(Limit(50, timedelta(days=30)), 10, START + timedelta(days=29)))
    assert (await ledger.look("a", wide)).left == 40
    clock.now -= timedelta(minutes=1)
    assert (await ledger.look("a", wide)).limit == wide, "a word from the future, by a clock set back, is none"


async def test_too_many_requests_without_a_time_closes_until_the_quota_begins_anew(ledger: BudgetLedger):
    user = ledger.for_account("a", Limit(100, WINDOW), Priority.USER)
    await user.hear(Quota(Limit(50, timedelta(minutes=5)), 50, QUOTA.resets_at))
    assert await user.close(None) == QUOTA.resets_at
