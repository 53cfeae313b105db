"""Keys and names of accounts, within the caller's transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update

from voipdesk.archive import call_totals, search_index
from voipdesk.archive.tables import accounts, metadata

if TYPE_CHECKING:
    from sqlalchemy import Connection


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


def remember(connection: Connection, account_id: str, name: str) -> None:
    """Set the name."""
    key = account_key(connection, account_id)
    connection.execute(update(accounts).where(accounts.c.key == key).values(name=name))


def names(connection: Connection) -> dict[str, str]:
    """Read all names by id."""
    return {row.id: row.name for row in connection.execute(select(accounts).order_by(accounts.c.key))}


def forget(connection: Connection, account_id: str) -> None:
    """Delete the account from all tables but the journal of credit, which knows it by its id and is never cut."""
    key = find_account(connection, account_id)
    if key is None:
        return
    search_index.forget_calls(connection, key)
    call_totals.recount(connection)
    for table in reversed(metadata.sorted_tables):
        if "account" in table.c:
            connection.execute(delete(table).where(table.c.account == key))
    connection.execute(delete(accounts).where(accounts.c.key == key))
