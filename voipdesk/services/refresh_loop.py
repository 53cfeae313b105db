"""The refreshing of one account's call log, as often as its budget allows."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from voipdesk.core.budget import HIDDEN, VISIBLE, affords, refresh_every
from voipdesk.core.errors import VoipdeskError
from voipdesk.core.language import _, ngettext, shown_number
from voipdesk.services.schedule_clock import Pauses

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from voipdesk.core.budget import Budget
    from voipdesk.services.schedule_clock import Clocks
    from voipdesk.services.sync import SyncResult


class RefreshLoop:
    """Refreshes, waits, refreshes again. `next_at`, `waiting_for`, `running` and `error` say how it stands."""

    def __init__(
        self,
        refresh: Callable[[], Awaitable[SyncResult]],
        budget: Callable[[], Awaitable[Budget]],
        clocks: Clocks,
        *,
        cost: int,
        visible: bool,
        changed: Callable[[], None],
    ) -> None:
        """`cost` is how many requests a refresh takes at the least, one for each log."""
        self.next_at: datetime | None = None
        self.waiting_for = ""
        self.running = False
        self.error: VoipdeskError | None = None
        self.refreshed = asyncio.Event()
        """Set with every refresh that succeeds."""
        self._refresh = refresh
        self._budget = budget
        self._clocks = clocks
        self._cost = cost
        self._visible = visible
        self._changed = changed
        self._turn = asyncio.Lock()
        self._wake = asyncio.Event()
        self._pauses = Pauses(clocks)
        self._last: float | None = None
        self._count = 0
        self._result: SyncResult | None = None

    async def run(self) -> None:
        """Go on until cancelled; expected errors are shown and waited out."""
        while True:
            try:
                wait, why = await self._wait()
            except VoipdeskError as error:
                self._failed(error)
                continue
            if wait > 0:
                self._show(self._clocks.now() + timedelta(seconds=wait), why)
                await self._clocks.nap(wait, self._wake)
            else:
                async with self._turn:
                    with suppress(VoipdeskError):  # shown as `error`
                        await self._once()

    def set_visible(self, visible: bool) -> None:
        """Suit the pace to a window that is seen, or is not."""
        self._visible = visible
        self._wake.set()

    async def now(self) -> SyncResult:
        """Refresh at once, or take part in the refresh under way; raises what it fails with."""
        count = self._count
        async with self._turn:
            if self._count > count:
                if self.error is not None:
                    raise self.error
                assert self._result is not None
                return self._result
            return await self._once()

    async def _once(self) -> SyncResult:
        self.running = True
        self._show(None, "")
        try:
            self._result = await self._refresh()
        except VoipdeskError as error:
            self._failed(error)
            raise
        else:
            self.error = None
            self._pauses.succeeded()
            self.refreshed.set()
            return self._result
        finally:
            self._count += 1
            self._last = self._clocks.elapsed()
            self.running = False
            self._wake.set()
            self._changed()

    async def _wait(self) -> tuple[float, str]:
        """Give the seconds until the next refresh, and why they are not fewer."""
        pause = self._pauses.left()
        if pause > 0:
            return pause, str(self.error or "")
        budget = await self._budget()
        if budget.next_at and not affords(budget, self._cost):
            left = (budget.next_at - self._clocks.now()).total_seconds()
            if left > 0:
                return left, _why_none(budget)
        if self._last is None:
            return 0, ""
        every = refresh_every(budget, cost=self._cost, visible=self._visible)
        usual = VISIBLE if self._visible else HIDDEN
        return self._last + every.total_seconds() - self._clocks.elapsed(), _why_slow(budget) if every > usual else ""

    def _failed(self, error: VoipdeskError) -> None:
        self.error = error
        self._pauses.failed(error)

    def _show(self, next_at: datetime | None, waiting_for: str) -> None:
        self.next_at = next_at
        self.waiting_for = waiting_for
        self._changed()


def _why_none(budget: Budget) -> str:
    if budget.closed_until:
        return _("The service said that there were too many requests.")
    return ngettext(
        "{n} of {limit} requests is left, and the last ones are kept for dialling.",
        "{n} of {limit} requests are left, and the last ones are kept for dialling.",
        budget.left,
        limit=shown_number(budget.limit.requests),
    )


def _why_slow(budget: Budget) -> str:
    return ngettext(
        "{n} of {limit} requests is left, so the log is refreshed less often.",
        "{n} of {limit} requests are left, so the log is refreshed less often.",
        budget.left,
        limit=shown_number(budget.limit.requests),
    )
