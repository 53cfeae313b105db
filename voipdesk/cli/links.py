"""`voipdesk links`: has telephone links opened with voipdesk, and takes it back."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from voipdesk.cli import output
from voipdesk.core.language import _
from voipdesk.core.links import SCHEMES
from voipdesk.desktop.tel_links import tel_links

if TYPE_CHECKING:
    import argparse

    from voipdesk.core.links import LinkOwner


def configure(parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    """Add the actions."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, summary in (
        ("install", _("open telephone links with voipdesk")),
        ("remove", _("let them be opened by what opened them before")),
    ):
        action = actions.add_parser(name, help=summary, parents=[common], allow_abbrev=False)
        action.add_argument(
            "schemes",
            nargs="*",
            choices=[*SCHEMES, []],
            metavar="SCHEME",
            help=_("of {schemes} (all)", schemes=", ".join(SCHEMES)),
        )
        output.add_format(action, "table", "json")
    status = actions.add_parser("status", help=_("who opens them now"), parents=[common], allow_abbrev=False)
    output.add_format(status, "table", "json")


async def run(options: argparse.Namespace) -> int:
    """Do it, and tell who opens the links now."""
    links = tel_links(options.home)
    left_to_do = ""
    if options.action != "status":
        act = links.install if options.action == "install" else links.remove
        left_to_do = await asyncio.to_thread(act, options.schemes or SCHEMES)
    owners = await asyncio.to_thread(links.owners)
    if options.format == "json":
        output.show_json([{"scheme": o.scheme, "owner": o.owner or None, "voipdesk": o.ours} for o in owners])
    else:
        output.say_block(
            output.table([(f"{o.scheme}:", owner_words(o)) for o in owners], (_("Links"), _("Opened with")))
        )
    if left_to_do:
        output.note(left_to_do)
    return 0


def owner_words(owner: LinkOwner) -> str:
    """Say who opens a scheme's links."""
    return "voipdesk" if owner.ours else owner.owner or _("nothing")
