"""What keeps the call logs up to date while a window is open: every account refreshed, and its older calls read."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec

from voipdesk.core.call_log import HasCallLog
from voipdesk.core.errors import VoipdeskError
from voipdesk.services.backfill_loop import BackfillLoop, BackfillState
from voipdesk.services.events import Event
from voipdesk.services.refresh_loop import RefreshLoop
from voipdesk.services.schedule_clock import Clocks

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from voipdesk.core.accounts import Account
    from voipdesk.core.budget import Budget
    from voipdesk.services.accounts import Accounts
    from voipdesk.services.call_reading import SyncProgressReport
    from voipdesk.services.connections import Connections
    from voipdesk.services.sync import Sync, SyncResult


class ScheduleState(msgspec.Struct, frozen=True):
    """What a status line shows of one account's call log."""

    account_id: str
    next_at: datetime | None = None
    """When the next refresh comes; None while one runs."""
    waiting_for: str = ""
    """Why it is not sooner, in sentences; "" when it comes as often as it may."""
    running: str = ""
    """What is under way: "refresh", "back-fill", or ""."""
    progress: SyncProgressReport | None = None
    """How far the back-fill is."""
    error: VoipdeskError | None = None
    """What the last refresh, or else the last back-fill, failed with; None once it succeeds."""
    backfill: BackfillState = BackfillState.WAITING


class _AccountSchedule:
    """The two loops of one account."""

    def __init__(
        self,
        account: Account,
        sync: Sync,
        connections: Connections,
        clocks: Clocks,
        *,
        cost: int,
        visible: bool,
        changed: Event[ScheduleState],
    ) -> None:
        async def budget() -> Budget:
            return await connections.budget(account)

        self.account = account
        self.refresh = RefreshLoop(
            lambda: sync.refresh(account), budget, clocks, cost=cost, visible=visible, changed=self._emit
        )
        self.backfill = BackfillLoop(
            account, sync, budget, clocks, refreshed=self.refresh.refreshed, changed=self._emit
        )
        self._changed = changed

    @property
    def state(self) -> ScheduleState:
        refresh, backfill = self.refresh, self.backfill
        filling = backfill.state is BackfillState.RUNNING
        return ScheduleState(
            account_id=self.account.id,
            next_at=refresh.next_at,
            waiting_for=refresh.waiting_for,
            running="refresh" if refresh.running else "back-fill" if filling else "",
            progress=backfill.progress,
            error=refresh.error or backfill.error,
            backfill=backfill.state,
        )

    async def run(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.refresh.run())
            tasks.create_task(self.backfill.run())

    def _emit(self) -> None:
        self._changed.emit(self.state)


class Schedule:
    """Runs for as long as a window is open, and follows accounts as they are added, changed and removed."""

    def __init__(
        self,
        accounts: Accounts,
        connections: Connections,
        sync: Sync,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.changed: Event[ScheduleState] = Event()
        self._accounts = accounts
        self._connections = connections
        self._sync = sync
        self._clocks = Clocks(clock, monotonic, sleep)
        self._visible = True
        self._running: dict[str, tuple[_AccountSchedule, asyncio.Task[None]]] = {}

    async def run(self) -> None:
        """Keep all accounts up to date until cancelled. What the services answer is shown in the states, not raised."""
        news = asyncio.Event()
        unsubscribe = self._accounts.changed.subscribe(lambda _: news.set())
        try:
            async with asyncio.TaskGroup() as tasks:
                while True:
                    news.clear()
                    self._follow(tasks)
                    await news.wait()
        finally:
            unsubscribe()
            self._running.clear()

    def state(self, account_id: str) -> ScheduleState:
        """Say how an account's call log stands."""
        running = self._running.get(account_id)
        return running[0].state if running else ScheduleState(account_id)

    @property
    def at_rest(self) -> bool:
        """Whether every call log has been read as far as it can be for now, and none is being read."""
        logs = (account for account in self._accounts.list() if self._accounts.offers(account, HasCallLog))
        states = [self.state(account.id) for account in logs]
        return not any(state.running or state.backfill is BackfillState.WAITING for state in states)

    def set_visible(self, visible: bool) -> None:
        """Suit the pace to a window that is seen, or is not."""
        self._visible = visible
        for schedule, _ in self._running.values():
            schedule.refresh.set_visible(visible)

    async def refresh_now(self, account: Account) -> SyncResult:
        """Refresh at once, or take part in the refresh under way; raises what it fails with, such as OverBudget."""
        running = self._running.get(account.id)
        return await (running[0].refresh.now() if running else self._sync.refresh(account))

    def cancel_backfill(self, account_id: str) -> None:
        """Stop reading an account's older calls until resumed; what was read is kept."""
        if running := self._running.get(account_id):
            running[0].backfill.cancel()

    def resume_backfill(self, account_id: str) -> None:
        """Go on reading an account's older calls."""
        if running := self._running.get(account_id):
            running[0].backfill.resume()

    def _follow(self, tasks: asyncio.TaskGroup) -> None:
        """Start what is new, end what is gone, start anew what changed."""
        try:
            wanted = {a.id: a for a in self._accounts.list() if self._accounts.offers(a, HasCallLog)}
        except VoipdeskError:
            # A settings file that cannot be read just now: those that run go on, the accounts' pane shows the error.
            return
        for account_id, (schedule, task) in tuple(self._running.items()):
            if wanted.get(account_id) != schedule.account:
                task.cancel()
                del self._running[account_id]
        for account_id, account in wanted.items():
            if account_id not in self._running:
                schedule = _AccountSchedule(
                    account,
                    self._sync,
                    self._connections,
                    self._clocks,
                    cost=len(self._accounts.call_sources(account)),
                    visible=self._visible,
                    changed=self.changed,
                )
                self._running[account_id] = schedule, tasks.create_task(schedule.run())
