"""How the services were: the last looks at each, kept to show how they changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.archive.late import Late

if TYPE_CHECKING:
    from voipdesk.archive import status_query as query
    from voipdesk.archive.store import Store
    from voipdesk.core.status import StatusSample
else:
    query = Late("voipdesk.archive.status_query")


class StatusHistory:
    """The last samples of each account."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def add(self, account_id: str, sample: StatusSample) -> None:
        """Keep a sample."""
        await self._store.write(lambda connection: query.add(connection, account_id, sample))

    async def recent(self, account_id: str, limit: int = 50) -> list[StatusSample]:
        """Give the last samples, newest first."""
        return await self._store.read(lambda connection: query.recent(connection, account_id, limit))
