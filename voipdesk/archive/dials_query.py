"""Lines of the journal of dials, within the caller's transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select, update

from voipdesk.archive import sqlite
from voipdesk.archive.accounts_query import account_key
from voipdesk.archive.tables import accounts, dials
from voipdesk.core.dial import DialOutcome, DialRecord

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection


def begin(connection: Connection, account_id: str, number: str, my_number: str, at: datetime) -> int:
    """Insert a line whose outcome is not known yet."""
    row = {"number": number, "my_number": my_number, "at": at, "outcome": DialOutcome.SENT.value, "text": ""}
    added = connection.execute(insert(dials).values(account=account_key(connection, account_id), **row))
    return sqlite.new_id(added)


def end(connection: Connection, dial_id: int, outcome: DialOutcome, text: str) -> None:
    """Set a line's outcome."""
    connection.execute(update(dials).where(dials.c.id == dial_id).values(outcome=outcome.value, text=text))


def recent(connection: Connection, limit: int, account_id: str | None) -> list[DialRecord]:
    """Read the newest line of each number."""
    newest = select(func.max(dials.c.id)).join(accounts).group_by(dials.c.number)
    if account_id is not None:
        newest = newest.where(accounts.c.id == account_id)
    rows = connection.execute(
        select(dials, accounts.c.id.label("account_id"))
        .join(accounts)
        .where(dials.c.id.in_(newest))
        .order_by(dials.c.id.desc())
        .limit(limit)
    )
    return [DialRecord(r.id, r.account_id, r.number, r.my_number, r.at, DialOutcome(r.outcome), r.text) for r in rows]
