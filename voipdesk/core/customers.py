"""Customers of a reseller: what is known of one, what it takes to open one, and the stores they belong to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from voipdesk.core.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from decimal import Decimal


@dataclass(frozen=True, slots=True)
class CustomerAddress:
    """A postal address; `id` is "" for one the service does not have yet."""

    street: tuple[str, ...] = ()
    """One to three lines."""
    city: str = ""
    state: str = ""
    postcode: str = ""
    country: str = ""
    """Two letters (ISO 3166)."""
    id: str = ""


@dataclass(frozen=True, slots=True)
class CustomerUser:
    """Somebody who signs in to the customer's store; `id` is "" for one the service does not have yet."""

    name: str = ""
    email: str = ""
    first_name: str = ""
    last_name: str = ""
    role: str = ""
    """The service's own key for what the user may do; "" for a store's user when a customer is opened."""
    password: str = field(default="", repr=False)
    id: str = ""


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer as the service has it; in a list, addresses and users may be missing."""

    id: str
    name: str
    """Unique on the whole platform, never changed: the name one acts for the customer by."""
    contact_name: str = ""
    phone: str = ""
    store: str = ""
    """The id of its store, "" for none."""
    allow_outbound: bool | None = None
    """Whether it may call out; None where the service does not say."""
    addresses: tuple[CustomerAddress, ...] = ()
    users: tuple[CustomerUser, ...] = ()
    balance: Decimal | None = None
    """Calling credit; None where the service does not say it here."""
    created_at: datetime | None = None
    raw: Mapping[str, object] = field(default_factory=dict, repr=False)
    """The service's whole object under its own field names, passwords included: to be sent back whole, never shown."""


@dataclass(frozen=True, slots=True)
class NewCustomer:
    """What a customer is opened with; without store, address and user it is the smallest the service takes."""

    name: str
    contact_name: str
    phone: str = ""
    store: str = ""
    address: CustomerAddress | None = None
    user: CustomerUser | None = None
    more: Mapping[str, object] = field(default_factory=dict, repr=False)
    """Further fields under the service's own names, as a file gives them; those above go before them."""


@dataclass(frozen=True, slots=True)
class Store:
    """A store front that customers sign in to."""

    id: str
    name: str
    domain: str = ""
    raw: Mapping[str, object] = field(default_factory=dict, repr=False)


class NameTaken(Refused):
    """Somebody on the platform has this customer name already."""


@runtime_checkable
class HasCustomers(Protocol):
    """Offered by a client whose account has customers of its own. None of these acts for a customer."""

    async def fetch_customers(self) -> list[Customer]:
        """Fetch all customers."""
        ...

    async def fetch_customer(self, customer_id: str) -> Customer:
        """Fetch one customer, whole; NotFound when it is not there."""
        ...

    async def create_customer(self, new: NewCustomer) -> Customer:
        """Open a customer; sent once.

        Raises NameTaken, BadInput for what cannot be sent, OutcomeUnknown when the answer was lost.
        """
        ...

    async def replace_customer(self, before: Customer, after: Customer) -> None:
        """Send the whole of `before.raw` with what `after` says differently; sent once, moves no credit.

        Raises BadInput for what cannot be sent without losing something, OutcomeUnknown when the answer was lost.
        """
        ...

    async def fetch_stores(self) -> Sequence[Store]:
        """Fetch all stores."""
        ...


@runtime_checkable
class CanActFor(Protocol):
    """Offered by a client that can do what it does on behalf of one of the account's customers.

    Methods that take `acting_for` do: the name of the customer, "" for the account itself.
    """

    def check_acting_for(self, customer_name: str) -> None:
        """Raise BadInput for a name that cannot be a customer's."""
        ...
