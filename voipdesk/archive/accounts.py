"""The accounts the archive knows, so that the calls of one that was removed still bear its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.archive.late import Late

if TYPE_CHECKING:
    from voipdesk.archive import accounts_query as query
    from voipdesk.archive.store import Store
else:
    query = Late("voipdesk.archive.accounts_query")


class AccountIndex:
    """Names of accounts by id, kept after the account is gone from the settings."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def remember(self, account_id: str, name: str) -> None:
        """Keep the account's name of today."""
        await self._store.write(lambda connection: query.remember(connection, account_id, name))

    async def names(self) -> dict[str, str]:
        """Give the names of all accounts that have, or had, something in the archive."""
        return await self._store.read(query.names)

    async def forget(self, account_id: str) -> None:
        """Delete the account and what is kept of it, its calls included; the journal of credit transfers stays."""
        await self._store.write(lambda connection: query.forget(connection, account_id))
