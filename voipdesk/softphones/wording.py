"""What the set-up of every client says alike, and how values are refused that a format cannot carry."""

from __future__ import annotations

import re
import unicodedata
from enum import Enum, auto
from typing import TYPE_CHECKING

from voipdesk.core.errors import BadInput
from voipdesk.core.language import N_, _

if TYPE_CHECKING:
    from voipdesk.core.sip_settings import SipSettings

_NAME_LENGTH = 48


class Part(Enum):
    """What of a SIP account a client may be unable to carry."""

    ACCOUNT = auto()
    USERNAME = auto()
    DISPLAY_NAME = auto()
    AUTH_USERNAME = auto()
    PASSWORD = auto()


_REFUSALS = {
    Part.ACCOUNT: N_("{client} cannot take this account: {reason}."),
    Part.USERNAME: N_("{client} cannot take this user name: {reason}."),
    Part.DISPLAY_NAME: N_("{client} cannot take this display name: {reason}."),
    Part.AUTH_USERNAME: N_("{client} cannot take this authentication name: {reason}."),
    Part.PASSWORD: N_("{client} cannot take this password: {reason}."),
}
_ADVICE = {
    Part.USERNAME: N_(
        "Give another user name, or type the settings into the program by hand: the sheet has them.",
    ),
    Part.DISPLAY_NAME: N_(
        "Give another display name, or type the settings into the program by hand: the sheet has them."
    ),
    Part.AUTH_USERNAME: N_(
        "Give another authentication name, or type the settings into the program by hand: the sheet has them."
    ),
    Part.PASSWORD: N_("Choose another password at the service, or leave it out and type it into the program."),
}


def to_be_typed() -> str:
    """Say of a file without the password how the program comes by it."""
    return _("The password is not in it: the program asks for it, or has a field for it.")


def in_the_file() -> str:
    """Say of a file with the password what is to become of it."""
    return _("It holds the password: delete the file when the program has taken it.")


def check_password(settings: SipSettings, *, with_password: bool) -> None:
    """Raise BadInput where a password is wanted that is not known: an empty one is never written."""
    if with_password and not settings.password:
        raise BadInput(
            _("The password is not known, so it cannot be written."),
            advice=_("Leave it out and type it into the program, or give it."),
        )


def refuse(client: str, part: Part, reason: str) -> BadInput:
    """Make the error for a value that a format cannot carry, with what can be done; the value stays out of it."""
    advice = _(_ADVICE[part]) if part in _ADVICE else ""  # NON-NLS: marked in its table
    return BadInput(_(_REFUSALS[part], client=client, reason=reason), advice=advice)  # NON-NLS: marked in its table


def check_without(client: str, part: Part, value: str, characters: str) -> None:
    """Raise BadInput when a value has one of the characters that a format cannot carry."""
    found = next((c for c in value if c in characters), None)
    if found:
        raise refuse(client, part, _("its file cannot hold the character {character}", character=found))


def file_name(settings: SipSettings, ending: str) -> str:
    """Make a file name of the account's user name and domain; letters and digits stay, all else becomes a dash."""
    plain = unicodedata.normalize("NFKD", settings.address).encode("ascii", "ignore").decode()
    name = re.sub(r"[^A-Za-z0-9._@+-]+|^[.-]+", "-", plain)[:_NAME_LENGTH].strip("-.")
    return f"{name or 'softphone'}{ending}"
