"""Names for numbers: a contact as a person, a file or the archive has it, and what becomes of contacts in an import."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from voipdesk.core.language import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LONGEST_LINE = 300
LONGEST_TEXT = 10_000
MOST_NUMBERS = 100
"""Of one contact, as of its addresses and of the other things a file says of it; the rest is left out."""
_SHOWN_NAMES = 2
KINDS = (N_("work"), N_("mobile"), N_("home"), N_("fax"), N_("work fax"), N_("home fax"), N_("pager"))
"""What a number can be; the archive and files keep these words, other ones are the file's own labels."""
_OTHER_KINDS = (
    *(N_("work mobile"), N_("home mobile"), N_("work pager"), N_("home pager"), N_("car"), N_("main")),
    *(N_("work main"), N_("home main")),
)
_KNOWN_KINDS = (*KINDS, *_OTHER_KINDS)


class ContactNumber(msgspec.Struct, frozen=True, array_like=True):
    """A number as it was written, and what it is: "work", "mobile", "home fax", or the label of a file's own."""

    written: str
    kind: str = ""

    @property
    def label(self) -> str:
        """What it is, in the language spoken; a file's own label as it is."""
        return _(self.kind) if self.kind in _KNOWN_KINDS else self.kind  # NON-NLS: marked in KINDS


class Contact(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is known of a person or a company; all texts are plain, on one line but for the note."""

    name: str = ""
    organisation: str = ""
    numbers: tuple[ContactNumber, ...] = ()
    emails: tuple[str, ...] = ()
    note: str = ""
    more: tuple[tuple[str, str], ...] = ()
    """Other things a vCard says, as pairs of a property's name and its value as version 4.0 writes it (RFC 6350)."""

    @property
    def title(self) -> str:
        """What it is called: its name, else its organisation, else what it is reached by."""
        reached_by = next(iter((*(number.written for number in self.numbers), *self.emails)), "")
        return self.name or self.organisation or reached_by

    @property
    def is_empty(self) -> bool:
        """Whether nothing can be done with it: it has neither a name nor a number."""
        return not (self.name or self.organisation or self.numbers or self.emails)


class StoredContact(msgspec.Struct, frozen=True):
    """A contact as the archive keeps it: of one card, or of several that are the same."""

    id: int
    contact: Contact
    uid: str
    """As the first of its sources has it; made up where none has."""
    sources: tuple[str, ...] = ()
    """The names of the files it came from; a contact entered by hand has none."""


class ContactName(NamedTuple):
    """Who a number belongs to."""

    name: str
    """The contact's name, or those of several who share the number."""
    contact_id: int
    """The first of them."""


class Change(StrEnum):
    """What becomes of one record of a file when it is imported."""

    ADDED = "added"
    CHANGED = "changed"
    MERGED = "merged"
    """A contact that is there already is exactly the same: they become one."""
    UNCHANGED = "unchanged"
    REMOVED = "removed"
    """It came from this file before and is no longer in it."""


class ImportCounts(msgspec.Struct, frozen=True):
    """What an import will do, or has done."""

    added: int = 0
    changed: int = 0
    merged: int = 0
    unchanged: int = 0
    removed: int = 0
    kept: int = 0
    """Changed in the file and, before, by the user: the user's version stays."""
    unreadable: int = 0
    """Records and lines of the file that could not be read."""

    @property
    def read(self) -> int:
        """How many records the file has."""
        return self.added + self.changed + self.merged + self.unchanged


class ContactSource(msgspec.Struct, frozen=True):
    """A file or a watched folder that contacts come from."""

    id: int
    place: str
    """Its path."""
    is_folder: bool
    contacts: int
    read_at: int | None
    """Milliseconds since 1970 in UTC; None for what was not read yet."""
    problem: str = ""
    """Why it could not be read the last time, "" when it was."""


def kind_called(label: str) -> str:
    """Give the kind of a number that is called so in the language spoken; another label is a kind of its own."""
    said = label.casefold()
    return next((k for k in _KNOWN_KINDS if said in {k, _(k).casefold()}), label)  # NON-NLS: marked there


def number_text(number: ContactNumber) -> str:
    """Give a number with what it is: "020 7946 0958 (work)"."""
    return f"{number.written} ({number.label})" if number.kind else number.written


def together(contacts: Sequence[Contact]) -> Contact:
    """Make one of contacts that are the same, so that nothing that one of them says is lost."""
    first = contacts[0]
    if all(contact == first for contact in contacts):
        return first
    notes = dict.fromkeys(contact.note for contact in contacts if contact.note)
    return Contact(
        name=first.name,
        organisation=first.organisation,
        numbers=tuple(_numbers(number for contact in contacts for number in contact.numbers)),
        emails=tuple({email.casefold(): email for contact in reversed(contacts) for email in contact.emails}.values()),
        note="\n".join(notes),
        more=tuple(dict.fromkeys(more for contact in contacts for more in contact.more)),
    )


def _numbers(numbers: Iterable[ContactNumber]) -> Iterable[ContactNumber]:
    """Give each number once, by its digits; one that says what it is comes before one that does not."""
    found: dict[str, ContactNumber] = {}
    for number in numbers:
        digits = "".join(c for c in number.written if c.isdecimal()) or number.written
        if digits not in found or (number.kind and not found[digits].kind):
            found[digits] = number
    return found.values()


def shared_name(contacts: Sequence[Contact]) -> str:
    """Say who a number belongs to that several contacts have: a company's name, else the first of their names."""
    titles = list(dict.fromkeys(contact.title for contact in contacts))
    if len(titles) == 1:
        return titles[0]
    companies = {contact.organisation for contact in contacts}
    if len(companies) == 1 and (company := companies.pop()):
        return company
    if len(titles) == _SHOWN_NAMES:
        return _("{name} or {other}", name=titles[0], other=titles[1])
    return ngettext("{name} or {n} other", "{name} or {n} others", len(titles) - 1, name=titles[0])
