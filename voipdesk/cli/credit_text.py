"""Balances and transfers as they are printed, for people and for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.cli import output
from voipdesk.core.credit import CreditOutcome, shown_amount
from voipdesk.core.language import N_, _

if TYPE_CHECKING:
    from voipdesk.core.accounts import Account
    from voipdesk.core.credit import Balances, CreditTransfer
    from voipdesk.core.customers import Customer

_BECAME = {
    CreditOutcome.SENT: N_("Sent: {amount} to “{customer}”."),
    CreditOutcome.MOVED: N_("Moved: {amount} to “{customer}”."),
    CreditOutcome.NOT_MOVED: N_("Not moved: {amount} to “{customer}”."),
    CreditOutcome.NOT_KNOWN: N_("Not known: {amount} to “{customer}”."),
}


def tell_balances(account: Account, customer: Customer, now: Balances) -> None:
    """Say beside the results who has what."""
    contact = f" ({customer.contact_name})" if customer.contact_name else ""
    output.note(
        _(
            "{account} has {own}, {customer} {other}.",
            account=account.name,
            own=shown_amount(now.own),
            customer=f"“{customer.name}”{contact}",
            other=shown_amount(now.customer),
        )
    )


def show_transfer(account: Account, transfer: CreditTransfer) -> None:
    """Print what became of a transfer, with both balances before and after."""
    before, after = transfer.before, transfer.after
    became = _(
        _BECAME[transfer.outcome],  # NON-NLS: marked in its table
        amount=shown_amount(transfer.amount),
        customer=transfer.customer_name,
    )
    output.say(became)
    if transfer.outcome is CreditOutcome.MOVED and transfer.text:
        output.note(transfer.text)
    if before is None:
        return
    unknown = _("not known")
    rows = [
        (account.name, shown_amount(before.own), shown_amount(after.own) if after else unknown),
        (transfer.customer_name, shown_amount(before.customer), shown_amount(after.customer) if after else unknown),
    ]
    output.say_block(output.table(rows, (_("Balance"), _("Before"), _("After")), right=(1, 2)))


def json_transfer(transfer: CreditTransfer) -> dict[str, object]:
    """Give a transfer for other programs; amounts as text, to the last digit."""
    return {
        "id": transfer.id,
        "account": transfer.account_name or None,
        "customer": transfer.customer_name,
        "customer_id": transfer.customer_id,
        "amount": output.exact(transfer.amount),
        "at": output.local_time(transfer.at),
        "by": transfer.by,
        "outcome": transfer.outcome.value,
        "text": transfer.text or None,
        "before": _json_balances(transfer.before),
        "after": _json_balances(transfer.after),
    }


def _json_balances(balances: Balances | None) -> dict[str, str | None] | None:
    if balances is None:
        return None
    return {
        "own": output.exact(balances.own),
        "customer": output.exact(balances.customer),
        "at": output.local_time(balances.at),
    }
