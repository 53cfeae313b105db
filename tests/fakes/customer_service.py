"""The service of customers without connections: a test says what it answers, when, and what goes wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from voipdesk.core.credit import Balances
from voipdesk.core.customers import Customer, CustomerAddress, CustomerUser, NewCustomer, Store
from voipdesk.gui.words import now
from voipdesk.services.customer_changes import changes
from voipdesk.services.customers import CustomerList, Edited
from voipdesk.services.events import Event

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Sequence

    from voipdesk.core.accounts import Account
    from voipdesk.services.object_changes import Change

STORES = (Store("s1", "Harbour Voice", "portal.harbour.example"), Store("s2", "Elm Telecom", "elm.example"))
WHOLE = Customer(
    "u1",
    "c-abbey",
    "Abbey Catering",
    "+441414960622",
    "s1",
    allow_outbound=True,
    addresses=(CustomerAddress(("1 Church Lane",), "Exeter", "Devon", "EX4 3SR", "GB", "a1"),),
    users=(CustomerUser("admin", "sophie@abbey.example", "Sophie", "Cooper", "3", "top-secret-1", "p1"),),
    created_at=datetime(2021, 7, 1, 9, 25, tzinfo=UTC),
    raw={"phone": "+441414960622"},
)


class FakeCustomers:
    """Keeps customers by account id; what is in `errors` by operation is raised once, `gates` hold answers back."""

    def __init__(self, *customers: Customer) -> None:
        self.changed: Event[str] = Event()
        self.of: dict[str, list[Customer]] = {"r1": list(customers)}
        self.shops: Sequence[Store] = STORES
        self.asked: list[str] = []
        self.sent: list[NewCustomer | Customer] = []
        self.errors: dict[str, Exception] = {}
        self.gates: dict[str, asyncio.Event] = {}
        self.edited: Edited | None = None
        self.names = 0
        self.lists: dict[str, CustomerList] = {}

    async def _answer(self, operation: str, about: str) -> None:
        self.asked.append(f"{operation} {about}".strip())
        if operation in self.gates:
            await self.gates[operation].wait()
        if operation in self.errors:
            raise self.errors.pop(operation)

    async def list(self, account: Account, *, fresh: bool = False) -> CustomerList:
        if fresh or account.id not in self.lists:
            await self._answer("list", account.id)
            self.lists[account.id] = CustomerList(account.id, tuple(self.of.get(account.id, ())), now())
        return self.lists[account.id]

    async def get(self, account: Account, customer_id: str) -> Customer:
        await self._answer("get", customer_id)
        return next(customer for customer in self.of[account.id] if customer.id == customer_id)

    async def create(self, account: Account, new: NewCustomer) -> Customer:
        self.sent.append(new)
        await self._answer("create", new.name)
        made = Customer(f"id of {new.name}", new.name, new.contact_name, new.phone, new.store)
        self.of[account.id].append(made)
        self._acted(account)
        return made

    def changes(self, before: Customer, after: Customer, stores: Sequence[Store] = ()) -> tuple[Change, ...]:
        return changes(before, after, stores)

    async def edit(self, account: Account, before: Customer, after: Customer) -> Edited:
        self.sent.append(after)
        await self._answer("edit", before.id)
        self.of[account.id] = [after if one.id == after.id else one for one in self.of[account.id]]
        self._acted(account)
        return self.edited or Edited(after)

    async def stores(self, account: Account, *, fresh: bool = False) -> tuple[Store, ...]:
        await self._answer("stores", account.id)
        return tuple(self.shops)

    def random_name(self) -> str:
        self.names += 1
        return f"c-random{self.names}"

    def _acted(self, account: Account) -> None:
        if account.id in self.lists:
            self.lists[account.id] = replace(self.lists[account.id], customers=tuple(self.of[account.id]))
        self.changed.emit(account.id)


class FakeCredit:
    """Gives the balances that a test sets; raises `error` instead."""

    def __init__(self) -> None:
        self.moved: Event[object] = Event()
        self.asked: list[str] = []
        self.error: Exception | None = None

    async def balances(self, account: Account, customer: Customer) -> Balances:
        self.asked.append(customer.name)
        if self.error:
            raise self.error
        return Balances(Decimal("250.000"), Decimal("12.500"), now())

    async def unresolved(self, account: Account, customer: Customer) -> None:
        return None

    async def journal(self, account: Account | None = None, limit: int = 100) -> list[object]:
        return []
