"""What the credit page says: balances, what will be moved, what became of it, the journal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from voipdesk.core.credit import CreditOutcome, check_amount, read_amount, shown_amount
from voipdesk.core.errors import BadInput, OutcomeUnknown
from voipdesk.gui.theme import Tone
from voipdesk.gui.widgets.labels import breakable
from voipdesk.gui.widgets.record_model import one_line
from voipdesk.gui.widgets.saying import Saying
from voipdesk.gui.words import when

if TYPE_CHECKING:
    from decimal import Decimal

    from voipdesk.core.credit import Balances, CreditTransfer
    from voipdesk.core.customers import Customer
    from voipdesk.core.errors import VoipdeskError

JOURNAL_HEADINGS = ("When", "Who", "Customer", "Amount", "Outcome", "More")
_OUTCOMES = {
    CreditOutcome.SENT: "under way",
    CreditOutcome.MOVED: "moved",
    CreditOutcome.NOT_MOVED: "not moved",
    CreditOutcome.NOT_KNOWN: "not known",
}
_LONGEST = 40
"""Characters of a name on a button."""
_LOOK_FIRST = "Compare both balances before you move it again: it could be charged twice."


@dataclass(frozen=True, slots=True)
class Figures:
    """Both balances at two moments; "" where one is not known."""

    first: str
    """What the first moment is called."""
    second: str
    own: tuple[str, str] = ("", "")
    customer: tuple[str, str] = ("", "")


def whom(customer: Customer) -> str:
    """Name a customer so that it cannot be taken for another one: by its unique name, and who it is."""
    name, contact = one_line(customer.name), one_line(customer.contact_name)
    return f"{name} ({contact})" if contact and contact != name else name


def amount_of(text: str, before: Balances) -> tuple[Decimal | None, str]:
    """Read what was typed: the amount, or what is wrong with it; neither while nothing is typed."""
    if not text.strip():
        return None, ""
    try:
        amount = read_amount(text)
        check_amount(amount, before.own)
    except BadInput as error:
        return None, str(error)
    return amount, ""


def now_figures(before: Balances, amount: Decimal | None) -> Figures:
    """Say what both have, and would have with `amount` moved."""
    if amount is None:
        return Figures("Now", "Afterwards", (shown_amount(before.own), ""), (shown_amount(before.customer), ""))
    return Figures(
        "Now",
        "Afterwards",
        (shown_amount(before.own), shown_amount(before.own - amount)),
        (shown_amount(before.customer), shown_amount(before.customer + amount)),
    )


def result_figures(transfer: CreditTransfer) -> Figures:
    """Say what both had before and have now, as far as it could be read."""
    before, after = transfer.before, transfer.after
    return Figures(
        "Before",
        "Now",
        (shown_amount(before.own) if before else "", shown_amount(after.own) if after else ""),
        (shown_amount(before.customer) if before else "", shown_amount(after.customer) if after else ""),
    )


def move(amount: Decimal, customer: Customer) -> str:
    """Say what a button does; the question beside it has the whole name."""
    name = one_line(customer.name)
    if len(name) > _LONGEST:
        name = f"{name[: _LONGEST // 2]}…{name[-_LONGEST // 2 + 1 :]}"
    return f"Move {shown_amount(amount)} to {name}"


def question(amount: Decimal, customer: Customer, account: str) -> Saying:
    """Ask whether to go on."""
    return Saying(
        Tone.WARNING,
        f"Move {shown_amount(amount)} to {breakable(whom(customer))}?",
        f"It costs money: {shown_amount(amount)} is taken from the balance of {account}. It cannot be undone.",
    )


def moving(amount: Decimal, customer: Customer) -> Saying:
    """Say that it is under way."""
    return Saying(
        Tone.TEXT,
        f"Moving {shown_amount(amount)} to {breakable(whom(customer))} …",
        "It is sent once. Wait until it is said here what became of it.",
        busy=True,
    )


def result(transfer: CreditTransfer) -> Saying:
    """Say what became of a transfer."""
    amount, name = shown_amount(transfer.amount), breakable(one_line(transfer.customer_name))
    if transfer.outcome is CreditOutcome.MOVED:
        return Saying(Tone.GOOD, f"Moved {amount} to {name}.", transfer.text)
    if transfer.outcome is CreditOutcome.NOT_MOVED:
        return Saying(Tone.BAD, "Nothing was moved.", transfer.text)
    return not_known(transfer.amount, transfer.customer_name, transfer.text)


def failure(error: VoipdeskError, amount: Decimal, customer: Customer) -> Saying:
    """Say why nothing was moved."""
    if isinstance(error, OutcomeUnknown):
        return not_known(amount, customer.name, str(error))
    return Saying(Tone.BAD, "Nothing was moved.", str(error))


def not_known(amount: Decimal, name: str, text: str) -> Saying:
    """Say that it is not known whether it was moved, and what to do."""
    title = f"It is not known whether {shown_amount(amount)} was moved to {breakable(one_line(name))}."
    return Saying(Tone.WARNING, title, f"{text} {_LOOK_FIRST}".strip())


def unresolved(transfer: CreditTransfer) -> Saying:
    """Warn of an earlier transfer to the same customer that may have been carried out."""
    by = f" by {one_line(transfer.by)}" if transfer.by else ""
    return Saying(
        Tone.WARNING,
        f"It is not known whether the last transfer to {breakable(one_line(transfer.customer_name))} was carried out: "
        f"{shown_amount(transfer.amount)}, {when(transfer.at)}{by}.",
        f"{transfer.text} {_LOOK_FIRST}".strip(),
    )


def journal_row(transfer: CreditTransfer) -> tuple[str, ...]:
    """Make a line of the journal."""
    return (
        when(transfer.at),
        transfer.by or "–",
        transfer.customer_name,
        shown_amount(transfer.amount),
        _OUTCOMES[transfer.outcome],
        transfer.text,
    )
