"""The call log as window and command line ask for it: pages, totals, exports, and how much of it is known complete."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from voipdesk.services.call_coverage import Coverage
from voipdesk.services.whole_file import in_thread, write_file

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from voipdesk.archive.call_log import CallLogArchive
    from voipdesk.archive.sync_state import SyncState
    from voipdesk.core.call_log import CallFilter, CallKey, CallTotals, LoggedCall, Source
    from voipdesk.services.accounts import Accounts
    from voipdesk.services.events import Event


class CallsChanged(msgspec.Struct, frozen=True):
    """Calls of a log were added or changed in the archive."""

    account_id: str
    source: Source
    added: int
    changed: int


class CallLog:
    """Reads the archive; asks no service. All listings are newest first. Raises StorageFailed."""

    def __init__(
        self, archive: CallLogArchive, sync_state: SyncState, accounts: Accounts, changed: Event[CallsChanged]
    ) -> None:
        self.changed = changed
        self._archive = archive
        self._state = sync_state
        self._accounts = accounts

    async def page(
        self,
        call_filter: CallFilter,
        *,
        before: CallKey | None = None,
        after: CallKey | None = None,
        limit: int = 200,
    ) -> list[LoggedCall]:
        """Give the newest calls, or those next to a key: `before` it in the sense of older, or `after` it, newer."""
        return await self._archive.page(call_filter, before=before, after=after, limit=limit)

    async def totals(self, call_filter: CallFilter) -> CallTotals:
        """Sum up all calls the filter matches."""
        return await self._archive.totals(call_filter)

    async def anchors(self, call_filter: CallFilter, every: int = 500) -> list[CallKey]:
        """Give the key of every `every`th call, so that a view can jump anywhere."""
        return await self._archive.anchors(call_filter, every)

    async def count_newer(self, call_filter: CallFilter, key: CallKey) -> int:
        """Count the calls newer than a key."""
        return await self._archive.count_newer(call_filter, key)

    async def get(self, call_id: int) -> LoggedCall | None:
        """Give one call by its id in the archive."""
        return await self._archive.get(call_id)

    async def names(self, account_id: str | None = None) -> list[tuple[Source, str]]:
        """Give the users, queues and ring groups seen in the log."""
        return await self._archive.names(account_id)

    async def unreadable_count(self, account_id: str | None = None) -> int:
        """Count the rows that are kept as they came because they cannot be read as calls."""
        return await self._archive.unreadable_count(account_id)

    async def coverage(self, call_filter: CallFilter) -> tuple[Coverage, ...]:
        """Say for each log the filter draws on how much of it is known complete."""
        return tuple(
            [
                Coverage(account.name, source, await self._state.progress(account.id, source))
                for account in self._accounts.list()
                if call_filter.account_id in {None, account.id}
                for source in self._accounts.call_sources(account)
                if not call_filter.sources or source in call_filter.sources
            ]
        )

    async def export(
        self, call_filter: CallFilter, write: Callable[[str], object], *, progress: Callable[[int], None] | None = None
    ) -> int:
        """Write all calls the filter matches as CSV, some at a time, in a thread; give their number.

        `progress` is told how many are written. Cancelling ends it between two writes.
        """
        from voipdesk.services import call_export

        count = 0
        await in_thread(write, call_export.csv_heading())
        async for calls in self._archive.iterate(call_filter):
            await in_thread(write, await in_thread(call_export.csv_rows, calls))
            count += len(calls)
            if progress:
                progress(count)
        return count

    async def export_file(
        self,
        call_filter: CallFilter,
        path: Path,
        *,
        spreadsheet: bool = False,
        progress: Callable[[int], None] | None = None,
    ) -> int:
        """Write a CSV file as `export` does; it appears when it is whole, and a cancelled one leaves nothing behind.

        `spreadsheet` puts the mark before it by which Excel knows UTF-8; other programs would read it as text.
        """
        from voipdesk.services import call_export

        count = 0

        async def chunks() -> AsyncIterator[str]:
            nonlocal count
            yield ("\ufeff" if spreadsheet else "") + call_export.csv_heading()
            async for calls in self._archive.iterate(call_filter):
                yield await in_thread(call_export.csv_rows, calls)
                count += len(calls)
                if progress:
                    progress(count)

        await write_file(path, chunks())
        return count
