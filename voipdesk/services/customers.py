"""Customers of a reseller: listed, found, opened and edited without losing what others changed meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from voipdesk.core.errors import Refused
from voipdesk.services.events import Event

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from voipdesk.core.accounts import Account
    from voipdesk.core.customers import Customer, NewCustomer, Store
    from voipdesk.services.connections import Connections


@dataclass(frozen=True, slots=True)
class CustomerList:
    """An account's customers, in the service's order, and when they were read."""

    account_id: str
    customers: tuple[Customer, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """A difference in words: what, and its text before and after; a password is only said to have changed."""

    label: str
    before: str
    after: str


class ChangedMeanwhile(Refused):
    """Somebody else changed the customer after it was read: nothing was sent. `now` is what it is like now."""

    def __init__(self, message: str, now: Customer, *, advice: str = "") -> None:
        super().__init__(message, advice=advice)
        self.now = now


@dataclass(frozen=True, slots=True)
class Edited:
    """A customer as it was read back after an edit, and what is not as it was asked for."""

    customer: Customer
    not_taken: tuple[Change, ...] = ()
    """Asked for, but read back differently."""
    also_changed: tuple[Change, ...] = ()
    """Not asked for, but different from before."""


class Customers:
    """The customers of accounts that have some. `changed` follows every change made here, with the account's id."""

    def __init__(self, connections: Connections) -> None:
        self.changed: Event[str] = Event()
        self._connections = connections

    def known(self, account: Account) -> CustomerList | None:
        """Give what was last read, without a request."""
        raise NotImplementedError

    async def list(self, account: Account, *, fresh: bool = False) -> CustomerList:
        """List all customers: one request, unless they were read before in this run; who asks meanwhile shares it."""
        raise NotImplementedError

    async def get(self, account: Account, customer_id: str) -> Customer:
        """Fetch one customer, whole."""
        raise NotImplementedError

    async def find(self, account: Account, name: str) -> Customer:
        """Fetch one customer, whole, by its name; NotFound tells of names like it."""
        raise NotImplementedError

    async def create(self, account: Account, new: NewCustomer) -> Customer:
        """Open a customer; NameTaken when somebody on the platform has the name already."""
        raise NotImplementedError

    def changes(self, before: Customer, after: Customer, stores: Sequence[Store] = ()) -> tuple[Change, ...]:
        """Say in words how two states of a customer differ; `stores` gives the names of stores."""
        raise NotImplementedError

    async def edit(self, account: Account, before: Customer, after: Customer) -> Edited:
        """Change a customer that was read whole as `before`, unless somebody else changed it in the meantime."""
        raise NotImplementedError

    async def stores(self, account: Account, *, fresh: bool = False) -> tuple[Store, ...]:
        """List the stores: one request, unless they were read before in this run."""
        raise NotImplementedError

    def random_name(self) -> str:
        """Make up a name that nobody on the platform has."""
        raise NotImplementedError
