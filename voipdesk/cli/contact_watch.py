"""`voipdesk contacts sources|watch`: where contacts come from, and folders that are followed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from voipdesk.cli import output
from voipdesk.cli.contact_import import in_words
from voipdesk.core.errors import BadInput
from voipdesk.core.language import _, ngettext, pgettext

if TYPE_CHECKING:
    import argparse

    from voipdesk.core.contacts import ContactSource
    from voipdesk.services.desk import Desk


def configure_sources(parser: argparse.ArgumentParser) -> None:
    """Add the options of `sources`."""
    parser.add_argument("--forget", metavar="SOURCE", help=_("remove all that came from this file alone"))
    output.add_format(parser, "table", "json")


def configure_watch(parser: argparse.ArgumentParser) -> None:
    """Add the options of `watch`."""
    parser.add_argument("folder", nargs="?", type=Path, metavar="DIR")
    parser.add_argument("--stop", action="store_true", help=_("follow this folder no more; its contacts stay"))
    output.add_format(parser, "table", "json")


async def sources(desk: Desk, options: argparse.Namespace) -> None:
    """List the sources, or forget one."""
    found = await desk.contacts.sources()
    if options.forget:
        source = _find(found, options.forget)
        await desk.contacts_watch.check_forgetting(source)
        gone = await desk.contacts.forget_source(source)
        output.say(
            ngettext(
                "{file} is forgotten, with {n} contact. What you changed, or others have, stays.",
                "{file} is forgotten, with {n} contacts. What you changed, or others have, stays.",
                gone,
                file=source.place,
            )
        )
        return
    _list(found, options, _("No file was imported yet."))


async def watch(desk: Desk, options: argparse.Namespace) -> None:
    """Follow a folder, stop it, or list those that are followed."""
    if options.folder is None:
        found = [source for source in await desk.contacts.sources() if source.is_folder]
        _list(found, options, _("No folder is watched."))
        return
    if options.stop:
        found = [source for source in await desk.contacts.sources() if source.is_folder]
        source = _find(found, str(options.folder))
        await desk.contacts.forget_source(source)
        output.say(_("{folder} is watched no more; its contacts stay.", folder=source.place))
        return
    for news in await desk.contacts_watch.add(options.folder):
        if news.counts is not None:
            output.say(f"{news.place}: {in_words(news.counts)}")
        else:
            output.note(f"{news.place}: {news.problem}")
    output.note(_("{folder} is watched as long as the window is open.", folder=options.folder))


def _find(found: list[ContactSource], text: str) -> ContactSource:
    place = str(Path(text).expanduser().absolute())
    same = [s for s in found if s.place in {text, place}] or [s for s in found if Path(s.place).name == text]
    if len(same) != 1:
        known = ", ".join(source.place for source in found[:10])
        raise BadInput(
            _("“{text}” is not known.", text=text[:80]),
            advice=_("There is: {names}.", names=known) if known else _("There is none."),
        )
    return same[0]


def _list(found: list[ContactSource], options: argparse.Namespace, none: str) -> None:
    if options.format == "json":
        rows = [
            {"place": s.place, "watched": s.is_folder, "contacts": s.contacts, "problem": s.problem or None}
            for s in found
        ]
        output.show_json(rows)
    elif found:
        rows_ = [
            (s.place, _("folder") if s.is_folder else str(s.contacts), output.shown_time(s.read_at), s.problem)
            for s in found
        ]
        headings = (_("Source"), _("Contacts"), pgettext("when it was read", "Read"), _("Problem"))
        output.say_block(output.table(rows_, headings, right=(1,)))
    else:
        output.note(none)
