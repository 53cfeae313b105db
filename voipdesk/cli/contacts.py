"""`voipdesk contacts`: names for numbers, entered by hand or imported from files."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from voipdesk.cli import contact_edit, contact_import, contact_watch, output
from voipdesk.cli.contact_text import find_one, json_contact, row, show
from voipdesk.cli.session import open_desk
from voipdesk.core.language import _, ngettext, shown_number

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from voipdesk.services.desk import Desk

TABLE_LIMIT = 200


def configure(parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    """Add the actions."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)

    def action(name: str, help_: str, description: str = "") -> argparse.ArgumentParser:
        return actions.add_parser(
            name, help=help_, description=description or None, parents=[common], allow_abbrev=False
        )

    contact_import.configure(
        action(
            "import",
            _("import a vCard or CSV file"),
            _(
                "Import a vCard file (2.1, 3.0 or 4.0) or a table (CSV). A file that was imported before is compared "
                "with what came from it: what changed is updated, and what vanished is removed after a yes."
            ),
        )
    )
    listing = action("list", _("list the contacts"))
    search = action("search", _("find contacts by any part of a name or number"))
    search.add_argument("text", nargs="+", metavar="TEXT")
    limit = _("so many at most (default: all; {count} in a table)", count=shown_number(TABLE_LIMIT))
    for each in (listing, search):
        each.add_argument("--limit", type=_limit, metavar="N", help=limit)
        output.add_format(each, "table", "json")
    showing = action("show", _("show all that is known of one"))
    showing.add_argument("contact", nargs="+", metavar="NAME|ID")
    output.add_format(showing, "table", "json")
    contact_edit.configure_add(action("add", _("add one")))
    contact_edit.configure_edit(action("edit", _("change one; what is not named stays")))
    contact_edit.configure_remove(action("remove", _("remove some")))
    export = action(
        "export",
        _("write them to a file"),
        _("Write contacts to a file: vCard 4.0, or a table where its name ends in .csv (- is the screen)."),
    )
    export.add_argument("file", type=Path, metavar="FILE")
    export.add_argument("--search", default="", metavar="TEXT", help=_("only those with this in a name or number"))
    contact_watch.configure_sources(action("sources", _("list the files and folders they come from, or forget one")))
    contact_watch.configure_watch(
        action(
            "watch",
            _("follow the files in a folder"),
            _(
                "Follow the vCard and CSV files in a folder: now, and as long as the window is open. What is new or "
                "changed is taken over; nothing is removed by itself. Without a folder: list those that are watched."
            ),
        )
    )


def _limit(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and int(text[:12]) > 0):
        raise argparse.ArgumentTypeError(_("“{text}” is no number of contacts", text=text))
    return int(text[:12])


async def run(options: argparse.Namespace) -> int:
    """Do one of them."""
    actions: dict[str, Callable[[Desk, argparse.Namespace], Awaitable[None]]] = {
        "import": contact_import.run,
        "list": _list,
        "search": _list,
        "show": _show,
        "add": contact_edit.add,
        "edit": contact_edit.edit,
        "remove": contact_edit.remove,
        "export": _export,
        "sources": contact_watch.sources,
        "watch": contact_watch.watch,
    }
    async with open_desk(options) as desk:
        await actions[options.action](desk, options)
    return 0


async def _list(desk: Desk, options: argparse.Namespace) -> None:
    text = " ".join(getattr(options, "text", ()))
    ids = await desk.contacts.find(text)
    limit = options.limit or (TABLE_LIMIT if options.format == "table" else len(ids))
    found = await desk.contacts.page(ids[:limit])
    if options.format == "json":
        output.show_json_rows(json_contact(each) for each in found)
    elif found:
        headings = (_("Name"), _("Organisation"), _("Numbers"), _("Id"))
        output.say_block(output.table(map(row, found), headings, right=(3,)))
        if options.limit is None and len(ids) > limit:
            output.note(
                _(
                    "These are the first {count} of {all}; --limit shows more.",
                    count=shown_number(limit),
                    all=shown_number(len(ids)),
                )
            )
    else:
        output.note(_("No contact matches.") if text else _("There are no contacts yet."))


async def _show(desk: Desk, options: argparse.Namespace) -> None:
    one = await find_one(desk, " ".join(options.contact))
    if options.format == "json":
        output.show_json(json_contact(one))
    else:
        show(one)


async def _export(desk: Desk, options: argparse.Namespace) -> None:
    from voipdesk.services.contact_export import cards, export_file

    if str(options.file) == "-":
        ids = await desk.contacts.find(options.search)
        for start in range(0, len(ids), TABLE_LIMIT):
            output.say_raw(cards(await desk.contacts.page(ids[start : start + TABLE_LIMIT])))
        return
    count = await export_file(desk.contacts, options.file, text=options.search)
    output.note(ngettext("{n} contact is in {file}.", "{n} contacts are in {file}.", count, file=options.file))
