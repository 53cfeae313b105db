"""`voipdesk sip create`, `update` and `delete`: says what is done, does it once, and says what became of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from voipdesk.cli import output, terminal
from voipdesk.cli.changes import tell_changes
from voipdesk.cli.session import account_with, acting, open_desk, unlock
from voipdesk.cli.sip_text import as_json, show
from voipdesk.core.errors import BadInput, Refused
from voipdesk.core.language import _
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
    create = add("create", _("create a SIP account"), _("Create a SIP account; the service makes its password."))
    create.add_argument("username", metavar="USERNAME", help=_("what a telephone signs in as"))
    update = add(
        "update",
        _("change a SIP account"),
        _("Change a SIP account: shows what changes. What is not named stays as it is, and '' clears a field."),
    )
    update.add_argument("id", metavar="ID", help=_("its id or username"))
    for action in (create, update):
        option = action.add_argument
        option("--name", dest="display_name", metavar="TEXT", help=_("who or what it is for"))
        option("--internal-number", metavar="NUMBER", help=_("what colleagues see when it calls"))
        option("--external-number", metavar="NUMBER", help=_("what others see when it calls"))
        option("--mwi-account", dest="mailbox", metavar="X", help=_("the mailbox whose new messages it shows"))
    create.add_argument(
        "--reveal",
        action="store_true",
        help=_("show the password, which the service may not tell again; without it, it is blanked"),
    )
    update.add_argument("--reveal", action="store_true", help=_("show the password in JSON; without it, it is blanked"))
    delete = add("delete", _("delete a SIP account"), _("Delete a SIP account, after a yes. It cannot be undone."))
    delete.add_argument("id", metavar="ID", help=_("its id or username"))
    delete.add_argument("--yes", action="store_true", help=_("do not ask"))
    for action in (create, update, delete):
        action.add_argument(
            "--account", metavar="NAME", help=_("the account; not needed when one has such SIP accounts")
        )
        output.add_format(action, "table", "json")


async def run(options: argparse.Namespace) -> int:
    """Do one of the three."""
    actions = {"create": _create, "update": _update, "delete": _delete}
    if options.action == "delete":
        terminal.check_can_ask(yes=options.yes)
    if options.action == "update" and not _given(options):
        raise BadInput(_("Nothing is to be changed."), advice=_("Say what: --name, --internal-number and so on."))
    async with open_desk(options) as desk:
        account = account_with(desk, options.account, CanManageSipAccounts, _("SIP accounts that can be changed"))
        await unlock(desk, account, options)
        await actions[options.action](desk, account, options)
    return 0


async def _create(desk: Desk, account: Account, options: argparse.Namespace) -> None:
    fields = SipAccountFields(**_given(options))
    with acting(_("Interrupted: “{username}” may be created; “voipdesk sip list” tells.", username=options.username)):
        made = await desk.sip.create(account, options.username, fields)
    if options.format == "json":
        output.show_json(as_json(made, account, reveal=options.reveal))
        return
    output.note(_("SIP account “{username}” is created.", username=made.username))
    show(made, account, reveal=options.reveal)


async def _update(desk: Desk, account: Account, options: argparse.Namespace) -> None:
    from voipdesk.services.sip import fields_of

    before = await desk.sip.find(account, options.id)
    fields = replace(fields_of(before), **_given(options))
    changes = desk.sip.changes(before, fields)
    if not changes:
        output.note(_("It is so already; nothing was sent."))
        _show_json(before, account, options)
        return
    tell_changes(_("“{username}” changes:", username=before.username), changes)
    with acting(_("Interrupted: “{username}” may be changed; “voipdesk sip show” tells.", username=before.username)):
        edited = await desk.sip.update(account, before, fields)
    _show_json(edited.sip, account, options)
    if edited.not_taken:
        tell_changes(_("The service did not take:"), edited.not_taken)
        raise Refused(_("The service did not take every change."))
    if options.format == "table":
        output.say(_("SIP account “{username}” is changed, and reads back so.", username=edited.sip.username))


async def _delete(desk: Desk, account: Account, options: argparse.Namespace) -> None:
    found = await desk.sip.find(account, options.id)
    named = f"“{found.username}”{f' ({found.display_name})' if found.display_name else ''}"
    if not options.yes:
        output.note(_("A telephone that signs in with it can neither call nor be called any more."))
        terminal.check_says_yes(
            _("Delete the SIP account {name} of {account}? It cannot be undone.", name=named, account=account.name)
        )
    with acting(_("Interrupted: {name} may be deleted; “voipdesk sip list” tells.", name=named)):
        await desk.sip.delete(account, found)
    if options.format == "json":
        output.show_json({"account": account.name, "id": found.id, "username": found.username, "deleted": True})
    else:
        output.say(_("SIP account {name} is deleted.", name=named))


def _given(options: argparse.Namespace) -> dict[str, str]:
    return {name: value.strip() for name in _FIELDS if (value := getattr(options, name)) is not None}


def _show_json(one: SipAccount, account: Account, options: argparse.Namespace) -> None:
    if options.format == "json":
        output.show_json(as_json(one, account, reveal=options.reveal))
