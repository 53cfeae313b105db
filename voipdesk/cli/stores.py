"""`voipdesk stores`: lists the stores that a reseller's customers sign in to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.cli import output
from voipdesk.cli.session import account_with, open_desk, unlock
from voipdesk.core.blanking import blanked
from voipdesk.core.customers import HasCustomers

if TYPE_CHECKING:
    import argparse

    from voipdesk.core.customers import Store


def configure(parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    """Add the action."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="list the stores", parents=[common], allow_abbrev=False)
    listing.add_argument("--account", metavar="NAME", help="the account; not needed when one has stores")
    output.add_format(listing, "table", "json")


async def run(options: argparse.Namespace) -> int:
    """List them."""
    async with open_desk(options) as desk:
        account = account_with(desk, options.account, HasCustomers, "stores")
        await unlock(desk, account, options)
        stores = await desk.customers.stores(account)
    if options.format == "json":
        output.show_json([_json(store) for store in stores])
    elif stores:
        output.say_block(output.table([(s.name, s.domain, s.id) for s in stores], ("Name", "Address", "Id")))
    else:
        output.note(f"“{account.name}” has no stores.")
    return 0


def _json(store: Store) -> dict[str, object]:
    return {"id": store.id, "name": store.name, "domain": store.domain or None, "raw": blanked(dict(store.raw))}
