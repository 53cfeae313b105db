"""Contacts as files: vCard 4.0, which loses nothing, or CSV that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from voipdesk.services.call_export import plain_cell
from voipdesk.services.whole_file import in_thread, write_file

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence
    from pathlib import Path

    from voipdesk.core.contacts import StoredContact
    from voipdesk.services.contacts import Contacts

_AT_ONCE = 500
_KINDS = {"work": "Work phone", "mobile": "Mobile phone", "home": "Home phone", "fax": "Fax"}  # NON-NLS: for CSV
_HEADINGS = ("Name", "Organisation", *_KINDS.values(), "Phone", "E-mail", "Note", "Id")  # NON-NLS: for CSV
_BETWEEN = " ::: "
"""Between several values in one cell, as other programs do it."""


async def export_file(
    contacts: Contacts, path: Path, *, text: str = "", progress: Callable[[int], None] | None = None
) -> int:
    """Write the contacts that have a text to a file, a table where its name ends in .csv; gives their number.

    The file appears when it is whole, and a cancelled export leaves nothing behind.
    """
    ids = await contacts.find(text)
    table = path.suffix.lower() == ".csv"
    count = 0

    async def chunks() -> AsyncIterator[str]:
        nonlocal count
        if table:
            yield "\ufeff" + ",".join(_HEADINGS) + "\r\n"
        for start in range(0, len(ids), _AT_ONCE):
            found = await contacts.page(ids[start : start + _AT_ONCE])
            yield await in_thread(_rows if table else cards, found)
            count += len(found)
            if progress:
                progress(count)

    await write_file(path, chunks())
    return count


def cards(found: Sequence[StoredContact]) -> str:
    """Give contacts as vCards."""
    from voipdesk.contact_files.vcard import write

    return "".join(write(each.contact, each.uid) for each in found)


def _rows(found: Sequence[StoredContact]) -> str:
    text = io.StringIO()
    write = csv.writer(text).writerow
    for each in found:
        contact = each.contact
        of_kind = [[n.written for n in contact.numbers if n.kind == kind] for kind in _KINDS]
        others = [n.written for n in contact.numbers if n.kind not in _KINDS]
        numbers = map(_BETWEEN.join, (*of_kind, others, contact.emails))
        cells = (contact.name, contact.organisation, *numbers, contact.note, each.uid)
        write([plain_cell(cell) for cell in cells])
    return text.getvalue()
