"""The credit service without a vendor or an archive: a test says what it answers, and when."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from voipdesk.core.credit import Balances, CreditOutcome, CreditTransfer, check_amount
from voipdesk.services.events import Event

if TYPE_CHECKING:
    from voipdesk.core.accounts import Account
    from voipdesk.core.customers import Customer

AT = datetime(2026, 3, 4, 10, 30, tzinfo=UTC)


class FakeCredit:
    """Moves what it is asked to and keeps a journal; `outcome`, `text` and `error` change what comes of it."""

    def __init__(self) -> None:
        self.moved: Event[CreditTransfer] = Event()
        self.own, self.theirs = Decimal("250.000"), Decimal("12.5")
        self.outcome, self.text = CreditOutcome.MOVED, ""
        self.error: BaseException | None = None
        self.balances_error: Exception | None = None
        self.last: CreditTransfer | None = None
        self.lines: list[CreditTransfer] = []
        self.asked: list[tuple[str, str, Decimal, Balances]] = []
        self.answers = asyncio.Event()
        self.answers.set()

    def _now(self) -> Balances:
        return Balances(self.own, self.theirs, AT)

    async def balances(self, account: Account, customer: Customer) -> Balances:
        await self.answers.wait()
        if self.balances_error:
            raise self.balances_error
        return self._now()

    async def move(self, account: Account, customer: Customer, amount: Decimal, before: Balances) -> CreditTransfer:
        check_amount(amount, before.own)
        self.asked.append((account.id, customer.id, amount, before))
        await self.answers.wait()
        if self.error:
            raise self.error
        if self.outcome is CreditOutcome.MOVED:
            self.own, self.theirs = self.own - amount, self.theirs + amount
        made = transfer(self.outcome, self.text, amount=amount, before=before, after=self._now())
        self.lines.insert(0, replace(made, customer_id=customer.id, customer_name=customer.name))
        self.moved.emit(self.lines[0])
        return self.lines[0]

    async def journal(self, account: Account | None = None, limit: int = 100) -> list[CreditTransfer]:
        return self.lines[:limit]

    async def unresolved(self, account: Account, customer: Customer) -> CreditTransfer | None:
        return self.last


def transfer(outcome: CreditOutcome, text: str = "", **given: object) -> CreditTransfer:
    """A transfer of 10 to my_customer."""
    plain = CreditTransfer("t1", "a", "c1", "my_customer", Decimal(10), AT, "ann", outcome, text)
    return replace(plain, **given)
