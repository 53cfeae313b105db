"""A filter of the log as SQL: what calls must meet, and the lists of an index in which they stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    bindparam,
    column,
    func,
    literal_column,
    or_,
    select,
    table,
    union,
)

from voipdesk.archive.codes import DIRECTIONS, OUTCOMES
from voipdesk.archive.search_index import encodable
from voipdesk.archive.tables import accounts, calls, lines, parties, to_ms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from voipdesk.core.call_log import CallFilter

Condition = ColumnElement[bool]
Keys = Select[Any] | CompoundSelect[Any]
"""A query for started_at and id: of one list, or of several united."""
Part = Literal["time", "direction", "outcomes", "lines", "texts"]
"""A part of a filter."""

PARTY_KEYS = "caller_id", "called_id", "answered_by_id"
_found_parties = table("found_parties", column("id"))
_found_lines = table("found_lines", column("id"))


def unindexed(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Give a column of `calls` as an expression that no planner looks up in an index."""
    return literal_column(f"+calls.{column.key}", column.type)


def numbered(name: str, values: Sequence[Any]) -> dict[str, Any]:
    """Give values as parameters of a statement, by names that SQLAlchemy does not make up itself."""
    return {f"each_{name}_{n}": value for n, value in enumerate(values)}


class Lists(NamedTuple):
    """Calls that an index holds together, each list in order of time: those with one of some values in a column."""

    column: str
    values: int | None
    """How many, being the parameters `numbered` by the column; None for all that `search_index` has found."""

    def conditions(self) -> list[Condition]:
        """Say it for a WHERE: one for each list of a known value, since only these are merged in order of time."""
        key = calls.c[self.column]
        if self.values is None:
            return [key.in_(select((_found_lines if self.column == "line_id" else _found_parties).c.id))]
        return [key == bindparam(name, 0) for name in numbered(self.column, range(self.values))]


@dataclass(frozen=True, slots=True)
class Way:
    """A part of the filter as lists: whatever stands in one of them meets it."""

    part: Part
    lists: tuple[Lists, ...]
    values: Mapping[str, Any] = field(default_factory=dict, compare=False)
    """The lists' parameters."""

    @property
    def merges(self) -> bool:
        """Whether no more is read of the lists than a page needs, since all are in order of time."""
        return all(each.values is not None for each in self.lists)


@dataclass(frozen=True, slots=True)
class Plan:
    """A filter made ready. Equal plans are the same statement, run with other values."""

    asked: CallFilter
    """Without its text."""
    found: bool = False
    """Whether parties and lines are to be among those that `search_index` has found."""
    texts: int = 0
    """So many texts are looked for in the parties and lines of call after call."""
    gather: Way | None = None
    """The lists to gather or to merge, where that is the way."""
    empty: bool = False
    """Whether nothing can match."""
    sought: Mapping[str, str] = field(default_factory=dict, compare=False)
    """The texts, as parameters."""

    @property
    def values(self) -> dict[str, Any]:
        """The statement's parameters."""
        return {**self.sought, **(self.gather.values if self.gather else {})}

    @property
    def conditions(self) -> list[Condition]:
        """What calls must meet, those in the lists too."""
        gathered = self.gather and self.gather.part
        return [condition for part, condition in self._parts() if part != gathered]

    def keys(self, *more: Condition) -> Keys:
        """Select the keys of all calls that match, in no order."""
        keys = select(calls.c.started_at, calls.c.id).where(*self.conditions, *more)
        if self.gather is None:
            return keys
        return union(*(keys.where(each) for lists in self.gather.lists for each in lists.conditions()))

    def _parts(self) -> Iterable[tuple[Part, Condition]]:
        asked = self.asked
        for bound in in_time(asked):
            yield "time", bound
        if asked.direction is not None:
            yield "direction", calls.c.direction == DIRECTIONS.index(asked.direction)
        if asked.outcomes:
            yield "outcomes", unindexed(calls.c.outcome).in_(outcome_codes(asked))
        if names_lines(asked):
            yield "lines", unindexed(calls.c.line_id).in_(lines_of(asked))
        if self.found or self.texts:
            yield "texts", or_(*map(self._has_text, (*PARTY_KEYS, "line_id")))

    def _has_text(self, name: str) -> Condition:
        """Ask whether a party, or the line, is among those found, has one of the texts, or both."""
        key, of, found = calls.c[name], parties, _found_parties
        if name == "line_id":
            of, found = lines, _found_lines
        among = unindexed(key).in_(select(found.c.id))
        if not self.texts or (self.found and of is lines):  # lines are found by their whole text
            return among
        has = or_(*(func.instr(of.c.folded, bindparam(*text)) > 0 for text in self.sought.items()))
        has_one = func.coalesce(select(has).where(of.c.id == key).scalar_subquery(), 0) == 1
        return and_(among, has_one) if self.found else has_one


def in_time(asked: CallFilter) -> list[Condition]:
    """Say since when and until when."""
    bounds = []
    if asked.since is not None:
        bounds.append(calls.c.started_at >= to_ms(asked.since))
    if asked.until is not None:
        bounds.append(calls.c.started_at < to_ms(asked.until))
    return bounds


def outcome_codes(asked: CallFilter) -> list[int]:
    """Give the outcomes asked for as the tables keep them."""
    return sorted({OUTCOMES.index(outcome) for outcome in asked.outcomes})


def names_lines(asked: CallFilter) -> bool:
    """Tell whether only the calls of some lines are asked for."""
    return asked.account_id is not None or bool(asked.sources or asked.name)


def lines_of(asked: CallFilter) -> Select[tuple[int]]:
    """Select the lines whose calls are asked for."""
    wanted = select(lines.c.id)
    if asked.account_id is not None:
        wanted = wanted.join(accounts).where(accounts.c.id == encodable(asked.account_id))
    if asked.sources:
        wanted = wanted.where(lines.c.source.in_([source.value for source in asked.sources]))
    if asked.name:
        wanted = wanted.where(lines.c.name == encodable(asked.name))
    return wanted
