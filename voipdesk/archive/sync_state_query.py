"""Days and sources as far as they were read, within the caller's transaction."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from sqlalchemy import case, delete, select

from voipdesk.archive import sqlite
from voipdesk.archive.accounts_query import account_key, find_account
from voipdesk.archive.sync_state import DayState, SyncProgress
from voipdesk.archive.tables import sync_days, sync_sources

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from sqlalchemy import Connection

    from voipdesk.archive.sync_state import DayMark
    from voipdesk.core.call_log import Source

_DAY = timedelta(days=1)
_MOST_DAYS = 366 * 100


def record_days(connection: Connection, account_id: str, source: Source, mark: DayMark) -> None:
    """Record a mark within the caller's transaction. A complete day stays complete, a later reading counts."""
    key = account_key(connection, account_id)
    where = {"account": key, "source": source.value}
    if mark.since is None and mark.complete:
        connection.execute(_remember_source("begins"), [{**where, "begins": mark.until}])
    first = mark.until if mark.since is None else max(mark.since, mark.until - _MOST_DAYS * _DAY)
    days = [
        {**where, "day": first + n * _DAY, "read_at": mark.read_at, "complete": mark.complete}
        for n in range((mark.until - first).days + 1)
    ]
    if days:
        connection.execute(_REMEMBER_DAY, days)


def _remember_source(column: str) -> sqlite.Insert:
    statement = sqlite.insert(sync_sources)
    new, old = statement.excluded[column], sync_sources.c[column]
    return statement.on_conflict_do_update(
        index_elements=["account", "source"], set_={column: case((old > new, old), else_=new)}
    )


def _remember_day() -> sqlite.Insert:
    statement = sqlite.insert(sync_days)
    new, old = statement.excluded, sync_days.c
    return statement.on_conflict_do_update(
        index_elements=["account", "source", "day"],
        set_={
            "read_at": case((old.read_at > new.read_at, old.read_at), else_=new.read_at),
            "complete": old.complete | new.complete,
        },
    )


_REMEMBER_DAY = _remember_day()


def set_refreshed(connection: Connection, account_id: str, source: Source, at: datetime) -> None:
    """Record the time of the last refresh."""
    row = {"account": account_key(connection, account_id), "source": source.value, "refreshed_at": at}
    connection.execute(_remember_source("refreshed_at"), [row])


def progress(connection: Connection, account_id: str, source: Source) -> SyncProgress:
    """Sum up what is complete."""
    key = find_account(connection, account_id)
    of_log = sync_sources.c.account == key, sync_sources.c.source == source.value
    refreshed_at = connection.execute(select(sync_sources.c.refreshed_at).where(*of_log)).scalar()
    return _sum_up(refreshed_at, *_complete(connection, account_id, source))


def missing(
    connection: Connection, account_id: str, source: Source, since: date | None, until: date
) -> tuple[tuple[date | None, date], ...]:
    """Find the stretches that are not complete."""
    begins, days = _complete(connection, account_id, source)
    floor = since
    if begins is not None and (since is None or since <= begins):
        floor = begins + _DAY
    return tuple(_stretches(floor, until, days))


def days(connection: Connection, account_id: str, source: Source, since: date, until: date) -> list[DayState]:
    """Read the days' states."""
    rows = connection.execute(
        select(sync_days.c.day, sync_days.c.read_at, sync_days.c.complete)
        .where(sync_days.c.account == find_account(connection, account_id))
        .where(sync_days.c.source == source.value, sync_days.c.day.between(since, until))
        .order_by(sync_days.c.day.desc())
    )
    return [DayState(*row) for row in rows]


def forget(connection: Connection, account_id: str) -> None:
    """Delete what is known of the account's logs."""
    key = find_account(connection, account_id)
    for table in (sync_days, sync_sources):
        connection.execute(delete(table).where(table.c.account == key))


def _complete(connection: Connection, account_id: str, source: Source) -> tuple[date | None, Sequence[date]]:
    """Read until when all is complete from the log's beginning, and the complete days after that, newest first."""
    key = find_account(connection, account_id)
    begins = connection.execute(
        select(sync_sources.c.begins).where(sync_sources.c.account == key, sync_sources.c.source == source.value)
    ).scalar()
    days = (
        select(sync_days.c.day)
        .where(sync_days.c.account == key, sync_days.c.source == source.value, sync_days.c.complete)
        .order_by(sync_days.c.day.desc())
    )
    if begins is not None:
        days = days.where(sync_days.c.day > begins)
    return begins, connection.execute(days).scalars().all()


def _stretches(floor: date | None, until: date, complete: Sequence[date]) -> Iterator[tuple[date | None, date]]:
    """Find what is left of `floor` to `until` without the complete days, which come newest first."""
    end = until
    for day in complete:
        if floor is not None and day < floor:
            break
        if day > end:
            continue
        if day < end:
            yield day + _DAY, end
        end = day - _DAY
    if floor is None or floor <= end:
        yield floor, end


def _sum_up(refreshed_at: datetime | None, begins: date | None, days: Sequence[date]) -> SyncProgress:
    """Find the gaps between complete days, which come newest first."""
    days = [*days, begins] if begins else days
    if not days:
        return SyncProgress(refreshed_at)
    gaps = tuple((older + _DAY, newer - _DAY) for newer, older in pairwise(days) if newer - older > _DAY)
    return SyncProgress(
        refreshed_at=refreshed_at,
        complete_from=gaps[0][1] + _DAY if gaps else days[-1],
        complete_to=days[0],
        whole=begins is not None and not gaps,
        gaps=gaps,
    )
