"""The periods a log is looked at by, as days of this computer's calendar."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from voipdesk.core.language import N_, _


class Period(StrEnum):
    """A choice of the date filter."""

    ALL = "all"
    TODAY = "today"
    YESTERDAY = "yesterday"
    THIS_WEEK = "this-week"
    LAST_7_DAYS = "last-7-days"
    THIS_MONTH = "this-month"
    LAST_MONTH = "last-month"
    THIS_YEAR = "this-year"
    CUSTOM = "custom"


_LABELS = {
    Period.ALL: N_("All time"),
    Period.TODAY: N_("Today"),
    Period.YESTERDAY: N_("Yesterday"),
    Period.THIS_WEEK: N_("This week"),
    Period.LAST_7_DAYS: N_("Last 7 days"),
    Period.THIS_MONTH: N_("This month"),
    Period.LAST_MONTH: N_("Last month"),
    Period.THIS_YEAR: N_("This year"),
    Period.CUSTOM: N_("From … to …"),
}


def label(period: Period) -> str:
    """Say a period: "This week"."""
    return _(_LABELS[period])  # NON-NLS: marked in its table


def days(period: Period, today: date, week_starts: int) -> tuple[date | None, date | None]:
    """Give a period's first and last day, both inclusive, None where it is open; `week_starts` is 1 for Monday."""
    month = today.replace(day=1)
    match period:
        case Period.TODAY:
            return today, today
        case Period.YESTERDAY:
            return today - timedelta(days=1), today - timedelta(days=1)
        case Period.THIS_WEEK:
            return today - timedelta(days=(today.isoweekday() - week_starts) % 7), None
        case Period.LAST_7_DAYS:
            return today - timedelta(days=6), None
        case Period.THIS_MONTH:
            return month, None
        case Period.LAST_MONTH:
            last = month - timedelta(days=1)
            return last.replace(day=1), last
        case Period.THIS_YEAR:
            return today.replace(month=1, day=1), None
        case _:
            return None, None


def bounds(
    first: date | None, last: date | None, zone: tzinfo | None = None
) -> tuple[datetime | None, datetime | None]:
    """Give the moments that enclose two days in a zone (None: this computer's): since inclusive, until exclusive.

    Days are taken from midnight to midnight, so the one that loses an hour in spring has 23.
    """
    return (
        _midnight(first, zone) if first else None,
        _midnight(last + timedelta(days=1), zone) if last else None,
    )


def _midnight(day: date, zone: tzinfo | None) -> datetime:
    start = datetime.combine(day, time(), zone)
    return start if zone else start.astimezone()
