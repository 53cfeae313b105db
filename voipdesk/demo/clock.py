"""The demo's clock: real time, or time that stands still, either moved forward at will."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta


class Clock:
    """Tells seconds since 1970; `advance` moves it forward, so that tests wait for nothing."""

    def __init__(self, now: datetime | None = None, *, frozen: bool = False) -> None:
        """Start at `now` (aware; None: this computer's time) and run from there, or stand there when `frozen`."""
        self._started = time.monotonic()
        self._frozen = frozen
        self._base = now.timestamp() if now else time.time()

    def seconds(self) -> float:
        """Now, in seconds since 1970."""
        return self._base if self._frozen else self._base + time.monotonic() - self._started

    def now(self) -> datetime:
        """Now, aware, in UTC."""
        return datetime.fromtimestamp(self.seconds(), UTC)

    def advance(self, by: float | timedelta) -> None:
        """Move forward, by seconds or a timedelta."""
        self._base += by.total_seconds() if isinstance(by, timedelta) else by
