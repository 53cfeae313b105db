"""Reads the customer that is picked: whole and anew each time, and never shown under another one's name."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from voipdesk.core.credit import shown_amount
from voipdesk.core.errors import VoipdeskError
from voipdesk.core.language import _
from voipdesk.gui.words import now, when

if TYPE_CHECKING:
    from voipdesk.core.accounts import Account
    from voipdesk.core.customers import Customer
    from voipdesk.gui.customers.details import DetailsPanel
    from voipdesk.gui.tasks import Tasks
    from voipdesk.services.credit import Credit
    from voipdesk.services.customers import Customers

SETTLE_S = 0.15
"""Who walks through the list with the arrow keys asks for the customer they stop at."""
BALANCE_AFTER_S = 0.4
"""A balance costs two requests more: they are for those who stay."""
_DETAILS, _BALANCE = "customers: details", "customers: balance"


class DetailsPresenter:
    """Shows one customer at a time in the details panel."""

    def __init__(self, panel: DetailsPanel, customers: Customers, credit: Credit, tasks: Tasks) -> None:
        self._panel = panel
        self._customers = customers
        self._credit = credit
        self._tasks = tasks
        self._account: Account | None = None
        self._picked: Customer | None = None
        self._with_balance = False
        self.customer: Customer | None = None
        """The picked one as it was read whole; None until then."""
        panel.again_asked.connect(self.again)

    @property
    def picked(self) -> Customer | None:
        """The picked one as far as the list knows it."""
        return self._picked

    def pick(self, account: Account, listed: Customer, *, with_balance: bool) -> None:
        """Read a customer of the list."""
        self._leave()
        self._account, self._picked, self._with_balance = account, listed, with_balance
        self._panel.show_row(listed.name, listed.contact_name)
        self._tasks.start(_DETAILS, self._read, account, listed, SETTLE_S)

    def pick_none(self) -> None:
        """Show no customer."""
        self._leave()
        self._panel.show_none()

    def again(self) -> None:
        """Read the picked customer anew."""
        if self._account is not None and self._picked is not None:
            self.pick(self._account, self._picked, with_balance=self._with_balance)

    def _leave(self) -> None:
        self._tasks.cancel(_DETAILS)
        self._tasks.cancel(_BALANCE)
        self._account = self._picked = self.customer = None

    async def _read(self, account: Account, listed: Customer, after_s: float) -> None:
        await asyncio.sleep(after_s)
        try:
            customer = await self._customers.get(account, listed.id)
            store = await self._store_name(account, customer.store)
        except VoipdeskError as error:
            if self._picked is listed:
                self._panel.show_failure(error)
            return
        if self._picked is not listed:
            return
        self.customer = customer
        self._panel.show_customer(customer, store, now())
        if self._with_balance:
            self._tasks.start(_BALANCE, self._read_balance, account, customer)

    async def _store_name(self, account: Account, store_id: str) -> str:
        """Name a store, by its id where the stores cannot be read: that is said where they are listed."""
        if not store_id:
            return ""
        try:
            stores = await self._customers.stores(account)
        except VoipdeskError:
            return store_id
        return next((store.name for store in stores if store.id == store_id), store_id)

    async def _read_balance(self, account: Account, customer: Customer) -> None:
        self._panel.show_balance(_("reading …"))
        await asyncio.sleep(BALANCE_AFTER_S)
        try:
            balances = await self._credit.balances(account, customer)
        except VoipdeskError as error:
            text = _("not known: {reason}", reason=error)
        else:
            text = _("{amount} as of {time}", amount=shown_amount(balances.customer), time=when(balances.at))
        if self.customer is customer:
            self._panel.show_balance(text)
