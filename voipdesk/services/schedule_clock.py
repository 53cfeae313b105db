"""How a schedule waits: clocks that a test can hold, pauses after failures, and naps that can be cut short."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec

from voipdesk.core.errors import BadInput, NotAuthorised, OverBudget

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from voipdesk.core.errors import VoipdeskError

LOOK_AGAIN = timedelta(seconds=15)
"""The longest sleep in one piece: the budget, the clock and the computer's own sleep change what was decided before."""
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(minutes=10)


class Clocks(msgspec.Struct, frozen=True):
    """What a schedule knows of time: the time of day (aware), seconds that only grow, and how to sleep for seconds."""

    now: Callable[[], datetime]
    elapsed: Callable[[], float]
    sleep: Callable[[float], Awaitable[None]]

    async def nap(self, seconds: float, wake: asyncio.Event) -> None:
        """Sleep for so long, but not past the next look at the world, and wake when told to."""
        sleep = asyncio.ensure_future(self.sleep(min(max(seconds, 0), LOOK_AGAIN.total_seconds())))
        woken = asyncio.ensure_future(wake.wait())
        try:
            await asyncio.wait([sleep, woken], return_when=asyncio.FIRST_COMPLETED)
        finally:
            sleep.cancel()
            woken.cancel()
        wake.clear()


class Pauses:
    """Waits after failures, longer each time, or as long as the failure itself says."""

    def __init__(self, clocks: Clocks) -> None:
        self._clocks = clocks
        self._failures = 0
        self._until = clocks.now()
        self._until_elapsed = clocks.elapsed()

    def succeeded(self) -> None:
        """Wait no longer."""
        self._failures = 0
        self._until_elapsed = self._clocks.elapsed()

    def failed(self, error: VoipdeskError) -> None:
        """Wait as long as this error makes sense of."""
        now = self._clocks.now()
        pause = min(FIRST_PAUSE * 2**self._failures, LONGEST_PAUSE)
        # Only the user can change these, here or in the service's settings; a retry finds out that it was done there.
        if isinstance(error, BadInput | NotAuthorised):
            pause = LONGEST_PAUSE
        if isinstance(error, OverBudget):
            pause = LONGEST_PAUSE if error.retry_at is None else timedelta(seconds=1)
        self._failures = min(self._failures + 1, 10)
        self._until = max(now + pause, error.retry_at or now)
        self._until_elapsed = self._clocks.elapsed() + (self._until - now).total_seconds()

    def left(self) -> float:
        """Give the seconds still to wait, by whichever clock says less: one can be set, the other stops in sleep."""
        left = (self._until - self._clocks.now()).total_seconds()
        return min(left, self._until_elapsed - self._clocks.elapsed())
