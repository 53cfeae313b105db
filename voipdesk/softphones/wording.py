"""What the set-up of every client says alike, and how values are refused that a format cannot carry."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from voipdesk.core.errors import BadInput

if TYPE_CHECKING:
    from voipdesk.core.sip_settings import SipSettings

TO_BE_TYPED = "The password is not in it: the program asks for it, or has a field for it."
IN_THE_FILE = "It holds the password: delete the file when the program has taken it."
_NAME_LENGTH = 48


def check_password(settings: SipSettings, *, with_password: bool) -> None:
    """Raise BadInput where a password is wanted that is not known: an empty one is never written."""
    if with_password and not settings.password:
        raise BadInput(
            "The password is not known, so it cannot be written.",
            advice="Leave it out and type it into the program, or give it.",
        )


def refuse(client: str, called: str, reason: str, advice: str = "") -> BadInput:
    """Make the error for a value that a format cannot carry; the value itself stays out of it."""
    return BadInput(f"{client} cannot take this {called}: {reason}.", advice=advice)


def check_without(client: str, called: str, value: str, characters: str) -> None:
    """Raise BadInput when a value has one of the characters that a format cannot carry."""
    found = next((c for c in value if c in characters), None)
    if found:
        raise refuse(client, called, f"its file cannot hold the character {found}", advice_for(called))


def advice_for(called: str) -> str:
    """Say what can be done about a value that a format cannot carry."""
    if called == "password":
        return "Choose another password at the service, or leave it out and type it into the program."
    return f"Give another {called}, or type the settings into the program by hand: the sheet has them."


def file_name(settings: SipSettings, ending: str) -> str:
    """Make a file name of the account's user name and domain; letters and digits stay, all else becomes a dash."""
    plain = unicodedata.normalize("NFKD", settings.address).encode("ascii", "ignore").decode()
    name = re.sub(r"[^A-Za-z0-9._@+-]+|^[.-]+", "-", plain)[:_NAME_LENGTH].strip("-.")
    return f"{name or 'softphone'}{ending}"
