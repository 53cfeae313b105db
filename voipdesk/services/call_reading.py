"""One reading of one source's calls, from the newest down: fetch a page, store it, note the days it completes, tell."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from voipdesk.archive.sync_state import DayMark
from voipdesk.services.call_log import CallsChanged
from voipdesk.services.sync_days import DAY, MARGIN, first_covered

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from voipdesk.archive.call_log import CallLogArchive
    from voipdesk.archive.sync_state import SyncState
    from voipdesk.core.accounts import Account
    from voipdesk.core.call_log import HasCallLog, Source
    from voipdesk.services.call_pages import Batch, CallPages
    from voipdesk.services.events import Event

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class SyncProgressReport:
    """How far the reading of one source has come."""

    account: Account
    source: Source
    read: int = 0
    """Rows the service sent; where pages overlap, counted again."""
    added: int = 0
    changed: int = 0
    unreadable: int = 0
    oldest: datetime | None = None
    """Everything that starts later has been read."""
    done: bool = False


class CallReading:
    """Reads one source as seen at `at`, the moment it begins, and keeps count."""

    def __init__(
        self,
        account: Account,
        source: Source,
        client: HasCallLog,
        at: datetime,
        *,
        archive: CallLogArchive,
        sync_state: SyncState,
        calls_changed: Event[CallsChanged],
        progress: Callable[[SyncProgressReport], None] | None = None,
        turn: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self.account = account
        self.source = source
        self.at = at
        self.read = self.added = self.changed = self.unreadable = 0
        self._client = client
        self._archive = archive
        self._state = sync_state
        self._calls_changed = calls_changed
        self._progress = progress
        self._turn = turn
        self._oldest: datetime | None = None

    async def run(
        self, pages: CallPages, first: date | None, last: date, *, until: date | None, horizon: datetime | None = None
    ) -> None:
        """Read the days from `first` (None: the log's beginning) to `last`, and note them as complete.

        `until` None reads from now, else days after it are not asked for, but for a margin. With `horizon` the reading
        ends once all later calls are read. Days are noted as they are covered, and only after their calls are stored.
        """
        since = None if first is None else min(first, first if horizon is None else horizon.date()) - MARGIN
        until = None if until is None else until + MARGIN
        ahead = asyncio.create_task(self._read_page(pages, since, until))
        try:
            while True:
                rows, batch = await ahead
                edge = None if batch.edge is None else EPOCH + timedelta(milliseconds=batch.edge)
                ends = batch.ended or (horizon is not None and edge is not None and edge <= horizon)
                if not ends:
                    # One page ahead: the network and the archive wait in turn, so together they take the longer's time.
                    ahead = asyncio.create_task(self._read_page(pages, since, until))
                    await asyncio.sleep(0)  # so that its request is noted before this page is stored, not in between
                self.read += rows
                if edge is not None:
                    self._oldest = min(self._oldest or edge, edge)
                covered = first if batch.ended else _covered(first, edge)
                mark = None
                if (edge is not None or batch.ended) and (covered is None or covered <= last):
                    mark = DayMark(covered, last, self.at, complete=True)
                    last = last if covered is None else covered - DAY
                await self._store(batch, mark)
                self.report()
                if ends:
                    return
        finally:
            ahead.cancel()
            await asyncio.gather(ahead, return_exceptions=True)

    async def _read_page(self, pages: CallPages, since: date | None, until: date | None) -> tuple[int, Batch]:
        """Fetch the next page; give how many rows it has and what it adds."""
        if self._turn:
            await self._turn()
        request = pages.next
        page = await self._client.fetch_calls(
            self.source, since=since, until=until, limit=request.limit, offset=request.offset
        )
        return page.row_count, await asyncio.to_thread(pages.take, page)

    def report(self, *, done: bool = False) -> None:
        """Tell how far the reading has come."""
        if self._progress:
            report = SyncProgressReport(
                self.account, self.source, self.read, self.added, self.changed, self.unreadable, self._oldest, done
            )
            self._progress(report)

    async def _store(self, batch: Batch, mark: DayMark | None) -> None:
        """Store a batch, and with it the days it completes."""
        written = await self._archive.write(
            self.account.id, batch.calls, batch.ordinals, batch.unreadable, source=self.source, mark=mark
        )
        self.added += written.added
        self.changed += written.changed
        self.unreadable += len(batch.unreadable)
        if written.added or written.changed:
            self._calls_changed.emit(CallsChanged(self.account.id, self.source, written.added, written.changed))


def _covered(first: date | None, edge: datetime | None) -> date | None:
    """Give the first of the days that are wanted and covered by a reading down to `edge`."""
    if edge is None:
        return first
    return max(first or date.min, first_covered(edge))
