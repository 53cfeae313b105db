"""`voipdesk contacts add|edit|remove`: what is entered by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from voipdesk.cli import output
from voipdesk.cli.contact_text import find_one, json_contact
from voipdesk.core.contact_keys import line_of, lines_of
from voipdesk.core.contacts import Contact, ContactNumber, number_text
from voipdesk.core.errors import BadInput
from voipdesk.core.language import _

if TYPE_CHECKING:
    import argparse

    from voipdesk.services.desk import Desk


def configure_add(parser: argparse.ArgumentParser) -> None:
    """Add the options of `add`."""
    _add_fields(parser)


def configure_edit(parser: argparse.ArgumentParser) -> None:
    """Add the options of `edit`."""
    parser.add_argument("contact", metavar="NAME|ID")
    _add_fields(parser)
    parser.add_argument(
        "--remove-number", action="append", default=[], metavar="NUMBER", help=_("several times for several")
    )


def configure_remove(parser: argparse.ArgumentParser) -> None:
    """Add the options of `remove`."""
    parser.add_argument("contacts", nargs="+", metavar="NAME|ID")


async def add(desk: Desk, options: argparse.Namespace) -> None:
    """Add a contact."""
    id_ = await desk.contacts.add(_changed(Contact(), options))
    await _tell(desk, id_, options, added=True)


async def edit(desk: Desk, options: argparse.Namespace) -> None:
    """Change a contact."""
    stored = await find_one(desk, options.contact)
    contact = stored.contact
    for text in options.remove_number:
        keys = _digits(text)
        left = tuple(number for number in contact.numbers if _digits(number.written) != keys)
        if len(left) == len(contact.numbers):
            has = ", ".join(number_text(number) for number in contact.numbers)
            raise BadInput(
                _("“{name}” does not have the number {number}.", name=contact.title, number=line_of(text, 40)),
                advice=_("It has: {numbers}", numbers=has),
            )
        contact = msgspec.structs.replace(contact, numbers=left)
    contact = _changed(contact, options)
    if contact == stored.contact:
        raise BadInput(_("There is nothing to change."), advice=_("Give a new name, number or other field."))
    id_, _became_one = await desk.contacts.edit(stored.id, contact)
    await _tell(desk, id_, options, added=False)


async def remove(desk: Desk, options: argparse.Namespace) -> None:
    """Remove contacts; none when one of them is not clear."""
    found = [await find_one(desk, text) for text in options.contacts]
    await desk.contacts.remove([each.id for each in found])
    for each in found:
        said = [_("“{name}” is removed.", name=each.contact.title)]
        if each.sources:
            said.append(_("An import of {file} will not bring it back.", file=each.sources[0]))
        output.say(" ".join(said))


def _add_fields(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--name", metavar="N")
    add("--organisation", metavar="O")
    number = _("such as work:+442079460958; repeat it")
    add("--number", action="append", default=[], metavar="[KIND:]NUMBER", help=number)
    add("--email", action="append", default=[], metavar="E")
    add("--note", metavar="TEXT")
    output.add_format(parser, "table", "json")


def _changed(contact: Contact, options: argparse.Namespace) -> Contact:
    numbers = dict.fromkeys((*contact.numbers, *map(_number, options.number)))
    given = {
        "name": None if options.name is None else line_of(options.name),
        "organisation": None if options.organisation is None else line_of(options.organisation),
        "note": None if options.note is None else lines_of(options.note),
    }
    more = contact.more
    if given["name"] not in {None, contact.name}:
        more = tuple(pair for pair in more if pair[0] != "N")  # its parts, which no longer fit
    if given["organisation"] not in {None, contact.organisation}:
        more = tuple(pair for pair in more if pair[0] != "ORG")
    return msgspec.structs.replace(
        contact,
        numbers=tuple(numbers),
        emails=tuple(dict.fromkeys((*contact.emails, *map(line_of, options.email)))),
        more=more,
        **{name: value for name, value in given.items() if value is not None},
    )


def _number(text: str) -> ContactNumber:
    kind, colon, number = text.rpartition(":")
    if not any(c.isdecimal() for c in number):
        raise BadInput(
            _("“{text}” is no number.", text=line_of(text, 40)),
            advice=_("Write it as work:+442079460958, or the number alone."),
        )
    return ContactNumber(line_of(number), line_of(kind, 40) if colon else "")


async def _tell(desk: Desk, id_: int, options: argparse.Namespace, *, added: bool) -> None:
    stored = await desk.contacts.get(id_)
    if stored is None:
        return
    if options.format == "json":
        output.show_json(json_contact(stored))
    elif added:
        output.say(_("“{name}” is added, with id {id}.", name=stored.contact.title, id=id_))
    else:
        output.say(_("“{name}” is changed, with id {id}.", name=stored.contact.title, id=id_))


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdecimal())
