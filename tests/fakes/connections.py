"""Accounts and connections without settings, keyring or HTTP: a fixed account and the client it is given."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from voipdesk.core.budget import Budget, Limit, Priority
from voipdesk.core.call_log import HasCallLog, Source
from voipdesk.services.events import Event

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from voipdesk.core.accounts import Account

LIMIT = Limit(100, timedelta(minutes=15))


class FakeAccounts:
    """A list of accounts that a test changes; all of them have a call log unless they are in `without_log`."""

    def __init__(self, *accounts: Account) -> None:
        self.accounts = list(accounts)
        self.without_log: set[str] = set()
        self.sources: tuple[Source, ...] = tuple(Source)
        self.error: Exception | None = None
        self.changed: Event[None] = Event()

    def list(self) -> tuple[Account, ...]:
        if self.error:
            raise self.error
        return tuple(self.accounts)

    def offers(self, account: Account, capability: type) -> bool:
        return capability is HasCallLog and account.id not in self.without_log

    def call_sources(self, account: Account) -> tuple[Source, ...]:
        return () if account.id in self.without_log else self.sources


class FakeConnections:
    """Gives the same client for every account, and the budget that a test sets."""

    def __init__(self, client: object, now: Callable[[], datetime]) -> None:
        self.given = client
        self.now = now
        self.used = 0
        self.closed_until: datetime | None = None
        self.error: Exception | None = None
        self.priorities: list[Priority] = []

    async def client(self, account: Account, priority: Priority) -> object:
        self.priorities.append(priority)
        if self.error:
            raise self.error
        return self.given

    async def budget(self, account: Account) -> Budget:
        now = self.now()
        next_at = self.closed_until or (now + timedelta(minutes=5) if self.used else None)
        return Budget(LIMIT, self.used, now, next_at, self.closed_until)
