"""The journal of dials: each number the user had the service call, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.archive.late import Late

if TYPE_CHECKING:
    from datetime import datetime

    from voipdesk.archive import dials_query as query
    from voipdesk.archive.store import Store
    from voipdesk.core.dial import DialOutcome, DialRecord
else:
    query = Late("voipdesk.archive.dials_query")


class DialJournal:
    """Written before a request goes out, so that even a dial that was cut off by a power failure is known."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def begin(self, account_id: str, number: str, my_number: str, at: datetime) -> int:
        """Write down, before it is sent, that a number is dialled; give the line's id."""
        return await self._store.write(lambda connection: query.begin(connection, account_id, number, my_number, at))

    async def end(self, dial_id: int, outcome: DialOutcome, text: str = "") -> None:
        """Write down what became of it, with the service's words."""
        await self._store.write(lambda connection: query.end(connection, dial_id, outcome, text))

    async def recent(self, limit: int = 20, account_id: str | None = None) -> list[DialRecord]:
        """Give the newest dial of each number, newest first."""
        return await self._store.read(lambda connection: query.recent(connection, limit, account_id))
