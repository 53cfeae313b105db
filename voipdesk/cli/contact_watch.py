"""`voipdesk contacts sources|watch`: where contacts come from, and folders that are followed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from voipdesk.cli import output
from voipdesk.cli.contact_import import in_words
from voipdesk.core.errors import BadInput

if TYPE_CHECKING:
    import argparse

    from voipdesk.core.contacts import ContactSource
    from voipdesk.services.desk import Desk


def configure_sources(parser: argparse.ArgumentParser) -> None:
    """Add the options of `sources`."""
    parser.add_argument("--forget", metavar="SOURCE", help="remove all that came from this file alone")
    output.add_format(parser, "table", "json")


def configure_watch(parser: argparse.ArgumentParser) -> None:
    """Add the options of `watch`."""
    parser.add_argument("folder", nargs="?", type=Path, metavar="DIR")
    parser.add_argument("--stop", action="store_true", help="follow this folder no more; its contacts stay")
    output.add_format(parser, "table", "json")


async def sources(desk: Desk, options: argparse.Namespace) -> None:
    """List the sources, or forget one."""
    found = await desk.contacts.sources()
    if options.forget:
        source = _find(found, options.forget)
        await desk.contacts_watch.check_forgetting(source)
        gone = await desk.contacts.forget_source(source)
        contacts = f"{gone:,} {'contact' if gone == 1 else 'contacts'}"
        output.say(f"{source.place} is forgotten, with {contacts}. What you changed, or others have, stays.")
        return
    _list(found, options, "No file was imported yet.")


async def watch(desk: Desk, options: argparse.Namespace) -> None:
    """Follow a folder, stop it, or list those that are followed."""
    if options.folder is None:
        found = [source for source in await desk.contacts.sources() if source.is_folder]
        _list(found, options, "No folder is watched.")
        return
    if options.stop:
        found = [source for source in await desk.contacts.sources() if source.is_folder]
        source = _find(found, str(options.folder))
        await desk.contacts.forget_source(source)
        output.say(f"{source.place} is watched no more; its contacts stay.")
        return
    for news in await desk.contacts_watch.add(options.folder):
        if news.counts is not None:
            output.say(f"{news.place}: {in_words(news.counts)}")
        else:
            output.note(f"{news.place}: {news.problem}")
    output.note(f"{options.folder} is watched as long as the window is open.")


def _find(found: list[ContactSource], text: str) -> ContactSource:
    place = str(Path(text).expanduser().absolute())
    same = [s for s in found if s.place in {text, place}] or [s for s in found if Path(s.place).name == text]
    if len(same) != 1:
        known = ", ".join(source.place for source in found[:10])
        raise BadInput(f"“{text[:80]}” is not known.", advice=f"There is: {known}." if known else "There is none.")
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
            (s.place, "folder" if s.is_folder else str(s.contacts), output.shown_time(s.read_at), s.problem)
            for s in found
        ]
        output.say_block(output.table(rows_, ("Source", "Contacts", "Read", "Problem"), right=(1,)))
    else:
        output.note(none)
