"""`voipdesk customers transfers`: lists the credit that was moved from this computer, without a request."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from voipdesk.cli import output
from voipdesk.cli.credit_text import json_transfer
from voipdesk.cli.session import open_desk
from voipdesk.core.credit import shown_amount
from voipdesk.core.language import _

if TYPE_CHECKING:
    from voipdesk.core.credit import CreditTransfer

LIMIT = 100
"""Transfers that are listed when no limit is asked for."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("--account", metavar="NAME", help=_("only this account's"))
    parser.add_argument(
        "--limit", type=_limit, default=LIMIT, metavar="N", help=_("the newest N (default {limit})", limit=LIMIT)
    )


def _limit(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 0 < int(text[:12]) <= 1_000_000):
        raise argparse.ArgumentTypeError(_("“{text}” is no number of transfers", text=text))
    return int(text[:12])


async def run(options: argparse.Namespace) -> int:
    """List them, newest first."""
    async with open_desk(options) as desk:
        account = desk.accounts.get(options.account) if options.account else None
        transfers = await desk.credit.journal(account, options.limit)
    if options.format == "json":
        output.show_json([json_transfer(transfer) for transfer in transfers])
    elif transfers:
        headings = (_("When"), _("Amount"), _("Customer"), _("Outcome"), _("Account"), _("By"), _("Why"))
        output.say_block(output.table(map(_row, transfers), headings, right=(1,)))
    else:
        output.note(_("No credit was moved from here."))
    return 0


def _row(transfer: CreditTransfer) -> tuple[str, ...]:
    return (
        output.shown_time(transfer.at),
        shown_amount(transfer.amount),
        transfer.customer_name,
        transfer.outcome.label,
        transfer.account_name,
        transfer.by,
        transfer.text,
    )
