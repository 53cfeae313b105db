"""What is new among the waiting calls, and what is no longer so: nothing is told twice, and nothing old."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from voipdesk.core.missed_calls import MissedCall


class News(msgspec.Struct, frozen=True):
    """What came of a look at the waiting calls."""

    new: tuple[MissedCall, ...] = ()
    """To be told, newest first."""
    gone: frozenset[int] = frozenset()
    """Ids of calls told before that were seen or returned, or are no longer unanswered."""


class MissedNews:
    """Remembers, for one run of the program, what was told."""

    def __init__(self, begun: datetime) -> None:
        """Begin with nothing told; calls that ended before `begun`, the start of the program, are nothing new."""
        self._begun = begun.timestamp() * 1000
        self._known: set[int] = set()
        """Ids of the rows of all calls that were told, or need not be."""
        self._told: set[int] = set()

    def take(self, waiting: Iterable[MissedCall], *, looking: bool) -> News:
        """Compare with what was told; what comes while the person is `looking` at the list need not be."""
        calls = tuple(waiting)
        rows = {id_ for call in calls for id_ in call.ids}
        new = []
        for call in calls:
            known = not self._known.isdisjoint(call.ids)
            self._known.update(call.ids)
            if not (known or looking or _ended(call) < self._begun):
                new.append(call)
        gone = frozenset(id_ for id_ in self._told if id_ not in rows)
        self._told = (self._told - gone).union(*(call.ids for call in new))
        return News(tuple(new), gone)


def _ended(call: MissedCall) -> float:
    row = call.logged.call
    if row.finished_at is not None:
        return row.finished_at
    return row.started_at + (row.duration_s or 0) * 1000
