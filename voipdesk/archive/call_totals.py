"""The totals of the whole log, kept in a row of their own: to sum up a million calls takes 0.2 s."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, case, func, insert, select, update

from voipdesk.archive import sqlite
from voipdesk.archive.codes import OUTCOMES
from voipdesk.archive.tables import call_totals, calls
from voipdesk.core.call_log import CallTotals, Outcome

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import ColumnElement, Connection

_MISSED = [OUTCOMES.index(outcome) for outcome in (Outcome.MISSED, Outcome.ABANDONED, Outcome.TIMED_OUT)]
SUMS = (
    func.count(),
    func.coalesce(func.sum(case((calls.c.outcome.in_(_MISSED), 1), else_=0)), 0),
    func.coalesce(func.sum(calls.c.talk_s), 0),
)
"""The columns of CallTotals over rows of `calls`."""
_NONE = CallTotals(0, 0, 0)
_FEW = 1_000
"""A page of a refresh, rather than one of a back-fill: what stood in its calls is read before it is written."""


def read(connection: Connection) -> CallTotals:
    """Read what is kept."""
    return CallTotals(*connection.execute(select(call_totals)).one())


def begin(connection: Connection) -> None:
    """Keep the totals of a log without calls."""
    connection.execute(insert(call_totals).values(calls=0, missed=0, talk_s=0))


def recount(connection: Connection) -> None:
    """Sum up all calls anew."""
    _keep(connection, _sum_up(connection))


class Tally:
    """Made before a page is written, it follows the totals once that is done, in the same transaction."""

    def __init__(self, connection: Connection, fingerprints: Collection[bytes]) -> None:
        self._connection = connection
        (self._last,) = _last()(connection).fetchone()
        self._of_page = calls.c.fingerprint.in_(fingerprints) if len(fingerprints) <= _FEW else None
        self._before = None if self._of_page is None else _sum_up(connection, self._of_page)

    def follow(self, touched: int) -> int:
        """Take over what the page changed, `touched` being the rows inserted or updated; gives the inserted ones."""
        connection = self._connection
        new = CallTotals(*_since()(connection, last=self._last).fetchone())
        if touched == new.count:
            _change(connection, _NONE, new)
        elif self._of_page is not None and self._before is not None:
            _change(connection, self._before, _sum_up(connection, self._of_page))
        else:
            recount(connection)
        return new.count


@cache  # not before something is written: the window's start has no time for it
def _last() -> sqlite.Prepared:
    return sqlite.Prepared(select(func.coalesce(func.max(calls.c.id), 0)))


@cache
def _since() -> sqlite.Prepared:
    return sqlite.Prepared(select(*SUMS).select_from(calls).where(calls.c.id > bindparam("last", 0)))


def _sum_up(connection: Connection, *conditions: ColumnElement[bool]) -> CallTotals:
    return CallTotals(*connection.execute(select(*SUMS).select_from(calls).where(*conditions)).one())


def _change(connection: Connection, before: CallTotals, after: CallTotals) -> None:
    kept = read(connection)
    count, missed = kept.count - before.count + after.count, kept.missed - before.missed + after.missed
    _keep(connection, CallTotals(count, missed, kept.talk_s - before.talk_s + after.talk_s))


def _keep(connection: Connection, totals: CallTotals) -> None:
    connection.execute(update(call_totals).values(calls=totals.count, missed=totals.missed, talk_s=totals.talk_s))
