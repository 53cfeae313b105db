"""Reads the lists of customers and stores of the account that is shown, and keeps them true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from voipdesk.core.errors import VoipdeskError
from voipdesk.core.language import _
from voipdesk.gui.customers.model import customer_records, store_record
from voipdesk.gui.loop import keep_what_is_loaded
from voipdesk.gui.words import now

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from voipdesk.core.accounts import Account
    from voipdesk.core.customers import Customer
    from voipdesk.gui.customers.browse import BrowsePage
    from voipdesk.gui.messages import Messages
    from voipdesk.gui.tasks import Tasks
    from voipdesk.services.customers import CustomerList, Customers

_LIST, _STORES, _ROWS = "customers: list", "customers: stores", "customers: rows"
_MANY = 500
"""Customers, to look through whom takes milliseconds."""


class ListsPresenter:
    """Shows one account's lists; what is shown is never another account's."""

    def __init__(
        self,
        page: BrowsePage,
        customers: Customers,
        tasks: Tasks,
        messages: Messages,
        account: Callable[[], Account | None],
    ) -> None:
        self._page = page
        self._customers = customers
        self._tasks = tasks
        self._messages = messages
        self._account = account
        self._shown_for = ""
        self._listed: CustomerList | None = None
        self._listed_shown: CustomerList | None = None
        self._by_id: dict[str, Customer] = {}
        self._store_names: dict[str, str] = {}
        self._names_shown: dict[str, str] = {}
        self._stores_at: dict[str, datetime] = {}
        self._pick_next = ""
        self._loads = 0
        page.stores_shown.connect(lambda: self.load_stores(fresh=False))
        page.customers.search.textEdited.connect(lambda _text: self._forget_pick())
        page.customers.table.current_changed.connect(self._note_pick)

    def customer(self, customer_id: str) -> Customer | None:
        """Give a customer of the list, as far as the list knows it."""
        return self._by_id.get(customer_id)

    def load(self, *, fresh: bool, pick: str = "") -> None:
        """List the account's customers; `pick` is made the current one once it is there."""
        account = self._account()
        if account is None:
            return
        self._begin_account(account)
        self._pick_next = pick or self._pick_next
        self._tasks.start(_LIST, self._load, account, fresh)

    def load_stores(self, *, fresh: bool) -> None:
        """List the account's stores."""
        account = self._account()
        if account is not None:
            self._begin_account(account)
            self._tasks.start(_STORES, self._load_stores, account, fresh or account.id not in self._stores_at)

    def follow(self, account_id: str) -> None:
        """Show what the service knows by now of an account, if that is the one shown."""
        account = self._account()
        if account is not None and account.id == account_id:
            self._tasks.restart(_LIST, lambda: self._load(account, fresh=False))

    def _note_pick(self, customer_id: str) -> None:
        if customer_id:
            self._forget_pick()

    def _forget_pick(self) -> None:
        """Leave the list to the person, who has gone on meanwhile."""
        self._pick_next = ""

    def _begin_account(self, account: Account) -> None:
        if account.id == self._shown_for:
            return
        for name in (_LIST, _STORES, _ROWS):
            self._tasks.cancel(name)
        self._shown_for = account.id
        self._listed = self._listed_shown = None
        self._pick_next = ""
        self._by_id, self._store_names, self._names_shown = {}, {}, {}
        self._messages.dismiss(_LIST)
        self._messages.dismiss(_STORES)
        self._page.customers.show_nothing()
        self._page.stores.show_nothing()

    async def _load(self, account: Account, fresh: bool) -> None:
        self._loads += 1
        load = self._loads
        self._page.customers.set_busy(busy=True)
        try:
            listed = await self._customers.list(account, fresh=fresh)
        except VoipdeskError as error:
            self._messages.error(error, (_("Try again"), lambda: self.load(fresh=True)), _LIST)
            return
        finally:
            if load == self._loads:  # or the next one has begun already
                self._page.customers.set_busy(busy=False)
        self._messages.dismiss(_LIST)
        if listed is not self._listed:
            _spare(listed)
        self._listed = listed
        self._tasks.restart(_ROWS, self._show)
        if not self._store_names and any(customer.store for customer in listed.customers):
            self.load_stores(fresh=False)

    async def _show(self) -> None:
        listed, names = self._listed, self._store_names
        if listed is None:
            return
        if listed is not self._listed_shown or names is not self._names_shown:
            records = await customer_records(listed.customers, names)
            self._by_id = {customer.id: customer for customer in listed.customers}
            self._listed_shown, self._names_shown = listed, names
            _spare(listed)
            self._page.customers.show_records(records, listed.at)
        if (pick := self._pick_next) in self._by_id:
            self._pick_next = ""
            if self._page.customers.model.row_of(pick) < 0:
                self._page.customers.search.clear()
            self._page.customers.table.pick(pick)
            self._page.customers.table.setFocus(Qt.FocusReason.OtherFocusReason)

    async def _load_stores(self, account: Account, fresh: bool) -> None:
        self._page.stores.set_busy(busy=True)
        try:
            stores = await self._customers.stores(account, fresh=fresh)
        except VoipdeskError as error:
            self._messages.error(error, (_("Try again"), lambda: self.load_stores(fresh=True)), _STORES)
            return
        finally:
            self._page.stores.set_busy(busy=False)
        self._messages.dismiss(_STORES)
        if fresh:
            self._stores_at[account.id] = now()
        self._page.stores.show_records([store_record(store) for store in stores], self._stores_at[account.id])
        names = {store.id: store.name for store in stores}
        if names != self._store_names:
            self._store_names = names
            self._tasks.restart(_ROWS, self._show)


def _spare(listed: CustomerList) -> None:
    """Spare the next look for garbage a long list: nothing in it refers to itself."""
    if len(listed.customers) > _MANY:
        keep_what_is_loaded()
