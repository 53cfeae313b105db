"""The accounts the archive knows, so that the calls of one that was removed still bear its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update

from voipdesk.archive import search_index
from voipdesk.archive.tables import accounts, metadata

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from voipdesk.archive.store import Store


def account_key(connection: Connection, account_id: str) -> int:
    """Give the account's key in the tables, within a transaction that writes."""
    key = find_account(connection, account_id)
    if key is None:
        connection.execute(insert(accounts).values(id=account_id, name=""))
        key = find_account(connection, account_id)
    assert key is not None
    return key


def find_account(connection: Connection, account_id: str) -> int | None:
    """Give the account's key in the tables, None when nothing of it is there."""
    return connection.execute(select(accounts.c.key).where(accounts.c.id == account_id)).scalar()


class AccountIndex:
    """Names of accounts by id, kept after the account is gone from the settings."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def remember(self, account_id: str, name: str) -> None:
        """Keep the account's name of today."""

        def work(connection: Connection) -> None:
            key = account_key(connection, account_id)
            connection.execute(update(accounts).where(accounts.c.key == key).values(name=name))

        await self._store.write(work)

    async def names(self) -> dict[str, str]:
        """Give the names of all accounts that have, or had, something in the archive."""
        return await self._store.read(
            lambda connection: {
                row.id: row.name for row in connection.execute(select(accounts).order_by(accounts.c.key))
            }
        )

    async def forget(self, account_id: str) -> None:
        """Delete the account and all that is kept of it, its calls included."""

        def work(connection: Connection) -> None:
            key = find_account(connection, account_id)
            if key is None:
                return
            search_index.forget_calls(connection, key)
            for table in reversed(metadata.sorted_tables):
                if "account" in table.c:
                    connection.execute(delete(table).where(table.c.account == key))
            connection.execute(delete(accounts).where(accounts.c.key == key))

        await self._store.write(work)
