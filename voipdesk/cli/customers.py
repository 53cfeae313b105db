"""`voipdesk customers`: a reseller's customers, what is known of one, and what can be done for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.cli import credit, customer_edit, customer_new, output, transfers
from voipdesk.cli.customer_text import json_customer, show_customer
from voipdesk.cli.session import account_with, open_desk, unlock
from voipdesk.core.credit import CanMoveCredit
from voipdesk.core.customers import HasCustomers
from voipdesk.core.errors import VoipdeskError
from voipdesk.core.language import _

if TYPE_CHECKING:
    import argparse
    from decimal import Decimal

    from voipdesk.core.accounts import Account
    from voipdesk.core.customers import Customer
    from voipdesk.services.desk import Desk


def configure(parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    """Add the actions."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help=_("list the customers"), parents=[common], allow_abbrev=False)
    listing.add_argument("--search", default="", metavar="TEXT", help=_("any part of a name, contact name or phone"))
    show = actions.add_parser("show", help=_("show what is known of one"), parents=[common], allow_abbrev=False)
    show.add_argument("name", metavar="NAME", help=_("the customer's name"))
    create = actions.add_parser(
        "create",
        help=_("open a customer"),
        description=_("Open a customer: the smallest there can be, or with all that a file says."),
        parents=[common],
        allow_abbrev=False,
    )
    customer_new.configure(create)
    edit = actions.add_parser(
        "edit",
        help=_("change a customer"),
        description=_("Change a customer: shows what is to change, and asks. What is not named stays as it is."),
        parents=[common],
        allow_abbrev=False,
    )
    customer_edit.configure(edit)
    for action in (listing, show, create, edit):
        action.add_argument("--reveal", action="store_true", help=_("show passwords; without it they are blanked"))
    move = actions.add_parser(
        "credit",
        help=_("move credit to a customer"),
        description=_(
            "Move credit from the account's balance to a customer's. This costs money and cannot be undone: "
            "both balances are shown first, and a yes is asked for."
        ),
        parents=[common],
        allow_abbrev=False,
    )
    credit.configure(move)
    for action in (listing, show, create, edit, move):
        action.add_argument("--account", metavar="NAME", help=_("the account; not needed when one has customers"))
    journal = actions.add_parser(
        "transfers", help=_("list the credit that was moved from here"), parents=[common], allow_abbrev=False
    )
    transfers.configure(journal)
    for action in (listing, show, create, edit, move, journal):
        output.add_format(action, "table", "json")


async def run(options: argparse.Namespace) -> int:
    """Do one of them."""
    match options.action:
        case "create":
            return await customer_new.run(options)
        case "edit":
            return await customer_edit.run(options)
        case "credit":
            return await credit.run(options)
        case "transfers":
            return await transfers.run(options)
    async with open_desk(options) as desk:
        account = account_with(desk, options.account, HasCustomers, _("customers"))
        await unlock(desk, account, options)
        if options.action == "list":
            await _list(desk, account, options)
        else:
            await _show(desk, account, options)
    return 0


async def _list(desk: Desk, account: Account, options: argparse.Namespace) -> None:
    found = await desk.customers.list(account)
    customers = [customer for customer in found.customers if _matches(customer, options.search)]
    if options.format == "json":
        output.show_json_rows(json_customer(customer, reveal=options.reveal) for customer in customers)
    elif customers:
        rows = [
            (c.name, c.contact_name, c.phone, f"{c.created_at.astimezone():%Y-%m-%d}" if c.created_at else "")
            for c in customers
        ]
        output.say_block(output.table(rows, (_("Name"), _("Contact"), _("Phone"), _("Opened"))))
    else:
        output.note(
            _("No customers match.") if found.customers else _("“{account}” has no customers.", account=account.name)
        )


def _matches(customer: Customer, search: str) -> bool:
    text = f"{customer.name} {customer.contact_name} {customer.phone}".casefold()
    return all(word in text for word in search.casefold().split())


async def _show(desk: Desk, account: Account, options: argparse.Namespace) -> None:
    customer = await desk.customers.find(account, options.name)
    balance = await _balance(desk, account, customer)
    if options.format == "json":
        output.show_json(json_customer(customer, balance=balance, reveal=options.reveal))
    else:
        store = await _store(desk, account, customer)
        show_customer(account, customer, store=store, balance=balance, reveal=options.reveal)


async def _balance(desk: Desk, account: Account, customer: Customer) -> Decimal | None:
    """Ask what the customer has, where its own object does not say; what is known is shown without it."""
    if customer.balance is not None or not desk.accounts.offers(account, CanMoveCredit):
        return customer.balance
    try:
        return (await desk.credit.balances(account, customer)).customer
    except VoipdeskError as error:
        output.note(_("The balance is not known: {reason}", reason=error))
        return None


async def _store(desk: Desk, account: Account, customer: Customer) -> str:
    """Find the name of the customer's store; its id has to do where the stores cannot be had."""
    if not customer.store:
        return ""
    try:
        stores = await desk.customers.stores(account)
    except VoipdeskError as error:
        output.note(_("The name of the store is not known: {reason}", reason=error))
        return customer.store
    return next((store.name for store in stores if store.id == customer.store), customer.store)
