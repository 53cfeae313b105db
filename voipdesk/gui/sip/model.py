"""What the SIP accounts pane says: rows, the sheet of one, and whose they are."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from voipdesk.gui.widgets.record_model import Record, folded, found_by, one_line
from voipdesk.gui.words import count, when

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from voipdesk.core.errors import VoipdeskError
    from voipdesk.core.sip import SipAccount

HEADINGS = ("Extension", "Name", "User name", "Status")
STATUS_COLUMN = 3
OPEN, OTHER = "●", "○"
"""The mark before a status: that of a phone that is signed in, and that of any other."""
_OPEN_WORDS = frozenset({"open", "online", "registered"})
_EXTENSION_DIGITS = 12
_NUMBERS = {"internal_number": "Internal number", "external_number": "External number", "mailbox": "Mailbox"}
SET_FIELDS = {"display_name": "Name", **_NUMBERS}
"""What can be set of a SIP account, in the order of the form, and what it is called."""
NOT_YET = "not known yet"
"""The status of a phone that has not been asked for."""
NOT_SAID = "not said"
"""The status of a phone that the service was asked for and does not tell."""
_ALIKE = 0.75
"""How alike a name must be to be asked whether it was meant."""
PASSWORD = "password"  # noqa: S105 - the name of a field


@dataclass(frozen=True, slots=True)
class SheetField:
    """One line of the sheet; the password's value is never in it."""

    key: str
    label: str
    value: str = ""
    otherwise: str = "–"
    """What stands there when the value is empty."""
    hint: str = ""
    """What to do about a value that is empty."""
    copied: bool = True
    """False for what is chosen in a form rather than typed."""
    asked: bool = False
    """Whether it is asked for while it is empty."""


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose SIP accounts are on the screen."""

    title: str
    detail: str
    acting_for: str = ""
    busy: bool = False


NOBODY = Whose("No account with SIP accounts", "Settings from elsewhere can be typed in below.")


def record(sip: SipAccount, status: str, unknown: str = "") -> Record:
    """Make a row; the password is neither shown nor searched. `unknown` stands in place of a status that is ""."""
    number = sip.extension or sip.internal_number
    cells = (one_line(number), one_line(sip.display_name), one_line(sip.username), status_cell(status) or unknown)
    said = (
        f"extension {cells[0]}" if cells[0] else "",
        f"user name {cells[2]}",
        f"status {status or unknown or 'not known'}",
    )
    return Record(
        sip.id,
        cells,
        (_extension_key(number), folded(sip.display_name), folded(sip.username), folded(status)),
        found_by((sip.display_name, sip.username, sip.extension, sip.internal_number, sip.external_number, status)),
        ", ".join(filter(None, (cells[1], *said))),
    )


def status_line(status: str, at: datetime | None) -> tuple[str, str]:
    """Say a status in the sheet, and as of when."""
    return (status_cell(status) or NOT_SAID, f"as of {when(at)}") if at is not None else (NOT_YET, "")


def status_cell(status: str) -> str:
    """Give a service's own word for a status, with a mark that tells whether a phone is signed in."""
    word = one_line(status)
    if not word:
        return ""
    return f"{OPEN if word.casefold() in _OPEN_WORDS else OTHER} {word}"


def sheet_title(sip: SipAccount) -> str:
    """Name a SIP account as people know it."""
    return one_line(sip.display_name) or one_line(sip.username)


def full_name(sip: SipAccount) -> str:
    """Name a SIP account so that it is mistaken for no other: as people know it, and by its user name."""
    name, username = one_line(sip.display_name), one_line(sip.username)
    return f"{name} ({username})" if name and name != username else username


def sheet(sip: SipAccount, domain_setting: str, *, managed: bool = False) -> tuple[SheetField, ...]:
    """Give the lines of the sheet in the order in which a softphone's form asks for them, and then what else is known.

    `domain_setting` is the label of the account's setting that the domain is kept in, "" where there is none.
    """
    if domain_setting:
        where = f"It is kept as the account's “{domain_setting}”, for all its phones."
    else:
        where = "It is kept until voipdesk is closed."
    hint = f"The SIP server, as the service names it for telephones. {where}"
    fields = [
        SheetField("domain", "Domain", sip.domain, "not known", hint, asked=True),
        SheetField("username", "User name", sip.username),
        SheetField(PASSWORD, "Password"),
        SheetField("proxy", "Outbound proxy", sip.outbound_proxy, "none"),
        SheetField("transport", "Transport", "TLS" if sip.encrypted else "UDP", copied=False),
        SheetField("display_name", "Display name", sip.display_name),
    ]
    if sip.encrypted is not None:
        fields.append(SheetField("encryption", "Encryption", _encryption(encrypted=sip.encrypted), copied=False))
    if managed:
        fields += [SheetField(name, label, getattr(sip, name), "none") for name, label in _NUMBERS.items()]
    else:
        fields.append(SheetField("extension", "Extension", sip.extension))
    return tuple(fields)


def reading(acting_for: str, account: str) -> Whose:
    """Say whose SIP accounts are being read."""
    return Whose(f"Reading {_of(acting_for)} …", _who(acting_for, account), acting_for, busy=True)


def read(acting_for: str, account: str, number: int, at: datetime, *, busy: bool = False) -> Whose:
    """Say whose SIP accounts these are, and as of when."""
    title = f"{_capital(_of(acting_for))}, read at {when(at)}"
    detail = " · ".join((_who(acting_for, account), count(number, "SIP account", "SIP accounts")))
    return Whose(title, detail, acting_for, busy)


def unread(acting_for: str, account: str) -> Whose:
    """Say whose SIP accounts could not be read."""
    return Whose(f"{_capital(_of(acting_for))} could not be read", _who(acting_for, account), acting_for)


def why(error: VoipdeskError, acting_for: str, names: Iterable[str]) -> str:
    """Say why nothing could be read and, for a name that is not in the list of customers, which names are like it.

    Takes its time with thousands of names.
    """
    text = str(error)
    known = list(names)
    if not acting_for or not known or acting_for in known:
        return text
    near = get_close_matches(acting_for, known, n=3, cutoff=_ALIKE)
    return f"{text} Did you mean {' or '.join(near)}?" if near else f"{text} It is not in your list of customers."


def nobody(acting_for: str) -> str:
    """Say that there are no SIP accounts."""
    return f"{acting_for} has no SIP accounts." if acting_for else "There are no SIP accounts of your own."


def _of(acting_for: str) -> str:
    return f"SIP accounts of {one_line(acting_for)}" if acting_for else "your own SIP accounts"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _who(acting_for: str, account: str) -> str:
    return f"You act for this customer through {account}" if acting_for else account


def _encryption(*, encrypted: bool) -> str:
    return "on: TLS and SRTP" if encrypted else "off"


def _extension_key(extension: str) -> str:
    return extension.zfill(_EXTENSION_DIGITS) if extension.isdecimal() else folded(extension)
