"""Finding unanswered calls that were not seen, and noting that they were, within the caller's transaction."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select

from voipdesk.archive.call_log_query import read_calls
from voipdesk.archive.codes import DIRECTIONS, OUTCOMES
from voipdesk.archive.missed_calls import Unseen
from voipdesk.archive.tables import calls, dials, parties, seen_calls, to_ms
from voipdesk.core.call_log import Direction
from voipdesk.core.dial import DialOutcome
from voipdesk.core.missed_calls import UNANSWERED, Dialled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Select

    from voipdesk.core.call_log import LoggedCall

_BEFORE = timedelta(hours=4)
"""A call that began longer before another one is not the same: nobody waits in a queue that long."""
_MS = timedelta(milliseconds=1)
_MOST_OTHERS = 4_000
_AT_A_TIME = 500
"""Values in one statement; databases have limits."""
_UNANSWERED = tuple(OUTCOMES.index(outcome) for outcome in UNANSWERED)
_IN = DIRECTIONS.index(Direction.IN)
_NOT_SEEN = ~select(seen_calls.c.fingerprint).where(seen_calls.c.fingerprint == calls.c.fingerprint).exists()


def unseen(connection: Connection, since: datetime, spellings: Callable[[str], Iterable[str]], limit: int) -> Unseen:
    """Read the newest unanswered calls that were not seen, and all that may settle them."""
    keys: list[tuple[int, int]] = []
    for outcome in _UNANSWERED:
        rows = connection.execute(_missed(outcome, since).limit(limit))
        keys += [(row.started_at, row.id) for row in rows]
    newest = sorted(keys, reverse=True)[:limit]
    if not newest:
        return Unseen([], [], [])
    missed = list(_whole(connection, [id_ for _, id_ in newest]))
    begin = newest[-1][0] - _BEFORE // _MS
    numbers = {spelling for logged in missed for spelling in spellings(logged.call.caller)}
    return Unseen(missed, _others(connection, numbers, begin), _dialled(connection, since))


def see(connection: Connection, ids: Sequence[int]) -> None:
    """Note some calls as seen; those that were, stay so."""
    for some in _parts(ids):
        rows = select(calls.c.fingerprint, calls.c.started_at).where(calls.c.id.in_(some), _NOT_SEEN)
        connection.execute(insert(seen_calls).from_select(["fingerprint", "started_at"], rows))


def see_all(connection: Connection, since: datetime) -> int:
    """Note all unanswered calls as seen, and drop the notes of calls that are no longer asked for."""
    count = 0
    for outcome in _UNANSWERED:
        ids = [row.id for row in connection.execute(_missed(outcome, since))]
        count += len(ids)
        see(connection, ids)
    if count:
        connection.execute(delete(seen_calls).where(seen_calls.c.started_at < to_ms(since)))
    return count


def _missed(outcome: int, since: datetime) -> Select[Any]:
    place = calls.c.started_at, calls.c.id
    asked = select(*place).where(
        calls.c.outcome == outcome, calls.c.started_at >= to_ms(since), calls.c.direction == _IN, _NOT_SEEN
    )
    return asked.order_by(*(column.desc() for column in place))


def _others(connection: Connection, numbers: Iterable[str], begin: int) -> list[LoggedCall]:
    """Read the calls to and from these numbers, the newest first where they are too many."""
    who: list[int] = []
    for some in _parts(sorted(numbers)):
        who += connection.execute(select(parties.c.id).where(parties.c.number.in_(some))).scalars()
    keys: list[tuple[int, int]] = []
    for column in (calls.c.caller_id, calls.c.called_id):
        for parties_ in _parts(who):
            asked = select(calls.c.started_at, calls.c.id).where(column.in_(parties_), calls.c.started_at >= begin)
            newest = asked.order_by(calls.c.started_at.desc()).limit(_MOST_OTHERS)
            keys += [(row.started_at, row.id) for row in connection.execute(newest)]
    return list(_whole(connection, [id_ for _, id_ in sorted(set(keys), reverse=True)[:_MOST_OTHERS]]))


def _dialled(connection: Connection, since: datetime) -> list[Dialled]:
    asked = select(dials.c.number, dials.c.at).where(dials.c.at >= since, dials.c.outcome == DialOutcome.ACCEPTED.value)
    rows = connection.execute(asked.order_by(dials.c.id.desc()).limit(_MOST_OTHERS))
    return [Dialled(row.number, to_ms(row.at)) for row in rows]


def _whole(connection: Connection, ids: Sequence[int]) -> Iterator[LoggedCall]:
    for some in _parts(ids):
        yield from read_calls(connection, some)


def _parts(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (values[n : n + _AT_A_TIME] for n in range(0, len(values), _AT_A_TIME))
