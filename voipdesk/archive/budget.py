"""The ledger of requests sent, one for all processes on this computer, and what it lets through."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select, update

from voipdesk.archive import sqlite
from voipdesk.archive.accounts import account_key, find_account
from voipdesk.archive.tables import budget_closures, requests
from voipdesk.core.budget import RESERVE, Budget, Limit, Priority, RequestBudget
from voipdesk.core.errors import OverBudget

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from voipdesk.archive.store import Store

_KEPT = timedelta(days=1)
"""Requests are kept this long at least, so that a longer window set tomorrow still counts them."""


def utc_now() -> datetime:
    """Give the time, aware, in UTC."""
    return datetime.now(UTC)


class BudgetLedger:
    """All requests sent, by account; a sliding window counts those of its last part."""

    def __init__(self, store: Store, clock: Callable[[], datetime] = utc_now) -> None:
        self._store = store
        self._clock = clock

    def for_account(self, account_id: str, limit: Limit, priority: Priority) -> RequestBudget:
        """Give the account's budget as its client's HTTP layer sees it."""
        return _AccountBudget(self._store, self._clock, account_id, limit, priority)

    async def look(self, account_id: str, limit: Limit) -> Budget:
        """Tell how the budget stands, without spending."""
        now = self._clock()

        def work(connection: Connection) -> Budget:
            key = find_account(connection, account_id)
            return Budget(limit, 0, now) if key is None else _stand(connection, key, limit, now)

        return await self._store.read(work)


class _AccountBudget:
    def __init__(
        self, store: Store, clock: Callable[[], datetime], account_id: str, limit: Limit, priority: Priority
    ) -> None:
        self._store = store
        self._clock = clock
        self._account_id = account_id
        self._limit = limit
        self._allowed = limit.requests - (RESERVE if priority is Priority.BACKGROUND else 0)

    async def spend(self) -> int:
        """Count one request, in all processes at once, and give its number; raise OverBudget when none may be sent."""

        def work(connection: Connection) -> int | Budget:
            now = self._clock()
            key = account_key(connection, self._account_id)
            _tidy(connection, key, self._limit, now)
            budget = _stand(connection, key, self._limit, now)
            if budget.closed_until or budget.used >= self._allowed:
                return budget
            added = connection.execute(insert(requests).values(account=key, sent_at=now))
            return sqlite.new_id(added)

        answer = await self._store.write(work)
        if isinstance(answer, Budget):
            raise await self._over(answer)
        return answer

    async def refund(self, request: int) -> None:
        """Uncount a request that never left this computer."""
        await self._store.write(lambda connection: connection.execute(delete(requests).where(requests.c.id == request)))

    async def close(self, until: datetime | None) -> datetime:
        """Close after "too many requests": until then, or until the oldest request leaves. Return when it opens."""

        def work(connection: Connection) -> datetime:
            now = self._clock()
            key = account_key(connection, self._account_id)
            _tidy(connection, key, self._limit, now)
            # Nothing of ours in the window: other programs used it up, and it is empty a window later at the latest.
            opens = until or _stand(connection, key, self._limit, now).next_at or now + self._limit.window
            connection.execute(delete(budget_closures).where(budget_closures.c.account == key))
            connection.execute(insert(budget_closures).values(account=key, closed_at=now, until=opens))
            return opens

        return await self._store.write(work)

    async def _over(self, budget: Budget) -> OverBudget:
        if budget.closed_until:
            return OverBudget("The service said there were too many requests.", retry_at=budget.closed_until)
        retry_at = await self._store.read(lambda connection: self._leaves(connection, budget.used))
        limit = f"{self._limit.requests} requests in {_minutes(self._limit.window)}"
        if budget.used < self._limit.requests:
            return OverBudget(
                f"Only {budget.left} of {limit} are left, and the last {RESERVE} are kept for dialling.",
                retry_at=retry_at,
            )
        return OverBudget(f"All {limit} are used up.", retry_at=retry_at)

    def _leaves(self, connection: Connection, used: int) -> datetime | None:
        """When enough requests have left for one more; None when time alone does not help."""
        if self._allowed <= 0:
            return None
        key = find_account(connection, self._account_id)
        sent_at = connection.execute(
            select(requests.c.sent_at)
            .where(requests.c.account == key, requests.c.sent_at > self._clock() - self._limit.window)
            .order_by(requests.c.sent_at)
            .offset(max(0, used - self._allowed))
            .limit(1)
        ).scalar()
        return None if sent_at is None else sent_at + self._limit.window


def _tidy(connection: Connection, key: int, limit: Limit, now: datetime) -> None:
    """Drop what no window counts any more, and bring times from the future, left by a clock set back, to now."""
    connection.execute(
        delete(requests).where(requests.c.account == key, requests.c.sent_at <= now - max(limit.window, _KEPT))
    )
    connection.execute(update(requests).where(requests.c.account == key, requests.c.sent_at > now).values(sent_at=now))
    closure = connection.execute(select(budget_closures).where(budget_closures.c.account == key)).one_or_none()
    if closure is None:
        return
    mine = budget_closures.c.account == key
    if closure.until <= now:
        connection.execute(delete(budget_closures).where(mine))
    elif closure.closed_at > now:
        moved = now + (closure.until - closure.closed_at)
        connection.execute(update(budget_closures).where(mine).values(closed_at=now, until=moved))


def _stand(connection: Connection, key: int, limit: Limit, now: datetime) -> Budget:
    in_window = requests.c.account == key, requests.c.sent_at > now - limit.window
    used, oldest = connection.execute(select(func.count(), func.min(requests.c.sent_at)).where(*in_window)).one()
    closed_until = connection.execute(
        select(budget_closures.c.until).where(budget_closures.c.account == key, budget_closures.c.until > now)
    ).scalar()
    next_at = closed_until or (None if oldest is None else min(oldest, now) + limit.window)
    return Budget(limit, used, now, next_at, closed_until)


def _minutes(window: timedelta) -> str:
    minutes, seconds = divmod(int(window.total_seconds()), 60)
    return f"{minutes} minutes" if not seconds else f"{minutes * 60 + seconds} seconds"
