"""Choosing the way on which the newest calls of a filter are found soonest.

Where few calls match a part of the filter, these are gathered by that part's index and sorted. Where many match, the
log is walked from its newest end until a page is full. Where the many are those of a few parties or lines, which may
all be old, the newest of each are merged. Counting, no further than it matters, tells which.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    column,
    func,
    literal_column,
    or_,
    select,
    table,
    union,
    union_all,
)

from voipdesk.archive import contacts_query, search_index
from voipdesk.archive.codes import DIRECTIONS, OUTCOMES
from voipdesk.archive.tables import accounts, calls, lines, parties, to_ms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection, Table

    from voipdesk.core.call_log import CallFilter

Condition = ColumnElement[bool]
Keys = Select[Any] | CompoundSelect[Any]
"""A query for started_at and id: of one list, or of several united."""

_FEW_CONTACTS = 20
_LEAST_LETTERS = 3
"""Of a name by whose contacts' numbers calls are found, too, and digits of such a number."""
_FEW_CALLS = 8_000
_FEW_PARTIES = 4_000
"""Up to here gathering is quicker than walking, as measured on 1,000,000 calls: it reads all calls that match, one here
and one there, where a walk reads 200 out of so many side by side."""
_MANY_PARTIES = 20_000
_FEW_LISTS = 8
_NEWEST = 1_000
_PAGE = 200
_PARTY_KEYS = calls.c.caller_id, calls.c.called_id, calls.c.answered_by_id

_found_parties = table("found_parties", column("id"))
_found_lines = table("found_lines", column("id"))


def unindexed(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Give a column of `calls` as an expression that no planner looks up in an index."""
    return literal_column(f"+calls.{column.key}", column.type)


class Lists(NamedTuple):
    """Calls that an index holds together, each list in order of time: those with one of some values in a column."""

    column: ColumnElement[int]
    values: Any
    """A list of numbers, or a query for them."""

    @property
    def condition(self) -> Condition:
        """Say it for a WHERE."""
        return self.column.in_(self.values)


class Way(NamedTuple):
    """A part of the filter as lists, and as a condition: what is gathered from all the lists meets it."""

    lists: list[Lists]
    condition: Condition


@dataclass
class Plan:
    """A filter made ready: what `calls` must meet, and the lists to gather or to merge where that is the way."""

    conditions: list[Condition] = field(default_factory=list)
    gather: list[Lists] | None = None
    merge: list[Lists] | None = None
    empty: bool = False
    """Nothing can match."""

    def keys(self, *more: Condition) -> Keys:
        """Select the keys of all calls that match, in no order."""
        key, where = (calls.c.started_at, calls.c.id), (*self.conditions, *more)
        if self.gather is None:
            return select(*key).where(*where)
        return union(*(select(*key).where(each.condition, *where) for each in self.gather))


def plan_for(connection: Connection, asked: CallFilter) -> Plan:
    """Make a filter ready; fills the temporary tables of `search_index` with what its text finds."""
    plan, ways = Plan(), list[Way]()
    started_at = calls.c.started_at
    if asked.since is not None:
        plan.conditions.append(started_at >= to_ms(asked.since))
    if asked.until is not None:
        plan.conditions.append(started_at < to_ms(asked.until))
    in_time = list(plan.conditions)
    if asked.direction is not None:
        plan.conditions.append(calls.c.direction == DIRECTIONS.index(asked.direction))
    if asked.outcomes:
        numbers = sorted({OUTCOMES.index(outcome) for outcome in asked.outcomes})
        plan.conditions.append(unindexed(calls.c.outcome).in_(numbers))
        ways.append(Way([Lists(calls.c.outcome, numbers)], plan.conditions[-1]))
    _narrow_lines(connection, asked, plan, ways)
    _narrow_texts(connection, asked, plan, ways)
    few_in_time = in_time and _count(connection, [select(calls.c.id).where(*in_time)]) < _FEW_CALLS
    if not plan.empty and not few_in_time:
        _choose(connection, plan, ways)
    return plan


def _narrow_lines(connection: Connection, asked: CallFilter, plan: Plan, ways: list[Way]) -> None:
    if asked.account_id is None and not asked.sources and not asked.name:
        return
    wanted = select(lines.c.id)
    if asked.account_id is not None:
        wanted = wanted.join(accounts).where(accounts.c.id == search_index.encodable(asked.account_id))
    if asked.sources:
        wanted = wanted.where(lines.c.source.in_([source.value for source in asked.sources]))
    if asked.name:
        wanted = wanted.where(lines.c.name == search_index.encodable(asked.name))
    some = connection.execute(wanted.limit(_FEW_LISTS + 1)).scalars().all()
    plan.empty = plan.empty or not some
    plan.conditions.append(unindexed(calls.c.line_id).in_(wanted))
    if len(some) <= _FEW_LISTS:
        ways.append(Way([Lists(calls.c.line_id, list(some))], plan.conditions[-1]))


def _narrow_texts(connection: Connection, asked: CallFilter, plan: Plan, ways: list[Way]) -> None:
    texts = search_index.alternatives(asked.search)
    if not texts:
        return
    texts = tuple(dict.fromkeys((*texts, *_numbers_of_contacts(connection, asked.search))))
    has_text = [_has_text(key, texts) for key in _PARTY_KEYS]
    in_line = _has_text(calls.c.line_id, texts, lines)
    if any(len(text) < 3 for text in texts) and _is_common(connection, or_(*has_text, in_line)):
        plan.conditions.append(or_(*has_text, in_line))
        return
    found = search_index.find(connection, texts, _MANY_PARTIES)
    if found.parties is None:
        plan.conditions.append(or_(*has_text, in_line))
        return
    plan.empty = plan.empty or not (found.parties or found.lines)
    ids: Any = select(_found_parties.c.id)
    line_ids: Any = select(_found_lines.c.id)
    may_have: list[Condition] = [unindexed(key).in_(ids) for key in _PARTY_KEYS]
    if not found.exact:
        may_have = [and_(*pair) for pair in zip(may_have, has_text, strict=True)]
    plan.conditions.append(or_(*may_have, unindexed(calls.c.line_id).in_(line_ids)))
    if not found.exact or found.parties >= _FEW_PARTIES:
        return  # each has a call at least
    if found.parties + found.lines <= _FEW_LISTS:
        ids, line_ids = (list(connection.execute(query).scalars()) for query in (ids, line_ids))
    lists = [*(Lists(key, ids) for key in _PARTY_KEYS), Lists(calls.c.line_id, line_ids)]
    ways.append(Way(lists, plan.conditions[-1]))


def _numbers_of_contacts(connection: Connection, typed: str) -> list[str]:
    """Give the numbers of the contacts who are meant by a name: a service may know them by their numbers alone."""
    if len(typed.strip()) < _LEAST_LETTERS or not any(c.isalpha() for c in typed):
        return []
    return [n for n in contacts_query.numbers_of(connection, typed, _FEW_CONTACTS) if len(n) >= _LEAST_LETTERS]


def _has_text(key: ColumnElement[int], texts: Sequence[str], where: Table = parties) -> Condition:
    """Ask whether a party or line has one of the texts, call by call."""
    has = or_(*(func.instr(where.c.folded, text) > 0 for text in texts))
    return func.coalesce(select(has).where(where.c.id == key).scalar_subquery(), 0) == 1


def _is_common(connection: Connection, condition: Condition) -> bool:
    """Ask whether the newest calls alone fill a page: so with most texts of one or two characters."""
    started_at = calls.c.started_at
    edge = connection.execute(select(started_at).order_by(started_at.desc()).offset(_NEWEST).limit(1)).scalar()
    if edge is None:
        return False
    some = select(calls.c.id).where(started_at >= edge, condition).limit(_PAGE).subquery()
    return connection.execute(select(func.count()).select_from(some)).scalar_one() == _PAGE


def _choose(connection: Connection, plan: Plan, ways: list[Way]) -> None:
    for way in ways:
        if _count(connection, [select(calls.c.id).where(each.condition) for each in way.lists]) < _FEW_CALLS:
            plan.gather = way.lists
            plan.conditions = [each for each in plan.conditions if each is not way.condition]
            return
    for way in ways:
        if all(isinstance(each.values, list) for each in way.lists):
            plan.merge = way.lists


def _count(connection: Connection, selects: list[Select[Any]]) -> int:
    some = union_all(*selects).limit(_FEW_CALLS).subquery()
    return connection.execute(select(func.count()).select_from(some)).scalar_one()
