"""The services of SIP accounts and a reseller's customers, without connections: a test says what they answer."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from voipdesk.core.accounts import Account, Field, FieldKind, Vendor
from voipdesk.core.budget import Budget, Limit, Priority
from voipdesk.core.customers import CanActFor, Customer, HasCustomers
from voipdesk.core.errors import NotFound
from voipdesk.core.sip import (
    CanManageSipAccounts,
    HasSipAccounts,
    HasSipRegistration,
    SipAccount,
    SipAccountFields,
    SipRegistration,
)
from voipdesk.core.sip_check import CheckReport, CheckStep, Outcome, StepKind, Verdict
from voipdesk.gui.words import now
from voipdesk.services.customers import CustomerList
from voipdesk.services.events import Event
from voipdesk.services.sip import SipEdited, SipList
from voipdesk.services.sip_edit import changes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from voipdesk.core.errors import VoipdeskError
    from voipdesk.core.sip_settings import SipSettings

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
        self.changed: Event[str] = Event()
        self.registrations: dict[str, SipRegistration] = {}
        """By id; one that is not there is not found."""
        self.not_taken: tuple[str, ...] = ()
        """Fields that an update leaves as they were."""
        self.answers = asyncio.Event()
        self.answers.set()
        self.stubborn = False
        """Answer even when the wait is cancelled, as a request does that was answered already."""

    async def list(self, account: Account, *, acting_for: str = "") -> SipList:
        await self._answer("list", acting_for)
        return SipList(account.id, acting_for, self.of.get(acting_for, ()), now())

    async def get(self, account: Account, sip_id: str, *, acting_for: str = "") -> SipAccount:
        await self._answer("get", acting_for)
        whole = self.of.get(f"{acting_for} whole") or self.of[acting_for]
        return next(sip for sip in whole if sip.id == sip_id)

    async def statuses(self, account: Account, *, acting_for: str = "") -> Mapping[str, str]:
        await self._answer("statuses", acting_for)
        return self.states

    async def registration(
        self, account: Account, sip_id: str, *, priority: Priority = Priority.USER
    ) -> SipRegistration:
        await self._answer("registration", f"{sip_id} {priority}")
        if sip_id not in self.registrations:
            raise NotFound(f"“{account.name}” has no SIP account “{sip_id}”.")
        return self.registrations[sip_id]

    def changes(self, before: SipAccount, after: SipAccountFields) -> object:
        return changes(before, after)

    async def create(self, account: Account, username: str, fields: SipAccountFields) -> SipAccount:
        await self._answer("create", username)
        given = {name: getattr(fields, name) for name in fields.__slots__}
        made = SipAccount(f"new-{username}", username, f"made-up-{username}", **given)
        self.of[""] = (*self.of.get("", ()), replace(made, password="" if self.of.get(" whole") else made.password))
        self.changed.emit(account.id)
        return made

    async def update(self, account: Account, before: SipAccount, fields: SipAccountFields) -> SipEdited:
        await self._answer("update", before.id)
        given = {name: getattr(fields, name) for name in fields.__slots__ if name not in self.not_taken}
        after = replace(before, **given)
        self.of[""] = tuple(after if one.id == before.id else one for one in self.of[""])
        self.changed.emit(account.id)
        return SipEdited(after, changes(after, fields))

    async def delete(self, account: Account, sip: SipAccount) -> None:
        await self._answer("delete", sip.id)
        self.of[""] = tuple(one for one in self.of[""] if one.id != sip.id)
        self.changed.emit(account.id)

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
        self.managed: set[str] = set()
        """Whose SIP accounts can be managed, and are told of one by one, in place of acting for customers."""
        self.edited: list[Account] = []
        self.changed: Event[None] = Event()

    def list(self) -> tuple[Account, ...]:
        return tuple(self.accounts)

    def vendors(self) -> tuple[Vendor, ...]:
        return (VENDOR,)

    def offers(self, account: Account, capability: type) -> bool:
        if account.id in self.managed:
            return capability in {HasSipAccounts, CanManageSipAccounts, HasSipRegistration}
        return capability in {HasSipAccounts, HasCustomers, CanActFor} and account.id not in self.plain

    async def edit(self, account: Account, secrets: Mapping[str, str]) -> None:
        self.edited.append(account)
        self.accounts = [account if one.id == account.id else one for one in self.accounts]
        self.changed.emit(None)


class FakeBudget:
    """The request budget of any account: as much is left as a test says."""

    def __init__(self) -> None:
        self.left = 100

    async def __call__(self, account: Account) -> Budget:
        limit = Limit(100, timedelta(minutes=15))
        return Budget(limit, limit.requests - self.left, datetime.now(UTC))


class FakeCheck:
    """A check that tells the steps of `report` and gives it; it waits before a step while that is in `holds`."""

    def __init__(self) -> None:
        self.report = CheckReport(Outcome.WORKS, "This SIP account works.", ())
        self.holds: dict[StepKind, asyncio.Event] = {}
        self.ran: list[tuple[SipSettings, bool]] = []
        self.cancelled = 0

    async def run(
        self, settings: SipSettings, *, register: bool = False, tell: Callable[[CheckStep], None] = lambda _: None
    ) -> CheckReport:
        self.ran.append((settings, register))
        try:
            for step in self.report.steps:
                tell(CheckStep(step.kind, Verdict.UNDER_WAY))
                if step.kind in self.holds:
                    await self.holds[step.kind].wait()
                tell(step)
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        return self.report
