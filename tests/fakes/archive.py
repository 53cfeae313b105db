"""What the services keep in the archive, in memory, with the errors an archive can have."""

from dataclasses import replace
from datetime import UTC, datetime

from tests.fakes.request_budget import FakeBudget
from voipdesk.core.accounts import Account
from voipdesk.core.budget import Budget, Limit, Priority
from voipdesk.core.dial import DialOutcome, DialRecord
from voipdesk.core.status import StatusSample

NOW = datetime(2030, 1, 1, 12, tzinfo=UTC)


class FakeAccountIndex:
    def __init__(self) -> None:
        self.known: dict[str, str] = {}
        self.written: list[str] = []
        self.error: Exception | None = None

    async def remember(self, account_id: str, name: str) -> None:
        if self.error:
            raise self.error
        self.known[account_id] = name
        self.written.append(name)

    async def names(self) -> dict[str, str]:
        return dict(self.known)

    async def forget(self, account_id: str) -> None:
        if self.error:
            raise self.error
        self.known.pop(account_id, None)


class FakeDialJournal:
    """`on_begin` and `on_end` are awaited before the line is written."""

    def __init__(self) -> None:
        self.lines: list[DialRecord] = []
        self.on_begin = self.on_end = self._nothing

    async def _nothing(self) -> None: ...

    async def begin(self, account_id: str, number: str, my_number: str, at: datetime) -> int:
        await self.on_begin()
        self.lines.append(DialRecord(len(self.lines), account_id, number, my_number, at, DialOutcome.SENT))
        return len(self.lines) - 1

    async def end(self, dial_id: int, outcome: DialOutcome, text: str = "") -> None:
        await self.on_end()
        self.lines[dial_id] = replace(self.lines[dial_id], outcome=outcome, text=text)

    async def recent(self, limit: int = 20, account_id: str | None = None) -> list[DialRecord]:
        return self.lines[::-1][:limit]


class FakeLedger:
    """Gives every account and priority a budget of its own, by `budgets`."""

    def __init__(self) -> None:
        self.budgets: dict[tuple[str, Priority], FakeBudget] = {}

    def for_account(self, account_id: str, limit: Limit, priority: Priority, _changed: object = None) -> FakeBudget:
        return self.budgets.setdefault((account_id, priority), FakeBudget(limit.requests))

    async def look(self, account_id: str, limit: Limit) -> Budget:
        used = sum(budget.used for (known, _), budget in self.budgets.items() if known == account_id)
        return Budget(limit, used, NOW)


class FakeStatusHistory:
    def __init__(self) -> None:
        self.samples: dict[str, list[StatusSample]] = {}

    async def add(self, account_id: str, sample: StatusSample) -> None:
        self.samples.setdefault(account_id, []).insert(0, sample)

    async def recent(self, account_id: str, limit: int = 50) -> list[StatusSample]:
        return self.samples.get(account_id, [])[:limit]


class FakeSyncState:
    async def progress(self, account_id: str, source: str) -> str:
        return f"{source} of {account_id}"


ACCOUNT = Account("a1", "Sales", "fake", "7042", {"base_url": "https://pbx.example.com"})
