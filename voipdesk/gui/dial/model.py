"""What the dial pane says: what will be dialled, what happens, what was dialled last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from voipdesk.core.call_log import Outcome
from voipdesk.core.contacts import number_text
from voipdesk.core.dial import DialOutcome, Phone
from voipdesk.core.errors import NotAuthorised, OutcomeUnknown, SecretMissing
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


AGAIN = "Dial again"
ACCOUNTS = "Open accounts"

_OUTCOMES = {
    DialOutcome.SENT: "not known",
    DialOutcome.ACCEPTED: "",
    DialOutcome.REFUSED: "refused",
    DialOutcome.NOT_SENT: "not sent",
    DialOutcome.UNKNOWN: "may have rung",
}


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
        return Saying(Tone.BAD, f"{number.display} is an emergency number.", "Use a phone: voipdesk does not dial it.")
    if number.kind is NumberKind.CODE:
        return Saying(Tone.TEXT, f"Will dial the code {number.display} as it is")
    if number.kind is NumberKind.INTERNAL:
        whose = f" · {name}" if name else ""
        return Saying(Tone.TEXT, f"Will dial the internal number {number.display}{whose}")
    text = " · ".join(part for part in (f"Will dial {number.display}", name, number.country) if part)
    if number.extension:
        text += f" · then ask for extension {number.extension}"
    if number.kind is NumberKind.PREMIUM:
        return Saying(Tone.WARNING, text, "Premium rate: it costs extra, so voipdesk asks before it dials.")
    return Saying(Tone.TEXT, text)


def naming(count: int) -> Saying:
    """Say that a name is typed, and what Enter does."""
    if count == 1:
        return Saying(Tone.TEXT, "One contact's number: Enter takes it, and dials nothing yet")
    return Saying(Tone.TEXT, f"{count} numbers of contacts: choose one")


def several(count: int) -> Saying:
    """Say that there is something to choose."""
    return Saying(Tone.TEXT, f"There are {count} numbers in this text: choose one")


def choices(numbers: Iterable[Number]) -> list[Choice]:
    """Offer several numbers to choose from."""
    offered = []
    for number in numbers:
        extension = f" ext {number.extension}" if number.extension else ""
        label = " · ".join(filter(None, (number.display + extension, number.country)))
        offered.append(Choice(number.dialled + extension, label))
    return offered


def linked(number: Number) -> Saying:
    """Say that it is somebody else who wants a number dialled."""
    text = f"A link asks you to call {number.display}" + (f", {number.country}." if number.country else ".")
    return Saying(Tone.ACCENT, text, "Nothing is dialled until you press Call.")


def misread(error: VoipdeskError) -> Saying:
    """Say, while it is still being typed, why this is no number yet."""
    return Saying(Tone.FAINT, error.message, error.advice)


def asking(mine: str) -> Saying:
    """Say that the request is under way."""
    return Saying(Tone.ACCENT, f"Asking the PBX to ring {_phone(mine, 'your')} …", busy=True)


def ringing(mine: str, number: str) -> Saying:
    """Say which leg of the call rings."""
    phone = _phone(mine, "Your")
    return Saying(Tone.GOOD, f"{phone} is ringing.", f"Pick it up, and the PBX calls {number}.")


def was_called(number: str, at: datetime) -> Saying:
    """Say, once it no longer rings, what was asked for."""
    return Saying(Tone.TEXT, f"Called {number} at {when(at)}.")


def logged(number: str, call: Call) -> Saying:
    """Say what the log knows of the call meanwhile."""
    if call.outcome is Outcome.IN_PROGRESS:
        if call.answered_at is not None:
            return Saying(Tone.GOOD, f"You are talking to {number}.")
        return Saying(Tone.GOOD, f"Calling {number} …")
    if call.outcome is Outcome.ANSWERED:
        talked = f", you talked {span(call.talk_s)}" if call.talk_s else ""
        return Saying(Tone.TEXT, f"The call to {number} has ended{talked}.")
    return Saying(Tone.WARNING, f"{number} did not answer.", button=AGAIN)


def failed(error: VoipdeskError, mine: str) -> Saying:
    """Say why nothing was dialled or, when its answer was lost, that it may have been."""
    if isinstance(error, OutcomeUnknown):
        text = f"{_phone(mine, 'Your')} may be ringing."
        return Saying(Tone.WARNING, text, f"{error.message} {error.advice}".strip(), AGAIN)
    button = ACCOUNTS if isinstance(error, NotAuthorised | SecretMissing) else ""
    return Saying(Tone.BAD, error.message, error.advice, button)


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
        _OUTCOMES[record.outcome],
        accounts.get(record.account_id, ""),
    )


def _phone(mine: str, whose: str) -> str:
    return f"{whose} phone {mine}" if mine else f"{whose} phone"
