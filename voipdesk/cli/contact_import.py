"""`voipdesk contacts import`: says what will be done, asks where something is to go, and does it at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from voipdesk.cli import output, terminal
from voipdesk.core.contacts import Change, number_text
from voipdesk.core.errors import BadInput
from voipdesk.core.language import _, ngettext, shown_number

if TYPE_CHECKING:
    import argparse

    from voipdesk.contact_files.table import TableFormat
    from voipdesk.core.contacts import ImportCounts
    from voipdesk.services.contacts_import import Preview
    from voipdesk.services.desk import Desk

_NAMED = 20


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add = parser.add_argument
    add("file", type=Path, metavar="FILE")
    add(
        "--map",
        metavar="COLUMN=ROLE,…",
        help=_("what the columns of a table mean, by heading or number; see --columns"),
    )
    add("--columns", action="store_true", help=_("show a table's columns and what they are taken for, and do nothing"))
    add("--encoding", default="", metavar="E", help=_("of a table, such as utf-8 or cp1252 (default: guessed)"))
    add("--separator", default="", metavar="C", help=_("of a table: a character, or tab (default: guessed)"))
    add("--no-heading", action="store_true", help=_("the table's first row is a contact, too"))
    add("--replaces", metavar="SOURCE", help=_("the file is a newer copy of this one; contacts sources lists them"))
    add("--new", action="store_true", help=_("the file is a new one, whatever it looks like"))
    add("--keep", action="store_true", help=_("keep what is no longer in the file"))
    add("--yes", action="store_true", help=_("remove what is no longer in the file, without being asked"))
    add("--dry-run", action="store_true", help=_("show what would be done, and do nothing"))
    output.add_format(parser, "table", "json")


async def run(desk: Desk, options: argparse.Namespace) -> None:
    """Read the file, say what will be done, and do it."""
    format_ = await _format(desk, options)
    if options.columns:
        return
    preview = await desk.contact_imports.read(options.file, format_)
    try:
        if options.new:
            preview = await desk.contact_imports.compare(preview, None)
        elif options.replaces:
            preview = await desk.contact_imports.compare(preview, await _source(desk, options.replaces))
        if options.dry_run:
            _tell(options, preview, preview.counts, done=False)
            return
        remove = _may_remove(options, preview)
        counts = await desk.contact_imports.take_over(preview, remove=remove)
    finally:
        await desk.contact_imports.drop(preview)
    _tell(options, preview, counts, done=True)


async def _format(desk: Desk, options: argparse.Namespace) -> TableFormat | None:
    """Say how a table is written; None for a vCard file, and for a table that is read as it looks or as last time."""
    separator = {"tab": "\t", "comma": ",", "semicolon": ";"}.get(options.separator, options.separator)
    if len(separator) > 1 or (not separator.isprintable() and separator != "\t"):
        raise BadInput(
            _("“{text}” is no separator.", text=options.separator), advice=_("Give one character, or the word tab.")
        )
    look = await desk.contact_imports.look(options.file, encoding=options.encoding, separator=separator)
    if look is None:
        if options.map or options.columns:
            raise BadInput(_("A vCard file has no columns."), advice=_("Leave --map and --columns out."))
        return None
    import msgspec

    from voipdesk.contact_files.table import ROLES, with_roles

    if options.no_heading:
        asked = msgspec.structs.replace(look.format, has_heading=False, roles=() if options.map else look.format.roles)
        look = await desk.contact_imports.look(options.file, asked) or look
    if options.map:
        look = msgspec.structs.replace(look, format=with_roles(look, _pairs(options.map)))
    if options.columns:
        shown = look.headings if options.format == "json" else look.titles
        rows = [
            (str(place + 1), heading, role, " | ".join(row[place] for row in look.examples[:2]))
            for place, (heading, role) in enumerate(zip(shown, look.format.roles, strict=True))
        ]
        if options.format == "json":
            output.show_json([{"column": int(r[0]), "heading": r[1], "role": r[2], "examples": r[3]} for r in rows])
        else:
            headings = (_("Column"), _("Heading"), _("Taken for"), _("Examples"))
            output.say_block(output.table(rows, headings, right=(0,)))
            output.note(
                _(
                    "Encoding {encoding}. A column can be: {roles} (left out).",
                    encoding=look.format.encoding,
                    roles=", ".join(ROLES),
                )
            )
    return look.format


def _pairs(text: str) -> list[tuple[str, str]]:
    pairs = []
    for part in text.split(","):
        column, equals, role = part.rpartition("=")
        if not equals:
            raise BadInput(
                _("“{text}” does not say what the column is.", text=part.strip()[:40]), advice=_("Write Column=role.")
            )
        pairs.append((column.strip(), role.strip()))
    return pairs


async def _source(desk: Desk, text: str) -> int:
    """Find a source by its path or its file's name."""
    sources = [source for source in await desk.contacts.sources() if not source.is_folder]
    found = [s for s in sources if s.place == text] or [s for s in sources if Path(s.place).name == text]
    if len(found) != 1:
        raise BadInput(_("There is no source “{text}”.", text=text[:80]), advice=_("contacts sources lists them."))
    return found[0].id


def _may_remove(options: argparse.Namespace, preview: Preview) -> bool:
    """Ask before something goes; BadInput where there is nobody to ask."""
    removed = preview.counts.removed
    if not removed or options.keep or not preview.sound:
        return False
    if options.yes:
        return True
    _list_removed(preview)
    if not terminal.on_a_terminal():
        raise BadInput(
            ngettext(
                "{n} contact is no longer in this file: nothing was imported.",
                "{n} contacts are no longer in this file: nothing was imported.",
                removed,
            ),
            advice=_("--yes removes them, --keep keeps them."),
        )
    terminal.check_says_yes(
        ngettext(
            "{n} contact is no longer in this file and would be removed.",
            "{n} contacts are no longer in this file and would be removed.",
            removed,
        )
    )
    return True


def _list_removed(preview: Preview) -> None:
    gone = [contact for kind, contact in preview.examples if kind is Change.REMOVED]
    for contact in gone[:_NAMED]:
        numbers = ", ".join(number_text(number) for number in contact.numbers)
        missing = _("no longer there: {name}", name=contact.title)
        output.note(f"  {missing}  {numbers}".rstrip())
    if preview.counts.removed > _NAMED:
        more = _("… and {count} more", count=shown_number(preview.counts.removed - _NAMED))
        output.note(f"  {more}")


def _tell(options: argparse.Namespace, preview: Preview, counts: ImportCounts, *, done: bool) -> None:
    fields = {name: getattr(counts, name) for name in counts.__struct_fields__}
    if options.format == "json":
        output.show_json({"file": preview.place, "replaces": preview.source_place or None, "done": done, **fields})
        return
    if preview.source_place and preview.source_place != preview.place:
        output.note(_("Taken for a newer copy of {file}; --new imports it beside that.", file=preview.source_place))
    output.say(in_words(counts) if done else _("Would be done: {changes}", changes=in_words(counts)))
    if not preview.sound:
        damaged, broken_off = _("The file is damaged."), _("The file is damaged or breaks off: nothing was removed.")
        output.note(broken_off if done else damaged)
    if counts.unreadable:
        output.note(
            ngettext(
                "{n} line or record could not be read.", "{n} lines or records could not be read.", counts.unreadable
            )
        )
    if done and preview.counts.removed and not counts.removed:
        output.note(
            ngettext(
                "{n} that is no longer in the file is kept.",
                "{n} that are no longer in the file are kept.",
                preview.counts.removed,
            )
        )


def in_words(counts: ImportCounts) -> str:
    """Say what an import does: "12 added, 3 changed, 2 the same as others."."""
    parts = [
        _("{count} added", count=shown_number(counts.added)),
        _("{count} changed", count=shown_number(counts.changed)),
        _("{count} became one with an equal contact", count=shown_number(counts.merged)) if counts.merged else "",
        ngettext("{n} as it was", "{n} as they were", counts.unchanged) if counts.unchanged else "",
        _("{count} removed", count=shown_number(counts.removed)) if counts.removed else "",
        ngettext("{n} stays as you changed it", "{n} stay as you changed them", counts.kept) if counts.kept else "",
    ]
    return f"{', '.join(filter(None, parts))}."
