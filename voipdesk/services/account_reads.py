"""What was last read of each account in this run, and reading it once for all who ask at the same time."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from voipdesk.services.connections import same_service

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from voipdesk.core.accounts import Account

T = TypeVar("T")


@dataclass(slots=True)
class _Reading(Generic[T]):
    account: Account
    task: asyncio.Task[T]
    waiting: int = 0


class AccountReads(Generic[T]):
    """Keeps one value for each account, as long as the account's settings stay."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Account, T]] = {}
        self._readings: dict[str, _Reading[T]] = {}

    def known(self, account: Account) -> T | None:
        """Give what was last read or put."""
        kept = self._known.get(account.id)
        return kept[1] if kept is not None and same_service(kept[0], account) else None

    def put(self, account: Account, value: T) -> None:
        """Keep a value that is newer than any reading under way."""
        self.forget(account.id)
        self._known[account.id] = (account, value)

    def change(self, account_id: str, change: Callable[[T], T]) -> None:
        """Bring what is known up to date, and do not keep what a reading under way will find."""
        self._readings.pop(account_id, None)
        if (kept := self._known.get(account_id)) is not None:
            self._known[account_id] = (kept[0], change(kept[1]))

    def forget(self, account_id: str) -> None:
        """Have it read anew; what a reading under way will find is not kept."""
        self._known.pop(account_id, None)
        self._readings.pop(account_id, None)

    async def get(self, account: Account, read: Callable[[], Coroutine[None, None, T]], *, fresh: bool = False) -> T:
        """Give what is known or, when nothing is or `fresh` is asked for, what `read` reads.

        Who asks while it is being read waits for the same reading, which is cancelled when nobody waits any more.
        """
        known = self.known(account)
        if known is not None and not fresh:
            return known
        reading = self._readings.get(account.id)
        if reading is None or not same_service(reading.account, account):
            reading = _Reading(account, asyncio.ensure_future(read()))
            self._readings[account.id] = reading
        return await self._wait(reading)

    async def _wait(self, reading: _Reading[T]) -> T:
        reading.waiting += 1
        account_id = reading.account.id
        try:
            value = await asyncio.shield(reading.task)
        finally:
            reading.waiting -= 1
            current = self._readings.get(account_id) is reading
            if reading.waiting == 0:
                reading.task.cancel()  # of one that has ended, nothing
            if current and (reading.task.done() or reading.waiting == 0):
                del self._readings[account_id]
        if current:
            self._known[account_id] = (reading.account, value)
        return value
