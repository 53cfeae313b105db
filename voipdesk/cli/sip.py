"""`voipdesk sip`: lists SIP accounts, their states, and what a telephone signs in with; may act for a customer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.cli import output, sip_check, sip_export, sip_qr
from voipdesk.cli.session import account_with, open_desk, unlock
from voipdesk.core.blanking import BLANK, blanked
from voipdesk.core.sip import HasSipAccounts

if TYPE_CHECKING:
    import argparse

    from voipdesk.core.accounts import Account
    from voipdesk.core.sip import SipAccount
    from voipdesk.services.desk import Desk

_HEADINGS = ("Extension", "Name", "Username", "Id")


def configure(parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    """Add the actions."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="list the SIP accounts", parents=[common], allow_abbrev=False)
    listing.add_argument("--search", default="", metavar="TEXT", help="any part of an extension, name or username")
    show = actions.add_parser("show", help="show what a telephone signs in with", parents=[common], allow_abbrev=False)
    show.add_argument("id", metavar="ID", help="its id, username or extension")
    status = actions.add_parser("status", help="show which are signed in", parents=[common], allow_abbrev=False)
    for action in (listing, show, status):
        action.add_argument("--account", metavar="NAME", help="the account; not needed when one has SIP accounts")
        action.add_argument("--for", dest="acting_for", default="", metavar="CUSTOMER", help="act for this customer")
        output.add_format(action, "table", "json")
    for action in (listing, show):
        action.add_argument("--reveal", action="store_true", help="show passwords; without it they are blanked")
    export = actions.add_parser(
        "export",
        help="make what a softphone is set up with",
        description="Make what a softphone is set up with: a sheet to type from, or a file that it reads.",
        parents=[common],
        allow_abbrev=False,
    )
    sip_export.configure(export)
    code = actions.add_parser(
        "qr",
        help="hand one to a phone by a QR code",
        description="Show the QR code of an address that hands a phone what it is set up with: once, in ten minutes. "
        "Nothing of it passes through anybody else's hands.",
        parents=[common],
        allow_abbrev=False,
    )
    sip_qr.configure(code)
    check = actions.add_parser(
        "check",
        help="tell whether a SIP account works",
        description="Tell step by step whether a SIP account works. A telephone that uses it is not disturbed.",
        parents=[common],
        allow_abbrev=False,
    )
    sip_check.configure(check)


async def run(options: argparse.Namespace) -> int:
    """Do one of them."""
    match options.action:
        case "export":
            return await sip_export.run(options)
        case "qr":
            return await sip_qr.run(options)
        case "check":
            return await sip_check.run(options)
    actions = {"list": _list, "show": _show, "status": _status}
    async with open_desk(options) as desk:
        account = account_with(desk, options.account, HasSipAccounts, "SIP accounts")
        await unlock(desk, account, options)
        await actions[options.action](desk, account, options)
    return 0


async def _list(desk: Desk, account: Account, options: argparse.Namespace) -> None:
    found = await desk.sip.list(account, acting_for=options.acting_for)
    accounts = [one for one in found.accounts if _matches(one, options.search)]
    if options.format == "json":
        output.show_json([_json(one, account, options) for one in accounts])
        return
    _tell_whose(account, options)
    rows = [(*_row(one), one.password) if options.reveal else _row(one) for one in accounts]
    if rows:
        output.say_block(output.table(rows, (*_HEADINGS, "Password") if options.reveal else _HEADINGS))
    else:
        output.note("No SIP accounts match." if options.search else "There are no SIP accounts.")


async def _show(desk: Desk, account: Account, options: argparse.Namespace) -> None:
    one = await desk.sip.find(account, options.id, acting_for=options.acting_for)
    if options.format == "json":
        output.show_json(_json(one, account, options))
        return
    shown = one.password if options.reveal else one.password and f"{BLANK}  (--reveal shows it)"
    rows = [
        ("Account", account.name),
        ("Acting for", options.acting_for),
        ("Name", one.display_name),
        ("Extension", one.extension),
        ("Registrar", one.domain or "not known: the service does not say it; write it into the account's settings"),
        ("Username", one.username),
        ("Password", shown or "the service does not say it"),
        ("Outbound proxy", one.outbound_proxy),
        ("Encryption", {True: "TLS and SRTP", False: "none asked for", None: ""}[one.encrypted]),
        ("Id", one.id),
    ]
    output.say_block(output.pairs(row for row in rows if row[1]))


async def _status(desk: Desk, account: Account, options: argparse.Namespace) -> None:
    found = await desk.sip.list(account, acting_for=options.acting_for)
    states = await desk.sip.statuses(account, acting_for=options.acting_for)
    if options.format == "json":
        output.show_json(
            [
                {**_whose(account, options), "id": one.id, "extension": one.extension or None,
                 "display_name": one.display_name or None, "status": states.get(one.id)}
                for one in found.accounts
            ]
        )  # fmt: skip
        return
    _tell_whose(account, options)
    rows = [(one.extension, one.display_name, states.get(one.id, "not known"), one.id) for one in found.accounts]
    if rows:
        output.say_block(output.table(rows, ("Extension", "Name", "Status", "Id")))
    else:
        output.note("There are no SIP accounts.")


def _tell_whose(account: Account, options: argparse.Namespace) -> None:
    if options.acting_for:
        output.note(f"{account.name}, acting for: {options.acting_for}")


def _whose(account: Account, options: argparse.Namespace) -> dict[str, object]:
    return {"account": account.name, "acting_for": options.acting_for or None}


def _matches(one: SipAccount, search: str) -> bool:
    text = " ".join(_row(one)).casefold()
    return all(word in text for word in search.casefold().split())


def _row(one: SipAccount) -> tuple[str, str, str, str]:
    return one.extension, one.display_name, one.username, one.id


def _json(one: SipAccount, account: Account, options: argparse.Namespace) -> object:
    shown = {
        **_whose(account, options),
        "id": one.id,
        "username": one.username,
        "password": one.password or None,
        "display_name": one.display_name or None,
        "extension": one.extension or None,
        "domain": one.domain or None,
        "outbound_proxy": one.outbound_proxy or None,
        "encrypted": one.encrypted,
        "raw": dict(one.raw),
    }
    return shown if options.reveal else blanked(shown)
