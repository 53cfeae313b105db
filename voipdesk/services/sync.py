"""Bringing the services' call logs into the archive: all of it once, newest first, and then what can have changed.

Whatever ends a reading (a kill, a cancel, the request limit, a lost connection), what was read is kept, days are noted
as complete only after their calls are stored, and the next reading goes on where days are missing. To read a call again
changes nothing, so readings may overlap, in one process or in several.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from voipdesk.core.budget import Priority
from voipdesk.core.call_log import HasCallLog, Source
from voipdesk.core.errors import BadInput, NotAuthorised, NotFound, NotUnderstood, Refused
from voipdesk.core.language import _
from voipdesk.services.call_log import CallsChanged
from voipdesk.services.call_pages import CallPages
from voipdesk.services.call_reading import EPOCH, CallReading
from voipdesk.services.events import Event
from voipdesk.services.sync_days import DAY, LONGEST_CALL, first_covered, last_over, refresh_horizon

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import date

    from voipdesk.archive.call_log import CallLogArchive
    from voipdesk.archive.sync_state import SyncState
    from voipdesk.core.accounts import Account
    from voipdesk.core.errors import VoipdeskError
    from voipdesk.services.accounts import Accounts
    from voipdesk.services.call_reading import SyncProgressReport
    from voipdesk.services.connections import Connections

REFRESH_ROWS = 500
"""The first page of a refresh; further ones grow up to the service's limit."""
OLDEST_LOG = 1980
"""No service's log reaches back to this year: to ask for more is to ask for all."""


@dataclass(frozen=True, slots=True)
class SyncResult:
    """What a sync brought, all sources together."""

    account_id: str
    read: int = 0
    """Rows the service sent; where pages overlap, counted again."""
    added: int = 0
    changed: int = 0
    unreadable: int = 0


class Sync:
    """Reads call logs into the archive, spending as background: the end of the budget is left for dialling.

    Raises, once what was read is stored: OverBudget with the time to go on, Unreachable, Refused and what else the
    client raises; BadInput for an account without a call log. When one source fails, the others are still read.
    """

    def __init__(
        self,
        accounts: Accounts,
        connections: Connections,
        archive: CallLogArchive,
        sync_state: SyncState,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        *,
        changed_elsewhere: Callable[[], Awaitable[bool]] | None = None,
    ) -> None:
        """Take the services it stands on; `changed_elsewhere` tells whether another process wrote to the archive."""
        self.calls_changed: Event[CallsChanged] = Event()
        self._accounts = accounts
        self._connections = connections
        self._archive = archive
        self._state = sync_state
        self._clock = clock
        self._changed_elsewhere = changed_elsewhere
        self._last_pages: WeakKeyDictionary[HasCallLog, CallPages] = WeakKeyDictionary()

    async def backfill(
        self,
        account: Account,
        *,
        since: date | None = None,
        until: date | None = None,
        progress: Callable[[SyncProgressReport], None] | None = None,
        turn: Callable[[], Awaitable[None]] | None = None,
    ) -> SyncResult:
        """Read the days from `since` to `until`, both included, that are not known complete, newest first.

        Without `since`, to the log's beginning; without `until`, from now. `turn` is awaited before each request: a
        place to wait while others go first.
        """
        since = None if since is None or since.year < OLDEST_LOG else since

        async def read(reading: CallReading, client: HasCallLog) -> None:
            tomorrow = reading.at.astimezone(UTC).date() + DAY
            newest = tomorrow if until is None else min(until, tomorrow)
            for first, last in await self._state.missing(account.id, reading.source, since, newest):
                from_now = last == tomorrow
                pages = self._pages(client)
                await reading.run(pages, first, min(last, last_over(reading.at)), until=None if from_now else last)
                if from_now:
                    await self._state.set_refreshed(account.id, reading.source, reading.at)
            reading.report(done=True)

        return await self._each_source(account, read, progress, turn)

    async def refresh(self, account: Account) -> SyncResult:
        """Read what can have changed since the last refresh, and once a day also the day that is over by now."""
        # What another process has read is no news to the archive, but to this one's listeners.
        if self._changed_elsewhere and await self._changed_elsewhere():
            for source in self._accounts.call_sources(account):
                self.calls_changed.emit(CallsChanged(account.id, source, 0, 0))

        async def read(reading: CallReading, client: HasCallLog) -> None:
            source, at = reading.source, reading.at
            known = await self._state.progress(account.id, source)
            ringing = await self._archive.oldest_in_progress(account.id, source, _ms(at - LONGEST_CALL))
            horizon = refresh_horizon(known, None if ringing is None else EPOCH + timedelta(milliseconds=ringing), at)
            pages = self._pages(client, first_limit=REFRESH_ROWS)
            await reading.run(pages, first_covered(horizon), last_over(at), until=None, horizon=horizon)
            await self._state.set_refreshed(account.id, source, at)

        return await self._each_source(account, read)

    async def has_gaps(self, account: Account) -> bool:
        """Whether days that are over are not known complete, so that a back-fill has something to read."""
        last = last_over(self._clock())
        for source in self._accounts.call_sources(account):
            if await self._state.missing(account.id, source, None, last):
                return True
        return False

    async def _each_source(
        self,
        account: Account,
        read: Callable[[CallReading, HasCallLog], Awaitable[None]],
        progress: Callable[[SyncProgressReport], None] | None = None,
        turn: Callable[[], Awaitable[None]] | None = None,
    ) -> SyncResult:
        client = await self._client(account)
        readings = []
        failed: list[VoipdeskError] = []
        for source in await self._longest_waiting_first(account):
            reading = CallReading(
                account,
                source,
                client,
                self._clock(),
                archive=self._archive,
                sync_state=self._state,
                calls_changed=self.calls_changed,
                progress=progress,
                turn=turn,
            )
            readings.append(reading)
            try:
                await read(reading, client)
            except NotAuthorised:
                raise
            except (Refused, NotUnderstood) as error:
                failed.append(error)
        # "Tenant or required data not found": where another source answers, the tenant is right and this log is empty.
        if len(failed) < len(readings):
            failed = [error for error in failed if not isinstance(error, NotFound)]
        if failed:
            raise failed[0]
        return SyncResult(
            account.id,
            sum(reading.read for reading in readings),
            sum(reading.added for reading in readings),
            sum(reading.changed for reading in readings),
            sum(reading.unreadable for reading in readings),
        )

    async def _longest_waiting_first(self, account: Account) -> list[Source]:
        """Order the sources so that a budget too small for all of them is not always spent on the same."""
        waiting = [
            ((await self._state.progress(account.id, source)).refreshed_at or EPOCH, source)
            for source in self._accounts.call_sources(account)
        ]
        return [source for _, source in sorted(waiting, key=lambda pair: pair[0])]

    def _pages(self, client: HasCallLog, *, first_limit: int | None = None) -> CallPages:
        """Begin a reading, knowing from the last one how large a page the service brings."""
        last = self._last_pages.get(client)
        pages = CallPages(
            client.call_page_limit,
            first_limit=first_limit,
            aligned=client.call_pages_aligned,
            proven=last.proven if last else 0,
        )
        self._last_pages[client] = pages
        return pages

    async def _client(self, account: Account) -> HasCallLog:
        if self._accounts.offers(account, HasCallLog):
            client = await self._connections.client(account, Priority.BACKGROUND)
            if isinstance(client, HasCallLog):
                return client
        raise BadInput(_("The service of “{account}” keeps no call log.", account=account.name))


def _ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)
