"""`voipdesk customers transfers`: lists the credit that was moved from this computer, without a request."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from voipdesk.cli import output
from voipdesk.cli.credit_text import json_transfer
from voipdesk.cli.session import open_desk
from voipdesk.core.credit import shown_amount

if TYPE_CHECKING:
    from voipdesk.core.credit import CreditTransfer

LIMIT = 100
"""Transfers that are listed when no limit is asked for."""
_HEADINGS = ("When", "Amount", "Customer", "Outcome", "Account", "By", "Why")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("--account", metavar="NAME", help="only this account's")
    parser.add_argument("--limit", type=_limit, default=LIMIT, metavar="N", help=f"the newest N (default {LIMIT})")


def _limit(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 0 < int(text[:12]) <= 1_000_000):
        raise argparse.ArgumentTypeError(f"“{text}” is no number of transfers")
    return int(text[:12])


async def run(options: argparse.Namespace) -> int:
    """List them, newest first."""
    async with open_desk(options) as desk:
        account = desk.accounts.get(options.account) if options.account else None
        transfers = await desk.credit.journal(account, options.limit)
    if options.format == "json":
        output.show_json([json_transfer(transfer) for transfer in transfers])
    elif transfers:
        output.say_block(output.table(map(_row, transfers), _HEADINGS, right=(1,)))
    else:
        output.note("No credit was moved from here.")
    return 0


def _row(transfer: CreditTransfer) -> tuple[str, ...]:
    return (
        output.shown_time(transfer.at),
        shown_amount(transfer.amount),
        transfer.customer_name,
        transfer.outcome.replace("-", " "),
        transfer.account_name,
        transfer.by,
        transfer.text,
    )
