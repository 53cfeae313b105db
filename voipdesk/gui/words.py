"""Times and durations as the window says them: near ones in words, far ones in the system's format."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from PySide6.QtCore import QDate, QLocale, QTime


def now() -> datetime:
    """Give the present moment, in local time."""
    return datetime.now().astimezone()


def when(moment: datetime, present: datetime | None = None) -> str:
    """Say an aware time: "14:02" today, "yesterday 14:02", "tomorrow 14:02", else the date before it."""
    local = moment.astimezone()
    clock = QLocale().toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)
    today = (present or now()).astimezone().date()
    near = {0: "", -1: "yesterday ", 1: "tomorrow "}.get((local.date() - today).days)
    if near is not None:
        return near + clock
    return f"{day(local.date())} {clock}"


def day(date_: date) -> str:
    """Say a date in the system's format, by ISO 8601 where the system has none."""
    if QLocale().language() is QLocale.Language.C:
        return date_.isoformat()
    return QLocale().toString(QDate(date_.year, date_.month, date_.day), QLocale.FormatType.ShortFormat)


def span(seconds: float) -> str:
    """Say a duration: "48 s", "2 min 10 s", "3 h 5 min"."""
    whole = max(0, round(seconds))
    minutes, rest = divmod(whole, 60)
    if not minutes:
        return f"{rest} s"
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    return f"{minutes} min {rest} s" if rest else f"{minutes} min"


def until(moment: datetime, present: datetime | None = None) -> str:
    """Say how long it is to an aware time: "in 40 s", then the time itself; "now" when it is past."""
    left = moment - (present or now())
    if left <= timedelta(0):
        return "now"
    return f"in {span(left.total_seconds())}" if left < timedelta(minutes=10) else f"at {when(moment, present)}"


def count(number: int, one: str, many: str) -> str:
    """Say how many: "1 call", "1,284 calls"."""
    return f"{QLocale().toString(number)} {one if number == 1 else many}"
