"""The ledger of requests sent, one for all processes on this computer, and what it lets through."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from voipdesk.archive.late import Late
from voipdesk.core.budget import RESERVE, Budget, Limit, Priority, Quota, RequestBudget
from voipdesk.core.errors import OverBudget
from voipdesk.core.language import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable

    from voipdesk.archive import budget_query as query
    from voipdesk.archive.store import Store
else:
    query = Late("voipdesk.archive.budget_query")


def utc_now() -> datetime:
    """Give the time, aware, in UTC."""
    return datetime.now(UTC)


class BudgetLedger:
    """All requests sent, by account; a sliding window counts those of its last part."""

    def __init__(self, store: Store, clock: Callable[[], datetime] = utc_now) -> None:
        self._store = store
        self._clock = clock

    def for_account(
        self, account_id: str, limit: Limit, priority: Priority, changed: Callable[[str], None] = lambda _id: None
    ) -> RequestBudget:
        """Give the account's budget as its client's HTTP layer sees it; `changed` is told the account's id by it."""
        return _AccountBudget(self._store, self._clock, account_id, limit, priority, changed)

    async def look(self, account_id: str, limit: Limit) -> Budget:
        """Tell how the budget stands, without spending."""
        now = self._clock()
        return await self._store.read(lambda connection: query.look(connection, account_id, limit, now))


class _AccountBudget:
    def __init__(
        self,
        store: Store,
        clock: Callable[[], datetime],
        account_id: str,
        limit: Limit,
        priority: Priority,
        changed: Callable[[str], None],
    ) -> None:
        self._changed = changed
        self._store = store
        self._clock = clock
        self._account_id = account_id
        self._limit = limit
        self._reserve = RESERVE if priority is Priority.BACKGROUND else 0

    async def spend(self) -> int:
        """Count one request, in all processes at once, and give its number; raise OverBudget when none may be sent."""
        answer = await self._store.write(
            lambda connection: query.spend(connection, self._account_id, self._limit, self._reserve, self._clock())
        )
        if isinstance(answer, Budget):
            raise await self._over(answer)
        self._changed(self._account_id)
        return answer

    async def refund(self, request: int) -> None:
        """Uncount a request that never left this computer."""
        await self._store.write(lambda connection: query.refund(connection, request))
        self._changed(self._account_id)

    async def close(self, until: datetime | None) -> datetime:
        """Close after "too many requests": until then, or until the oldest request leaves. Return when it opens."""
        opens = await self._store.write(
            lambda connection: query.close(connection, self._account_id, self._limit, self._clock(), until)
        )
        self._changed(self._account_id)
        return opens

    async def hear(self, quota: Quota) -> None:
        """Take the service's word for how many requests are used."""
        await self._store.write(lambda connection: query.hear(connection, self._account_id, quota, self._clock()))
        self._changed(self._account_id)

    async def _over(self, budget: Budget) -> OverBudget:
        if budget.closed_until:
            return OverBudget(_("The service said there were too many requests."), retry_at=budget.closed_until)
        retry_at = budget.next_at if budget.told else await self._leaves(budget.used)
        if budget.used < budget.limit.requests:
            text = ngettext(
                "Only {left} of {n} request in {time} is left, and the last {reserve} are kept for dialling.",
                "Only {left} of {n} requests in {time} are left, and the last {reserve} are kept for dialling.",
                budget.limit.requests,
                left=budget.left,
                time=budget.limit.period,
                reserve=RESERVE,
            )
        else:
            text = ngettext(
                "The only request in {time} is used up.",
                "All {n} requests in {time} are used up.",
                budget.limit.requests,
                time=budget.limit.period,
            )
        return OverBudget(text, retry_at=retry_at)

    async def _leaves(self, used: int) -> datetime | None:
        """When enough requests have left for one more; None when time alone does not help."""
        allowed = self._limit.requests - self._reserve
        if allowed <= 0:
            return None
        place = max(0, used - allowed)
        return await self._store.read(
            lambda connection: query.leaves(connection, self._account_id, self._limit, place, self._clock())
        )
