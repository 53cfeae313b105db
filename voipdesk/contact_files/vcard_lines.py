"""The lines of a vCard file as properties, of any version: RFC 6350 (4.0), RFC 2426 (3.0), and versit's 2.1.

A reader for what programs really write: each card stands for itself, so that a broken one costs no other.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from functools import lru_cache
from quopri import decodestring
from typing import TYPE_CHECKING

from voipdesk.contact_files.encodings import decode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MOST_BYTES = 1_000_000
"""Of one property; what is longer is a picture, or no vCard."""
_LONGEST_HEAD = 4_000
"""Bytes of a property's name and parameters: comparing the quotes in longer ones takes too long."""
BINARY = frozenset({b"PHOTO", b"LOGO", b"SOUND", b"KEY"})
"""Properties that hold pictures and the like, which are passed over while they are read."""
_QUOTE, _COLON = b'":'
_HEAD = re.compile(rb"(?:[\w-]+\.)?([\w-]+)\s*(?:;|:)")
_NAME = re.compile(r"(?:([\w-]+)\.)?([\w-]+)\Z")
_PARAMETER = re.compile(r'\s*([\w-]+)\s*(?:=((?:"[^"]*"|[^";])*))?\Z')
_QP = re.compile(rb"quoted-printable", re.IGNORECASE)
_BOUNDARY = re.compile(rb"\s*(BEGIN|END)\s*:\s*VCARD\s*\Z", re.IGNORECASE)
_AGENT = re.compile(rb"(?:[\w-]+\.)?AGENT\b[^:]*:\s*\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Head:
    """What stands before the colon: a thousand cards have the same few."""

    group: str
    name: str
    """In capitals."""
    types: frozenset[str]
    """The words of its TYPE parameters, in small letters."""
    preference: int
    """From 1, the most preferred, to 100; 101 where it says nothing."""
    encodings: frozenset[str]
    """In capitals, such as QUOTED-PRINTABLE."""
    charset: str


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a card; its value is decoded, and still escaped as its version does."""

    head: Head
    value: str

    @property
    def name(self) -> str:
        """What it is, in capitals."""
        return self.head.name


@dataclass(slots=True)
class Card:
    """The properties of one card as they stand in the file."""

    properties: list[Property] = field(default_factory=list)
    unreadable: int = 0
    """Lines that are no properties."""
    whole: bool = False
    """Whether its end was reached."""

    @property
    def version(self) -> str:
        """The version it says it has, 3.0 where it says nothing."""
        return next((each.value.strip() for each in self.properties if each.name == "VERSION"), "3.0")


def cards(lines: Iterable[bytes]) -> Iterator[Card]:
    """Read cards one after the other; what stands between them is passed over."""
    card: Card | None = None
    agents, before = 0, b""
    for line in _logical(lines):
        boundary = _BOUNDARY.match(line)
        if boundary is None:
            if card is not None and not agents:
                _add(card, line)
        elif boundary[1].upper() == b"END":
            if agents:
                agents -= 1
            elif card is not None:
                card.whole = True
                yield card
                card = None
        elif card is not None and (agents or _AGENT.match(before)):
            agents += 1  # version 2.1 puts a card into a card
        else:
            if card is not None:
                yield card  # its end is missing
            card, agents = Card(), 0
        before = line
    if card is not None:
        yield card


def _add(card: Card, line: bytes) -> None:
    if not line.strip():
        return
    found = _property(line)
    if found is None:
        card.unreadable += 1
    else:
        card.properties.append(found)


def _logical(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Join folded lines, in bytes: a fold may stand inside of a character."""
    line = bytearray()
    dropped = quoted = False
    for raw in lines:
        physical = raw.rstrip(b"\r\n")
        if quoted and line.endswith(b"="):
            del line[-1:]
            line += physical
        elif physical[:1] in {b" ", b"\t"} and (line or dropped):
            if not dropped:
                line += physical[1:]
        else:
            if line:
                yield bytes(line)
            head = _HEAD.match(physical)
            dropped = head is not None and head[1].upper() in BINARY
            quoted = _QP.search(physical.partition(b":")[0]) is not None
            line = bytearray() if dropped else bytearray(physical)
        if len(line) > MOST_BYTES:
            line, dropped = bytearray(), True
    if line:
        yield bytes(line)


def _property(line: bytes) -> Property | None:
    place = line.find(b":")
    if place > 0 and line.find(b'"', 0, place) >= 0:
        place = _colon(line)
    head = _head(line[:place]) if 0 < place <= _LONGEST_HEAD else None
    if head is None:
        return None
    value = line[place + 1 :]
    if "QUOTED-PRINTABLE" in head.encodings:
        value = decodestring(value)
    return Property(head, decode(value, head.charset))


def _colon(line: bytes) -> int:
    """Find the colon behind the parameters, in whose quotes there may be others."""
    quoted = False
    for place, byte in enumerate(line):
        if byte == _QUOTE:
            quoted = not quoted
        elif byte == _COLON and not quoted:
            return place
    return line.find(b":")  # a quote is never closed


@lru_cache(maxsize=2_000)
def _head(raw: bytes) -> Head | None:
    first, *rest = _split_quoted(decode(raw))
    name = _NAME.match(first.strip())
    if name is None:
        return None
    parameters: dict[str, list[str]] = {}
    for text in rest:
        found = _PARAMETER.match(text)
        if found is None:
            continue
        if found[2] is None:
            key, given = ("ENCODING" if found[1].upper() in {"QUOTED-PRINTABLE", "BASE64"} else "TYPE"), found[1]
        else:
            key, given = found[1].upper(), found[2].strip()
        parameters.setdefault(key, []).append(given.replace('"', ""))
    types = {word.strip().lower() for words in parameters.get("TYPE", ()) for word in words.split(",")}
    return Head(
        group=name[1] or "",
        name=name[2].upper(),
        types=frozenset(types),
        preference=_preference(parameters.get("PREF", ()), types),
        encodings=frozenset(encoding.upper() for encoding in parameters.get("ENCODING", ())),
        charset=_known(next(iter(parameters.get("CHARSET", ())), "")),
    )


def _preference(given: Sequence[str], types: set[str]) -> int:
    if given and given[0].isascii() and given[0].isdecimal():
        return min(100, int(given[0][:3]))
    return 1 if "pref" in types else 101


def _split_quoted(text: str) -> list[str]:
    if '"' not in text:
        return text.split(";")
    return re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*\Z)', text)


def _known(charset: str) -> str:
    try:
        return codecs.lookup(charset).name if charset else ""
    except (LookupError, ValueError):  # none of this name, or a name that can be none
        return ""
