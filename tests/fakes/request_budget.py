"""A request budget in memory that tells what was asked of it."""

from datetime import UTC, datetime, timedelta

from voipdesk.core.budget import Quota
from voipdesk.core.errors import OverBudget

OPENS = datetime(2030, 1, 1, 12, 15, tzinfo=UTC)


class FakeBudget:
    """Counts; empty once `limit` requests were counted."""

    def __init__(self, limit: int = 1000) -> None:
        self.limit = limit
        self.spent: list[int] = []
        self.refunded: list[int] = []
        self.closed: list[datetime | None] = []
        self.heard: list[Quota] = []

    @property
    def used(self) -> int:
        return len(self.spent) - len(self.refunded)

    async def spend(self) -> int:
        if self.used >= self.limit:
            raise OverBudget("No request is left.", retry_at=OPENS)
        self.spent.append(len(self.spent) + 1)
        return self.spent[-1]

    async def refund(self, request: int) -> None:
        self.refunded.append(request)

    async def hear(self, quota: Quota) -> None:
        self.heard.append(quota)

    async def close(self, until: datetime | None) -> datetime:
        self.closed.append(until)
        return until or OPENS + timedelta(0)
