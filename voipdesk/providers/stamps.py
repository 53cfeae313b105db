"""Stamps as services send them: ISO 8601 with Z, with an offset, or with neither, then in the account's time zone."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import tzinfo

    ReadStamp = Callable[[str], int]
    ReadMoment = Callable[[str], datetime | None]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MS = timedelta(milliseconds=1)
_HOUR_MS = 3_600_000
_COMMON = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:]{8}(?:(?:\.0+)?(?:Z|[+-][0-9]{2}:?[0-9]{2}))?")
_FIRST_YEAR, _LAST_YEAR = 1900, 9000  # beyond, Python cannot show the time in every zone, and no call was made
_MOST_REMEMBERED = 10_000
_WITHIN_HOUR = {f":{s // 60:02}:{s % 60:02}": s * 1000 for s in range(3600)}


def stamp_reader(zone: tzinfo | None) -> ReadStamp:
    """Make a function from a stamp to milliseconds since 1970 in UTC, raising ValueError for what is no stamp.

    `zone` is meant where a stamp names none, None being this computer's. A time that the clocks skipped or ran through
    twice is read as before the change. A page has tens of thousands of stamps in a few hundred hours: what an hour with
    its offset begins at is remembered, unless the clocks change within it.
    """
    hours: dict[tuple[str, str], int] = {}
    within = _WITHIN_HOUR

    def read(text: str) -> int:
        try:
            return hours[text[:13], text[19:]] + within[text[13:19]]
        except KeyError:
            return read_anew(text)

    def read_anew(text: str) -> int:
        moment = _read(text, zone)
        if _COMMON.fullmatch(text):
            hour, end = text[:13], text[19:]
            begin = _read(f"{hour}:00:00{end}", zone)
            if moment - begin == within[text[13:19]] and _read(f"{hour}:59:59{end}", zone) - begin == _HOUR_MS - 1000:
                if len(hours) > _MOST_REMEMBERED:
                    hours.clear()
                hours[hour, end] = begin
        return moment

    return read


def moment_reader(zone: tzinfo) -> ReadMoment:
    """Make a function from a stamp, in this zone where it names none, to its moment; None for what is no stamp."""
    stamp = stamp_reader(zone)

    @lru_cache(maxsize=10_000)  # a day is the same for many
    def read(text: str) -> datetime | None:
        try:
            return _EPOCH + stamp(text) * _MS
        except ValueError:
            return None

    return read


def _read(text: str, zone: tzinfo | None) -> int:
    moment = datetime.fromisoformat(text)
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise ValueError(f"Out of range: {text!r}")
    try:
        if moment.tzinfo is None:
            moment = moment.astimezone() if zone is None else moment.replace(tzinfo=zone)
        return (moment - _EPOCH) // _MS
    except (OverflowError, OSError):
        raise ValueError(f"Out of range: {text!r}") from None
