"""`voipdesk scripts`: the web addresses that tell a service what to do with a call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.cli import output, script_test, terminal
from voipdesk.cli.changes import tell_changes
from voipdesk.cli.session import account_with, acting, open_desk, unlock
from voipdesk.core.errors import BadInput, Refused
from voipdesk.core.language import _
from voipdesk.core.scripts import HasScripts

if TYPE_CHECKING:
    import argparse

    from voipdesk.core.accounts import Account
    from voipdesk.core.scripts import Script
    from voipdesk.services.desk import Desk
    from voipdesk.services.scripts import ScriptInTheWay


def configure(parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    """Add the actions."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)

    which = _("its id, name or address")

    def add(name: str, summary: str, description: str | None = None) -> argparse.ArgumentParser:
        made = actions.add_parser(name, help=summary, description=description, parents=[common], allow_abbrev=False)
        made.add_argument("--account", metavar="NAME", help=_("the account; not needed when one has scripts"))
        output.add_format(made, "table", "json")
        return made

    add("list", _("list the scripts"))
    add("show", _("show one")).add_argument("id", metavar="ID", help=which)
    create = add(
        "create", _("create one"), _("Create a script. A domain has one: where there is one, it can be replaced.")
    )
    create.add_argument("url", metavar="URL", help=_("the address that answers with XML"))
    create.add_argument("--name", metavar="TEXT", help=_("what to call it"))
    create.add_argument("--replace", action="store_true", help=_("replace the one that is there, without being asked"))
    update = add("update", _("change one"), _("Change a script: shows what changes. What is not named stays as it is."))
    update.add_argument("id", metavar="ID", help=which)
    update.add_argument("--url", metavar="URL", help=_("another address"))
    update.add_argument("--name", metavar="TEXT", help=_("another name"))
    delete = add("delete", _("delete one"), _("Delete a script, after a yes. It cannot be undone."))
    delete.add_argument("id", metavar="ID", help=which)
    delete.add_argument("--yes", action="store_true", help=_("do not ask"))
    test = add(
        "test",
        _("see what an address answers"),
        _("Have the service ask an address what to do with a call; shows its XML, and whether it is well formed."),
    )
    test.add_argument("url", metavar="URL", help=_("the address; it need not be a script's yet"))


async def run(options: argparse.Namespace) -> int:
    """Do one of them."""
    actions = {
        "list": _list,
        "show": _show,
        "create": _create,
        "update": _update,
        "delete": _delete,
        "test": script_test.run,
    }
    if options.action == "delete":
        terminal.check_can_ask(yes=options.yes)
    if options.action == "update" and options.url is None and options.name is None:
        raise BadInput(_("Nothing is to be changed."), advice=_("Say what: --url, --name."))
    async with open_desk(options) as desk:
        account = account_with(desk, options.account, HasScripts, _("scripts"))
        await unlock(desk, account, options)
        await actions[options.action](desk, account, options)
    return 0


async def _list(desk: Desk, account: Account, options: argparse.Namespace) -> None:
    scripts = (await desk.scripts.list(account)).scripts
    if options.format == "json":
        output.show_json([_json(script, account) for script in scripts])
    elif scripts:
        rows = [(one.name, one.url, output.shown_time(one.updated_at or one.created_at), one.id) for one in scripts]
        output.say_block(output.table(rows, (_("Name"), _("Address"), _("Changed"), _("Id"))))
    else:
        output.note(_("There are no scripts."))


async def _show(desk: Desk, account: Account, options: argparse.Namespace) -> None:
    _tell_one(await desk.scripts.find(account, options.id), account, options)


async def _create(desk: Desk, account: Account, options: argparse.Namespace) -> None:
    from voipdesk.services import scripts

    try:
        with acting(_("Interrupted: the script may be created; “voipdesk scripts list” tells.")):
            made = await desk.scripts.create(account, options.url, options.name or "")
    except scripts.ScriptInTheWay as there:
        in_the_way = there
    else:
        if options.format == "table":
            output.note(_("The script is created."))
        _tell_one(made, account, options)
        return
    _check_replacing(in_the_way, options)
    before = in_the_way.script
    await _change(desk, account, before, options.url, before.name if options.name is None else options.name, options)


def _check_replacing(there: ScriptInTheWay, options: argparse.Namespace) -> None:
    """Ask whether the new address is to be put in the place of the one that is there; raise what says no."""
    if options.replace:
        return
    if not terminal.on_a_terminal():
        raise Refused(
            there.message, advice=_("Nothing was created. To replace it, add --replace."), details=there.details
        )
    output.note(there.message)
    terminal.check_says_yes(_("Replace it by {url}?", url=options.url))


async def _update(desk: Desk, account: Account, options: argparse.Namespace) -> None:
    before = await desk.scripts.find(account, options.id)
    url = before.url if options.url is None else options.url
    await _change(desk, account, before, url, before.name if options.name is None else options.name, options)


async def _change(
    desk: Desk, account: Account, before: Script, url: str, name: str, options: argparse.Namespace
) -> None:
    changes = desk.scripts.changes(before, url, name)
    if not changes:
        output.note(_("It is so already; nothing was sent."))
        _tell_one(before, account, options)
        return
    tell_changes(_("The script changes:"), changes)
    with acting(_("Interrupted: the script may be changed; “voipdesk scripts list” tells.")):
        edited = await desk.scripts.update(account, before, url, name)
    _tell_one(edited.script, account, options)
    if edited.not_taken:
        tell_changes(_("The service did not take:"), edited.not_taken)
        raise Refused(_("The service did not take every change."))


async def _delete(desk: Desk, account: Account, options: argparse.Namespace) -> None:
    found = await desk.scripts.find(account, options.id)
    if not options.yes:
        terminal.check_says_yes(
            _(
                "Delete the script {url} of {account}? Calls are no longer handled by it. It cannot be undone.",
                url=found.url,
                account=account.name,
            )
        )
    with acting(_("Interrupted: the script may be deleted; “voipdesk scripts list” tells.")):
        await desk.scripts.delete(account, found)
    if options.format == "json":
        output.show_json({"account": account.name, "id": found.id, "url": found.url, "deleted": True})
    else:
        output.say(_("The script {url} is deleted.", url=found.url))


def _tell_one(script: Script, account: Account, options: argparse.Namespace) -> None:
    if options.format == "json":
        output.show_json(_json(script, account))
        return
    rows = [
        (_("Account"), account.name),
        (_("Name"), script.name),
        (_("Address"), script.url),
        (_("Created"), output.shown_time(script.created_at)),
        (_("Changed"), output.shown_time(script.updated_at)),
        (_("Id"), script.id),
    ]
    output.say_block(output.pairs(row for row in rows if row[1]))


def _json(script: Script, account: Account) -> object:
    return {
        "account": account.name,
        "id": script.id,
        "name": script.name or None,
        "url": script.url,
        "created_at": output.local_time(script.created_at),
        "updated_at": output.local_time(script.updated_at),
        "raw": dict(script.raw),
    }
