"""The log of calls: written by page, read by page, counted and walked without ever holding it whole."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from voipdesk.archive import newest
from voipdesk.archive.late import Late
from voipdesk.core.call_log import CallFilter

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from sqlalchemy import Connection

    from voipdesk.archive import call_log_query as query
    from voipdesk.archive import call_log_write as writing
    from voipdesk.archive.store import Store
    from voipdesk.archive.sync_state import DayMark
    from voipdesk.core.call_log import Call, CallKey, CallTotals, LoggedCall, Source, UnreadableRow
else:
    query = Late("voipdesk.archive.call_log_query")
    writing = Late("voipdesk.archive.call_log_write")


PART_ROWS = 2500
"""Calls that are kept in a stretch: some 40 ms."""


class Written(msgspec.Struct, frozen=True):
    """What a write changed in the archive."""

    added: int
    changed: int


class CallLogArchive:
    """All calls of all accounts; a call read back has no `identity`, of which only a digest is kept."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._writer: writing.CallWriter | None = None

    async def write(
        self,
        account_id: str,
        calls: Sequence[Call],
        ordinals: Sequence[int],
        unreadable: Sequence[UnreadableRow] = (),
        *,
        source: Source,
        mark: DayMark | None = None,
    ) -> Written:
        """Keep a page of one log, and record what is complete with the last of its calls.

        A call is known by its account, source, `identity` and its ordinal among calls of equal identity. What is
        there already is updated where it differs; nothing is deleted. A large page is kept in parts, between which
        others have their turn: a search need not wait until the whole page is stored.
        """

        def keep(start: int, connection: Connection) -> tuple[int, int]:
            if self._writer is None:
                self._writer = writing.CallWriter()
            end = start + PART_ROWS
            page = writing.Page(account_id, source, calls[start:end], ordinals[start:end])
            if not start:
                page = page._replace(unreadable=unreadable)
            if end >= len(calls):
                page = page._replace(mark=mark)
            return self._writer.keep(connection, page)

        starts = range(0, max(len(calls), 1), PART_ROWS)
        counts = await self._store.write_parts([partial(keep, start) for start in starts])
        return Written(sum(added for added, _ in counts), sum(changed for _, changed in counts))

    async def page(
        self,
        asked: CallFilter,
        *,
        before: CallKey | None = None,
        after: CallKey | None = None,
        limit: int = 200,
    ) -> list[LoggedCall]:
        """Give up to `limit` calls, newest first: the newest, or the next older than `before` or newer than `after`.

        While the archive is not connected yet, the newest calls of the whole log are there already.
        """
        early = before is None and after is None and self._is_early(asked)
        if early and (rows := await asyncio.to_thread(newest.page, self._store.file, limit)):
            return rows
        return await self._store.read(lambda connection: query.page(connection, asked, before, after, limit))

    async def totals(self, asked: CallFilter) -> CallTotals:
        """Sum up all that the filter matches; those of the whole log are there before the archive is connected."""
        if self._is_early(asked) and (whole := await asyncio.to_thread(newest.totals, self._store.file)):
            return whole
        return await self._store.read(lambda connection: query.totals(connection, asked))

    async def anchors(self, asked: CallFilter, every: int = 500) -> list[CallKey]:
        """Give the keys of the calls 0, `every`, 2 × `every` …, newest first: where pages can begin anywhere."""
        return await self._store.read(lambda connection: query.anchors(connection, asked, every))

    async def count_newer(self, asked: CallFilter, key: CallKey) -> int:
        """Count the calls of the filter that are newer than `key`."""
        return await self._store.read(lambda connection: query.count_newer(connection, asked, key))

    async def get(self, call_id: int) -> LoggedCall | None:
        """Give a call by its id."""
        return await self._store.read(lambda connection: query.get(connection, call_id))

    async def iterate(self, asked: CallFilter, chunk: int = 1000) -> AsyncIterator[list[LoggedCall]]:
        """Give all calls of the filter, newest first, in chunks; calls that arrive meanwhile may be left out."""
        before: CallKey | None = None
        while rows := await self.page(asked, before=before, limit=chunk):
            yield rows
            before = rows[-1].key

    async def names(self, account_id: str | None = None) -> list[tuple[Source, str]]:
        """Give the users, queues and ring groups in whose logs calls stand, sorted."""
        return await self._store.read(lambda connection: query.names(connection, account_id))

    async def unreadable_count(self, account_id: str | None = None) -> int:
        """Count the rows that could not be read."""
        return await self._store.read(lambda connection: query.unreadable_count(connection, account_id))

    async def unreadable(self, limit: int = 100) -> list[tuple[str, Source, UnreadableRow]]:
        """Give the rows that could not be read, the latest found first, with their account's id."""
        return await self._store.read(lambda connection: query.unreadable(connection, limit))

    async def oldest_in_progress(self, account_id: str, source: Source, since_ms: int) -> int | None:
        """Tell when the oldest call that has not ended, begun at `since_ms` or later, began; None without one."""
        return await self._store.read(
            lambda connection: query.oldest_in_progress(connection, account_id, source, since_ms)
        )

    def _is_early(self, asked: CallFilter) -> bool:
        return not self._store.connected and asked == CallFilter()
