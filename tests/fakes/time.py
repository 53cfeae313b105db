"""Time that passes only when a test says so."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta


class FakeTime:
    """The time of day, seconds that only grow, and sleep, all moved by `advance`."""

    def __init__(self, start: datetime = datetime(2026, 3, 4, 9, tzinfo=UTC)) -> None:
        self.at = start
        self.seconds = 1000.0
        self._sleepers: list[tuple[float, asyncio.Future[None]]] = []

    def now(self) -> datetime:
        return self.at

    def elapsed(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        sleeper = self.seconds + seconds, asyncio.get_running_loop().create_future()
        self._sleepers.append(sleeper)
        try:
            await sleeper[1]
        finally:
            self._sleepers.remove(sleeper)

    async def advance(self, seconds: float) -> None:
        """Let so much time pass, waking sleepers each at its time, and everybody do what there is to do."""
        end = self.seconds + seconds
        await settle()
        while self._sleepers and (next_ := min(due for due, _ in self._sleepers)) <= end:
            self._move(max(next_, self.seconds))
            for due, sleeper in self._sleepers:
                if due <= self.seconds and not sleeper.done():
                    sleeper.set_result(None)
            await settle()
        self._move(end)
        await settle()

    def _move(self, to: float) -> None:
        self.at += timedelta(seconds=to - self.seconds)
        self.seconds = to


async def settle() -> None:
    """Let all tasks run until they wait for something that is not of this moment."""
    for _ in range(30):
        await asyncio.sleep(0)
