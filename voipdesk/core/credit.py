"""Calling credit: balances, and moving an amount to a customer, which costs money and cannot be undone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from voipdesk.core.errors import BadInput
from voipdesk.core.language import N_, _, decimal_sign, shown_decimal

if TYPE_CHECKING:
    from datetime import datetime

    from voipdesk.core.customers import Customer

LEAST = Decimal("0.01")
"""The smallest amount that can be moved (Yay.com, VoIP API Beginners Guide Part 2)."""
_DECIMALS = 3


@dataclass(frozen=True, slots=True)
class Balance:
    """What an account has, and below what its user wants to be warned (None for never)."""

    amount: Decimal
    low_under: Decimal | None = None

    @property
    def is_low(self) -> bool:
        """True when the user is to be warned."""
        return self.low_under is not None and self.amount < self.low_under


@runtime_checkable
class HasBalance(Protocol):
    """Offered by a client whose account has a balance; no currency is said."""

    @property
    def low_balance(self) -> Decimal | None:
        """Below this the user wants to be warned; None for never."""
        ...

    async def fetch_balance(self) -> Decimal:
        """Fetch the account's own balance."""
        ...


@runtime_checkable
class CanMoveCredit(HasBalance, Protocol):
    """Offered by a client that can move credit from the account's own balance to a customer's."""

    async def fetch_customer_balance(self, customer: Customer) -> Decimal:
        """Fetch what the customer has now."""
        ...

    async def move_credit(self, customer: Customer, amount: Decimal) -> None:
        """Move an amount to a customer: sent once, never again, not to be undone.

        Raises Refused when the service says no, OutcomeUnknown when it was sent and the answer was lost, AnswerLate
        among them when the service may still be at it; other errors mean that nothing was sent.
        """
        ...


class CreditOutcome(StrEnum):
    """What became of a transfer, in the journal."""

    SENT = "sent"
    """Written before the request goes out: found later without a successor, the program was killed in between."""
    MOVED = "moved"
    NOT_MOVED = "not-moved"
    """It was not sent, was refused, or the balances show that nothing happened."""
    NOT_KNOWN = "not-known"

    @property
    def label(self) -> str:
        """The outcome as a word in a list."""
        return _(_OUTCOMES[self])  # NON-NLS: marked in its table


_OUTCOMES = {
    CreditOutcome.SENT: N_("sent"),
    CreditOutcome.MOVED: N_("moved"),
    CreditOutcome.NOT_MOVED: N_("not moved"),
    CreditOutcome.NOT_KNOWN: N_("not known"),
}


@dataclass(frozen=True, slots=True)
class Balances:
    """What both sides had at one moment."""

    own: Decimal
    customer: Decimal
    at: datetime


@dataclass(frozen=True, slots=True)
class CreditTransfer:
    """One transfer as the journal has it."""

    id: str
    account_id: str
    customer_id: str
    customer_name: str
    amount: Decimal
    at: datetime
    by: str
    """Who was signed in to this computer."""
    outcome: CreditOutcome
    text: str = ""
    """Why, in a sentence; "" for one that went well."""
    before: Balances | None = None
    after: Balances | None = None
    """The last that was read once it was sent; None when nothing could be."""
    account_name: str = ""
    """What the account was called when this was written: the journal outlives the account."""


def read_amount(text: str, *, sign: str = "") -> Decimal:
    """Read an amount as it is typed, exact to at most three decimals; BadInput says what is wrong with it.

    One point or comma is the decimal sign. Anything that could be read in two ways is refused: 1.000,50, and of 1,000
    and 1.000 the one that does not have the decimal `sign`, by default that of the user's region.
    """
    typed = text.strip()
    if not re.fullmatch(r"[0-9]{1,12}(?:[.,][0-9]{1,3})?", typed):
        raise BadInput(
            _("“{text}” is no amount.", text=typed[:40]), advice=_("Write it like 10 or 10.50, without a currency.")
        )
    with_comma = (sign or decimal_sign()) == ","
    if re.fullmatch(r"[0-9]{1,3}[.][0-9]{3}" if with_comma else r"[0-9]{1,3},[0-9]{3}", typed):
        raise BadInput(
            _("“{text}” can be read in two ways.", text=typed),
            advice=_("Write thousands without a point, and decimals with a comma.")
            if with_comma
            else _("Write thousands without a comma, and decimals with a point."),
        )
    return Decimal(typed.replace(",", "."))


def check_amount(amount: Decimal, own_balance: Decimal) -> None:
    """Raise BadInput for an amount below the least or above what the account has, or of more than three decimals."""
    exponent = amount.normalize().as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -_DECIMALS:  # no number where NaN and infinities have a letter
        raise BadInput(
            _("{amount} is no amount.", amount=amount), advice=_("It has at most {n} decimals.", n=_DECIMALS)
        )
    if amount < LEAST:
        raise BadInput(_("The least that can be moved is {amount}.", amount=shown_amount(LEAST)))
    if amount > own_balance:
        raise BadInput(
            _(
                "Your balance is {balance}: less than {amount}.",
                balance=shown_amount(own_balance),
                amount=shown_amount(amount),
            )
        )


def shown_amount(amount: Decimal) -> str:
    """Write an amount with at least two decimals and no more than it has: 10.00, 10.125, 1,250.00."""
    exponent = amount.normalize().as_tuple().exponent
    return shown_decimal(amount, max(2, -exponent if isinstance(exponent, int) else 2))
