"""The journal of credit transfers: each one, and what became of it, never changed and never deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.archive.late import Late

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from voipdesk.archive import credit_query as query
    from voipdesk.archive.store import Store
    from voipdesk.core.credit import CreditTransfer
else:
    query = Late("voipdesk.archive.credit_query")


class CreditJournal:
    """Written before a request goes out, so that even a transfer that was cut off by a power failure is known."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def begin(
        self, transfer: CreditTransfer, *, since: datetime, ended: Collection[str] = ()
    ) -> CreditTransfer | None:
        """Write a transfer down before it is sent, unless one of its account may still be under way.

        That one, begun at or after `since` and without an outcome, is given instead, and nothing is written. Those
        `ended` are known to be over though their outcome could not be written.
        """
        return await self._store.write(lambda connection: query.begin(connection, transfer, since, ended))

    async def end(self, transfer: CreditTransfer) -> None:
        """Write down what became of it."""
        await self._store.write(lambda connection: query.add(connection, transfer))

    async def recent(
        self, account_id: str | None = None, limit: int = 100, *, customer_id: str | None = None
    ) -> list[CreditTransfer]:
        """Give the transfers begun last, newest first, each with its outcome or as SENT while it has none."""
        return await self._store.read(lambda connection: query.recent(connection, account_id, customer_id, limit))
