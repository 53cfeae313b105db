"""How the command line shows contacts, and how it finds the one that is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.cli import output
from voipdesk.core.contact_keys import folded
from voipdesk.core.contacts import number_text
from voipdesk.core.errors import BadInput
from voipdesk.core.language import _, ngettext, pgettext

if TYPE_CHECKING:
    from voipdesk.core.contacts import StoredContact
    from voipdesk.services.desk import Desk

_SHOWN, _LOOKED_AT = 5, 5_000


async def find_one(desk: Desk, text: str) -> StoredContact:
    """Find a contact by its id, its whole name, or a part that no other has; BadInput names those that are meant."""
    if text.isdecimal() and len(text) < 16:
        by_id = await desk.contacts.get(int(text))
        if by_id is not None:
            return by_id
    ids = await desk.contacts.find(text)
    found = await desk.contacts.page(ids[:_LOOKED_AT])
    named = [each for each in found if folded(each.contact.title) == folded(text)]
    if len(named) == 1 or len(ids) == 1:
        return (named or found)[0]
    if not ids:
        raise BadInput(
            _("There is no contact “{text}”.", text=text), advice=_("contacts search TEXT finds any part of a name.")
        )
    some = [_("{name} (id {id})", name=each.contact.title, id=each.id) for each in (named or found)[:_SHOWN]]
    if (count := len(named or ids)) > _SHOWN:
        some.append("…")
    raise BadInput(
        ngettext("{n} contact is called like “{text}”.", "{n} contacts are called like “{text}”.", count, text=text),
        advice=_("Give an id: {contacts}", contacts="; ".join(some)),
    )


def row(stored: StoredContact) -> tuple[str, ...]:
    """Give the cells of a table's row."""
    contact = stored.contact
    numbers = ", ".join(number_text(number) for number in contact.numbers)
    return (contact.name, contact.organisation, numbers, str(stored.id))


def show(stored: StoredContact) -> None:
    """Print all that is known of a contact."""
    from voipdesk.contact_files.vcard import shown

    contact = stored.contact
    rows = [(_("Name"), contact.name), (_("Organisation"), contact.organisation)]
    rows += [(_("Number"), number_text(number)) for number in contact.numbers]
    rows += [(_("E-mail"), email) for email in contact.emails]
    rows += [(_("Note"), line) for line in contact.note.splitlines()]
    rows += [(name.capitalize(), shown(name, value)) for name, value in contact.more if name != "N"]
    rows += [(pgettext("where it comes from", "From"), place) for place in stored.sources or (_("entered by hand"),)]
    rows.append((_("Id"), str(stored.id)))
    output.say_block(output.pairs((name, value.replace("\n", ", ")) for name, value in rows if value))


def json_contact(stored: StoredContact) -> dict[str, object]:
    """Give a contact as a JSON object."""
    contact = stored.contact
    return {
        "id": stored.id,
        "uid": stored.uid,
        "name": contact.name,
        "organisation": contact.organisation,
        "numbers": [{"number": number.written, "kind": number.kind or None} for number in contact.numbers],
        "emails": list(contact.emails),
        "note": contact.note or None,
        "more": [{"property": name, "value": value} for name, value in contact.more],
        "sources": list(stored.sources),
    }
