"""What the dial pane says: what will be dialled, what happens, what was dialled last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from voipdesk.core.call_log import Outcome
from voipdesk.core.contacts import number_text
from voipdesk.core.dial import DialOutcome, Phone
from voipdesk.core.errors import NotAuthorised, OutcomeUnknown, SecretMissing
from voipdesk.core.language import N_, _, ngettext, shown_number
from voipdesk.core.number import NumberKind, display_number
from voipdesk.core.number_text import LINK
from voipdesk.gui.theme import Tone
from voipdesk.gui.widgets.saying import Saying
from voipdesk.gui.words import span, when

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from voipdesk.core.call_log import Call
    from voipdesk.core.contacts import Contact, ContactNumber
    from voipdesk.core.dial import DialRecord
    from voipdesk.core.errors import VoipdeskError
    from voipdesk.core.number import Number


@dataclass(frozen=True, slots=True)
class RecentRow:
    """A number dialled before."""

    number: str
    """As it was dialled."""
    display: str
    when: str
    outcome: str
    """"" when the service took the call."""
    account: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several numbers in a text."""

    text: str
    """What it is to be read as once it is chosen."""
    label: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A number of a contact whose name may be meant."""

    number: str
    label: str


_OUTCOMES = {
    DialOutcome.SENT: N_("not known"),
    DialOutcome.REFUSED: N_("refused"),
    DialOutcome.NOT_SENT: N_("not sent"),
    DialOutcome.UNKNOWN: N_("may have rung"),
}
"""What is said of a call dialled before; nothing where the service took it."""


def suggestion(contact: Contact, number: ContactNumber) -> Suggestion:
    """Offer a number by name, on one line."""
    who = " · ".join(dict.fromkeys(filter(None, (contact.title, contact.organisation))))
    return Suggestion(number.written, " ".join(f"{who} · {number_text(number)}".split()))


def is_link(text: str) -> bool:
    """Whether a text with letters is a link rather than a name."""
    return LINK.match(text) is not None


def reading(number: Number, name: str = "") -> Saying:
    """Say what will be dialled, and whose number it is."""
    if number.kind is NumberKind.EMERGENCY:
        return Saying(
            Tone.BAD,
            _("{number} is an emergency number.", number=number.display),
            _("Use a phone: voipdesk does not dial it."),
        )
    if number.kind is NumberKind.CODE:
        return Saying(Tone.TEXT, _("Will dial the code {number} as it is", number=number.display))
    if number.kind is NumberKind.INTERNAL:
        text = _("Will dial the internal number {number}", number=number.display)
        return Saying(Tone.TEXT, f"{text} · {name}" if name else text)
    parts = [_("Will dial {number}", number=number.display), name, number.country]
    if number.extension:
        parts.append(_("then ask for extension {extension}", extension=number.extension))
    text = " · ".join(filter(None, parts))
    if number.kind is NumberKind.PREMIUM:
        return Saying(Tone.WARNING, text, _("Premium rate: it costs extra, so voipdesk asks before it dials."))
    return Saying(Tone.TEXT, text)


def naming(count: int) -> Saying:
    """Say that a name is typed, and what Enter does."""
    text = ngettext(
        "One contact's number: Enter takes it, and dials nothing yet", "{n} numbers of contacts: choose one", count
    )
    return Saying(Tone.TEXT, text)


def several(count: int) -> Saying:
    """Say that there is something to choose."""
    return Saying(Tone.TEXT, _("There are {n} numbers in this text: choose one", n=shown_number(count)))


def choices(numbers: Iterable[Number]) -> list[Choice]:
    """Offer several numbers to choose from."""
    offered = []
    for number in numbers:
        text, shown = number.dialled, number.display
        if number.extension:
            text += f" ext {number.extension}"  # NON-NLS: as numbers are read in any language
            shown = _("{number} ext {extension}", number=shown, extension=number.extension)
        offered.append(Choice(text, " · ".join(filter(None, (shown, number.country)))))
    return offered


def linked(number: Number) -> Saying:
    """Say that it is somebody else who wants a number dialled."""
    if number.country:
        text = _("A link asks you to call {number}, {country}.", number=number.display, country=number.country)
    else:
        text = _("A link asks you to call {number}.", number=number.display)
    return Saying(Tone.ACCENT, text, _("Nothing is dialled until you press Call."))


def misread(error: VoipdeskError) -> Saying:
    """Say, while it is still being typed, why this is no number yet."""
    return Saying(Tone.FAINT, error.message, error.advice)


def asking(mine: str) -> Saying:
    """Say that the request is under way."""
    if mine:
        text = _("Asking the PBX to ring your phone {number} …", number=mine)
    else:
        text = _("Asking the PBX to ring your phone …")
    return Saying(Tone.ACCENT, text, busy=True)


def ringing(mine: str, number: str) -> Saying:
    """Say which leg of the call rings."""
    text = _("Your phone {number} is ringing.", number=mine) if mine else _("Your phone is ringing.")
    return Saying(Tone.GOOD, text, _("Pick it up, and the PBX calls {number}.", number=number))


def was_called(number: str, at: datetime) -> Saying:
    """Say, once it no longer rings, what was asked for."""
    return Saying(Tone.TEXT, _("Called {number} at {time}.", number=number, time=when(at)))


def logged(number: str, call: Call) -> Saying:
    """Say what the log knows of the call meanwhile."""
    if call.outcome is Outcome.IN_PROGRESS:
        if call.answered_at is not None:
            return Saying(Tone.GOOD, _("You are talking to {number}.", number=number))
        return Saying(Tone.GOOD, _("Calling {number} …", number=number))
    if call.outcome is not Outcome.ANSWERED:
        return Saying(Tone.WARNING, _("{number} did not answer.", number=number), button=_("Dial again"))
    if not call.talk_s:
        return Saying(Tone.TEXT, _("The call to {number} has ended.", number=number))
    talked = span(call.talk_s)
    text = _("The call to {number} has ended, you talked {duration}.", number=number, duration=talked)
    return Saying(Tone.TEXT, text)


def failed(error: VoipdeskError, mine: str) -> Saying:
    """Say why nothing was dialled or, when its answer was lost, that it may have been."""
    if isinstance(error, OutcomeUnknown):
        text = _("Your phone {number} may be ringing.", number=mine) if mine else _("Your phone may be ringing.")
        return Saying(Tone.WARNING, text, f"{error.message} {error.advice}".strip(), _("Dial again"))
    button = open_accounts() if isinstance(error, NotAuthorised | SecretMissing) else ""
    return Saying(Tone.BAD, error.message, error.advice, button)


def open_accounts() -> str:
    """Label the button that leads to the accounts."""
    return _("Open accounts")


def my_phones(mine: str, used: Iterable[str], known: Iterable[Phone]) -> list[Phone]:
    """Give the phones to choose from: the account's own, those used before, then all others that are known."""
    names = {phone.number: phone for phone in known}
    first = [number for number in (mine, *used) if number]
    return [names.get(number, Phone(number)) for number in dict.fromkeys((*first, *names))]


def recent_row(record: DialRecord, region: str, accounts: dict[str, str], name: str = "") -> RecentRow:
    """Make a line of the list of numbers dialled last, with the name of whose number it is."""
    return RecentRow(
        record.number,
        " · ".join(filter(None, (display_number(record.number, region), " ".join(name.split())))),
        when(record.at),
        _outcome(record.outcome),
        accounts.get(record.account_id, ""),
    )


def _outcome(outcome: DialOutcome) -> str:
    said = _OUTCOMES.get(outcome)
    return _(said) if said else ""  # NON-NLS: marked in its table
