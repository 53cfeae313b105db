"""Which missed and abandoned calls still wait for somebody: not answered elsewhere, not called back, each once."""

from __future__ import annotations

from collections import defaultdict
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from voipdesk.core.call_log import Direction, LoggedCall, Outcome, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

UNANSWERED = (Outcome.MISSED, Outcome.ABANDONED, Outcome.TIMED_OUT)
_SAME_MOMENT_MS = 2_000
"""How far two logs may differ about the moment at which one call began: they tell whole seconds."""
_FOR_EVER = 2**62


class MissedKind(StrEnum):
    """Who missed it."""

    MISSED = "missed"
    """A user, whose telephone rang."""
    ABANDONED = "abandoned"
    """A queue or ring group: the caller hung up there, or it gave up."""


class MissedCall(msgspec.Struct, frozen=True, gc=False):
    """A call that nobody took, as the log that tells most of it has it."""

    logged: LoggedCall
    kind: MissedKind
    ids: tuple[int, ...]
    """The rows of the archive that are this call: of each telephone that rang, and of the queue."""

    @property
    def number(self) -> str:
        """The caller's number as the service sent it, "" when it was withheld."""
        return self.logged.call.caller


class Dialled(msgspec.Struct, frozen=True, gc=False):
    """A number that the service was asked to call, and took."""

    number: str
    at: int
    """Milliseconds since 1970 in UTC."""


def waiting(
    missed: Iterable[LoggedCall],
    others: Iterable[LoggedCall],
    dialled: Iterable[Dialled],
    key: Callable[[str], str],
) -> list[MissedCall]:
    """Give those of `missed` that still wait, newest first.

    `others` are the calls with the same numbers, from a while before the oldest of them; `key` makes one text of a
    number's spellings. A call is gone when its number was called later, or answered anywhere later or in the same
    call. A user's telephone that rang for a queue's call is that call, which the queue's log tells.
    """
    called, answered, held = _Moments(), _Moments(), defaultdict[tuple[str, str], list[tuple[int, int]]](list)
    for logged in others:
        call = logged.call
        if call.direction is Direction.OUT:
            called.add(key(call.called), call.started_at)
        elif _was_answered(logged):
            answered.add(key(call.caller), _answered_at(logged))
        elif call.source is not Source.USER:
            held[logged.account_id, key(call.caller)].append((call.started_at, _end(logged)))
    for dial in dialled:
        called.add(key(dial.number), dial.at)
    groups = defaultdict[tuple[str, str], list[LoggedCall]](list)
    for logged in missed:
        groups[logged.account_id, key(logged.call.caller)].append(logged)
    found = []
    for (account_id, number), rows in groups.items():
        for rings in _one_call_each(rows):
            main = _telling(rings)
            at = min(logged.call.started_at for logged in rings)
            if _is_of_a_queue(main, held[account_id, number]) or _is_over(number, at, main, called, answered):
                continue
            kind = MissedKind.MISSED if main.call.source is Source.USER else MissedKind.ABANDONED
            found.append(MissedCall(main, kind, tuple(sorted(logged.id for logged in rings))))
    return sorted(found, key=lambda call: call.logged.key, reverse=True)


class _Moments:
    """When something happened with a number."""

    def __init__(self) -> None:
        self._of: dict[str, list[int]] = {}

    def add(self, number: str, at: int) -> None:
        self._of.setdefault(number, []).append(at)

    def any_from(self, number: str, at: int, until: int = _FOR_EVER) -> bool:
        return any(at <= moment <= until for moment in self._of.get(number, ()))


def _is_over(number: str, at: int, main: LoggedCall, called: _Moments, answered: _Moments) -> bool:
    if not number:  # withheld: nothing but the very same call can be told to be the same caller's
        return answered.any_from(number, at, _end(main))
    return called.any_from(number, at + 1) or answered.any_from(number, at)


def _is_of_a_queue(logged: LoggedCall, held: Sequence[tuple[int, int]]) -> bool:
    """Whether a queue or ring group had the caller when the user's telephone began to ring."""
    at = logged.call.started_at
    return logged.call.source is Source.USER and any(begin - _SAME_MOMENT_MS <= at <= end for begin, end in held)


def _one_call_each(rows: Sequence[LoggedCall]) -> list[list[LoggedCall]]:
    """Put together what one caller's telephone call rang at the same time or without a pause."""
    calls: list[list[LoggedCall]] = []
    end = -_FOR_EVER
    for logged in sorted(rows, key=lambda logged: logged.key):
        if not calls or logged.call.started_at > end:
            calls.append([])
            end = -_FOR_EVER
        calls[-1].append(logged)
        end = max(end, _end(logged), logged.call.started_at + _SAME_MOMENT_MS)
    return calls


def _telling(rings: Sequence[LoggedCall]) -> LoggedCall:
    """Give the row that tells most: where the caller waited last, else the telephone that rang first."""
    groups = [logged for logged in rings if logged.call.source is not Source.USER]
    return groups[-1] if groups else rings[0]


def _was_answered(logged: LoggedCall) -> bool:
    call = logged.call
    return call.outcome is Outcome.ANSWERED or (call.outcome is Outcome.IN_PROGRESS and call.answered_at is not None)


def _answered_at(logged: LoggedCall) -> int:
    call = logged.call
    if call.answered_at is not None:
        return call.answered_at
    if call.finished_at is not None and call.talk_s is not None:
        return max(call.started_at, call.finished_at - call.talk_s * 1000)
    if call.duration_s is not None and call.talk_s is not None:
        return call.started_at + max(0, call.duration_s - call.talk_s) * 1000
    return call.started_at


def _end(logged: LoggedCall) -> int:
    call = logged.call
    if call.finished_at is not None:
        return max(call.started_at, call.finished_at)
    if call.outcome is Outcome.IN_PROGRESS:
        return _FOR_EVER
    return call.started_at + (call.duration_s or 0) * 1000
