"""The quota that a gateway tells with each answer (KPN developer portal, "Response headers"; no I/O)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from voipdesk.core.budget import Limit, Quota

if TYPE_CHECKING:
    from collections.abc import Mapping

_UNITS = {
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
    "month": timedelta(days=30),
}
_MILLISECONDS = 10**11
"""From here on a number of seconds would be in the year 5138."""


def read_quota(headers: Mapping[str, str], now: datetime) -> Quota | None:
    """Read quota-limit, quota-used, quota-interval, quota-time-unit and quota-reset-UTC, by their names in lower case.

    None where the answer does not tell them. A reset that cannot be read, or is not within the interval, is one
    interval from now.
    """
    limit, used = _number(headers, "quota-limit"), _number(headers, "quota-used")
    unit = _UNITS.get(headers.get("quota-time-unit", "").strip().lower().removesuffix("s"))
    interval = _number(headers, "quota-interval") or 1
    if not limit or used is None or unit is None or interval > 1_000:
        return None
    window = unit * interval
    resets_at = _moment(headers.get("quota-reset-utc", "").strip())
    if resets_at is None or not now < resets_at <= now + window:
        resets_at = now + window
    return Quota(Limit(limit, window), used, resets_at)


def _number(headers: Mapping[str, str], name: str) -> int | None:
    text = headers.get(name, "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else None


def _moment(text: str) -> datetime | None:
    """Read a moment in seconds or milliseconds since 1970, or as ISO 8601."""
    try:
        if text.isascii() and text.isdecimal() and len(text) <= 15:
            number = int(text)
            return datetime.fromtimestamp(number / 1000 if number >= _MILLISECONDS else number, UTC)
        moment = datetime.fromisoformat(text)
    except (ValueError, OverflowError, OSError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
