"""How the services were: the last looks at each, kept to show how they changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from voipdesk.archive.accounts import account_key, find_account
from voipdesk.archive.tables import status_samples
from voipdesk.core.status import StatusSample

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from voipdesk.archive.store import Store

_KEPT = 1000
"""Samples per account: the oldest make way."""


class StatusHistory:
    """The last samples of each account."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def add(self, account_id: str, sample: StatusSample) -> None:
        """Keep a sample."""

        def work(connection: Connection) -> None:
            key = account_key(connection, account_id)
            values = {name: getattr(sample, name) for name in ("at", "answered", "accepted", "latency_ms", "summary")}
            connection.execute(insert(status_samples).values(account=key, **values))
            of_account = status_samples.c.account == key
            kept = select(status_samples.c.id).where(of_account).order_by(status_samples.c.id.desc()).limit(_KEPT)
            connection.execute(delete(status_samples).where(of_account, status_samples.c.id.not_in(kept)))

        await self._store.write(work)

    async def recent(self, account_id: str, limit: int = 50) -> list[StatusSample]:
        """Give the last samples, newest first."""

        def work(connection: Connection) -> list[StatusSample]:
            c = status_samples.c
            rows = connection.execute(
                select(c.at, c.answered, c.accepted, c.latency_ms, c.summary)
                .where(c.account == find_account(connection, account_id))
                .order_by(c.id.desc())
                .limit(limit)
            )
            return [StatusSample(*row) for row in rows]

        return await self._store.read(work)
