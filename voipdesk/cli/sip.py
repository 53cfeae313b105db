"""`voipdesk sip`: SIP accounts, what a telephone signs in with, and whether it is; may act for a customer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.cli import output, sip_check, sip_export, sip_manage, sip_qr, sip_setup, sip_status, sip_text
from voipdesk.cli.session import account_with, open_desk, unlock
from voipdesk.core.language import _
from voipdesk.core.sip import HasSipAccounts

if TYPE_CHECKING:
    import argparse

    from voipdesk.core.accounts import Account
    from voipdesk.services.desk import Desk


def configure(parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    """Add the actions."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)

    def add(name: str, summary: str, description: str | None = None) -> argparse.ArgumentParser:
        return actions.add_parser(name, help=summary, description=description, parents=[common], allow_abbrev=False)

    listing = add("list", _("list the SIP accounts"))
    listing.add_argument("--search", default="", metavar="TEXT", help=_("any part of a name, number or username"))
    show = add("show", _("show what a telephone signs in with"))
    show.add_argument("id", metavar="ID", help=_("its id, username or extension"))
    status = add("status", _("show which are signed in"))
    status.add_argument("id", metavar="ID", nargs="?", help=_("of one: its id, username or extension"))
    for action in (listing, show, status):
        action.add_argument("--account", metavar="NAME", help=_("the account; not needed when one has SIP accounts"))
        action.add_argument("--for", dest="acting_for", default="", metavar="CUSTOMER", help=_("act for this customer"))
        output.add_format(action, "table", "json")
    for action in (listing, show):
        action.add_argument("--reveal", action="store_true", help=_("show passwords; without it they are blanked"))
    sip_manage.configure(add)
    sip_export.configure(
        add(
            "export",
            _("make what a softphone is set up with"),
            _("Make what a softphone is set up with: a sheet to type from, or a file that it reads."),
        )
    )
    sip_qr.configure(
        add(
            "qr",
            _("hand one to a phone by a QR code"),
            _(
                "Show the QR code of an address that hands a phone what it is set up with: once, in ten minutes. "
                "Nothing of it passes through anybody else's hands."
            ),
        )
    )
    sip_setup.configure(
        add(
            "setup",
            _("set up a softphone of this computer"),
            _("Set up a softphone that is installed on this computer, beside the accounts that it has."),
        )
    )
    sip_check.configure(
        add(
            "check",
            _("tell whether a SIP account works"),
            _("Tell step by step whether a SIP account works. A telephone that uses it is not disturbed."),
        )
    )


async def run(options: argparse.Namespace) -> int:
    """Do one of them."""
    match options.action:
        case "export":
            return await sip_export.run(options)
        case "qr":
            return await sip_qr.run(options)
        case "setup":
            return await sip_setup.run(options)
        case "check":
            return await sip_check.run(options)
        case "create" | "update" | "delete":
            return await sip_manage.run(options)
    actions = {"list": _list, "show": _show, "status": sip_status.run}
    async with open_desk(options) as desk:
        account = account_with(desk, options.account, HasSipAccounts, _("SIP accounts"))
        await unlock(desk, account, options)
        await actions[options.action](desk, account, options)
    return 0


async def _list(desk: Desk, account: Account, options: argparse.Namespace) -> None:
    found = await desk.sip.list(account, acting_for=options.acting_for)
    words = options.search.casefold().split()
    accounts = [one for one in found.accounts if all(word in sip_text.searched(one).casefold() for word in words)]
    if options.format == "json":
        output.show_json(
            [sip_text.as_json(one, account, acting_for=options.acting_for, reveal=options.reveal) for one in accounts]
        )
        return
    if options.acting_for:
        output.note(_("{account}, acting for: {customer}", account=account.name, customer=options.acting_for))
    if accounts:
        output.say_block(sip_text.listed(accounts, reveal=options.reveal))
    else:
        output.note(_("No SIP accounts match.") if options.search else _("There are no SIP accounts."))


async def _show(desk: Desk, account: Account, options: argparse.Namespace) -> None:
    one = await desk.sip.find(account, options.id, acting_for=options.acting_for)
    if options.format == "json":
        output.show_json(sip_text.as_json(one, account, acting_for=options.acting_for, reveal=options.reveal))
    else:
        sip_text.show(one, account, acting_for=options.acting_for, reveal=options.reveal)
