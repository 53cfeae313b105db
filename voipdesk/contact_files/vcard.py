"""What a vCard says of a contact, and a contact as a vCard of version 4.0 (RFC 6350)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from voipdesk.contact_files.record import FileRecord
from voipdesk.contact_files.vcard_lines import cards
from voipdesk.core.contact_keys import line_of, lines_of
from voipdesk.core.contacts import LONGEST_TEXT, MOST_NUMBERS, Contact, ContactNumber

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from voipdesk.contact_files.vcard_lines import Card, Property

_PLACES = ("work", "home")
_SORTS = {"cell": "mobile", "mobile": "mobile", "fax": "fax", "pager": "pager", "car": "car", "main": "main"}
_PASSED_OVER = frozenset({"VERSION", "PRODID", "REV", "UID", "AGENT", "PHOTO", "LOGO", "SOUND", "KEY", "XML"})
_READ = frozenset({"FN", "TEL", "EMAIL", "NOTE", "X-ABLABEL"})
_BINARY = frozenset({"BASE64", "B"})
_OWN = re.compile(r"X-[A-Z0-9-]+")
_PLAIN_PROPERTIES = frozenset(
    {"N", "NICKNAME", "TITLE", "ROLE", "BDAY", "ANNIVERSARY", "ADR", "URL", "CATEGORIES", "IMPP", "GENDER", "LANG"}
    | {"TZ", "GEO", "MEMBER", "RELATED", "KIND", "SOURCE"}
)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_SEMICOLON = re.compile(r"(?<!\\)((?:\\\\)*);")
_APPLE = re.compile(r"_\$!<(.*)>!\$_\Z")
_TYPES = {
    "work": "work",
    "home": "home",
    "mobile": "cell",
    "fax": "fax",
    "pager": "pager",
    "car": "x-car",
    "main": "x-main",
}
_FOLD = 75


def read(lines: Iterable[bytes]) -> Iterator[FileRecord]:
    """Read one record for each card; one that names nobody and has no number cannot be used."""
    for card in cards(lines):
        contact, uid = _contact(card)
        usable = not contact.is_empty
        # The last card of a file that breaks off may lack what is still to come.
        yield FileRecord(contact if usable else None, uid, card.unreadable + (not usable), whole=card.whole)


def write(contact: Contact, uid: str) -> str:
    """Write one card, with line ends as RFC 6350 wants them."""
    rows = [("VERSION", "4.0"), ("UID", escape(uid)), ("FN", escape(contact.title or "?"))]
    more = dict.fromkeys(contact.more)
    if contact.organisation and not any(name == "ORG" for name, _ in more):
        rows.append(("ORG", escape(contact.organisation)))
    for place, number in enumerate(contact.numbers, 1):
        rows += _tel(place, number)
    rows += [("EMAIL", escape(email)) for email in contact.emails]
    if contact.note:
        rows.append(("NOTE", escape(contact.note)))
    rows += more
    body = "".join(_folded(f"{name}:{value}") for name, value in rows)
    return f"BEGIN:VCARD\r\n{body}END:VCARD\r\n"


def escape(text: str) -> str:
    """Escape a text as a whole value."""
    text = text.replace("\\", "\\\\").replace("\r\n", "\n").replace("\n", "\\n")
    return text.replace(",", "\\,").replace(";", "\\;")


def unescape(text: str) -> str:
    """Give the text of an escaped value."""
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], text) if "\\" in text else text


def parts(value: str) -> list[str]:
    """Give the texts of a structured value, such as those of an address."""
    return [unescape(part) for part in _SEMICOLON.sub("\\1\0", value).split("\0")]


def shown(name: str, value: str) -> str:
    """Give the value of one of a contact's other properties as people read it."""
    texts = parts(value) if name in {"N", "ADR", "ORG", "GENDER"} else [unescape(value)]
    return lines_of(", ".join(filter(None, (text.strip() for text in texts))))


def _contact(card: Card) -> tuple[Contact, str]:
    loose = card.version.startswith("2.1")
    text: Callable[[str], str] = _unescape_loosely if loose else unescape
    labels = {p.head.group: _label(text(p.value)) for p in card.properties if p.name == "X-ABLABEL"}
    numbers: list[tuple[int, ContactNumber]] = []
    emails: dict[str, None] = {}
    notes: list[str] = []
    more: dict[tuple[str, str], None] = {}
    names: dict[str, str] = {}
    uid = ""
    for each in card.properties:
        if each.name == "TEL":
            number = _number(each, text, labels)
            if number is not None and len(numbers) < MOST_NUMBERS:
                numbers.append((each.head.preference, number))
        elif each.name == "EMAIL":
            if (email := line_of(_without_scheme(text(each.value), "mailto"))) and len(emails) < MOST_NUMBERS:
                emails[email] = None
        elif each.name == "NOTE":
            notes.append(lines_of(text(each.value)))
        elif each.name == "UID":
            uid = uid or line_of(text(each.value))
        elif each.name in {"FN", "N", "ORG", "NICKNAME"}:
            names.setdefault(each.name, each.value)
        if (value := _kept(each, loose=loose)) and len(more) < MOST_NUMBERS:
            more[each.name, value] = None
    numbers.sort(key=lambda pair: pair[0])
    contact = Contact(
        name=_name(names, text),
        organisation=line_of(", ".join(filter(None, parts(names.get("ORG", ""))))),
        numbers=tuple(dict.fromkeys(number for _, number in numbers)),
        emails=tuple(emails),
        note="\n".join(filter(None, notes)),
        more=tuple(more),
    )
    return contact, uid


def _name(names: dict[str, str], text: Callable[[str], str]) -> str:
    """Take the formatted name; else put it together; else the nickname."""
    if formatted := line_of(text(names.get("FN", ""))):
        return formatted
    family, given, middle, prefix, suffix = [*parts(names.get("N", "")), *[""] * 5][:5]
    together = line_of(" ".join(filter(None, (prefix, given, middle, family, suffix))))
    return together or line_of(text(names.get("NICKNAME", "")))


def _number(tel: Property, text: Callable[[str], str], labels: dict[str, str]) -> ContactNumber | None:
    value = tel.value.strip()
    if value[:4].lower() == "tel:":
        value, *parameters = value[4:].split(";")
        value = unquote(value)
        value += "".join(
            f" ext {unquote(p[4:])}"  # NON-NLS: as numbers have it
            for p in parameters
            if p[:4].lower() == "ext="
        )
    else:
        value = text(value)
    written = line_of(value)
    if not written:
        return None
    types = tel.head.types
    place = next((place for place in _PLACES if place in types), "")
    sort = next((sort for word, sort in _SORTS.items() if word in types or f"x-{word}" in types), "")
    label = labels.get(tel.head.group) if tel.head.group else ""
    return ContactNumber(written, label or " ".join(filter(None, (place, sort))))


def _label(text: str) -> str:
    """Give a label that Apple's address book keeps beside a property; its own ones stand in marks."""
    apple = _APPLE.match(text)
    label = line_of(apple[1].lower() if apple else text, 40)
    return "mobile" if label in {"iphone", "cell"} else label


def _kept(each: Property, *, loose: bool) -> str:
    """Give the value of a property that is kept beside what is read, "" for one that is not; escaped as in 4.0."""
    name = each.name
    if name in _PASSED_OVER or name in _READ:
        return ""
    several = name == "ORG" and len([part for part in parts(each.value) if part.strip()]) > 1
    if not (several or name in _PLAIN_PROPERTIES or _OWN.fullmatch(name)) or each.head.encodings & _BINARY:
        return ""
    value = each.value.strip()
    if loose:
        value = ";".join(escape(_unescape_loosely(part)) for part in _SEMICOLON.sub("\\1\0", value).split("\0"))
    value = value.replace("\r\n", "\n").replace("\n", "\\n")
    value = "".join(c if c.isprintable() else " " for c in value)
    return value if value.strip("; ") and len(value) <= LONGEST_TEXT else ""


def _unescape_loosely(text: str) -> str:
    """Read version 2.1, which escapes a semicolon alone, though its writers often escape as 3.0 does."""
    return re.sub(r"\\([;,:\\])", r"\1", text).replace("\\n", "\n").replace("\\N", "\n") if "\\" in text else text


def _without_scheme(text: str, scheme: str) -> str:
    return unquote(text[len(scheme) + 1 :]) if text[: len(scheme) + 1].lower() == f"{scheme}:" else text


def _tel(place: int, number: ContactNumber) -> list[tuple[str, str]]:
    """Give the lines of a number; a label that is no type stands beside it in a group, as address books write it."""
    value = escape(number.written)
    words = [_TYPES.get(word, "") for word in number.kind.split()]
    if not all(words):
        return [(f"item{place}.TEL", value), (f"item{place}.X-ABLabel", escape(number.kind))]
    types = f'"{",".join(words)}"' if len(words) > 1 else "".join(words)
    return [(f"TEL;TYPE={types}" if types else "TEL", value)]


def _folded(line: str) -> str:
    """Break a line where it would be longer than 75 bytes, and never inside of a character."""
    pieces, piece, size = list[str](), list[str](), 0
    for character in line:
        width = len(character.encode("utf-8", "replace"))
        if size + width > _FOLD:
            pieces.append("".join(piece))
            piece, size = [" "], 1
        piece.append(character)
        size += width
    pieces.append("".join(piece))
    return "\r\n".join(pieces) + "\r\n"
