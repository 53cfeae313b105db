"""A table of contacts in a text file (CSV): how it is written, what its columns mean, its rows as contacts."""

from __future__ import annotations

import csv
import io
import re
from itertools import islice
from typing import TYPE_CHECKING

import msgspec

from voipdesk.contact_files import encodings
from voipdesk.contact_files.heading_words import HEADING_WORDS
from voipdesk.contact_files.record import FileRecord
from voipdesk.contact_files.vcard import escape
from voipdesk.core.contact_keys import folded, line_of, lines_of
from voipdesk.core.contacts import Contact, ContactNumber
from voipdesk.core.errors import BadInput
from voipdesk.core.language import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

SEPARATORS = {",": N_("comma"), ";": N_("semicolon"), "\t": N_("tab"), "|": N_("bar")}
"""What may stand between columns, and its name."""
LEFT_OUT = "-"
ROLES = {
    "name": N_("Name"),
    "first": N_("First name"),
    "middle": N_("Middle name"),
    "last": N_("Last name"),
    "organisation": N_("Organisation"),
    "title": N_("Job title"),
    "number": N_("Number"),
    "work": N_("Number at work"),
    "mobile": N_("Mobile number"),
    "home": N_("Number at home"),
    "fax": N_("Fax number"),
    "email": N_("E-mail"),
    "note": N_("Note"),
    "id": N_("Id"),
    LEFT_OUT: N_("Left out"),
}
"""What a column can mean, and how that is called."""
NUMBERS = {"number": "", "work": "work", "mobile": "mobile", "home": "home", "fax": "fax"}
_EXAMPLES = 5
_SAMPLE = 200
_MOST_COLUMNS = 400
_FORMULA = re.compile(r"'\s*[=+\-@\t\r\n＝＋－＠]")
_NUMBERED = re.compile(r"(phone|e-mail|telefoon) \d+ ?- ?value\Z")
_LIKE_NUMBER = re.compile(r"\+?[\d\s().\-/]{6,}")
_LIKE_NAME = re.compile(r"[^\W\d_][^\d@]*")
_LIKE_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class TableFormat(msgspec.Struct, frozen=True):
    """How a table is written and what its columns mean."""

    encoding: str = "utf-8"
    separator: str = ","
    has_heading: bool = True
    roles: tuple[str, ...] = ()
    """A key of ROLES for each column."""


class TableLook(msgspec.Struct, frozen=True):
    """What is seen of a table before it is imported."""

    format: TableFormat
    headings: tuple[str, ...]
    """Names of the columns; "Column 1" where the file names none, in every language: --map takes it, too."""
    examples: tuple[tuple[str, ...], ...]
    """The first rows, as long as the headings."""

    @property
    def titles(self) -> tuple[str, ...]:
        """The headings as people read them."""
        unnamed = {_unnamed(place): _("Column {n}", n=place) for place in range(1, len(self.headings) + 1)}
        return tuple(unnamed.get(heading, heading) for heading in self.headings)


def look(beginning: bytes, asked: TableFormat | None = None, *, encoding: str = "", separator: str = "") -> TableLook:
    """Guess from a table's beginning how it is written and what its columns mean.

    `asked` stands as it is; `encoding` and `separator` alone do where they are given.
    """
    encoding = encoding or (asked.encoding if asked else encodings.guess(beginning))
    text = beginning.decode(encodings.check(encoding), "replace").removeprefix("\ufeff")
    if len(beginning) >= encodings.LOOKED_AT and "\n" in text:
        text = text[: text.rindex("\n")]  # the last row may be cut off
    separator = separator or (asked.separator if asked else _separator(text))
    rows = list(islice(_rows(io.StringIO(text, newline=""), separator), _SAMPLE))
    if not rows:
        raise BadInput(_("There is no row in this file."), advice=_("Choose another file."))
    width = min(_MOST_COLUMNS, max(map(len, rows)))
    has_heading = asked.has_heading if asked else _names_columns(rows[0])
    headings = [line_of(cell) for cell in rows[0]] if has_heading else []
    headings = [heading or _unnamed(place) for place, heading in enumerate([*headings, *[""] * width][:width], 1)]
    body = rows[1:] if has_heading else rows
    roles = asked.roles if asked and asked.roles else _guess(headings if has_heading else (), body, width)
    roles = (*roles, *[LEFT_OUT] * width)[:width]
    examples = [tuple(line_of(cell) for cell in [*row, *[""] * width][:width]) for row in body[:_EXAMPLES]]
    return TableLook(TableFormat(encoding, separator, has_heading, roles), tuple(headings), tuple(examples))


def read(file: Iterable[str], asked: TableFormat) -> Iterator[FileRecord]:
    """Read one record for each row; an empty one is passed over."""
    rows = _rows(file, asked.separator)
    if asked.has_heading:
        next(rows, None)
    for row in rows:
        if not any(cell.strip() for cell in row):
            continue
        contact, uid = _contact(row, asked.roles)
        yield FileRecord(None if contact.is_empty else contact, uid, int(contact.is_empty))


def with_roles(look: TableLook, given: Sequence[tuple[str, str]]) -> TableFormat:
    """Give the format with roles for columns named by heading or by number from 1; all others are left out."""
    roles = [LEFT_OUT] * len(look.headings)
    known = {
        folded(heading): place
        for headings in (look.titles, look.headings)
        for place, heading in reversed(list(enumerate(headings)))
    }
    for column, role in given:
        place = known.get(folded(column), int(column) - 1 if column.isdecimal() and len(column) < 4 else -1)
        if not 0 <= place < len(roles):
            names = ", ".join(f"“{heading}”" for heading in look.titles[:20])
            raise BadInput(
                _("There is no column “{column}”.", column=line_of(column, 40)),
                advice=_("There is: {columns}.", columns=names),
            )
        if role not in ROLES:
            raise BadInput(
                _("“{role}” is nothing a column can be.", role=line_of(role, 40)),
                advice=_("It can be: {roles}.", roles=", ".join(ROLES)),
            )
        roles[place] = role
    return msgspec.structs.replace(look.format, roles=tuple(roles))


def role_title(role: str) -> str:
    """Call what a column can mean; `role` is a key of ROLES."""
    return _(ROLES[role])  # NON-NLS: marked in its table


def separator_name(separator: str) -> str:
    """Name what stands between columns; one that is not among SEPARATORS is its own name."""
    return _(SEPARATORS[separator]) if separator in SEPARATORS else separator  # NON-NLS: marked in its table


def _unnamed(place: int) -> str:
    return f"Column {place}"  # NON-NLS: what is shown is a title


def _rows(file: Iterable[str], separator: str) -> Iterator[list[str]]:
    reader = csv.reader(file, delimiter=separator, strict=False)
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:  # a field of more than 131,072 characters, or a NUL
            yield [""]


def _separator(text: str) -> str:
    """Take what parts most rows into the same number of columns, more than one."""
    best, found = (0.0, 0), ","
    for separator in SEPARATORS:
        rows = [row for row in islice(_rows(io.StringIO(text, newline=""), separator), 50) if row]
        if not rows:
            continue
        width = len(rows[0])
        alike = sum(len(row) == width for row in rows) / len(rows)
        if width > 1 and (alike, width) > best:
            best, found = (alike, width), separator
    return found


def _names_columns(row: Sequence[str]) -> bool:
    """Tell whether a row holds names of columns: it has no number and no address, and a word we know or only words."""
    filled = [cell for cell in row if cell.strip()]
    if any(_LIKE_NUMBER.fullmatch(cell.strip()) or _LIKE_EMAIL.fullmatch(cell.strip()) for cell in filled):
        return False
    return any(_known(cell) for cell in filled) or len(filled) == len(row)


def _known(heading: str) -> str:
    word = folded(heading).replace("_", " ").strip(" *:")
    if numbered := _NUMBERED.match(word):
        return "email" if numbered[1] == "e-mail" else "number"
    word = word.rstrip("0123456789 ") or word
    return next((role for role, words in HEADING_WORDS.items() if word in words), "")


def _guess(headings: Sequence[str], body: Sequence[Sequence[str]], width: int) -> tuple[str, ...]:
    """Go by the headings; where none tells of a number or a name, by what stands below them."""
    roles = [_known(heading) or LEFT_OUT for heading in headings] or [LEFT_OUT] * width
    if not any(role in NUMBERS for role in roles):
        for place in range(width):
            cells = [row[place].strip() for row in body if place < len(row) and row[place].strip()]
            if cells and roles[place] == LEFT_OUT and _most(cells, _LIKE_NUMBER):
                roles[place] = "number"
            elif cells and roles[place] == LEFT_OUT and _most(cells, _LIKE_EMAIL):
                roles[place] = "email"
    if not any(role in {"name", "first", "last"} for role in roles):
        for place, role in enumerate(roles):
            cells = [row[place] for row in body if place < len(row) and row[place].strip()]
            if role == LEFT_OUT and cells and _most(cells, _LIKE_NAME):
                roles[place] = "name"
                break
    return tuple(roles)


def _most(cells: Sequence[str], like: re.Pattern[str]) -> bool:
    return sum(like.fullmatch(cell) is not None for cell in cells) * 2 > len(cells)


def _contact(row: Sequence[str], roles: Sequence[str]) -> tuple[Contact, str]:
    cells: dict[str, list[str]] = {}
    numbers: dict[ContactNumber, None] = {}
    for text, role in zip(row, roles, strict=False):
        cell = text[1:] if _FORMULA.match(text) else text  # as exports keep it from being a formula
        cell = lines_of(cell) if role == "note" else line_of(cell)
        if not cell:
            continue
        cells.setdefault(role, []).append(cell)
        if role in NUMBERS:
            # some programs put several numbers into one cell
            numbers |= dict.fromkeys(ContactNumber(each.strip(), NUMBERS[role]) for each in cell.split(":::"))

    def one(role: str) -> str:
        return " ".join(cells.get(role, ()))

    contact = Contact(
        name=one("name") or " ".join(filter(None, map(one, ("first", "middle", "last")))),
        organisation=", ".join(dict.fromkeys(cells.get("organisation", ()))),
        numbers=tuple(numbers),
        emails=tuple(dict.fromkeys(each.strip() for cell in cells.get("email", ()) for each in cell.split(":::"))),
        note="\n".join(cells.get("note", ())),
        more=tuple(("TITLE", escape(title)) for title in cells.get("title", ())),
    )
    return contact, one("id")
