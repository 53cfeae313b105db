"""Yay.com's credit: the account's balance, a customer's, and moving from one to the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.core.errors import NotFound
from voipdesk.core.language import N_
from voipdesk.providers.asking import Doubt
from voipdesk.providers.yay.customers import YayCustomers
from voipdesk.providers.yay.wire import get
from voipdesk.providers.yay.wire_credit import BALANCE_PATH, move_request, read_balance, read_moved

if TYPE_CHECKING:
    from decimal import Decimal

    from voipdesk.core.customers import Customer

_MOVING = Doubt("", N_("The credit may have been moved: look at both balances before you try again."))


class YayCredit(YayCustomers):
    """CanMoveCredit."""

    @property
    def low_balance(self) -> Decimal | None:
        """Below this the user wants to be warned; None for never."""
        return self._settings.low_balance

    async def fetch_balance(self) -> Decimal:
        """Fetch the account's own balance."""
        return await self._door.ask(get(BALANCE_PATH), read_balance)

    async def fetch_customer_balance(self, customer: Customer) -> Decimal:
        """Fetch what the customer has now, asked on its behalf; where that is not to be had, from its own object."""
        try:
            return await self._door.ask(get(BALANCE_PATH, acting_for=customer.name), read_balance)
        except NotFound:
            if "balance" not in customer.raw:
                raise
            balance = (await self.fetch_customer(customer.id)).balance
            if balance is None:
                raise
            return balance

    async def move_credit(self, customer: Customer, amount: Decimal) -> None:
        """Move an amount to a customer: sent once, never again, not to be undone.

        Raises Refused when the service says no in its own envelope, OutcomeUnknown when the answer was lost or is not
        the service's own.
        """
        await self._door.ask(move_request(customer.id, amount), read_moved, doubt=_MOVING)
