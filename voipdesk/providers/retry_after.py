"""When a service that takes no more requests says to come again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

LONGEST_WAIT = timedelta(hours=1)
"""That a service's Retry-After is believed: a wrong clock or a slip of the pen must not shut the desk for days."""


def retry_time(retry_after: str, now: datetime) -> datetime | None:
    """Read Retry-After, seconds or a date (RFC 9110, 10.2.3), held between a second and LONGEST_WAIT from now."""
    text = retry_after.strip()
    if text.isascii() and text.isdecimal():
        wait = timedelta(seconds=min(int(text[:9]), LONGEST_WAIT.total_seconds()))
    else:
        from email.utils import parsedate_to_datetime

        try:
            when = parsedate_to_datetime(text)
        except (ValueError, OverflowError):
            return None
        wait = (when if when.tzinfo else when.replace(tzinfo=UTC)) - now
    return now + min(max(wait, timedelta(seconds=1)), LONGEST_WAIT)
