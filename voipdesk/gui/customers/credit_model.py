"""What the credit page says: balances, what will be moved, what became of it, the journal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from voipdesk.core.credit import CreditOutcome, check_amount, read_amount, shown_amount
from voipdesk.core.errors import BadInput, OutcomeUnknown
from voipdesk.core.language import N_, _
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

_OUTCOMES = {
    CreditOutcome.SENT: N_("under way"),
    CreditOutcome.MOVED: N_("moved"),
    CreditOutcome.NOT_MOVED: N_("not moved"),
    CreditOutcome.NOT_KNOWN: N_("not known"),
}
_LONGEST = 40
"""Characters of a name on a button."""


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
        return Figures(_("Now"), _("Afterwards"), (shown_amount(before.own), ""), (shown_amount(before.customer), ""))
    return Figures(
        _("Now"),
        _("Afterwards"),
        (shown_amount(before.own), shown_amount(before.own - amount)),
        (shown_amount(before.customer), shown_amount(before.customer + amount)),
    )


def result_figures(transfer: CreditTransfer) -> Figures:
    """Say what both had before and have now, as far as it could be read."""
    before, after = transfer.before, transfer.after
    return Figures(
        _("Before"),
        _("Now"),
        (shown_amount(before.own) if before else "", shown_amount(after.own) if after else ""),
        (shown_amount(before.customer) if before else "", shown_amount(after.customer) if after else ""),
    )


def move(amount: Decimal, customer: Customer) -> str:
    """Say what a button does; the question beside it has the whole name."""
    name = one_line(customer.name)
    if len(name) > _LONGEST:
        name = f"{name[: _LONGEST // 2]}…{name[-_LONGEST // 2 + 1 :]}"
    return _("Move {amount} to {customer}", amount=shown_amount(amount), customer=name)


def question(amount: Decimal, customer: Customer, account: str) -> Saying:
    """Ask whether to go on."""
    return Saying(
        Tone.WARNING,
        _("Move {amount} to {customer}?", amount=shown_amount(amount), customer=breakable(whom(customer))),
        _(
            "It costs money: {amount} is taken from the balance of {account}. It cannot be undone.",
            amount=shown_amount(amount),
            account=account,
        ),
    )


def moving(amount: Decimal, customer: Customer) -> Saying:
    """Say that it is under way."""
    return Saying(
        Tone.TEXT,
        _("Moving {amount} to {customer} …", amount=shown_amount(amount), customer=breakable(whom(customer))),
        _("It is sent once. Wait until it is said here what became of it."),
        busy=True,
    )


def result(transfer: CreditTransfer) -> Saying:
    """Say what became of a transfer."""
    amount, name = shown_amount(transfer.amount), breakable(one_line(transfer.customer_name))
    if transfer.outcome is CreditOutcome.MOVED:
        return Saying(Tone.GOOD, _("Moved {amount} to {customer}.", amount=amount, customer=name), transfer.text)
    if transfer.outcome is CreditOutcome.NOT_MOVED:
        return Saying(Tone.BAD, _("Nothing was moved."), transfer.text)
    return not_known(transfer.amount, transfer.customer_name, transfer.text)


def failure(error: VoipdeskError, amount: Decimal, customer: Customer) -> Saying:
    """Say why nothing was moved."""
    if isinstance(error, OutcomeUnknown):
        return not_known(amount, customer.name, str(error))
    return Saying(Tone.BAD, _("Nothing was moved."), str(error))


def not_known(amount: Decimal, name: str, text: str) -> Saying:
    """Say that it is not known whether it was moved, and what to do."""
    title = _(
        "It is not known whether {amount} was moved to {customer}.",
        amount=shown_amount(amount),
        customer=breakable(one_line(name)),
    )
    return Saying(Tone.WARNING, title, f"{text} {_look_first()}".strip())


def unresolved(transfer: CreditTransfer) -> Saying:
    """Warn of an earlier transfer to the same customer that may have been carried out."""
    customer, amount = breakable(one_line(transfer.customer_name)), shown_amount(transfer.amount)
    if transfer.by:
        title = _(
            "It is not known whether the last transfer to {customer} was carried out: {amount}, {time} by {person}.",
            customer=customer,
            amount=amount,
            time=when(transfer.at),
            person=one_line(transfer.by),
        )
    else:
        title = _(
            "It is not known whether the last transfer to {customer} was carried out: {amount}, {time}.",
            customer=customer,
            amount=amount,
            time=when(transfer.at),
        )
    return Saying(Tone.WARNING, title, f"{transfer.text} {_look_first()}".strip())


def journal_headings() -> tuple[str, ...]:
    """Name the columns of the journal."""
    return _("When"), _("Who"), _("Customer"), _("Amount"), _("Outcome"), _("More")


def journal_row(transfer: CreditTransfer) -> tuple[str, ...]:
    """Make a line of the journal."""
    return (
        when(transfer.at),
        transfer.by or "–",
        transfer.customer_name,
        shown_amount(transfer.amount),
        _(_OUTCOMES[transfer.outcome]),  # NON-NLS: marked in its table
        transfer.text,
    )


def _look_first() -> str:
    return _("Compare both balances before you move it again: it could be charged twice.")
