"""What the SIP accounts pane says: rows, the sheet of one, and whose they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from voipdesk.core.language import _, ngettext, pgettext
from voipdesk.gui.widgets.record_model import Record, folded, found_by, one_line
from voipdesk.gui.words import when

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from voipdesk.core.errors import VoipdeskError
    from voipdesk.core.sip import SipAccount

STATUS_COLUMN = 3
OPEN, OTHER = "●", "○"
"""The mark before a status: that of a phone that is signed in, and that of any other."""
_OPEN_WORDS = frozenset({"open", "online", "registered"})
_EXTENSION_DIGITS = 12
_NUMBERS = ("internal_number", "external_number", "mailbox")
SET_FIELDS = ("display_name", *_NUMBERS)
"""What can be set of a SIP account, in the order of the form."""
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
    copy: str = ""
    """What its button is called that copies it; "" for what is chosen in a form rather than typed."""
    asked: bool = False
    """Whether it is asked for while it is empty."""


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose SIP accounts are on the screen."""

    title: str
    detail: str
    acting_for: str = ""
    busy: bool = False


def headings() -> tuple[str, ...]:
    """Name the columns of the list."""
    return _("Extension"), _("Name"), _("User name"), _("Status")


def set_field_label(key: str) -> str:
    """Name one of SET_FIELDS."""
    return {
        "display_name": _("Name"),
        "internal_number": _("Internal number"),
        "external_number": _("External number"),
        "mailbox": _("Mailbox"),
    }[key]


def not_yet() -> str:
    """Say in place of a status that the phone has not been asked for."""
    return _("not known yet")


def not_said() -> str:
    """Say in place of a status that the service was asked for it and does not tell."""
    return _("not said")


def record(sip: SipAccount, status: str, unknown: str = "") -> Record:
    """Make a row; the password is neither shown nor searched. `unknown` stands in place of a status that is ""."""
    number = sip.extension or sip.internal_number
    cells = (one_line(number), one_line(sip.display_name), one_line(sip.username), status_cell(status) or unknown)
    said = (
        _("extension {number}", number=cells[0]) if cells[0] else "",
        _("user name {username}", username=cells[2]),
        _("status {status}", status=status or unknown or _("not known")),
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
    if at is None:
        return not_yet(), ""
    return status_cell(status) or not_said(), _("as of {when}", when=when(at))


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
        hint = _(
            "The SIP server, as the service names it for telephones. It is kept as the account's “{setting}”, for all "
            "its phones.",
            setting=domain_setting,
        )
    else:
        hint = _("The SIP server, as the service names it for telephones. It is kept until voipdesk is closed.")
    fields = [
        SheetField("domain", _("Domain"), sip.domain, _("not known"), hint, _("Copy the domain"), asked=True),
        SheetField("username", _("User name"), sip.username, copy=_("Copy the user name")),
        SheetField(PASSWORD, _("Password"), copy=_("Copy the password")),
        SheetField("proxy", _("Outbound proxy"), sip.outbound_proxy, _("none"), copy=_("Copy the outbound proxy")),
        SheetField("transport", _("Transport"), "TLS" if sip.encrypted else "UDP"),
        SheetField("display_name", _("Display name"), sip.display_name, copy=_("Copy the display name")),
    ]
    if sip.encrypted is not None:
        fields.append(SheetField("encryption", _("Encryption"), _encryption(encrypted=sip.encrypted)))
    if not managed:
        return (*fields, SheetField("extension", _("Extension"), sip.extension, copy=_("Copy the extension")))
    copies = (_("Copy the internal number"), _("Copy the external number"), _("Copy the mailbox"))
    numbers = (
        SheetField(key, set_field_label(key), getattr(sip, key), _("none"), copy=copy)
        for key, copy in zip(_NUMBERS, copies, strict=True)
    )
    return (*fields, *numbers)


def no_account() -> Whose:
    """Say that there is nobody whose SIP accounts could be shown."""
    return Whose(_("No account with SIP accounts"), _("Settings from elsewhere can be typed in below."))


def reading(acting_for: str, account: str) -> Whose:
    """Say whose SIP accounts are being read."""
    if acting_for:
        title = _("Reading SIP accounts of {customer} …", customer=one_line(acting_for))
    else:
        title = _("Reading your own SIP accounts …")
    return Whose(title, _who(acting_for, account), acting_for, busy=True)


def read(acting_for: str, account: str, number: int, at: datetime, *, busy: bool = False) -> Whose:
    """Say whose SIP accounts these are, and as of when."""
    if acting_for:
        title = _("SIP accounts of {customer}, read at {when}", customer=one_line(acting_for), when=when(at))
    else:
        title = _("Your own SIP accounts, read at {when}", when=when(at))
    detail = " · ".join((_who(acting_for, account), ngettext("{n} SIP account", "{n} SIP accounts", number)))
    return Whose(title, detail, acting_for, busy)


def unread(acting_for: str, account: str) -> Whose:
    """Say whose SIP accounts could not be read."""
    if acting_for:
        title = _("SIP accounts of {customer} could not be read", customer=one_line(acting_for))
    else:
        title = _("Your own SIP accounts could not be read")
    return Whose(title, _who(acting_for, account), acting_for)


def why(error: VoipdeskError, acting_for: str, names: Iterable[str]) -> str:
    """Say why nothing could be read and, for a name that is not in the list of customers, which names are like it.

    Takes its time with thousands of names.
    """
    text = str(error)
    known = list(names)
    if not acting_for or not known or acting_for in known:
        return text
    from difflib import get_close_matches

    near = get_close_matches(acting_for, known, n=3, cutoff=_ALIKE)
    if not near:
        return _("{error} It is not in your list of customers.", error=text)
    *head, last = near
    names = _("{list} or {last}", list=", ".join(head), last=last) if head else last
    return _("{error} Did you mean {names}?", error=text, names=names)


def nobody(acting_for: str) -> str:
    """Say that there are no SIP accounts."""
    if acting_for:
        return _("{customer} has no SIP accounts.", customer=acting_for)
    return _("There are no SIP accounts of your own.")


def _who(acting_for: str, account: str) -> str:
    return _("You act for this customer through {account}", account=account) if acting_for else account


def _encryption(*, encrypted: bool) -> str:
    return _("on: TLS and SRTP") if encrypted else pgettext("encryption", "off")


def _extension_key(extension: str) -> str:
    return extension.zfill(_EXTENSION_DIGITS) if extension.isdecimal() else folded(extension)
