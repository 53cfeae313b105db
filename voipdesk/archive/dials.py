"""The journal of dials: each number the user had the service call, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select, update

from voipdesk.archive import sqlite
from voipdesk.archive.accounts import account_key
from voipdesk.archive.tables import accounts, dials
from voipdesk.core.dial import DialOutcome, DialRecord

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from voipdesk.archive.store import Store


class DialJournal:
    """Written before a request goes out, so that even a dial that was cut off by a power failure is known."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def begin(self, account_id: str, number: str, my_number: str, at: datetime) -> int:
        """Write down, before it is sent, that a number is dialled; give the line's id."""

        def work(connection: Connection) -> int:
            row = {"number": number, "my_number": my_number, "at": at, "outcome": DialOutcome.SENT.value, "text": ""}
            added = connection.execute(insert(dials).values(account=account_key(connection, account_id), **row))
            return sqlite.new_id(added)

        return await self._store.write(work)

    async def end(self, dial_id: int, outcome: DialOutcome, text: str = "") -> None:
        """Write down what became of it, with the service's words."""
        change = update(dials).where(dials.c.id == dial_id).values(outcome=outcome.value, text=text)
        await self._store.write(lambda connection: connection.execute(change))

    async def recent(self, limit: int = 20, account_id: str | None = None) -> list[DialRecord]:
        """Give the newest dial of each number, newest first."""

        def work(connection: Connection) -> list[DialRecord]:
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
            return [
                DialRecord(r.id, r.account_id, r.number, r.my_number, r.at, DialOutcome(r.outcome), r.text)
                for r in rows
            ]

        return await self._store.read(work)
