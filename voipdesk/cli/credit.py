"""`voipdesk customers credit`: moves credit to a customer, once and after a yes, and says what became of it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from voipdesk.cli import output, terminal
from voipdesk.cli.credit_text import json_transfer, show_transfer, tell_balances
from voipdesk.cli.session import account_with, open_desk, unlock
from voipdesk.core.credit import CanMoveCredit, CreditOutcome, check_amount, read_amount, shown_amount
from voipdesk.core.errors import BadInput, OutcomeUnknown, Unreachable
from voipdesk.core.language import _

if TYPE_CHECKING:
    import argparse
    from decimal import Decimal

    from voipdesk.core.accounts import Account
    from voipdesk.core.credit import Balances, CreditTransfer
    from voipdesk.core.customers import Customer
    from voipdesk.services.desk import Desk


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add = parser.add_argument
    add("name", metavar="NAME", help=_("the customer's name"))
    add("amount", metavar="AMOUNT", help=_("such as 10 or 10.50; it cannot be moved back"))
    add("--yes", action="store_true", help=_("do not ask"))
    add(
        "--again",
        action="store_true",
        help=_("with --yes: also when it is not known whether the last transfer to this customer was carried out"),
    )


async def run(options: argparse.Namespace) -> int:
    """Read both balances, ask, move it once, and say what became of it."""
    amount = read_amount(options.amount)
    terminal.check_can_ask(yes=options.yes)
    async with open_desk(options) as desk:
        account = account_with(desk, options.account, CanMoveCredit, _("credit to move"))
        await unlock(desk, account, options)
        customer = await desk.customers.find(account, options.name)
        before = await desk.credit.balances(account, customer)
        check_amount(amount, before.own)
        last = await desk.credit.unresolved(account, customer)
        if last is not None:
            _tell_last(last, options)
        if not options.yes:
            tell_balances(account, customer, before)
            terminal.check_says_yes(
                _(
                    "Move {amount} from {account} to “{customer}”? It cannot be undone.",
                    amount=shown_amount(amount),
                    account=account.name,
                    customer=customer.name,
                )
            )
        transfer = await _move(desk, account, customer, amount, before)
    if options.format == "json":
        output.show_json(json_transfer(transfer))
    else:
        show_transfer(account, transfer)
    return _code(transfer)


async def _move(desk: Desk, account: Account, customer: Customer, amount: Decimal, before: Balances) -> CreditTransfer:
    """Move it; Ctrl-C does not call back what was sent, so what became of it is told all the same."""
    ended: list[CreditTransfer] = []
    forget = desk.credit.moved.subscribe(ended.append)
    try:
        return await desk.credit.move(account, customer, amount, before)
    except asyncio.CancelledError:
        if ended and ended[-1].outcome is not CreditOutcome.NOT_MOVED:
            return ended[-1]
        output.note(_("Interrupted: nothing was moved."))
        raise
    finally:
        forget()


def _tell_last(last: CreditTransfer, options: argparse.Namespace) -> None:
    """Say that an earlier transfer may have been carried out; with --yes, nobody would hear it in time."""
    known = _(
        "It is not known whether the transfer of {amount} to “{customer}” at {time} was carried out.",
        amount=shown_amount(last.amount),
        customer=last.customer_name,
        time=output.shown_time(last.at),
    )
    if options.yes and not options.again:
        unsent, again = _("Nothing was sent."), _("To move it all the same, add --again.")
        raise BadInput(f"{known} {unsent}", advice=f"{_look_first()} {again}")
    output.note(f"{known} {last.text}")


def _code(transfer: CreditTransfer) -> int:
    """Give 0 for what was moved; raise what else became of it."""
    match transfer.outcome:
        case CreditOutcome.MOVED:
            return 0
        case CreditOutcome.NOT_MOVED:
            raise Unreachable(transfer.text, advice=_("Look at the balances before you move it again."))
        case CreditOutcome.SENT | CreditOutcome.NOT_KNOWN:
            known = _("It is not known whether the transfer was carried out.")
            raise OutcomeUnknown(f"{known} {transfer.text}", advice=_look_first())


def _look_first() -> str:
    return _("Look at both balances before you move it again.")
