"""The request budget: how many requests an account may send in a sliding window, who goes first, when the next goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from voipdesk.core.language import ngettext

RESERVE = 10
"""Requests at the end of the budget that background work never takes: dialling comes first."""
QUOTA_STANDS = timedelta(hours=1)
"""So long a service's word on its quota is believed without hearing it again: a slip of it must not shut the desk."""
VISIBLE = timedelta(seconds=60)
HIDDEN = timedelta(seconds=300)
"""How often an open window refreshes at the most, while it is seen and while it is not."""


class Priority(StrEnum):
    """Who asks: a person who waits, or the program by itself."""

    USER = "user"
    BACKGROUND = "background"


@dataclass(frozen=True, slots=True)
class Limit:
    """What a service allows: `requests` in any `window`."""

    requests: int
    window: timedelta

    @property
    def period(self) -> str:
        """How long the window is: "15 minutes"."""
        seconds = int(self.window.total_seconds())
        if seconds % 60:
            return ngettext("{n} second", "{n} seconds", seconds)
        return ngettext("{n} minute", "{n} minutes", seconds // 60)


@dataclass(frozen=True, slots=True)
class Quota:
    """What a service itself says of the requests it takes: so many of `limit` are used, and at a time none will be."""

    limit: Limit
    used: int
    resets_at: datetime


@dataclass(frozen=True, slots=True)
class Budget:
    """An account's budget as it stands at `at`: by its settings or, where that leaves less, by the service's word."""

    limit: Limit
    used: int
    at: datetime
    next_at: datetime | None = None
    """When the next request leaves the window or, after "too many requests", when the service takes one again.

    None while nothing was sent in the window.
    """
    closed_until: datetime | None = None
    """Set after "too many requests": nothing is sent before."""
    told: bool = False
    """True where the limit is the service's own word, which counts other programs' requests too."""

    @property
    def left(self) -> int:
        """Requests a person may still send now."""
        return 0 if self.closed_until else max(0, self.limit.requests - self.used)

    @property
    def left_for_background(self) -> int:
        """Requests the program may still send by itself now."""
        return max(0, self.left - RESERVE)


class RequestBudget(Protocol):
    """One account's budget as a client's HTTP layer sees it: asked before each request, told after."""

    async def spend(self) -> int:
        """Count one request, in all processes at once, and give its number; raise OverBudget when none may be sent."""
        ...

    async def refund(self, request: int) -> None:
        """Uncount a request that never left this computer."""
        ...

    async def close(self, until: datetime | None) -> datetime:
        """Close after "too many requests": until then, or until the oldest request leaves. Return when it opens."""
        ...

    async def hear(self, quota: Quota) -> None:
        """Take the service's word for how many requests are used; it stands for QUOTA_STANDS at the most."""
        ...


def affords(budget: Budget, cost: int) -> bool:
    """Whether background work of so many requests may begin; where the limit is smaller than that, with all of it."""
    return budget.left_for_background >= max(1, min(cost, budget.limit.requests - RESERVE))


def refresh_every(budget: Budget, *, cost: int, visible: bool) -> timedelta:
    """Space refreshes of `cost` requests each so that windows left open never use up the budget.

    One window alone takes half of what background work may use, at the most. The less is left, whoever spent it, the
    longer the wait: any number of windows comes to rest with something left for each. As requests leave the window the
    answer gets shorter, so ask again while waiting. With less left than a refresh costs the answer is the whole window.
    """
    if not affords(budget, cost):
        return budget.limit.window
    usable, left = budget.limit.requests - RESERVE, budget.left_for_background
    fastest = max(VISIBLE if visible else HIDDEN, budget.limit.window * cost * 2 / usable)
    return min(fastest * max(1.0, usable / 2 / left), budget.limit.window)


def leaves_room(budget: Budget) -> bool:
    """Whether a back-fill may go on: the last tenth of the background's share is for showing what happens now."""
    return budget.left_for_background > (budget.limit.requests - RESERVE) / 10
