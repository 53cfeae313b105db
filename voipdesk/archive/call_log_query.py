"""Reading the log: which way a filter is answered soonest, and the statements for it.

Three ways lead to the newest calls of a filter. Where few calls match its rarest part, these are gathered by that
part's index and sorted. Where many match, the log is walked from its newest end until a page is full. Where many calls
of a few parties or lines match, which may all be old, the newest of each are merged. Counting with a cap tells which.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, case, func, literal_column, or_, select, table, tuple_, union, union_all
from sqlalchemy import column as plain_column

from voipdesk.archive import search_index
from voipdesk.archive.tables import DIRECTIONS, OUTCOMES, accounts, calls, lines, parties, to_ms
from voipdesk.core.call_log import Call, CallKey, CallTotals, LoggedCall, Outcome, Source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection, Select
    from sqlalchemy.sql.selectable import Subquery

    from voipdesk.core.call_log import CallFilter

_MOST_PARTIES = 20_000
_FEW_CALLS = 20_000
_FEW_LISTS = 16

Condition = ColumnElement[bool]

_found_parties = table("found_parties", plain_column("id"))
_found_lines = table("found_lines", plain_column("id"))
_MISSED = [OUTCOMES.index(o) for o in (Outcome.MISSED, Outcome.ABANDONED, Outcome.TIMED_OUT)]


def unindexed(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Give a column of `calls` as an expression that no planner looks up in an index."""
    return literal_column(f"+calls.{column.key}", column.type)


@dataclass(frozen=True)
class _List:
    """Calls that an index holds together, in order of time: those with a value in a column."""

    column: ColumnElement[int]
    values: Any
    """What the column must be in: numbers, or a query."""

    @property
    def condition(self) -> Condition:
        return self.column.in_(self.values)


@dataclass
class _Plan:
    """A filter made ready: the conditions on `calls`, and the lists to gather from, if that is the way."""

    conditions: list[Condition] = field(default_factory=list)
    times: list[Condition] = field(default_factory=list)
    gather: list[_List] | None = None
    merge: list[_List] | None = None
    empty: bool = False

    def keys(self, *more: Condition) -> Select[Any]:
        """Select the keys of all calls that match, in no order."""
        key = calls.c.started_at, calls.c.id
        where = (*self.conditions, *self.times, *more)
        if self.gather is None:
            return select(*key).where(*where)
        gathered = union(*(select(*key).where(listed.condition, *where) for listed in self.gather)).subquery()
        return select(gathered.c.started_at, gathered.c.id)

    def ordered(self, limit: int, newest_first: bool, *more: Condition) -> Select[Any]:
        """Select the first keys in order of time."""
        if self.merge is not None:
            where = (*self.conditions, *self.times, *more)
            key = calls.c.started_at, calls.c.id
            firsts = [
                _in_order(select(*key).where(listed.column == value, *where), calls.c, newest_first).limit(limit)
                for listed in self.merge
                for value in listed.values
            ]
            merged = union(*(select(first.subquery()) for first in firsts)).subquery()
            keys: Select[Any] = select(merged.c.started_at, merged.c.id)
        else:
            keys = self.keys(*more)
        columns = keys.selected_columns
        return _in_order(keys, columns, newest_first).limit(limit)


def _in_order(statement: Select[Any], columns: Any, newest_first: bool) -> Select[Any]:  # noqa: ANN401
    by = columns.started_at, columns.id
    return statement.order_by(*(column.desc() if newest_first else column for column in by))


def _plan(connection: Connection, asked: CallFilter) -> _Plan:
    plan = _Plan()
    if asked.since is not None:
        plan.times.append(calls.c.started_at >= to_ms(asked.since))
    if asked.until is not None:
        plan.times.append(calls.c.started_at < to_ms(asked.until))
    if asked.direction is not None:
        plan.conditions.append(calls.c.direction == DIRECTIONS.index(asked.direction))
    ways: list[list[_List]] = []
    if asked.outcomes:
        numbers = sorted({OUTCOMES.index(outcome) for outcome in asked.outcomes})
        ways.append([_List(calls.c.outcome, numbers)])
        plan.conditions.append(unindexed(calls.c.outcome).in_(numbers))
    _narrow_lines(connection, asked, plan, ways)
    _narrow_texts(connection, asked, plan, ways)
    if ways and not plan.empty:
        _choose(connection, plan, ways)
    return plan


def _narrow_lines(connection: Connection, asked: CallFilter, plan: _Plan, ways: list[list[_List]]) -> None:
    if asked.account_id is None and not asked.sources and not asked.name:
        return
    wanted = select(lines.c.id)
    if asked.account_id is not None:
        wanted = wanted.join(accounts).where(accounts.c.id == asked.account_id)
    if asked.sources:
        wanted = wanted.where(lines.c.source.in_([source.value for source in asked.sources]))
    if asked.name:
        wanted = wanted.where(lines.c.name == search_index.encodable(asked.name))
    ids = connection.execute(wanted.limit(_FEW_LISTS + 1)).scalars().all()
    if not ids:
        plan.empty = True
    few = len(ids) <= _FEW_LISTS
    ways.append([_List(calls.c.line_id, list(ids) if few else wanted)])
    plan.conditions.append(unindexed(calls.c.line_id).in_(ids if few else wanted))


def _narrow_texts(connection: Connection, asked: CallFilter, plan: _Plan, ways: list[list[_List]]) -> None:
    texts = search_index.alternatives(asked.search)
    if not texts:
        return
    columns = (calls.c.caller_id, calls.c.called_id, calls.c.answered_by_id)
    count = search_index.find(connection, texts, _MOST_PARTIES)
    found_lines = connection.execute(select(_found_lines.c.id).limit(_FEW_LISTS + 1)).scalars().all()
    if not count and not found_lines:
        plan.empty = True
    in_line = unindexed(calls.c.line_id).in_(select(_found_lines.c.id))
    if count >= _MOST_PARTIES:
        plan.conditions.append(or_(*(_has_text(column, texts) for column in columns), in_line))
        return
    few = count + len(found_lines) <= _FEW_LISTS
    found: Any = select(_found_parties.c.id)
    found_line: Any = select(_found_lines.c.id)
    if few:
        found, found_line = connection.execute(found).scalars().all(), found_lines
    plan.conditions.append(or_(*(unindexed(column).in_(select(_found_parties.c.id)) for column in columns), in_line))
    ways.append([_List(column, found) for column in columns] + [_List(calls.c.line_id, found_line)])


def _has_text(key: ColumnElement[int], texts: Sequence[str]) -> Condition:
    """Ask whether the party has one of the texts, party by party."""
    party = parties.alias()
    has = or_(*(func.instr(party.c.folded, text) > 0 for text in texts))
    return func.coalesce(select(has).where(party.c.id == key).scalar_subquery(), 0) == 1


def _choose(connection: Connection, plan: _Plan, ways: list[list[_List]]) -> None:
    if plan.times and _count(connection, [select(calls.c.id).where(*plan.times)]) < _FEW_CALLS:
        return
    counted = [(_count(connection, [select(calls.c.id).where(each.condition) for each in way]), way) for way in ways]
    fewest, way = min(counted, key=lambda pair: pair[0])
    if fewest < _FEW_CALLS:
        plan.gather = way
        return
    for _, way in counted:
        if (
            all(isinstance(each.values, list) for each in way)
            and 0 < sum(len(each.values) for each in way) <= _FEW_LISTS
        ):
            plan.merge = way


def _count(connection: Connection, selects: list[Select[Any]]) -> int:
    """Count, but no further than it matters."""
    some = union_all(*selects).limit(_FEW_CALLS).subquery()
    return connection.execute(select(func.count()).select_from(some)).scalar_one()


def _calls_of(keys: Subquery) -> Select[Any]:
    caller, called, answerer = parties.alias("caller"), parties.alias("called"), parties.alias("answerer")
    c = calls.c
    return (
        select(
            c.id, accounts.c.id, accounts.c.name, lines.c.source, lines.c.name, caller.c.number, called.c.number,
            c.direction, c.outcome, c.started_at, caller.c.name, called.c.name, c.answered_at, c.finished_at,
            c.duration_s, c.talk_s, answerer.c.name,
        )
        .select_from(keys)
        .join(calls, c.id == keys.c.id)
        .join(lines, lines.c.id == c.line_id)
        .join(accounts, accounts.c.key == lines.c.account)
        .join(caller, caller.c.id == c.caller_id)
        .join(called, called.c.id == c.called_id)
        .outerjoin(answerer, answerer.c.id == c.answered_by_id)
    )  # fmt: skip


def _read(rows: Sequence[Any]) -> list[LoggedCall]:
    return [
        LoggedCall(
            id_,
            account_id,
            account_name,
            Call(
                "", Source(source), name, caller, called, DIRECTIONS[direction], OUTCOMES[outcome], started_at,
                caller_name, called_name, answered_at, finished_at, duration_s, talk_s, answered_by or "",
            ),
        )
        for (
            id_, account_id, account_name, source, name, caller, called, direction, outcome, started_at,
            caller_name, called_name, answered_at, finished_at, duration_s, talk_s, answered_by,
        ) in rows
    ]  # fmt: skip


def _beyond(key: CallKey, newer: bool) -> Condition:
    place = tuple_(calls.c.started_at, calls.c.id)
    return place > tuple_(key.started_at, key.id) if newer else place < tuple_(key.started_at, key.id)


def page(
    connection: Connection, asked: CallFilter, before: CallKey | None, after: CallKey | None, limit: int
) -> list[LoggedCall]:
    """Read a page, newest first."""
    plan = _plan(connection, asked)
    if plan.empty:
        return []
    bounds = [_beyond(before, newer=False)] if before else []
    upwards = after is not None and before is None
    if after:
        bounds.append(_beyond(after, newer=True))
    keys = plan.ordered(limit, not upwards, *bounds).subquery("keys")
    rows = connection.execute(_in_order(_calls_of(keys), keys.c, newest_first=True)).all()
    return _read(rows)


def get(connection: Connection, call_id: int) -> LoggedCall | None:
    """Read one call."""
    keys = select(calls.c.id).where(calls.c.id == call_id).subquery("keys")
    found = _read(connection.execute(_calls_of(keys)).all())
    return found[0] if found else None


def totals(connection: Connection, asked: CallFilter) -> CallTotals:
    """Sum up what matches."""
    plan = _plan(connection, asked)
    if plan.empty:
        return CallTotals(0, 0, 0)
    sums = (
        func.count(),
        func.coalesce(func.sum(case((calls.c.outcome.in_(_MISSED), 1), else_=0)), 0),
        func.coalesce(func.sum(calls.c.talk_s), 0),
    )
    if plan.gather is None:
        return CallTotals(*connection.execute(select(*sums).where(*plan.conditions, *plan.times)).one())
    keys = plan.keys().subquery("keys")
    return CallTotals(*connection.execute(select(*sums).select_from(keys.join(calls, calls.c.id == keys.c.id))).one())


def count_newer(connection: Connection, asked: CallFilter, key: CallKey) -> int:
    """Count what matches and is newer."""
    plan = _plan(connection, asked)
    if plan.empty:
        return 0
    keys = plan.keys(_beyond(key, newer=True)).subquery("keys")
    return connection.execute(select(func.count()).select_from(keys)).scalar_one()


def anchors(connection: Connection, asked: CallFilter, every: int) -> list[CallKey]:
    """Read every so-manieth key."""
    plan = _plan(connection, asked)
    if plan.empty:
        return []
    keys = plan.keys().subquery("keys")
    order = keys.c.started_at.desc(), keys.c.id.desc()
    numbered = select(keys, func.row_number().over(order_by=order).label("place")).subquery()
    rows = connection.execute(
        select(numbered.c.started_at, numbered.c.id)
        .where(numbered.c.place % every == 1 % every)
        .order_by(numbered.c.place)
    )
    return [CallKey(*row) for row in rows]
