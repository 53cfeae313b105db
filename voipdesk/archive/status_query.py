"""Samples of how the services were, within the caller's transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from voipdesk.archive.accounts_query import account_key, find_account
from voipdesk.archive.tables import status_samples
from voipdesk.core.status import StatusSample

if TYPE_CHECKING:
    from sqlalchemy import Connection

_KEPT = 1000
"""Samples per account: the oldest make way."""


def add(connection: Connection, account_id: str, sample: StatusSample) -> None:
    """Insert a sample, and delete the oldest where there are too many."""
    key = account_key(connection, account_id)
    values = {name: getattr(sample, name) for name in ("at", "answered", "accepted", "latency_ms", "summary")}
    connection.execute(insert(status_samples).values(account=key, **values))
    of_account = status_samples.c.account == key
    kept = select(status_samples.c.id).where(of_account).order_by(status_samples.c.id.desc()).limit(_KEPT)
    connection.execute(delete(status_samples).where(of_account, status_samples.c.id.not_in(kept)))


def recent(connection: Connection, account_id: str, limit: int) -> list[StatusSample]:
    """Read the last samples."""
    c = status_samples.c
    rows = connection.execute(
        select(c.at, c.answered, c.accepted, c.latency_ms, c.summary)
        .where(c.account == find_account(connection, account_id))
        .order_by(c.id.desc())
        .limit(limit)
    )
    return [StatusSample(*row) for row in rows]
