"""Balances and transfers as they are printed, for people and for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.cli import output
from voipdesk.core.credit import CreditOutcome, shown_amount

if TYPE_CHECKING:
    from voipdesk.core.accounts import Account
    from voipdesk.core.credit import Balances, CreditTransfer
    from voipdesk.core.customers import Customer


def tell_balances(account: Account, customer: Customer, now: Balances) -> None:
    """Say beside the results who has what."""
    contact = f" ({customer.contact_name})" if customer.contact_name else ""
    output.note(f"{account.name} has {shown_amount(now.own)}, “{customer.name}”{contact} {shown_amount(now.customer)}.")


def show_transfer(account: Account, transfer: CreditTransfer) -> None:
    """Print what became of a transfer, with both balances before and after."""
    before, after = transfer.before, transfer.after
    amount = f"{shown_amount(transfer.amount)} to “{transfer.customer_name}”"
    output.say(f"{transfer.outcome.replace('-', ' ').capitalize()}: {amount}.")
    if transfer.outcome is CreditOutcome.MOVED and transfer.text:
        output.note(transfer.text)
    if before is None:
        return
    rows = [
        (account.name, shown_amount(before.own), shown_amount(after.own) if after else "not known"),
        (transfer.customer_name, shown_amount(before.customer), shown_amount(after.customer) if after else "not known"),
    ]
    output.say_block(output.table(rows, ("Balance", "Before", "After"), right=(1, 2)))


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
