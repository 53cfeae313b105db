"""What two readings of the balances show of a transfer whose answer was lost, and how that is said."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from voipdesk.core.credit import CreditOutcome, shown_amount
from voipdesk.core.errors import AnswerLate

if TYPE_CHECKING:
    from decimal import Decimal

    from voipdesk.core.credit import Balances, CreditTransfer
    from voipdesk.core.errors import OutcomeUnknown


class Evidence(Enum):
    """What balances show."""

    MOVED = auto()
    UNCHANGED = auto()
    UNCLEAR = auto()


def evidence(before: Balances, after: Balances, amount: Decimal) -> Evidence:
    """Compare balances. Calls cost both sides something meanwhile, so that one side may have changed by more or less.

    Moved it is when one side has changed by the very amount, and the other in the same sense.
    """
    spent, received = before.own - after.own, after.customer - before.customer
    if spent == 0 and received == 0:
        return Evidence.UNCHANGED
    if amount in (spent, received) and spent > 0 and received > 0:
        return Evidence.MOVED
    return Evidence.UNCLEAR


def judged(
    transfer: CreditTransfer, lost: OutcomeUnknown, after: Balances | None, seen: Evidence | None, unread: str
) -> CreditTransfer:
    """Say what became of a transfer, by the last look at the balances.

    `seen` is None when that look failed, and `unread` says why; `after` may then be of an earlier one.
    """
    if seen is Evidence.MOVED:
        outcome, text = CreditOutcome.MOVED, "The answer was lost; the balances show that it was moved."
    elif seen is Evidence.UNCHANGED and not isinstance(lost, AnswerLate):
        outcome = CreditOutcome.NOT_MOVED
        assert after is not None
        at = f"{after.at.astimezone():%H:%M:%S}"
        text = f"The answer was lost. At {at} both balances were still what they had been: nothing was moved."
    elif seen is Evidence.UNCHANGED:
        outcome = CreditOutcome.NOT_KNOWN
        text = f"{lost.message} Nothing was moved so far, but it may still be. {_figures(transfer, after)}"
    else:
        outcome = CreditOutcome.NOT_KNOWN
        why = f"The balances could not be read: {unread}"
        if seen is not None:
            why = "The balances have changed in another way, since others spend from them too."
        text = f"{lost.message} {why} {_figures(transfer, after)}"
    return replace(transfer, outcome=outcome, text=text.strip(), after=after)


def _figures(transfer: CreditTransfer, after: Balances | None) -> str:
    readings = [(when, seen) for when, seen in (("Before", transfer.before), ("Now", after)) if seen is not None]
    return " ".join(
        f"{when}: you {shown_amount(seen.own)}, “{transfer.customer_name}” {shown_amount(seen.customer)}."
        for when, seen in readings
    )
