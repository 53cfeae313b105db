"""A sync over a real archive file and a service by hand, with a clock that a test moves."""

from __future__ import annotations

from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tests.fakes.call_service import CallService, FakeCallClient, summary
from tests.fakes.connections import FakeAccounts, FakeConnections
from voipdesk.archive.accounts import AccountIndex
from voipdesk.archive.call_log import CallLogArchive
from voipdesk.archive.store import Store
from voipdesk.archive.sync_state import SyncState
from voipdesk.core.accounts import Account
from voipdesk.core.call_log import CallFilter, Source
from voipdesk.services.sync import Sync

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

START = datetime(2026, 3, 4, 9, tzinfo=UTC)
OFFICE = Account("a1", "office", "voipcloud")


@dataclass
class SyncDesk:
    store: Store
    service: CallService
    page_limit: int = 20
    sources: tuple[Source, ...] = (Source.USER,)
    now: datetime = START
    accounts: FakeAccounts = field(default_factory=lambda: FakeAccounts(OFFICE))

    def __post_init__(self) -> None:
        self.archive = CallLogArchive(self.store)
        self.state = SyncState(self.store)
        self.client = FakeCallClient(self.service, page_limit=self.page_limit)
        self.accounts.sources = self.sources
        self.connections = FakeConnections(self.client, lambda: self.now)
        self.sync = Sync(self.accounts, self.connections, self.archive, self.state, lambda: self.now)

    async def archived(self) -> Counter:
        return Counter([summary(row.call) async for rows in self.archive.iterate(CallFilter()) for row in rows])

    def requests(self, source: Source = Source.USER) -> int:
        return sum(request[0] is source for request in self.service.requests)


@asynccontextmanager
async def sync_desk(file: Path, service: CallService, **more: object) -> AsyncIterator[SyncDesk]:
    store = await Store.open(file)
    try:
        await AccountIndex(store).remember(OFFICE.id, OFFICE.name)
        yield SyncDesk(store, service, **more)
    finally:
        await store.close()


def office_log(days: int, a_day: int = 6, *, until: datetime = START, source: Source = Source.USER) -> CallService:
    """A log of some days with some calls each, every third pair of them equal."""
    service = CallService()
    for n in range(days * a_day):
        at = until - timedelta(days=n // a_day, minutes=1 + 30 * (n % a_day - (n % 3 == 1)))
        service.add(at, f"+44{n // 3}", source=source)
    return service
