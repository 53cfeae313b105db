"""A service with customers, SIP accounts and credit, by hand; it may lose answers before or after it has acted."""

from __future__ import annotations

import asyncio
import copy
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from voipdesk.core.accounts import Account, Vendor
from voipdesk.core.budget import Limit
from voipdesk.core.credit import HasBalance
from voipdesk.core.customers import (
    CanActFor,
    Customer,
    CustomerAddress,
    CustomerUser,
    HasCustomers,
    NameTaken,
    NewCustomer,
    Store,
)
from voipdesk.core.errors import BadInput, NotFound, Refused
from voipdesk.core.sip import HasSipAccounts, SipAccount

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from voipdesk.core.budget import RequestBudget
    from voipdesk.core.call_log import Source

ACCOUNT = Account("r1", "Reseller", "reseller")


@dataclass
class Cut:
    """An answer that is lost: `error` is raised, and the service acts before that, after it, or not at all."""

    error: BaseException
    acts: bool = False
    later: int = 0
    """It acts, but only at the so manyth request from then: it was still at it when the connection broke."""


@dataclass
class Reseller:
    """The service's side. `cuts` are used up in their order, by operation; `on_request` may change anything."""

    own: Decimal = Decimal("100.000")
    objects: dict[str, dict[str, object]] = field(default_factory=dict)
    balances: dict[str, Decimal] = field(default_factory=dict)
    sip: dict[str, list[SipAccount]] = field(default_factory=dict)
    statuses: dict[str, str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    cuts: dict[str, list[Cut | BaseException]] = field(default_factory=dict)
    moved: list[tuple[str, Decimal]] = field(default_factory=list)
    on_request: Callable[[str], None] | None = None
    on_replace: Callable[[dict[str, object]], None] | None = None
    """May change what is stored of a whole object that was sent."""
    answers: asyncio.Event = field(default_factory=asyncio.Event)
    holds: dict[str, asyncio.Event] = field(default_factory=dict)
    """The next request of an operation waits for its event, and is then answered as things were when it came."""
    low_balance: Decimal | None = None
    shows_passwords: bool = True
    _later: list[tuple[int, Callable[[], None]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.answers.set()

    def add(self, name: str, **fields: object) -> str:
        number = f"u{len(self.objects) + 1}"
        self.objects[number] = {
            "uuid": number,
            "name": name,
            "contact_name": "Ann",
            "phone": "",
            "store_front": "",
            "allow_outbound": False,
            "addresses": [],
            "users": [],
            "ip_addresses": [{"ip_range": "192.0.2.1/32", "created_on": "2024-01-01"}],
            "updated_on": "2024-01-01",
            **fields,
        }
        self.balances[number] = Decimal("5.000")
        return number

    def finish(self, up_to: int = 1000) -> None:
        """Do what is still to be done of requests whose answers were lost."""
        due = [act for left, act in self._later if left <= up_to]
        self._later = [(left, act) for left, act in self._later if left > up_to]
        for act in due:
            act()

    async def answer(self, operation: str, act: Callable[[], None] = lambda: None) -> None:
        """Take a request, and act on it once: at once, later or never, as the next of its cuts says."""
        self.asked.append(operation)
        self._later = [(left - 1, act) for left, act in self._later]
        self.finish(up_to=0)
        if self.on_request:
            self.on_request(operation)
        await asyncio.sleep(0)  # whoever else is waiting is asked for in between
        await self.answers.wait()
        kind = operation.partition(" ")[0]
        if kind in self.holds:
            await self.holds.pop(kind).wait()
        cut = self.cuts[kind].pop(0) if self.cuts.get(kind) else None
        if isinstance(cut, BaseException):
            raise cut
        if cut is None or cut.acts:
            act()
        elif cut.later:
            self._later.append((cut.later, act))
        if cut is not None:
            raise cut.error


class ResellerClient:
    """A client of the service, for one account."""

    def __init__(self, service: Reseller) -> None:
        self.service = service

    async def aclose(self) -> None: ...

    # HasCustomers

    async def fetch_customers(self) -> list[Customer]:
        held = list(self.service.objects.values()) if "customers" in self.service.holds else None
        await self.service.answer("customers")
        found = self.service.objects.values() if held is None else held
        return [read({**raw, "users": [], "addresses": []}) for raw in found]

    async def fetch_customer(self, customer_id: str) -> Customer:
        await self.service.answer(f"customer {customer_id}")
        if customer_id not in self.service.objects:
            raise NotFound("No such customer.")
        raw = copy.deepcopy(self.service.objects[customer_id])
        if not self.service.shows_passwords:
            for user in raw["users"]:
                user["password"] = "*****"
        return read(raw)

    async def create_customer(self, new: NewCustomer) -> Customer:
        made: list[str] = []

        def act() -> None:
            if new.name in self.service.taken or any(raw["name"] == new.name for raw in self.service.objects.values()):
                raise NameTaken(f"The name {new.name} is taken.")
            made.append(self.service.add(new.name, contact_name=new.contact_name, phone=new.phone))

        await self.service.answer("create", act)
        return read(self.service.objects[made[0]])

    async def replace_customer(self, before: Customer, after: Customer) -> None:
        if any(not user.password for user in after.users):
            raise BadInput("A password would be lost.")
        sent = {**copy.deepcopy(dict(before.raw)), **written(after)}

        def act() -> None:
            if self.service.on_replace:
                self.service.on_replace(sent)
            self.service.objects[before.id] = {**sent, "updated_on": "2026-11-22"}

        await self.service.answer(f"replace {before.id}", act)

    async def fetch_stores(self) -> list[Store]:
        await self.service.answer("stores")
        return [Store("s1", "North shop"), Store("s2", "South shop")]

    # CanActFor, HasSipAccounts

    def check_acting_for(self, customer_name: str) -> None:
        if "\n" in customer_name:
            raise BadInput("That cannot be a customer's name.")

    async def fetch_sip_accounts(self, *, acting_for: str = "") -> list[SipAccount]:
        await self.service.answer(f"sip-list for {acting_for}")
        return list(self.service.sip.get(acting_for, []))

    async def fetch_sip_account(self, sip_id: str, *, acting_for: str = "") -> SipAccount:
        await self.service.answer(f"sip {sip_id} for {acting_for}")
        for one in self.service.sip.get(acting_for, []):
            if one.id == sip_id:
                return one
        raise NotFound("No such SIP account.")

    async def fetch_sip_statuses(self, *, acting_for: str = "") -> Mapping[str, str]:
        await self.service.answer(f"sip-status for {acting_for}")
        return self.service.statuses

    # CanMoveCredit

    @property
    def low_balance(self) -> Decimal | None:
        return self.service.low_balance

    async def fetch_balance(self) -> Decimal:
        await self.service.answer("balance")
        return self.service.own

    async def fetch_customer_balance(self, customer: Customer) -> Decimal:
        await self.service.answer(f"customer-balance {customer.id}")
        return self.service.balances[customer.id]

    async def move_credit(self, customer: Customer, amount: Decimal) -> None:
        def act() -> None:
            if amount > self.service.own:
                raise Refused("Your balance is too low.")
            self.service.own -= amount
            self.service.balances[customer.id] += amount
            self.service.moved.append((customer.id, amount))

        await self.service.answer(f"move {amount} to {customer.id}", act)


class ResellerProvider:
    """A vendor of one service, whatever the account."""

    vendor = Vendor("reseller", "Reseller Telecom", ())

    def __init__(self, service: Reseller) -> None:
        self.client: object = ResellerClient(service)

    def limit(self, account: Account) -> Limit:
        return Limit(1000, timedelta(minutes=15))

    def check(self, account: Account) -> None: ...

    def capabilities(self, account: Account) -> frozenset[type]:
        known = (HasCustomers, CanActFor, HasSipAccounts, HasBalance)
        return frozenset(one for one in known if isinstance(self.client, one))

    def call_sources(self, account: Account) -> tuple[Source, ...]:
        return ()

    def connect(self, account: Account, secrets: Mapping[str, str], budget: RequestBudget) -> object:
        return self.client


def read(raw: dict[str, object]) -> Customer:
    """Read a customer as a wire module would."""
    return Customer(
        id=raw["uuid"],
        name=raw["name"],
        contact_name=raw["contact_name"],
        phone=raw["phone"],
        store=raw["store_front"],
        allow_outbound=None if raw["allow_outbound"] is None else raw["allow_outbound"] in (True, "1", "yes", "on"),
        addresses=tuple(
            CustomerAddress((one["street_one"],), one["city"], "", one["zip"], "GB", one.get("uuid", ""))
            for one in raw["addresses"]
        ),
        users=tuple(
            CustomerUser(one["name"], one["email"], role=str(one["role_id"]), password=one["password"], id=one["uuid"])
            for one in raw["users"]
        ),
        balance=raw.get("balance"),
        raw=raw,
    )


def written(customer: Customer) -> dict[str, object]:
    """Write what is known of a customer under the service's names."""
    return {
        "contact_name": customer.contact_name,
        "phone": customer.phone,
        "store_front": customer.store,
        "allow_outbound": customer.allow_outbound,
        "addresses": [
            {
                **next((dict(raw) for raw in customer.raw["addresses"] if raw.get("uuid") == one.id), {}),
                "uuid": one.id or f"a{number}",
                "street_one": one.street[0],
                "city": one.city,
                "zip": one.postcode,
            }
            for number, one in enumerate(customer.addresses)
        ],
        "users": [
            {
                **next((dict(raw) for raw in customer.raw["users"] if raw.get("uuid") == one.id), {}),
                "uuid": one.id or f"n{number}",
                "name": one.name,
                "email": one.email,
                "role_id": one.role or "3",
                "password": one.password,
            }
            for number, one in enumerate(customer.users)
        ],
    }
