"""Yay.com's customers and stores: list, read, open, replace. None of these acts for a customer."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from voipdesk.core.language import _
from voipdesk.providers.stamps import moment_reader
from voipdesk.providers.yay import wire_customers
from voipdesk.providers.yay.door import Behind
from voipdesk.providers.yay.wire import get, header_value, item_path
from voipdesk.providers.yay.wire_customer_edit import read_replaced, replace_request
from voipdesk.providers.yay.wire_customers import read_customer, read_customers, read_stores
from voipdesk.providers.yay.wire_new_customer import create_request, read_created

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voipdesk.core.customers import Customer, NewCustomer, Store
    from voipdesk.providers.stamps import ReadMoment


class YayCustomers(Behind):
    """HasCustomers and CanActFor."""

    async def fetch_customers(self) -> list[Customer]:
        """Fetch all customers."""
        return await self._door.ask_all(
            wire_customers.PATH, lambda answer: read_customers(answer, self._moment), lambda customer: customer.id
        )

    async def fetch_customer(self, customer_id: str) -> Customer:
        """Fetch one customer, whole; NotFound when it is not there."""
        request = get(item_path(wire_customers.PATH, customer_id))
        return await self._door.ask(request, lambda answer: read_customer(answer, self._moment))

    async def create_customer(self, new: NewCustomer) -> Customer:
        """Open a customer; sent once. Raises NameTaken, BadInput, OutcomeUnknown when the answer was lost."""
        request = create_request(new)
        return await self._door.ask(request, lambda answer: read_created(answer, new, self._moment))

    async def replace_customer(self, before: Customer, after: Customer) -> None:
        """Send the whole of `before.raw` with what `after` says differently; sent once, moves no credit.

        Raises BadInput for what cannot be sent without losing something, OutcomeUnknown when the answer was lost.
        """
        await self._door.ask(replace_request(before, after), read_replaced)

    async def fetch_stores(self) -> Sequence[Store]:
        """Fetch all stores."""
        return await self._door.ask_all(wire_customers.STORES_PATH, read_stores, lambda store: store.id)

    def check_acting_for(self, customer_name: str) -> None:
        """Raise BadInput for a name that a request cannot carry."""
        header_value(_("The customer's name"), customer_name)

    @cached_property
    def _moment(self) -> ReadMoment:
        return moment_reader(self._settings.zone)
