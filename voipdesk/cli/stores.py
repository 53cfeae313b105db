"""`voipdesk stores`: lists the stores that a reseller's customers sign in to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.cli import output
from voipdesk.cli.session import account_with, open_desk, unlock
from voipdesk.core.blanking import blanked
from voipdesk.core.customers import HasCustomers
from voipdesk.core.language import _

if TYPE_CHECKING:
    import argparse

    from voipdesk.core.customers import Store


def configure(parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    """Add the action."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help=_("list the stores"), parents=[common], allow_abbrev=False)
    listing.add_argument("--account", metavar="NAME", help=_("the account; not needed when one has stores"))
    output.add_format(listing, "table", "json")


async def run(options: argparse.Namespace) -> int:
    """List them."""
    async with open_desk(options) as desk:
        account = account_with(desk, options.account, HasCustomers, _("stores"))
        await unlock(desk, account, options)
        stores = await desk.customers.stores(account)
    if options.format == "json":
        output.show_json([_json(store) for store in stores])
    elif stores:
        output.say_block(output.table([(s.name, s.domain, s.id) for s in stores], (_("Name"), _("Address"), _("Id"))))
    else:
        output.note(_("“{account}” has no stores.", account=account.name))
    return 0


def _json(store: Store) -> dict[str, object]:
    return {"id": store.id, "name": store.name, "domain": store.domain or None, "raw": blanked(dict(store.raw))}
