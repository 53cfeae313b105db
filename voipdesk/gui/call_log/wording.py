"""How a call is put into words: times as the reader's calendar has them, names before numbers, a row as a sentence."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, QTime

from voipdesk.core.call_log import Direction, Outcome, Source
from voipdesk.core.language import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from voipdesk.core.call_log import Call, LoggedCall

_SOURCES = {Source.USER: N_("User"), Source.QUEUE: N_("Queue"), Source.RING_GROUP: N_("Ring group")}
_NOUNS = {Source.USER: "", Source.QUEUE: N_("queue"), Source.RING_GROUP: N_("ring group")}
"""What stands beside a name that does not say itself what it is of."""
_PLACES = {Source.QUEUE: N_("{name} queue"), Source.RING_GROUP: N_("{name} ring group")}
_DIRECTIONS = {Direction.IN: N_("Incoming"), Direction.OUT: N_("Outgoing")}
_OUTCOMES = {
    Outcome.ANSWERED: N_("Answered"),
    Outcome.MISSED: N_("Missed"),
    Outcome.NO_ANSWER: N_("No answer"),
    Outcome.IN_PROGRESS: N_("In progress"),
    Outcome.ABANDONED: N_("Abandoned"),
    Outcome.TIMED_OUT: N_("Timed out"),
}
_OPENINGS = {
    (Direction.IN, Outcome.ANSWERED): N_("Answered call from {caller}"),
    (Direction.IN, Outcome.MISSED): N_("Missed call from {caller}"),
    (Direction.IN, Outcome.NO_ANSWER): N_("Unanswered call from {caller}"),
    (Direction.IN, Outcome.IN_PROGRESS): N_("Call in progress from {caller}"),
    (Direction.IN, Outcome.ABANDONED): N_("Abandoned call from {caller}"),
    (Direction.IN, Outcome.TIMED_OUT): N_("Timed out call from {caller}"),
    (Direction.OUT, Outcome.ANSWERED): N_("Answered call to {called}"),
    (Direction.OUT, Outcome.MISSED): N_("Missed call to {called}"),
    (Direction.OUT, Outcome.NO_ANSWER): N_("Unanswered call to {called}"),
    (Direction.OUT, Outcome.IN_PROGRESS): N_("Call in progress to {called}"),
    (Direction.OUT, Outcome.ABANDONED): N_("Abandoned call to {called}"),
    (Direction.OUT, Outcome.TIMED_OUT): N_("Timed out call to {called}"),
}
"""How a call's sentence begins: with whom it was, and what came of it."""
MISSED = frozenset({Outcome.MISSED, Outcome.ABANDONED, Outcome.TIMED_OUT})
"""What counts as missed in the totals: nobody in the office spoke to the caller."""
_NO_NUMBER = frozenset({"anonymous", "private", "restricted", "unavailable", "unknown", "withheld"})


def source_label(source: Source) -> str:
    """Say whose log it is: "Ring group"."""
    return _(_SOURCES[source])  # NON-NLS: marked in its table


def direction_label(direction: Direction) -> str:
    """Say which way a call went: "Incoming"."""
    return _(_DIRECTIONS[direction])  # NON-NLS: marked in its table


def outcome_label(outcome: Outcome) -> str:
    """Say how a call ended: "Timed out"."""
    return _(_OUTCOMES[outcome])  # NON-NLS: marked in its table


def withheld() -> str:
    """Say that there is no number: its owner hides it."""
    return _("Withheld")


def party(name: str, number: str, display: Callable[[str], str]) -> tuple[str, str]:
    """Give a party's name and number as they are shown; either may be "", and no name only repeats the number."""
    shown = "" if is_withheld(number) else display(number)
    name = one_line(name)
    if name.lower() in _NO_NUMBER:
        name = withheld()
    return ("" if name in {number, shown} else name, shown)


def party_text(name: str, number: str, display: Callable[[str], str]) -> str:
    """Give a party in one text, name first."""
    return " ".join(filter(None, party(name, number, display))) or withheld()


def is_withheld(number: str) -> bool:
    """Whether a service's number is none: empty, or a word that stands for a caller who hides it."""
    return not any(c.isdigit() for c in number) and (not number.strip() or number.strip().lower() in _NO_NUMBER)


def other_number(call: Call) -> str:
    """Give the number to call back: who called, or for an outgoing call who was called; "" when there is none."""
    number = call.caller if call.direction is Direction.IN else call.called
    return number.strip() if any(c.isdigit() for c in number) else ""


def other_side(call: Call, display: Callable[[str], str]) -> tuple[str, str]:
    """Give name and number of the other side of a call."""
    if call.direction is Direction.IN:
        return party(call.caller_name, call.caller, display)
    return party(call.called_name, call.called, display)


def waited_s(call: Call) -> int | None:
    """Seconds from the start to the answer or, unanswered, to the end; None while unknown."""
    if call.answered_at is not None:
        return max(0, (call.answered_at - call.started_at) // 1000)
    if call.duration_s is not None and call.outcome is not Outcome.IN_PROGRESS:
        return max(0, call.duration_s - (call.talk_s or 0))
    if call.finished_at is not None and call.outcome is not Outcome.ANSWERED:
        return max(0, (call.finished_at - call.started_at) // 1000)
    return None


def talked_s(call: Call) -> int | None:
    """Seconds talked, None where nobody talked."""
    return call.talk_s or None


def one_line(text: str) -> str:
    """Keep a text from outside on its line: control characters become spaces."""
    return text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text).strip()


def clock_duration(seconds: int | None) -> str:
    """Write a duration for a column: "0:48", "2:10", "1:02:03"."""
    if seconds is None:
        return ""
    minutes, s = divmod(seconds, 60)
    hours, m = divmod(minutes, 60)
    return f"{hours}:{m:02}:{s:02}" if hours else f"{m}:{s:02}"


def spoken_duration(seconds: int) -> str:
    """Write a duration to be read aloud, its two largest units: "48 seconds", "2 minutes 10 seconds"."""
    minutes, s = divmod(max(0, seconds), 60)
    hours, minutes = divmod(minutes, 60)
    said = [ngettext("{n} hour", "{n} hours", hours)] if hours else []
    if minutes:
        said.append(ngettext("{n} minute", "{n} minutes", minutes))
    if not hours and (s or not minutes):
        said.append(ngettext("{n} second", "{n} seconds", s))
    return " ".join(said)


_LATE = datetime(2028, 12, 28, 22, 58, tzinfo=UTC)


class Clock:
    """Writes moments as the reader's calendar and system see them; times of the log are milliseconds in UTC."""

    def __init__(self, locale: QLocale, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        plain = locale.language() is QLocale.Language.C
        self._locale = locale
        self._now = now
        self._time_format = "HH:mm" if plain else locale.timeFormat(QLocale.FormatType.ShortFormat)
        self._date_format = "yyyy-MM-dd" if plain else locale.dateFormat(QLocale.FormatType.ShortFormat)
        self._today = self.today()

    def today(self) -> date:
        """Give the date here, now."""
        return self._now().astimezone().date()

    def turn(self) -> bool:
        """Look at the calendar; True when the day is another, and what was written before is out of date."""
        before, self._today = self._today, self.today()
        return before != self._today

    def moment(self, ms: int) -> str:
        """Write when a call was: "14:02" today, "yesterday 14:02", else date and time."""
        at = local(ms)
        day, text = at.date(), self.time(at)
        if day == self._today:
            return text
        if day == self._today - timedelta(days=1):
            return _("yesterday {time}", time=text)
        return f"{self.date(day)} {text}"

    def spoken(self, ms: int) -> str:
        """Write when a call was, for a sentence: "today 14:02"."""
        at = local(ms)
        return _("today {time}", time=self.time(at)) if at.date() == self._today else self.moment(ms)

    @property
    def longest(self) -> tuple[str, str]:
        """Moments as long as `moment` writes them."""
        time = self.time(_LATE)
        return _("yesterday {time}", time=time), f"{self.date(_LATE.date())} {time}"

    def exact(self, ms: int) -> str:
        """Write a moment in full, with seconds."""
        at = local(ms)
        text = self._locale.toString(QTime(at.hour, at.minute, at.second), "HH:mm:ss")
        return f"{self.date(at.date())} {text}"

    def time(self, at: datetime) -> str:
        """Write a time of day."""
        return self._locale.toString(QTime(at.hour, at.minute), self._time_format)

    def date(self, day: date) -> str:
        """Write a date."""
        return self._locale.toString(QDate(day.year, day.month, day.day), self._date_format)


def local(ms: int) -> datetime:
    """Give a time of the log in this computer's zone."""
    return datetime.fromtimestamp(ms / 1000, UTC).astimezone()


def sentence(logged: LoggedCall, clock: Clock, display: Callable[[str], str], *, unreturned: bool = False) -> str:
    """Put a call into one sentence for a screen reader; `unreturned` where it is known that nobody called back."""
    call = logged.call
    parts = [_opening(call, display)]
    if call.name:
        parts.append(place(call.source, call.name))
    parts.append(clock.spoken(call.started_at))
    if (waited := waited_s(call)) is not None:
        parts.append(_("waited {duration}", duration=spoken_duration(waited)))
    if (talked := talked_s(call)) is not None:
        parts.append(_("talked {duration}", duration=spoken_duration(talked)))
    if call.answered_by and call.answered_by != call.name:
        parts.append(_("answered by {name}", name=one_line(call.answered_by)))
    if unreturned:
        parts.append(_("not returned"))
    return ", ".join(parts)


def _opening(call: Call, display: Callable[[str], str]) -> str:
    other = " ".join(filter(None, other_side(call, display)))
    if other in {"", withheld()}:
        other = _("a withheld number")
    return _(_OPENINGS[call.direction, call.outcome], caller=other, called=other)  # NON-NLS: marked in its table


def noun(source: Source, name: str) -> str:
    """Give the word that says what a name is of, "queue"; "" for a user's and where the name has the word itself."""
    english, said = _NOUNS[source], name.lower()
    if not english:
        return ""
    shown = _(english)  # NON-NLS: marked in its table
    return "" if said.endswith((english, shown)) or said.startswith(f"{shown} ") else shown


def place(source: Source, name: str) -> str:
    """Say in whose log a call stands: "Sales queue", "Ann Lee"."""
    line = one_line(name)
    return _(_PLACES[source], name=line) if noun(source, line) else line  # NON-NLS: marked in its table
