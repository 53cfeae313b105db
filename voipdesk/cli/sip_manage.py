"""`voipdesk sip create`, `update` and `delete`: says what is done, does it once, and says what became of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from voipdesk.cli import output, terminal
from voipdesk.cli.changes import tell_changes
from voipdesk.cli.session import account_with, acting, open_desk, unlock
from voipdesk.cli.sip_text import as_json, show
from voipdesk.core.errors import BadInput, Refused
from voipdesk.core.sip import CanManageSipAccounts, SipAccountFields

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from voipdesk.core.accounts import Account
    from voipdesk.core.sip import SipAccount
    from voipdesk.services.desk import Desk

_FIELDS = ("display_name", "internal_number", "external_number", "mailbox")


def configure(add: Callable[[str, str, str], argparse.ArgumentParser]) -> None:
    """Add the actions; `add` makes a parser of a name, a summary and a description."""
    create = add("create", "create a SIP account", "Create a SIP account; the service makes its password.")
    create.add_argument("username", metavar="USERNAME", help="what a telephone signs in as")
    update = add(
        "update",
        "change a SIP account",
        "Change a SIP account: shows what changes. What is not named stays as it is, and '' clears a field.",
    )
    update.add_argument("id", metavar="ID", help="its id or username")
    for action in (create, update):
        option = action.add_argument
        option("--name", dest="display_name", metavar="TEXT", help="who or what it is for")
        option("--internal-number", metavar="NUMBER", help="what colleagues see when it calls")
        option("--external-number", metavar="NUMBER", help="what others see when it calls")
        option("--mwi-account", dest="mailbox", metavar="X", help="the mailbox whose new messages it shows")
    reveal = "show the password{}; without it, it is blanked"
    create.add_argument("--reveal", action="store_true", help=reveal.format(", which the service may not tell again"))
    update.add_argument("--reveal", action="store_true", help=reveal.format(" in JSON"))
    delete = add("delete", "delete a SIP account", "Delete a SIP account, after a yes. It cannot be undone.")
    delete.add_argument("id", metavar="ID", help="its id or username")
    delete.add_argument("--yes", action="store_true", help="do not ask")
    for action in (create, update, delete):
        action.add_argument("--account", metavar="NAME", help="the account; not needed when one has such SIP accounts")
        output.add_format(action, "table", "json")


async def run(options: argparse.Namespace) -> int:
    """Do one of the three."""
    actions = {"create": _create, "update": _update, "delete": _delete}
    if options.action == "delete":
        terminal.check_can_ask(yes=options.yes)
    if options.action == "update" and not _given(options):
        raise BadInput("Nothing is to be changed.", advice="Say what: --name, --internal-number and so on.")
    async with open_desk(options) as desk:
        account = account_with(desk, options.account, CanManageSipAccounts, "SIP accounts that can be changed")
        await unlock(desk, account, options)
        await actions[options.action](desk, account, options)
    return 0


async def _create(desk: Desk, account: Account, options: argparse.Namespace) -> None:
    fields = SipAccountFields(**_given(options))
    with acting(f"Interrupted: “{options.username}” may be created; “voipdesk sip list” tells."):
        made = await desk.sip.create(account, options.username, fields)
    if options.format == "json":
        output.show_json(as_json(made, account, reveal=options.reveal))
        return
    output.note(f"SIP account “{made.username}” is created.")
    show(made, account, reveal=options.reveal)


async def _update(desk: Desk, account: Account, options: argparse.Namespace) -> None:
    from voipdesk.services.sip import fields_of

    before = await desk.sip.find(account, options.id)
    fields = replace(fields_of(before), **_given(options))
    changes = desk.sip.changes(before, fields)
    if not changes:
        output.note("It is so already; nothing was sent.")
        _show_json(before, account, options)
        return
    tell_changes(f"“{before.username}” changes:", changes)
    with acting(f"Interrupted: “{before.username}” may be changed; “voipdesk sip show” tells."):
        edited = await desk.sip.update(account, before, fields)
    _show_json(edited.sip, account, options)
    if edited.not_taken:
        tell_changes("The service did not take:", edited.not_taken)
        raise Refused("The service did not take every change.")
    if options.format == "table":
        output.say(f"SIP account “{edited.sip.username}” is changed, and reads back so.")


async def _delete(desk: Desk, account: Account, options: argparse.Namespace) -> None:
    found = await desk.sip.find(account, options.id)
    named = f"“{found.username}”{f' ({found.display_name})' if found.display_name else ''}"
    if not options.yes:
        output.note("A telephone that signs in with it can neither call nor be called any more.")
        terminal.check_says_yes(f"Delete the SIP account {named} of {account.name}? It cannot be undone.")
    with acting(f"Interrupted: {named} may be deleted; “voipdesk sip list” tells."):
        await desk.sip.delete(account, found)
    if options.format == "json":
        output.show_json({"account": account.name, "id": found.id, "username": found.username, "deleted": True})
    else:
        output.say(f"SIP account {named} is deleted.")


def _given(options: argparse.Namespace) -> dict[str, str]:
    return {name: value.strip() for name in _FIELDS if (value := getattr(options, name)) is not None}


def _show_json(one: SipAccount, account: Account, options: argparse.Namespace) -> None:
    if options.format == "json":
        output.show_json(as_json(one, account, reveal=options.reveal))
