"""Counting requests in their window, within the caller's transaction."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select, update

from voipdesk.archive import sqlite
from voipdesk.archive.accounts_query import account_key, find_account
from voipdesk.archive.tables import budget_closures, quotas, requests
from voipdesk.core.budget import QUOTA_STANDS, Budget, Limit

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from voipdesk.core.budget import Quota

_KEPT = timedelta(days=1)
"""Requests are kept this long at least, so that a longer window set tomorrow still counts them."""


def look(connection: Connection, account_id: str, limit: Limit, now: datetime) -> Budget:
    """Read how the budget stands."""
    key = find_account(connection, account_id)
    return Budget(limit, 0, now) if key is None else _stand(connection, key, limit, now)


def spend(connection: Connection, account_id: str, limit: Limit, reserve: int, now: datetime) -> int | Budget:
    """Count one request and give its number, or the budget where it has no more than the reserve left."""
    key = account_key(connection, account_id)
    _tidy(connection, key, limit, now)
    budget = _stand(connection, key, limit, now)
    if budget.closed_until or budget.limit.requests - budget.used <= reserve:
        return budget
    return sqlite.new_id(connection.execute(insert(requests).values(account=key, sent_at=now)))


def refund(connection: Connection, request: int) -> None:
    """Uncount a request."""
    connection.execute(delete(requests).where(requests.c.id == request))


def close(connection: Connection, account_id: str, limit: Limit, now: datetime, until: datetime | None) -> datetime:
    """Close the budget, and give when it opens."""
    key = account_key(connection, account_id)
    _tidy(connection, key, limit, now)
    # Nothing of ours in the window: other programs used it up, and it is empty a window later at the latest.
    opens = until or _stand(connection, key, limit, now).next_at or now + limit.window
    connection.execute(delete(budget_closures).where(budget_closures.c.account == key))
    connection.execute(insert(budget_closures).values(account=key, closed_at=now, until=opens))
    return opens


def hear(connection: Connection, account_id: str, quota: Quota, now: datetime) -> None:
    """Keep what the service says of its quota."""
    key = account_key(connection, account_id)
    connection.execute(delete(quotas).where(quotas.c.account == key))
    connection.execute(
        insert(quotas).values(
            account=key,
            requests=quota.limit.requests,
            window_s=int(quota.limit.window.total_seconds()),
            used=quota.used,
            told_at=now,
            until=min(quota.resets_at, now + QUOTA_STANDS),
        )
    )


def leaves(connection: Connection, account_id: str, limit: Limit, place: int, now: datetime) -> datetime | None:
    """Tell when the request at this place in the window, oldest first, leaves it."""
    sent_at = connection.execute(
        select(requests.c.sent_at)
        .where(requests.c.account == find_account(connection, account_id), requests.c.sent_at > now - limit.window)
        .order_by(requests.c.sent_at)
        .offset(place)
        .limit(1)
    ).scalar()
    return None if sent_at is None else sent_at + limit.window


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
    own = Budget(limit, used, now, next_at, closed_until)
    told = _told(connection, key, now, closed_until)
    return told if told is not None and told.limit.requests - told.used < limit.requests - used else own


def _told(connection: Connection, key: int, now: datetime, closed_until: datetime | None) -> Budget | None:
    """Give the budget by the service's word and what was sent since; None where there is none, or from the future."""
    mine = quotas.c.account == key, quotas.c.until > now, quotas.c.told_at <= now
    quota = connection.execute(select(quotas).where(*mine)).one_or_none()
    if quota is None:
        return None
    since = requests.c.account == key, requests.c.sent_at > quota.told_at
    sent = connection.execute(select(func.count()).where(*since)).scalar_one()
    return Budget(
        Limit(quota.requests, timedelta(seconds=quota.window_s)),
        min(quota.used + sent, quota.requests),
        now,
        closed_until or quota.until,
        closed_until,
        told=True,
    )
