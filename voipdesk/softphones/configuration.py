"""What a softphone's own configuration is like: where it is, and how an account is added beside others."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from voipdesk.core.errors import BadInput
from voipdesk.core.language import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voipdesk.core.sip_settings import SipSettings


class AlreadySetUp(BadInput):
    """The softphone has the account already, and it was not asked for to be replaced."""


@dataclass(frozen=True, slots=True)
class Home:
    """Where on Linux a softphone keeps its configuration, and by which programs it is known to be there."""

    programs: tuple[str, ...]
    """The first that is installed decides, where each has a folder of its own."""
    folder: str
    """Below the home folder, or below that of settings (XDG_CONFIG_HOME) where `in_config`."""
    pattern: str
    """Which files in the folder hold accounts."""
    in_config: bool = False
    needs: tuple[str, ...] = ()
    """Folders below that of data (XDG_DATA_HOME) that must be there for it to work."""


@dataclass(frozen=True, slots=True)
class Change:
    """A file of a softphone's configuration, as it is to become."""

    name: str
    content: bytes = field(repr=False)
    replaced: bool
    """Whether the account was there before."""
    notes: tuple[str, ...] = ()
    """What may keep it from signing in all the same, as sentences."""


@dataclass(frozen=True, slots=True)
class KeyringItem:
    """Under what a softphone looks for a password in the keyring."""

    label: str
    """As the keyring's own program shows it."""
    attributes: Mapping[str, str]


def read_text(content: bytes) -> str:
    """Give a file's text; what is not UTF-8 in it survives being written again."""
    return content.decode("utf-8", "surrogateescape")


def write_text(text: str) -> bytes:
    """Give the bytes of a file's text."""
    return text.encode("utf-8", "surrogateescape")


def already_there(softphone: str, settings: SipSettings) -> AlreadySetUp:
    """Make the error for an account that is there."""
    return AlreadySetUp(
        _("{softphone} already has the account {address}.", softphone=softphone, address=settings.address),
        advice=_("Say to replace it."),
    )


def with_line_end(text: str) -> str:
    """End the last line, so that what follows is a line of its own."""
    return text if not text or text.endswith("\n") else f"{text}\n"


def lines_of(text: str) -> list[str]:
    """Give the lines with their ends; other characters that end a line elsewhere do not here."""
    return [f"{line}\n" for line in with_line_end(text).split("\n")[:-1]]


def free_name(taken: Mapping[str, bytes], stem: str, ending: str) -> str:
    """Give a file name that is not taken."""
    name, count = f"{stem}{ending}", 1
    while name in taken:
        count += 1
        name = f"{stem}-{count}{ending}"
    return name


def same_account(username: str, domain: str, settings: SipSettings) -> bool:
    """Tell whether a user name and a domain, with a port or without, are the account's."""
    host = re.sub(r":[0-9]+$", "", domain.strip())
    return username.strip() == settings.username and host.casefold() == settings.host.casefold()
