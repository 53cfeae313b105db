"""How a call is put into words: times as the reader's calendar has them, names before numbers, a row as a sentence."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, QTime

from voipdesk.core.call_log import Direction, Outcome, Source

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from voipdesk.core.call_log import Call, LoggedCall

SOURCES = {Source.USER: "User", Source.QUEUE: "Queue", Source.RING_GROUP: "Ring group"}
DIRECTIONS = {Direction.IN: "Incoming", Direction.OUT: "Outgoing"}
OUTCOMES = {
    Outcome.ANSWERED: "Answered",
    Outcome.MISSED: "Missed",
    Outcome.NO_ANSWER: "No answer",
    Outcome.IN_PROGRESS: "In progress",
    Outcome.ABANDONED: "Abandoned",
    Outcome.TIMED_OUT: "Timed out",
}
MISSED = frozenset({Outcome.MISSED, Outcome.ABANDONED, Outcome.TIMED_OUT})
"""What counts as missed in the totals: nobody in the office spoke to the caller."""
WITHHELD = "Withheld"
_NO_NUMBER = frozenset({"anonymous", "private", "restricted", "unavailable", "unknown", "withheld"})


def party(name: str, number: str, display: Callable[[str], str]) -> tuple[str, str]:
    """Give a party's name and number as they are shown; either may be "", and no name only repeats the number."""
    shown = "" if is_withheld(number) else display(number)
    name = one_line(name)
    if name.lower() in _NO_NUMBER:
        name = WITHHELD
    return ("" if name in {number, shown} else name, shown)


def party_text(name: str, number: str, display: Callable[[str], str]) -> str:
    """Give a party in one text, name first."""
    return " ".join(filter(None, party(name, number, display))) or WITHHELD


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
    amounts = ((minutes // 60, "hour"), (minutes % 60, "minute"), (s, "second"))
    first = next((i for i, (n, _) in enumerate(amounts) if n), 2)
    said = [f"{n} {unit}{'' if n == 1 else 's'}" for n, unit in amounts[first : first + 2] if n]
    return " ".join(said) or "0 seconds"


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
            return f"yesterday {text}"
        return f"{self.date(day)} {text}"

    def spoken(self, ms: int) -> str:
        """Write when a call was, for a sentence: "today 14:02"."""
        return f"today {self.moment(ms)}" if local(ms).date() == self._today else self.moment(ms)

    @property
    def longest(self) -> tuple[str, str]:
        """Moments as long as `moment` writes them."""
        return f"yesterday {self.time(_LATE)}", f"{self.date(_LATE.date())} {self.time(_LATE)}"

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
        parts.append(place(call))
    parts.append(clock.spoken(call.started_at))
    if (waited := waited_s(call)) is not None:
        parts.append(f"waited {spoken_duration(waited)}")
    if (talked := talked_s(call)) is not None:
        parts.append(f"talked {spoken_duration(talked)}")
    if call.answered_by and call.answered_by != call.name:
        parts.append(f"answered by {one_line(call.answered_by)}")
    if unreturned:
        parts.append("not returned")
    return ", ".join(parts)


def _opening(call: Call, display: Callable[[str], str]) -> str:
    other = " ".join(filter(None, other_side(call, display)))
    if other in {"", WITHHELD}:
        other = "a withheld number"
    way = f"from {other}" if call.direction is Direction.IN else f"to {other}"
    if call.outcome is Outcome.IN_PROGRESS:
        return f"Call in progress {way}"
    if call.outcome is Outcome.NO_ANSWER:
        return f"Unanswered call {way}"
    return f"{OUTCOMES[call.outcome]} call {way}"


def place(call: Call) -> str:
    """Say in whose log a call stands: "Sales queue", "Ann Lee"."""
    name = one_line(call.name)
    noun = SOURCES[call.source].lower()
    return name if call.source is Source.USER or name.lower().endswith(noun) else f"{name} {noun}"
