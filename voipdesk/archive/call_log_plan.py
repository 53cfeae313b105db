"""Choosing the way on which the calls of a filter are found soonest.

Where few calls match a part of the filter, these are gathered by that part's index and sorted. Where many match, the
log is walked from its newest end until a page is full. Where the many are those of a few parties or lines, which may
all be old, the lists of these are merged until a page is full. Counting, no further than it matters, tells which.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from msgspec import structs
from sqlalchemy import bindparam, func, select, union_all

from voipdesk.archive import contacts_query, search_index, sqlite
from voipdesk.archive.call_log_sql import (
    PARTY_KEYS,
    Lists,
    Plan,
    Way,
    in_time,
    lines_of,
    names_lines,
    numbered,
    outcome_codes,
)
from voipdesk.archive.tables import calls

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection, Select

    from voipdesk.archive.call_log_sql import Part
    from voipdesk.core.call_log import CallFilter

_FEW_CONTACTS = 20
_LEAST_LETTERS = 3
"""Of a name by whose contacts' numbers calls are found, too, and digits of such a number."""
_FEW_CALLS = 8_000
_FEW_PARTIES = 4_000
"""Up to here gathering is quicker than walking, as measured on 1,000,000 calls: it reads all calls that match, one here
and one there, where a walk reads 200 out of so many side by side."""
_FEW_OF_ALL = 50_000
"""Up to here gathering is quicker than walking from end to end: four times with a name that 20,000 calls have."""
_MANY_PARTIES = 20_000
_FEW_LISTS = 8
SHAPES = 64
"""Statements of a kind that are kept ready: the text of a filter changes with every key, its other parts seldom."""


def plan_for(connection: Connection, asked: CallFilter, *, newest: bool = False) -> Plan:
    """Make a filter ready; fills the temporary tables of `search_index` with what its text finds.

    `newest` when a page is to be read; otherwise the plan is for all that matches.
    """
    plan, ways = Plan(structs.replace(asked, search="")), list[Way]()
    if asked.outcomes:
        ways.append(_listed("outcomes", outcome=outcome_codes(asked)))
    if names_lines(asked):
        some = _some_lines(plan.asked)(connection, some=_FEW_LISTS + 1).fetchall()
        if not some:
            return replace(plan, empty=True)
        if len(some) <= _FEW_LISTS:
            ways.append(_listed("lines", line_id=[id_ for (id_,) in some]))
    if texts := _texts(connection, asked.search):
        found = search_index.find(connection, texts, _MANY_PARTIES)
        if found.parties == 0 == found.lines:
            return replace(plan, empty=True)
        plan = replace(plan, found=found.parties is not None)
        if found.parties is None or not found.exact:
            plan = replace(plan, texts=len(texts), sought=numbered("text", texts))
        elif not newest or found.parties < _FEW_PARTIES:  # each has a call at least
            ways.append(_found(connection, found.parties + found.lines))
    return replace(plan, gather=_choose(connection, plan.asked, ways, newest=newest))


def _texts(connection: Connection, typed: str) -> tuple[str, ...]:
    """Give the texts that are looked for, with the numbers of the contacts who are meant by a name.

    A service may know them by their numbers alone.
    """
    texts = search_index.alternatives(typed)
    if len(typed.strip()) < _LEAST_LETTERS or not any(c.isalpha() for c in typed):
        return texts
    numbers = contacts_query.numbers_of(connection, typed, _FEW_CONTACTS)
    return tuple(dict.fromkeys((*texts, *(number for number in numbers if len(number) >= _LEAST_LETTERS))))


def _listed(part: Part, **lists: Sequence[int]) -> Way:
    """Make a way of the values in each column."""
    values = {name: value for column, ids in lists.items() for name, value in numbered(column, ids).items()}
    return Way(part, tuple(Lists(column, len(ids)) for column, ids in lists.items() if ids), values)


def _found(connection: Connection, count: int) -> Way:
    """Make a way of the parties and lines that were found, by their ids when they are few."""
    if count > _FEW_LISTS:
        return Way("texts", tuple(Lists(column, None) for column in (*PARTY_KEYS, "line_id")))
    parties, lines = search_index.found_ids(connection)
    return _listed("texts", **dict.fromkeys(PARTY_KEYS, parties), line_id=lines)


def _choose(connection: Connection, asked: CallFilter, ways: list[Way], *, newest: bool) -> Way | None:
    """Give the way by which to gather or merge, None when the log is to be walked."""
    if not ways:
        return None
    merging = [way for way in ways if way.merges] if newest else []
    if merging and len(ways) == 1:
        return ways[0]
    if (asked.since or asked.until) and _count(connection, _in_time(asked), _FEW_CALLS) < _FEW_CALLS:
        return None
    few = _FEW_CALLS if newest else _FEW_OF_ALL
    counts = [_count(connection, _in_lists(way), few, way.values) for way in ways]
    if min(counts) < few:
        return ways[counts.index(min(counts))]
    return merging[-1] if merging else None


def _count(connection: Connection, lists: sqlite.Prepared, most: int, values: Mapping[str, Any] | None = None) -> int:
    """Count calls, no further than it matters."""
    (count,) = lists(connection, most=most, **(values or {})).fetchone()
    return int(count)


@lru_cache(SHAPES)
def _in_time(asked: CallFilter) -> sqlite.Prepared:
    return _counting(select(calls.c.id).where(*in_time(asked)))


@lru_cache(SHAPES)
def _in_lists(way: Way) -> sqlite.Prepared:
    return _counting(*(select(calls.c.id).where(each) for lists in way.lists for each in lists.conditions()))


def _counting(*lists: Select[Any]) -> sqlite.Prepared:
    some = union_all(*lists).limit(bindparam("most", 0)).subquery()
    return sqlite.Prepared(select(func.count()).select_from(some))


@lru_cache(SHAPES)
def _some_lines(asked: CallFilter) -> sqlite.Prepared:
    return sqlite.Prepared(lines_of(asked).limit(bindparam("some", 0)))
