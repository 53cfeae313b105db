"""Moving calling credit: written down before it is sent, sent once, and the truth said of it afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.core.errors import BadInput
from voipdesk.services.events import Event

if TYPE_CHECKING:
    from decimal import Decimal

    from voipdesk.archive.credit import CreditJournal
    from voipdesk.core.accounts import Account
    from voipdesk.core.credit import Balances, CreditTransfer
    from voipdesk.core.customers import Customer
    from voipdesk.services.connections import Connections


class AlreadyMoving(BadInput):
    """Credit of the same account is being moved, here or by another voipdesk on this computer: nothing was sent."""


class BalancesChanged(BadInput):
    """The customer has more than when the user looked, so somebody else may have moved it: nothing was sent."""

    def __init__(self, message: str, now: Balances, *, advice: str = "") -> None:
        super().__init__(message, advice=advice)
        self.now = now


class Credit:
    """Moves credit to customers. `moved` follows every transfer that was sent or meant to be, whatever its outcome."""

    def __init__(self, connections: Connections, journal: CreditJournal) -> None:
        self.moved: Event[CreditTransfer] = Event()
        self._connections = connections
        self._journal = journal

    async def balances(self, account: Account, customer: Customer) -> Balances:
        """Fetch what both sides have now: two requests."""
        raise NotImplementedError

    async def move(self, account: Account, customer: Customer, amount: Decimal, before: Balances) -> CreditTransfer:
        """Move an amount; `before` is what the user was shown. The record says what became of it."""
        raise NotImplementedError

    async def journal(self, account: Account | None = None, limit: int = 100) -> list[CreditTransfer]:
        """List transfers, newest first."""
        raise NotImplementedError

    async def unresolved(self, account: Account, customer: Customer) -> CreditTransfer | None:
        """Give the customer's newest transfer if it is not known what became of it."""
        raise NotImplementedError
