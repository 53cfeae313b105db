"""What a file of contacts is read as, whatever its format."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from voipdesk.core.contacts import Contact


class FileRecord(msgspec.Struct, frozen=True):
    """One card of a vCard file, or one row of a CSV file."""

    contact: Contact | None
    """None for one that cannot be used."""
    uid: str = ""
    """The id that the file gives it, "" for none."""
    unreadable: int = 0
    """What of it could not be read."""
    whole: bool = True
    """False where its end is missing: the file breaks off."""
