"""A year of an office's calls for a seed: the same calls every time, made when looked at, a million if need be."""

from __future__ import annotations

import random
from array import array
from bisect import bisect_left, bisect_right
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from voipdesk.core.call_log import Source
from voipdesk.demo.calls import Ending, PhoneCall
from voipdesk.demo.people import QUEUES, RING_GROUPS, USERS, WITHHELD, customer, customer_count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from voipdesk.demo.people import Desk, User

TENANT_ZONE = ZoneInfo("Europe/London")
_DAYS = 365
_ID_BITS = 26
_ID_MASK = (1 << _ID_BITS) - 1
_WORDS = 8
"""16-bit random words that make a call: kind, customer, ending, who, waiting, talking, rest, time of day."""

_WEEKDAYS = (1.15, 1.05, 1.0, 1.0, 0.9, 0.16, 0.04)
_HOURS = {7: 2, 8: 9, 9: 14, 10: 14, 11: 12, 12: 8, 13: 8, 14: 12, 15: 11, 16: 9, 17: 5, 18: 2, 19: 1, 20: 0.4}
_HOUR_SUMS = tuple(accumulate(_HOURS.get(hour, 0.03) for hour in range(24)))


class _Kind(NamedTuple):
    share: float
    source: Source | None
    inbound: bool
    answered: float


_KINDS = (
    _Kind(0.36, None, inbound=False, answered=0.76),
    _Kind(0.24, None, inbound=True, answered=0.80),
    _Kind(0.30, Source.QUEUE, inbound=True, answered=0.86),
    _Kind(0.10, Source.RING_GROUP, inbound=True, answered=0.80),
)
_KIND_LIMITS = tuple(int(65_536 * total) for total in accumulate(kind.share for kind in _KINDS))
_ROWS_PER_CALL = sum(kind.share * (1 + (kind.answered if kind.source else 0)) for kind in _KINDS)


def _second_of_day(share: float) -> float:
    """When in the day that share of its calls has come in."""
    target = share * _HOUR_SUMS[-1]
    hour = min(23, bisect_right(_HOUR_SUMS, target))
    before = _HOUR_SUMS[hour - 1] if hour else 0.0
    return 3600 * (hour + (target - before) / (_HOUR_SUMS[hour] - before))


def _share_of_day(second: float) -> float:
    """How much of a day's calls has come in by then."""
    hour = int(second // 3600)
    before = _HOUR_SUMS[hour - 1] if hour else 0.0
    return (before + (_HOUR_SUMS[hour] - before) * (second % 3600) / 3600) / _HOUR_SUMS[-1]


def _weight(day: date) -> float:
    return 0.02 if (day.month, day.day) in {(1, 1), (12, 25), (12, 26)} else _WEEKDAYS[day.weekday()]


_SECONDS = tuple(int(_second_of_day(share / 4096)) for share in range(4097))


class History:
    """The year up to `end` (aware) as rows of three logs, `rows` in all; positions count from the oldest, 0.

    The same seed, end and size give the same calls. Only their times and places in the logs are held; `call` makes one.
    """

    def __init__(self, seed: int, end: datetime, rows: int) -> None:
        self.end = int(end.timestamp())
        count = int(rows / _ROWS_PER_CALL * 1.003) + 60 if rows else 0
        self._words = memoryview(random.Random(seed).randbytes(count * _WORDS * 2)).cast("H")  # noqa: S311 - the same for a seed
        self._customers = customer_count(rows)
        self._starts = array("q", self._start_times(end.astimezone(TENANT_ZONE), count))
        self._keys = self._place(rows)

    def _start_times(self, end: datetime, count: int) -> Iterator[int]:
        days = [end.date() - timedelta(days=back) for back in range(_DAYS, -1, -1)]
        today = _share_of_day(end.hour * 3600 + end.minute * 60 + end.second)
        sums = list(accumulate([*map(_weight, days[:-1]), _weight(days[-1]) * today], initial=0.0))
        bounds = [round(count * total / sums[-1]) for total in sums]
        for day, (first, last) in zip(days, pairwise(bounds), strict=True):
            # From noon, so that the hours of an office are right on the days the clocks change.
            midnight = int(datetime(day.year, day.month, day.day, 12, tzinfo=end.tzinfo).timestamp()) - 43_200
            share = today if day == days[-1] else 1.0
            for word in sorted(self._words[first * _WORDS + 7 : last * _WORDS : _WORDS].tolist()):
                yield min(midnight + _SECONDS[int(word * share) >> 4], self.end - 1)

    def _place(self, rows: int) -> dict[Source, array[int]]:
        """Put calls into the logs from the newest until there are enough rows."""
        keys: dict[Source, list[int]] = {source: [] for source in Source}
        left = rows
        for index in range(len(self._starts) - 1, -1, -1):
            if left <= 0:
                break
            call = self._outline(index)
            for source, start in call:
                keys[source].append(start << _ID_BITS | index)
            left -= len(call)
        if left < 0:  # the oldest call stands in two logs and there was room for one
            keys[Source.USER].remove(min(keys[Source.USER], key=lambda key: key & _ID_MASK))
        return {source: array("q", sorted(log)) for source, log in keys.items()}

    def _kind(self, index: int) -> _Kind:
        return _KINDS[min(bisect_right(_KIND_LIMITS, self._words[index * _WORDS]), len(_KINDS) - 1)]

    def _outline(self, index: int) -> list[tuple[Source, int]]:
        """Tell the logs a call stands in and when it begins there, without making the call."""
        kind, start = self._kind(index), self._starts[index]
        if kind.source is None:
            return [(Source.USER, start)]
        if self._words[index * _WORDS + 2] >= 65_536 * kind.answered:
            return [(kind.source, start)]
        wait, ring = self._wait_and_ring(index)
        return [(kind.source, start), (Source.USER, start + wait - ring)]

    def _wait_and_ring(self, index: int) -> tuple[int, int]:
        word = self._words[index * _WORDS + 4]
        wait = 3 + word * word * 150 // (1 << 32)
        room = self.end - self._starts[index] - 1
        wait = max(0, min(wait, room))
        return wait, min(wait, 3 + word % 9)

    def call(self, index: int) -> PhoneCall:
        """Make the call with that id."""
        number = index % len(self._starts)
        kind, start = self._kind(number), self._starts[number]
        _, who, ending_word, person, waiting, talking, rest, _ = self._words[number * _WORDS : (number + 1) * _WORDS]
        answered = ending_word < 65_536 * kind.answered
        wait, ring = self._wait_and_ring(number)
        desk: Desk | None = None
        user: User | None
        if kind.source is None:
            wait = min(2 + waiting % 7 if answered else 8 + waiting % 25, self.end - start)
            user, ring = USERS[(person % 12 + person // 97 % 12) // 2], wait
        else:
            desks = QUEUES if kind.source is Source.QUEUE else RING_GROUPS
            desk = desks[0] if kind.source is Source.RING_GROUP and rest % 8 else desks[person % len(desks)]
            user = desk.users[person // 5 % len(desk.users)] if answered else None
        talk = 12 + talking * 200 // 65_536 + (talking % 241 * 6 if rest % 7 == 0 else 0)
        rank = who / 65_536
        return PhoneCall(
            id=index,
            started=start,
            customer=WITHHELD if kind.inbound and rest % 67 == 0 else customer(int(rank**2 * self._customers)),
            inbound=kind.inbound,
            ending=_ending(answered=answered, timed_out=rest % 4 == 0),
            answered_after=wait,
            talk=max(0, min(talk, self.end - start - wait)) if answered else 0,
            user=user,
            desk=desk,
            desk_source=kind.source,
            rang_after=wait - ring,
        )

    @property
    def call_count(self) -> int:
        """Calls that `call` can make."""
        return len(self._starts)

    def count(self, source: Source) -> int:
        """Rows of a log."""
        return len(self._keys[source])

    def span(self, source: Source, since: int | None, until: int | None) -> range:
        """Positions of the rows that start in [since, until), in seconds since 1970; None is no bound."""
        keys = self._keys[source]
        first = 0 if since is None else bisect_left(keys, since << _ID_BITS)
        return range(first, len(keys) if until is None else bisect_left(keys, until << _ID_BITS))

    def calls(self, source: Source, positions: Sequence[int]) -> list[PhoneCall]:
        """Make the calls at those positions of a log."""
        keys = self._keys[source]
        return [self.call(keys[position] & _ID_MASK) for position in positions]

    def double(self, source: Source, position: int) -> None:
        """Let the call at that position stand twice in a log: two calls that nothing but v2's call id tells apart."""
        keys = self._keys[source]
        keys.insert(position + 1, keys[position] + len(self._starts))


def _ending(*, answered: bool, timed_out: bool) -> Ending:
    if answered:
        return Ending.ANSWERED
    return Ending.TIMED_OUT if timed_out else Ending.ABANDONED


def day_start(day: date) -> int:
    """When a day of the tenant begins, in seconds since 1970."""
    return int(datetime(day.year, day.month, day.day, tzinfo=TENANT_ZONE).astimezone(UTC).timestamp())
