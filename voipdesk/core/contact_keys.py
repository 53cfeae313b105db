"""What contacts and numbers are compared by: digests, folded texts, E.164 and national significant numbers."""

from __future__ import annotations

import unicodedata
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from voipdesk.core.contacts import LONGEST_LINE, LONGEST_TEXT
from voipdesk.core.errors import BadInput
from voipdesk.core.number import LONGEST_EXTENSION, SHORTEST_INTERNATIONAL
from voipdesk.core.number_text import SEPARATORS, take_apart

if TYPE_CHECKING:
    from collections.abc import Iterable

    from phonenumbers import PhoneNumber

    from voipdesk.core.contacts import Contact

SHORTEST_NATIONAL = 7
"""Digits of the shortest national significant number that is compared without its country."""


class NumberKeys(NamedTuple):
    """What a number is found by."""

    exact: str
    """In E.164; the digits of an extension as they are; "" for what is no number."""
    national: str
    """The national significant number; "" where it is too short to mean one country's number."""
    certain: bool = False
    """Whether the country is written: such a number is never another country's that has the same national number."""


NO_KEYS = NumberKeys("", "")


def number_keys(text: str, region: str) -> NumberKeys:
    """Give what a number is found by, as somebody in `region` (ISO 3166) writes it or a service sends it."""
    digits = SEPARATORS.sub("", text)
    bare = digits.removeprefix("+")
    if not (bare.isascii() and bare.isdecimal()):
        try:
            digits = take_apart(text).digits
        except BadInput:
            return NO_KEYS
        bare = digits.removeprefix("+")
    if digits == bare and len(bare) <= LONGEST_EXTENSION:
        return NumberKeys(bare, "")
    parsed = _parse(digits, region)
    if parsed is None:
        return NumberKeys(digits, "")
    national = ("0" * (parsed.number_of_leading_zeros or 1) if parsed.italian_leading_zero else "") + str(
        parsed.national_number
    )
    long_enough = national if len(national) >= SHORTEST_NATIONAL else ""
    return NumberKeys(f"+{parsed.country_code}{national}", long_enough, digits.startswith(("+", "00")))


def _parse(digits: str, region: str) -> PhoneNumber | None:
    """Read a number as written; one that may be whole without its "+", as services send them, where it is valid so.

    Validity is asked for only where there are two ways to read it: that takes longer than all the rest.
    """
    import phonenumbers

    written = _parsed(digits, region)
    if digits.startswith(("+", "0")) or len(digits) < SHORTEST_INTERNATIONAL:
        return written
    if written is not None and phonenumbers.is_valid_number(written):
        return written
    whole = _parsed(f"+{digits}", region)
    return whole if whole is not None and phonenumbers.is_valid_number(whole) else written


def _parsed(digits: str, region: str) -> PhoneNumber | None:
    import phonenumbers

    try:
        parsed = phonenumbers.parse(digits, region)
    except phonenumbers.NumberParseException:
        return None
    return parsed if phonenumbers.is_possible_number(parsed) else None


def folded(text: str) -> str:
    """Give a text in the form in which contacts are compared and searched: without case and accents, on one line."""
    if not text.isascii():
        parts = unicodedata.normalize("NFKD", text)
        text = "".join(c for c in parts if not unicodedata.combining(c))
    return " ".join(text.casefold().split())


def found_by(contact: Contact) -> str:
    """Give what a contact is found by: its texts and the digits of its numbers, which no typed text can span."""
    digits = ("".join(c for c in number.written if c.isdecimal()) for number in contact.numbers)
    return "\n".join(map(folded, (contact.title, contact.organisation, *contact.emails, *digits)))


def content_key(contact: Contact) -> bytes:
    """Give the digest of all that a contact says."""
    import msgspec

    return _digest([msgspec.json.encode(contact)])


def sameness_key(contact: Contact, numbers: Iterable[NumberKeys]) -> bytes:
    """Give what exact duplicates have in common: name, organisation, numbers and addresses, however written."""
    keys = sorted({keys.exact or keys.national for keys in numbers})
    emails = sorted({email.casefold() for email in contact.emails})
    parts = (folded(contact.name), folded(contact.organisation), "\n".join(keys), "\n".join(emails))
    return _digest(part.encode("utf-8", "replace") for part in parts)


def own_key(contact: Contact) -> str:
    """Give what a record without an id is known by in its file: whom it names, else what it is reached by."""
    named = (folded(contact.name), folded(contact.organisation))
    reached = () if any(named) else (*(number.written for number in contact.numbers), *contact.emails)
    return _digest(part.encode("utf-8", "replace") for part in (*named, *reached)).hex()


def line_of(text: str, longest: int = LONGEST_LINE) -> str:
    """Make a text from outside fit for one line: what moves the cursor or turns the writing round becomes a space."""
    if not text.isprintable():
        text = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(text.split())[:longest].rstrip()


def lines_of(text: str) -> str:
    """Make a text from outside fit for several lines."""
    lines = (line_of(line, LONGEST_TEXT) for line in text.splitlines())
    return "\n".join(lines)[:LONGEST_TEXT].strip()


def _digest(parts: Iterable[bytes]) -> bytes:
    digest = blake2b(digest_size=16)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.digest()
