"""Calls that nobody took: those not seen yet, what else is known of their numbers, and which were seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from voipdesk.archive.late import Late

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from voipdesk.archive import missed_calls_query as query
    from voipdesk.archive.store import Store
    from voipdesk.core.call_log import LoggedCall
    from voipdesk.core.missed_calls import Dialled
else:
    query = Late("voipdesk.archive.missed_calls_query")


class Unseen(msgspec.Struct, frozen=True):
    """Calls that nobody took and nobody has seen, and what may settle them."""

    missed: list[LoggedCall]
    """Newest first."""
    others: list[LoggedCall]
    dialled: list[Dialled]


class MissedCallArchive:
    """Reads by the indexes of outcome and party alone: what it costs does not grow with the log."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def unseen(self, since: datetime, spellings: Callable[[str], Iterable[str]], limit: int) -> Unseen:
        """Give up to `limit` calls begun at `since` or later that nobody took, with what their numbers did since.

        `spellings` gives the ways in which a number may be written; it is called on the archive's thread.
        """
        return await self._store.read(lambda connection: query.unseen(connection, since, spellings, limit))

    async def see(self, ids: Iterable[int]) -> None:
        """Note that somebody has seen these."""
        seen = tuple(ids)
        await self._store.write(lambda connection: query.see(connection, seen))

    async def see_all(self, since: datetime) -> int:
        """Note that somebody has seen all there are, and give how many that were; older notes are dropped."""
        return await self._store.write(lambda connection: query.see_all(connection, since))
