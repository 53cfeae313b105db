"""Reading the log: pages, single calls, totals and anchors."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, select, tuple_

from voipdesk.archive import call_totals, sqlite
from voipdesk.archive.accounts_query import find_account
from voipdesk.archive.call_log_plan import SHAPES, plan_for
from voipdesk.archive.call_log_sql import unindexed
from voipdesk.archive.codes import DIRECTIONS, OUTCOMES
from voipdesk.archive.tables import accounts, calls, lines, parties, unreadable_rows
from voipdesk.core.call_log import Call, CallFilter, CallKey, CallTotals, LoggedCall, Outcome, Source, UnreadableRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection, FromClause, Select

    from voipdesk.archive.call_log_sql import Condition, Keys, Plan

_SOURCES = {source.value: source for source in Source}


def page(
    connection: Connection, asked: CallFilter, before: CallKey | None, after: CallKey | None, limit: int
) -> list[LoggedCall]:
    """Read a page, newest first."""
    plan = plan_for(connection, asked, newest=True)
    if plan.empty:
        return []
    query = _page(plan, newer=after is not None, older=before is not None)
    places = {**_place("before", before), **_place("after", after)}
    return [_read(row) for row in query(connection, limit=limit, **places, **plan.values)]


@lru_cache(SHAPES)
def _page(plan: Plan, *, newer: bool, older: bool) -> sqlite.Prepared:
    """Prepare the page of a plan; the rows are looked up when the page is full of keys, by which it was sorted."""
    bounds = [_beyond("before", newer=False)] if older else []
    if newer:
        bounds.append(_beyond("after", newer=True))
    keys = _in_order(plan.keys(*bounds), upwards=newer and not older).limit(bindparam("limit", 0)).subquery("keys")
    return sqlite.Prepared(_calls(keys.join(calls, calls.c.id == keys.c.id)).order_by(*_NEWEST_FIRST))


def read_calls(connection: Connection, ids: Sequence[int]) -> list[LoggedCall]:
    """Read calls by their ids, newest first."""
    rows = connection.execute(_calls(calls).where(calls.c.id.in_(ids)).order_by(*_NEWEST_FIRST)).all()
    return [_read(row) for row in rows]


def get(connection: Connection, call_id: int) -> LoggedCall | None:
    """Read one call."""
    row = connection.execute(_calls(calls).where(calls.c.id == call_id)).one_or_none()
    return None if row is None else _read(row)


def totals(connection: Connection, asked: CallFilter) -> CallTotals:
    """Sum up what matches."""
    if asked == CallFilter():
        return call_totals.read(connection)
    plan = plan_for(connection, asked)
    if plan.empty:
        return CallTotals(0, 0, 0)
    sums = select(*call_totals.SUMS)
    if plan.gather is None:
        sums = sums.where(*plan.conditions)
    else:
        keys = plan.keys().subquery("keys")
        sums = sums.select_from(keys.join(calls, calls.c.id == keys.c.id))
    return CallTotals(*connection.execute(sums, plan.values).one())


def count_newer(connection: Connection, asked: CallFilter, key: CallKey) -> int:
    """Count what matches and is newer."""
    plan = plan_for(connection, asked)
    if plan.empty:
        return 0
    keys = plan.keys(_beyond("after", newer=True)).subquery("keys")
    count = select(func.count()).select_from(keys)
    return connection.execute(count, {**_place("after", key), **plan.values}).scalar_one()


def anchors(connection: Connection, asked: CallFilter, every: int) -> list[CallKey]:
    """Read every so-manieth key, the newest first."""
    plan = plan_for(connection, asked)
    if plan.empty:
        return []
    if plan.gather is not None:
        rows = sqlite.Prepared(_in_order(plan.keys()))(connection, **plan.values)
        return [CallKey(*row) for row in islice(rows, 0, None, every)]
    first = sqlite.Prepared(_in_order(plan.keys()).limit(1))
    found = [CallKey(*row) for row in first(connection, **plan.values)]
    # From each to the next in one statement by key: half the time of numbering all rows, and memory for none.
    step = sqlite.Prepared(_in_order(plan.keys(_beyond("before", newer=False))).offset(every - 1).limit(1))
    while found and (row := step(connection, **_place("before", found[-1]), **plan.values).fetchone()):
        found.append(CallKey(*row))
    return found


def names(connection: Connection, account_id: str | None) -> list[tuple[Source, str]]:
    """Read whose logs there are."""
    named = select(lines.c.source, lines.c.name, lines.c.folded).distinct()
    named = named.where(select(calls.c.id).where(calls.c.line_id == lines.c.id).exists())
    if account_id is not None:
        named = named.join(accounts).where(accounts.c.id == account_id)
    rows = connection.execute(named.order_by(lines.c.folded)).all()
    order = list(Source)
    return sorted(((Source(row[0]), row[1]) for row in rows), key=lambda pair: order.index(pair[0]))


def unreadable_count(connection: Connection, account_id: str | None) -> int:
    """Count the rows that could not be read."""
    count = select(func.count()).select_from(unreadable_rows.join(accounts))
    if account_id is not None:
        count = count.where(accounts.c.id == account_id)
    return connection.execute(count).scalar_one()


def unreadable(connection: Connection, limit: int) -> list[tuple[str, Source, UnreadableRow]]:
    """Read the rows that could not be read."""
    row_ = unreadable_rows.c
    found = select(accounts.c.id, row_.source, row_.raw, row_.reason).select_from(unreadable_rows.join(accounts))
    rows = connection.execute(found.order_by(row_.id.desc()).limit(limit))
    return [(row[0], Source(row[1]), UnreadableRow(row[2], row[3])) for row in rows]


def oldest_in_progress(connection: Connection, account_id: str, source: Source, since_ms: int) -> int | None:
    """Find the begin of the oldest call that has not ended."""
    of_log = select(lines.c.id).where(
        lines.c.account == find_account(connection, account_id), lines.c.source == source.value
    )
    return connection.execute(
        select(func.min(calls.c.started_at)).where(
            calls.c.outcome == OUTCOMES.index(Outcome.IN_PROGRESS),
            calls.c.started_at >= since_ms,
            unindexed(calls.c.line_id).in_(of_log),
        )
    ).scalar()


def _in_order(keys: Keys, *, upwards: bool = False) -> Keys:
    by = keys.selected_columns.started_at, keys.selected_columns.id
    return keys.order_by(*(by if upwards else (column.desc() for column in by)))


def _beyond(name: str, *, newer: bool) -> Condition:
    place = tuple_(calls.c.started_at, calls.c.id)
    key = tuple_(bindparam(f"{name}_at", 0), bindparam(f"{name}_id", 0))
    return place > key if newer else place < key


def _place(name: str, key: CallKey | None) -> dict[str, int]:
    """Give a key as the parameters of `_beyond`."""
    return {f"{name}_at": key.started_at, f"{name}_id": key.id} if key else {}


_caller, _called, _answerer = parties.alias("caller"), parties.alias("called"), parties.alias("answerer")


def _calls(where: FromClause) -> Select[Any]:
    """Select what `_read` reads."""
    joined = (
        where.join(lines, lines.c.id == calls.c.line_id)
        .join(accounts, accounts.c.key == lines.c.account)
        .join(_caller, _caller.c.id == calls.c.caller_id)
        .join(_called, _called.c.id == calls.c.called_id)
        .outerjoin(_answerer, _answerer.c.id == calls.c.answered_by_id)
    )
    return select(
        *(calls.c.id, accounts.c.id, accounts.c.name, lines.c.source, lines.c.name),
        *(_caller.c.number, _called.c.number, calls.c.direction, calls.c.outcome, calls.c.started_at),
        *(_caller.c.name, _called.c.name, calls.c.answered_at, calls.c.finished_at),
        *(calls.c.duration_s, calls.c.talk_s, _answerer.c.name),
    ).select_from(joined)


_NEWEST_FIRST = calls.c.started_at.desc(), calls.c.id.desc()


def _read(row: Sequence[Any]) -> LoggedCall:
    id_, account_id, account_name, source, name, caller, called, direction, outcome, started_at, *rest = row
    caller_name, called_name, answered_at, finished_at, duration_s, talk_s, answered_by = rest
    call = Call(
        *("", _SOURCES[source], name, caller, called, DIRECTIONS[direction], OUTCOMES[outcome], started_at),
        *(caller_name, called_name, answered_at, finished_at, duration_s, talk_s, answered_by or ""),
    )
    return LoggedCall(id_, account_id, account_name, call)
