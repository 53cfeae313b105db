"""The service's own limit: so many requests in any window of time."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from voipdesk.demo.clock import Clock


class Limiter:
    """A sliding window over the requests that were let through."""

    def __init__(self, clock: Clock, requests: int, window_s: float) -> None:
        self._clock = clock
        self._requests = requests
        self._window = window_s
        self._taken: deque[float] = deque()

    def admit(self) -> float:
        """Let a request through and give 0, or give the seconds until the next would be."""
        now = self._clock.seconds()
        while self._taken and self._taken[0] <= now - self._window:
            self._taken.popleft()
        if len(self._taken) >= self._requests:
            return self._taken[0] + self._window - now if self._taken else self._window
        self._taken.append(now)
        return 0.0
