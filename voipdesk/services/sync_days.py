"""Days of a call log: which ones a reading covers for sure, and how far back a refresh must read.

A day here is a calendar date in any time zone: services reckon in a zone of their own, which nobody says, and may or
may not count the last day asked for. A day is covered when all moments that carry its date anywhere on earth are.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from voipdesk.archive.sync_state import SyncProgress

DAY = timedelta(days=1)
MARGIN = 2 * DAY
"""Asked for on either side of a stretch: a day for the zone, a day for a bound that may be exclusive."""
EASTERNMOST = timedelta(hours=14)
LATE = timedelta(hours=3)
"""How late a call may turn up in the log: some are written when they end."""
LONGEST_CALL = DAY
"""For so long a call in progress is looked after; the reading that completes a day finds the end of longer ones."""
LONGEST_REFRESH = 7 * DAY
"""What is older is left to the back-fill, which can be resumed."""


def before(day: date) -> datetime:
    """Give the last moment before it is `day` anywhere: `first_covered` of it is that day."""
    return datetime.combine(day, time(), UTC) - EASTERNMOST - timedelta(milliseconds=1)


def first_covered(edge: datetime) -> date:
    """Give the first day of which everything starts later than `edge`."""
    return (edge + EASTERNMOST).astimezone(UTC).date() + DAY


def last_over(at: datetime) -> date:
    """Give the last day that is over everywhere at `at`, with half a day and more for calls that turn up late."""
    return at.astimezone(UTC).date() - 2 * DAY


def refresh_horizon(progress: SyncProgress, oldest_in_progress: datetime | None, at: datetime) -> datetime:
    """Say how far back a refresh at `at` reads: to what can have changed, and once a day to the day that is over."""
    horizon = min(progress.refreshed_at or at, at) - LATE
    over = last_over(at)
    if progress.complete_to is None:
        horizon = min(horizon, before(over))
    elif progress.complete_to < over:
        horizon = min(horizon, before(progress.complete_to + DAY))
    if oldest_in_progress is not None:
        horizon = min(horizon, oldest_in_progress)
    return max(horizon, at - LONGEST_REFRESH)
