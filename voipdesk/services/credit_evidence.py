"""What two readings of the balances show of a transfer whose answer was lost, and how that is said."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from voipdesk.core.credit import CreditOutcome, shown_amount
from voipdesk.core.errors import AnswerLate
from voipdesk.core.language import _

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
        outcome, text = CreditOutcome.MOVED, _("The answer was lost; the balances show that it was moved.")
    elif seen is Evidence.UNCHANGED and not isinstance(lost, AnswerLate):
        outcome = CreditOutcome.NOT_MOVED
        assert after is not None
        at = f"{after.at.astimezone():%H:%M:%S}"
        text = _(
            "The answer was lost. At {time} both balances were still what they had been: nothing was moved.", time=at
        )
    elif seen is Evidence.UNCHANGED:
        outcome = CreditOutcome.NOT_KNOWN
        so_far = _("Nothing was moved so far, but it may still be.")
        text = f"{lost.message} {so_far} {_figures(transfer, after)}"
    else:
        outcome = CreditOutcome.NOT_KNOWN
        why = _("The balances could not be read: {reason}", reason=unread)
        if seen is not None:
            why = _("The balances have changed in another way, since others spend from them too.")
        text = f"{lost.message} {why} {_figures(transfer, after)}"
    return replace(transfer, outcome=outcome, text=text.strip(), after=after)


def _figures(transfer: CreditTransfer, after: Balances | None) -> str:
    def shown(seen: Balances) -> dict[str, str]:
        return {
            "own": shown_amount(seen.own),
            "customer": transfer.customer_name,
            "theirs": shown_amount(seen.customer),
        }

    texts = []
    if transfer.before is not None:
        texts.append(_("Before: you {own}, “{customer}” {theirs}.", **shown(transfer.before)))
    if after is not None:
        texts.append(_("Now: you {own}, “{customer}” {theirs}.", **shown(after)))
    return " ".join(texts)
