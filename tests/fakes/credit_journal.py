"""The journal of credit transfers in memory, with the delays and errors an archive can have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.core.credit import CreditOutcome, CreditTransfer
from voipdesk.core.errors import StorageFailed

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime


class FakeCreditJournal:
    """`rows` are all that were written; `on_begin` and `on_end` are awaited before a row is."""

    def __init__(self) -> None:
        self.rows: list[CreditTransfer] = []
        self.on_begin = self.on_end = self._nothing

    async def _nothing(self) -> None: ...

    async def begin(
        self, transfer: CreditTransfer, *, since: datetime, ended: Collection[str] = ()
    ) -> CreditTransfer | None:
        await self.on_begin()
        for one in await self.recent(transfer.account_id):
            if one.outcome is CreditOutcome.SENT and one.at >= since and one.id not in ended:
                return one
        self.rows.append(transfer)
        return None

    async def end(self, transfer: CreditTransfer) -> None:
        await self.on_end()
        if any((one.id, one.outcome) == (transfer.id, transfer.outcome) for one in self.rows):
            raise StorageFailed("It has this row already.")
        self.rows.append(transfer)

    async def recent(
        self, account_id: str | None = None, limit: int = 100, *, customer_id: str | None = None
    ) -> list[CreditTransfer]:
        newest: dict[str, CreditTransfer] = {}
        for one in self.rows:
            if account_id in {None, one.account_id} and customer_id in {None, one.customer_id}:
                newest[one.id] = one  # in the order they were begun
        return list(newest.values())[::-1][:limit]
