import asyncio
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.fakes.connections import FakeAccounts, FakeConnections
from tests.fakes.time import FakeTime, settle
from voipdesk.core.accounts import Account
from voipdesk.core.call_log import Source
from voipdesk.core.errors import BadInput, NotAuthorised, OverBudget, SecretMissing, StorageFailed, Unreachable
from voipdesk.services.backfill_loop import BackfillState
from voipdesk.services.call_reading import SyncProgressReport
from voipdesk.services.schedule import Schedule
from voipdesk.services.sync import SyncResult

OFFICE = Account("a1", "office", "voipcloud")
SHOP = Account("a2", "shop", "voipcloud")


class FakeSync:
    """Counts what it is asked for; fails with what a test sets; a back-fill takes as many turns as a test wants."""

    def __init__(self) -> None:
        self.refreshes: list[str] = []
        self.backfills: list[str] = []
        self.turns = 0
        self.error: Exception | None = None
        self.backfill_error: Exception | None = None
        self.gaps = True
        self.held: asyncio.Event | None = None
        self.backfill_held: asyncio.Event | None = None

    async def refresh(self, account):
        self.refreshes.append(account.id)
        if self.held:
            await self.held.wait()
        if self.error:
            raise self.error
        return SyncResult(account.id, read=len(self.refreshes))

    async def has_gaps(self, account):
        return self.gaps

    async def backfill(self, account, *, progress, turn):
        self.backfills.append(account.id)
        for n in range(3):
            await turn()
            self.turns += 1
            progress(SyncProgressReport(account, Source.USER, read=n))
            if self.backfill_held:
                await self.backfill_held.wait()
            if self.backfill_error:
                raise self.backfill_error
        self.gaps = False
        return SyncResult(account.id)


class Window:
    def __init__(self, *accounts: Account) -> None:
        self.time = FakeTime()
        self.sync = FakeSync()
        self.accounts = FakeAccounts(*accounts)
        self.connections = FakeConnections(object(), self.time.now)
        self.schedule = Schedule(
            self.accounts,
            self.connections,
            self.sync,
            clock=self.time.now,
            monotonic=self.time.elapsed,
            sleep=self.time.sleep,
        )
        self.states = []
        self.schedule.changed.subscribe(self.states.append)

    @property
    def state(self):
        return self.schedule.state(OFFICE.id)

    async def refreshes_in(self, seconds: float) -> int:
        before = len(self.sync.refreshes)
        await self.time.advance(seconds)
        return len(self.sync.refreshes) - before


@asynccontextmanager
async def window(*accounts: Account, **sync: object):
    one = Window(*(accounts or (OFFICE,)))
    for name, value in sync.items():
        setattr(one.sync, name, value)
    task = asyncio.create_task(one.schedule.run())
    await settle()
    try:
        yield one
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def test_it_refreshes_at_once_and_then_about_every_minute():
    async with window() as desk:
        assert len(desk.sync.refreshes) == 1
        assert await desk.refreshes_in(600) == 10
        assert 0 < (desk.state.next_at - desk.time.at).total_seconds() <= 60
        assert desk.state.waiting_for == ""
        assert desk.state.error is None


async def test_it_is_at_rest_once_every_log_there_is_was_read():
    async with window(OFFICE, SHOP, backfill_held=asyncio.Event()) as desk:
        desk.accounts.without_log = {SHOP.id}
        desk.accounts.changed.emit(None)
        await desk.time.advance(5)
        assert not desk.schedule.at_rest, "older calls are being read"
        desk.sync.backfill_held.set()
        await desk.time.advance(5)
        assert desk.schedule.at_rest


async def test_a_hidden_window_refreshes_every_five_minutes_and_a_shown_one_catches_up():
    async with window() as desk:
        desk.schedule.set_visible(False)
        assert await desk.refreshes_in(1500) == 5
        await desk.time.advance(100)
        before = len(desk.sync.refreshes)
        desk.schedule.set_visible(True)
        await settle()
        assert len(desk.sync.refreshes) - before == 1


async def test_with_little_left_it_refreshes_less_often_and_says_why():
    async with window(gaps=False) as desk:
        desk.connections.used = 80
        assert await desk.refreshes_in(540) == 2
        assert desk.state.waiting_for.startswith("20 of 100 requests are left")


async def test_with_nothing_left_it_waits_until_a_request_leaves_the_window():
    async with window(gaps=False) as desk:
        desk.connections.used = 92
        assert await desk.refreshes_in(299) == 0
        assert "kept for dialling" in desk.state.waiting_for
        assert desk.state.next_at
        desk.connections.used = 10
        assert await desk.refreshes_in(20) == 1, "it looks again while it waits"


async def test_a_closed_budget_says_that_the_service_closed_it():
    async with window(gaps=False) as desk:
        desk.connections.closed_until = desk.time.at + timedelta(seconds=200)
        await desk.time.advance(60)
        assert "too many requests" in desk.state.waiting_for
        assert desk.state.next_at == desk.connections.closed_until


async def test_over_the_budget_it_waits_as_long_as_the_error_says():
    async with window(gaps=False) as desk:
        desk.sync.error = OverBudget("None is left.", retry_at=desk.time.at + timedelta(seconds=400))
        await desk.time.advance(60)
        count = len(desk.sync.refreshes)
        assert desk.state.waiting_for == "None is left."
        desk.sync.error = None
        assert await desk.refreshes_in(330) == 0
        assert await desk.refreshes_in(30) == 1
        assert len(desk.sync.refreshes) == count + 1
        assert desk.state.error is None


async def test_a_service_that_does_not_answer_is_asked_ever_less_often_up_to_ten_minutes():
    async with window(error=Unreachable("Nothing answers.", advice="Is the network up?")) as desk:
        assert desk.state.waiting_for == "Nothing answers. Is the network up?"
        assert desk.state.error is desk.sync.error
        assert await desk.refreshes_in(3600) == 9
        assert await desk.refreshes_in(6000) == 10
        assert desk.sync.backfills == [], "nothing is read from a service that was not seen to answer"
        desk.sync.error = None
        await desk.time.advance(600)
        assert await desk.refreshes_in(300) >= 4, "back to every minute"


@pytest.mark.parametrize("error", [NotAuthorised("The key is wrong."), SecretMissing("No key.")])
async def test_what_only_the_user_can_change_is_tried_rarely(error):
    async with window(error=error) as desk:
        assert await desk.refreshes_in(3600) == 6
        desk.sync.error = None
        await desk.schedule.refresh_now(OFFICE)
        assert desk.state.error is None
        assert await desk.refreshes_in(130) == 2


async def test_a_clock_set_back_does_not_stop_the_refreshes():
    async with window(gaps=False) as desk:
        desk.sync.error = Unreachable("Gone.", retry_at=desk.time.at + timedelta(seconds=120))
        await desk.time.advance(60)
        desk.time.at -= timedelta(days=1)
        desk.sync.error = None
        assert await desk.refreshes_in(300) >= 2


async def test_refresh_now_takes_part_in_the_one_under_way():
    async with window(gaps=False) as desk:
        await desk.time.advance(10)
        desk.sync.held = asyncio.Event()
        first, second = (asyncio.create_task(desk.schedule.refresh_now(OFFICE)) for _ in range(2))
        await settle()
        assert desk.state.running == "refresh"
        desk.sync.held.set()
        assert await first is await second
        assert len(desk.sync.refreshes) == 2
        assert desk.state.running == ""


async def test_refresh_now_says_why_it_could_not():
    async with window(gaps=False) as desk:
        desk.sync.error = OverBudget("None is left.")
        desk.sync.held = asyncio.Event()
        first, second = (asyncio.create_task(desk.schedule.refresh_now(OFFICE)) for _ in range(2))
        await settle()
        desk.sync.held.set()
        for pressed in (first, second):
            with pytest.raises(OverBudget, match="None is left"):
                await pressed


async def test_the_backfill_follows_the_first_refresh_and_shows_how_far_it_is():
    async with window(backfill_held=asyncio.Event()) as desk:
        assert desk.sync.backfills == [OFFICE.id]
        assert desk.state.backfill is BackfillState.RUNNING
        assert desk.state.running == "back-fill"
        assert desk.state.progress.read == 0
        desk.sync.backfill_held.set()
        await settle()
        assert desk.state.backfill is BackfillState.DONE
        assert desk.state.progress is None
        await desk.time.advance(3600)
        assert desk.sync.backfills == [OFFICE.id]


async def test_a_log_without_gaps_is_not_read_again_until_a_day_is_over():
    async with window(gaps=False) as desk:
        assert desk.state.backfill is BackfillState.DONE
        assert desk.sync.backfills == []
        desk.sync.gaps = True
        await desk.time.advance(3600)
        assert desk.sync.backfills == []
        await desk.time.advance(24 * 3600)
        assert desk.sync.backfills == [OFFICE.id]


async def test_a_backfill_leaves_room_for_refreshes():
    async with window(backfill_held=asyncio.Event()) as desk:
        desk.connections.used = 85
        desk.sync.backfill_held.set()
        await desk.time.advance(120)
        assert desk.sync.turns == 1
        desk.connections.used = 40
        await desk.time.advance(20)
        assert desk.sync.turns == 3


async def test_a_backfill_can_be_cancelled_and_resumed():
    async with window(backfill_held=asyncio.Event()) as desk:
        desk.schedule.cancel_backfill(OFFICE.id)
        await desk.time.advance(3600)
        assert desk.state.backfill is BackfillState.CANCELLED
        assert desk.sync.backfills == [OFFICE.id]
        assert len(desk.sync.refreshes) > 50, "refreshes go on"
        desk.sync.backfill_held.set()
        desk.schedule.resume_backfill(OFFICE.id)
        await settle()
        assert desk.state.backfill is BackfillState.DONE
        desk.schedule.resume_backfill(OFFICE.id)
        assert desk.state.backfill is BackfillState.DONE


async def test_a_backfill_that_fails_goes_on_later():
    async with window(backfill_error=Unreachable("Gone.")) as desk:
        assert desk.state.backfill is BackfillState.WAITING
        assert desk.state.error is desk.sync.backfill_error
        await desk.time.advance(20)
        assert len(desk.sync.backfills) == 1
        desk.sync.backfill_error = None
        await desk.time.advance(20)
        assert len(desk.sync.backfills) == 2
        assert desk.state.backfill is BackfillState.DONE
        assert desk.state.error is None


async def test_accounts_are_followed_as_they_come_change_and_go():
    async with window(OFFICE, gaps=False) as desk:
        desk.accounts.accounts.append(SHOP)
        desk.accounts.changed.emit(None)
        await settle()
        assert desk.sync.refreshes == [OFFICE.id, SHOP.id]
        desk.accounts.accounts[0] = replace(OFFICE, my_number="7042")
        desk.accounts.changed.emit(None)
        await settle()
        assert desk.sync.refreshes == [OFFICE.id, SHOP.id, OFFICE.id]
        del desk.accounts.accounts[1]
        desk.accounts.changed.emit(None)
        await settle()
        assert desk.schedule.state(SHOP.id).next_at is None
        before = desk.sync.refreshes.count(SHOP.id)
        await desk.time.advance(600)
        assert desk.sync.refreshes.count(SHOP.id) == before


async def test_accounts_that_cannot_be_read_leave_those_that_run():
    async with window(gaps=False) as desk:
        desk.accounts.error = BadInput("The settings file is broken.")
        desk.accounts.changed.emit(None)
        assert await desk.refreshes_in(120) == 2


async def test_accounts_without_a_call_log_are_left_alone():
    one = Window(OFFICE, SHOP)
    one.accounts.without_log.add(SHOP.id)
    task = asyncio.create_task(one.schedule.run())
    await one.time.advance(60)
    task.cancel()
    await asyncio.wait([task])
    assert set(one.sync.refreshes) == {OFFICE.id}


async def test_before_it_runs_a_refresh_goes_straight_to_the_service():
    desk = Window(OFFICE)
    assert (await desk.schedule.refresh_now(OFFICE)).read == 1
    desk.schedule.cancel_backfill(OFFICE.id)
    desk.schedule.resume_backfill(OFFICE.id)
    assert desk.state.next_at is None


async def test_a_budget_that_cannot_be_read_is_waited_out():
    async with window(gaps=False) as desk:

        async def broken(_):
            raise StorageFailed("The disk is full.")

        budget, desk.connections.budget = desk.connections.budget, broken
        await desk.time.advance(100)
        assert desk.state.error.message == "The disk is full."
        desk.connections.budget = budget
        assert await desk.refreshes_in(300) >= 2


async def test_a_bug_ends_the_schedule_loudly():
    desk = Window(OFFICE)
    desk.sync.error = ZeroDivisionError()
    with pytest.raises(ExceptionGroup):
        await desk.schedule.run()
