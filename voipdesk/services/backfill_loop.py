"""The reading of one account's older calls, beside its refreshes, until no day is missing."""

from __future__ import annotations

import asyncio
from enum import StrEnum
from typing import TYPE_CHECKING

from voipdesk.core.budget import leaves_room
from voipdesk.core.errors import VoipdeskError
from voipdesk.services.schedule_clock import LOOK_AGAIN, Pauses
from voipdesk.services.sync_days import last_over

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import date

    from voipdesk.core.accounts import Account
    from voipdesk.core.budget import Budget
    from voipdesk.services.call_reading import SyncProgressReport
    from voipdesk.services.schedule_clock import Clocks
    from voipdesk.services.sync import Sync, SyncResult


class BackfillState(StrEnum):
    """Where the reading of older calls stands."""

    WAITING = "waiting"
    """Not begun, or waiting for requests, or for a service that does not answer."""
    RUNNING = "running"
    CANCELLED = "cancelled"
    """By the user, until resumed."""
    DONE = "done"


class BackfillLoop:
    """Back-fills after a refresh has shown that the service answers; again when a day is over and still missing."""

    def __init__(
        self,
        account: Account,
        sync: Sync,
        budget: Callable[[], Awaitable[Budget]],
        clocks: Clocks,
        *,
        refreshed: asyncio.Event,
        changed: Callable[[], None],
    ) -> None:
        self.state = BackfillState.WAITING
        self.progress: SyncProgressReport | None = None
        self.error: VoipdeskError | None = None
        self._account = account
        self._sync = sync
        self._budget = budget
        self._clocks = clocks
        self._refreshed = refreshed
        self._changed = changed
        self._wanted = asyncio.Event()
        self._wanted.set()
        self._wake = asyncio.Event()
        self._pauses = Pauses(clocks)
        self._running: asyncio.Task[SyncResult] | None = None
        self._done_to: date | None = None

    async def run(self) -> None:
        """Go on until cancelled; expected errors are shown and waited out."""
        while True:
            await self._refreshed.wait()
            await self._wanted.wait()
            if (left := self._pauses.left()) > 0:
                await self._clocks.nap(left, self._wake)
            elif self._done_to == last_over(self._clocks.now()):
                self._refreshed.clear()
            else:
                await self._once()

    def cancel(self) -> None:
        """Stop until resumed; what was read is kept."""
        self._wanted.clear()
        if self._running:
            self._running.cancel()
        self._show(BackfillState.CANCELLED)

    def resume(self) -> None:
        """Go on where days are missing."""
        if not self._wanted.is_set():
            self._show(BackfillState.WAITING)
            self._wanted.set()

    async def _once(self) -> None:
        over = last_over(self._clocks.now())
        try:
            if await self._sync.has_gaps(self._account):
                self._show(BackfillState.RUNNING)
                self._running = asyncio.create_task(
                    self._sync.backfill(self._account, progress=self._report, turn=self._take_turn)
                )
                await self._running
            self.error = None
            self._pauses.succeeded()
            self._done_to = over
            self._show(BackfillState.DONE)
        except VoipdeskError as error:
            self.error = error
            self._pauses.failed(error)
            self._show(BackfillState.WAITING)
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if self._wanted.is_set() or (task and task.cancelling()):
                raise
        finally:
            self._running = None

    async def _take_turn(self) -> None:
        while not leaves_room(await self._budget()):
            await self._clocks.nap(LOOK_AGAIN.total_seconds(), self._wake)

    def _report(self, progress: SyncProgressReport) -> None:
        self.progress = progress
        self._changed()

    def _show(self, state: BackfillState) -> None:
        self.state = state
        if state is not BackfillState.RUNNING:
            self.progress = None
        self._changed()
