"""The services of a reseller's SIP accounts and customers, without connections: a test says what they answer."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from voipdesk.core.accounts import Account, Field, FieldKind, Vendor
from voipdesk.core.customers import CanActFor, Customer, HasCustomers
from voipdesk.core.sip import HasSipAccounts, SipAccount
from voipdesk.gui.words import now
from voipdesk.services.customers import CustomerList
from voipdesk.services.events import Event
from voipdesk.services.sip import SipList

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voipdesk.core.errors import VoipdeskError

VENDOR = Vendor("fake", "Fake Telecom", (Field("registrar", "SIP registrar", FieldKind.HOST, help="Ask."),))


class FakeSip:
    """Answers from `of` by the customer's name; while `answers` is cleared, whoever asks waits."""

    def __init__(self) -> None:
        self.of: dict[str, tuple[SipAccount, ...]] = {}
        self.states: dict[str, str] = {}
        self.asked: list[str] = []
        self.errors: dict[str, VoipdeskError] = {}
        """By "list", "statuses" or "get", and by "list NAME"."""
        self.acts = True
        self.answers = asyncio.Event()
        self.answers.set()
        self.stubborn = False
        """Answer even when the wait is cancelled, as a request does that was answered already."""

    async def list(self, account: Account, *, acting_for: str = "") -> SipList:
        await self._answer("list", acting_for)
        return SipList(account.id, acting_for, self.of.get(acting_for, ()), now())

    async def get(self, account: Account, sip_id: str, *, acting_for: str = "") -> SipAccount:
        await self._answer("get", acting_for)
        return next(sip for sip in self.of[f"{acting_for} whole"] if sip.id == sip_id)

    async def statuses(self, account: Account, *, acting_for: str = "") -> Mapping[str, str]:
        await self._answer("statuses", acting_for)
        return self.states

    def can_act_for(self, account: Account) -> bool:
        return self.acts

    async def _answer(self, what: str, acting_for: str) -> None:
        self.asked.append(f"{what} {acting_for}".strip())
        try:
            await self.answers.wait()
        except asyncio.CancelledError:
            if not self.stubborn:
                raise
        for key in (what, f"{what} {acting_for}"):
            if key in self.errors:
                raise self.errors[key]


class FakeCustomers:
    """Has customers of these names."""

    def __init__(self, *names: str) -> None:
        self.changed: Event[str] = Event()
        self.names = names
        self.asked = 0
        self.read: CustomerList | None = None

    def known(self, account: Account) -> CustomerList | None:
        return self.read

    async def list(self, account: Account, *, fresh: bool = False) -> CustomerList:
        self.asked += 1
        self.read = CustomerList(account.id, tuple(Customer(name, name) for name in self.names), now())
        return self.read


class ResellerAccounts:
    """Accounts that a test changes; they offer what a reseller's do, but for those in `plain`."""

    def __init__(self, *accounts: Account) -> None:
        self.accounts = list(accounts)
        self.plain: set[str] = set()
        self.changed: Event[None] = Event()

    def list(self) -> tuple[Account, ...]:
        return tuple(self.accounts)

    def vendors(self) -> tuple[Vendor, ...]:
        return (VENDOR,)

    def offers(self, account: Account, capability: type) -> bool:
        return capability in {HasSipAccounts, HasCustomers, CanActFor} and account.id not in self.plain
