"""A contact's name in place of a number: dialled only where it means one number, which is said first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.core.contact_keys import folded
from voipdesk.core.contacts import number_text
from voipdesk.core.errors import BadInput
from voipdesk.core.language import _, ngettext
from voipdesk.core.number_search import SeveralNumbers

if TYPE_CHECKING:
    from voipdesk.core.contacts import Contact
    from voipdesk.services.desk import Desk

_SHOWN = 8


async def number_of(desk: Desk, text: str, error: BadInput) -> tuple[str, str]:
    """Give the name and the one number of the contact that is meant.

    Raises `error`, which says that the text is no number, where nobody is called so, and BadInput with the numbers
    to choose from where there are several. A contact whose whole name it is goes before those with a part of it.
    """
    if isinstance(error, SeveralNumbers) or not any(c.isalpha() for c in text):
        raise error
    found = [each.contact for each in await desk.contacts.suggest(text, 50)]
    found = [contact for contact in found if folded(contact.title) == folded(text)] or found
    numbers = [(contact, number) for contact in found for number in contact.numbers]
    if not numbers:
        raise error
    if len(numbers) > 1:
        some = [f"{contact.title}: {number_text(number)}" for contact, number in numbers[:_SHOWN]]
        if len(numbers) > _SHOWN:
            some.append("…")
        raise BadInput(
            ngettext("“{text}” means {n} number.", "“{text}” means {n} numbers.", len(numbers), text=text[:40]),
            advice=_("Give one of them: {numbers}", numbers="; ".join(some)),
        )
    contact, number = numbers[0]
    return _title(contact), number.written


def _title(contact: Contact) -> str:
    return " ".join(contact.title.split())
