"""Which days of which log are known to be complete, and when they were read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from voipdesk.archive.late import Late

if TYPE_CHECKING:
    from datetime import date, datetime

    from voipdesk.archive import sync_state_query as query
    from voipdesk.archive.store import Store
    from voipdesk.core.call_log import Source
else:
    query = Late("voipdesk.archive.sync_state_query")


class DayMark(msgspec.Struct, frozen=True):
    """The days from `since` to `until`, both included, were read at `read_at`.

    `since` None: back to the log's beginning, so that all days before are complete too. `complete`: nothing of these
    days can be missing; False for a day that is not over.
    """

    since: date | None
    until: date
    read_at: datetime
    complete: bool


class DayState(msgspec.Struct, frozen=True):
    """What is known of one day of a log."""

    day: date
    read_at: datetime
    complete: bool


class SyncProgress(msgspec.Struct, frozen=True):
    """How much of one log is known to be complete."""

    refreshed_at: datetime | None = None
    complete_from: date | None = None
    """The oldest day such that it and every day up to `complete_to` is complete."""
    complete_to: date | None = None
    """The newest complete day."""
    whole: bool = False
    """From the log's beginning to `complete_to` nothing is missing."""
    gaps: tuple[tuple[date, date], ...] = ()
    """First and last day of what is not complete between complete days, newest first."""


class SyncState:
    """What is known to be complete, per account and source."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def mark(self, account_id: str, source: Source, mark: DayMark) -> None:
        """Record days as read; to record them with their calls, give the mark to CallLogArchive.write."""
        await self._store.write(lambda connection: query.record_days(connection, account_id, source, mark))

    async def set_refreshed(self, account_id: str, source: Source, at: datetime) -> None:
        """Record that the log was up to date at this time."""
        await self._store.write(lambda connection: query.set_refreshed(connection, account_id, source, at))

    async def progress(self, account_id: str, source: Source) -> SyncProgress:
        """Sum up what is complete."""
        return await self._store.read(lambda connection: query.progress(connection, account_id, source))

    async def missing(
        self, account_id: str, source: Source, since: date | None, until: date
    ) -> tuple[tuple[date | None, date], ...]:
        """Give first and last of each stretch of days not known complete from `since` to `until`, newest first.

        A first of None is the log's beginning: in the last stretch, when `since` is None and the beginning is unknown.
        """
        return await self._store.read(lambda connection: query.missing(connection, account_id, source, since, until))

    async def days(self, account_id: str, source: Source, since: date, until: date) -> list[DayState]:
        """Give what is known of the days from `since` to `until`, newest first; days never read are absent."""
        return await self._store.read(lambda connection: query.days(connection, account_id, source, since, until))

    async def forget(self, account_id: str) -> None:
        """Forget what is complete, so that the next sync reads all again; the calls stay."""
        await self._store.write(lambda connection: query.forget(connection, account_id))
