"""What the quick-dial box offers to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from voipdesk.core.language import _
from voipdesk.core.number import display_number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from voipdesk.core.contacts import StoredContact
    from voipdesk.core.dial import DialRecord
    from voipdesk.core.number import Number

MOST = 20
_LONGEST_NAME = 30


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A number, whose it is, and what it is; all texts plain."""

    number: str
    display: str
    name: str = ""
    detail: str = ""

    @property
    def text(self) -> str:
        """What the list shows: of a long name so much that the number stays in view."""
        name = self.name if len(self.name) <= _LONGEST_NAME else self.name[: _LONGEST_NAME - 1].rstrip() + "…"
        return " · ".join(filter(None, (name, self.display, self.detail)))


def of_recent(records: Iterable[DialRecord], names: dict[str, str], region: str, typed: str) -> list[Suggestion]:
    """Offer the numbers dialled last that have what is typed, in their digits or their name."""
    wanted = typed.strip().casefold()
    digits = "".join(filter(str.isdecimal, wanted)).lstrip("0")
    found = []
    for record in records:
        name = " ".join(names.get(record.number, "").split())
        if not wanted or wanted in name.casefold() or (digits and digits in record.number):
            found.append(Suggestion(record.number, display_number(record.number, region), name, _("dialled before")))
    return found


def of_contacts(contacts: Iterable[StoredContact], region: str) -> list[Suggestion]:
    """Offer all numbers of contacts."""
    return [
        Suggestion(number.written, display_number(number.written, region), stored.contact.title, number.kind)
        for stored in contacts
        for number in stored.contact.numbers
    ]


def of_numbers(numbers: Iterable[Number]) -> list[Suggestion]:
    """Offer the numbers of a text that has several."""
    return [Suggestion(number.dialled, number.display, detail=number.country) for number in numbers]


def merged(*lists: Iterable[Suggestion]) -> list[Suggestion]:
    """Put lists behind one another, each number once, as it is shown first."""
    found: dict[str, Suggestion] = {}
    for suggestion in (each for some in lists for each in some):
        found.setdefault(suggestion.display, suggestion)
    return list(found.values())[:MOST]
