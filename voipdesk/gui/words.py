"""Times and durations as the window says them: near ones in words, far ones in the system's format."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from PySide6.QtCore import QDate, QLocale, QTime

from voipdesk.core.language import _, shown_number


def now() -> datetime:
    """Give the present moment, in local time."""
    return datetime.now().astimezone()


def when(moment: datetime, present: datetime | None = None) -> str:
    """Say an aware time: "14:02" today, "yesterday 14:02", "tomorrow 14:02", else the date before it."""
    local = moment.astimezone()
    clock = QLocale().toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)
    today = (present or now()).astimezone().date()
    match (local.date() - today).days:
        case 0:
            return clock
        case -1:
            return _("yesterday {time}", time=clock)
        case 1:
            return _("tomorrow {time}", time=clock)
        case _other:
            return f"{day(local.date())} {clock}"


def sample_time() -> str:
    """Give a time as long as `when` writes them, for the width of a column."""
    written = (when(now() - timedelta(days=days)) for days in (1, 100))
    return re.sub(r"\d", "0", max(written, key=len))


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
        return _("{seconds} s", seconds=rest)
    hours, minutes = divmod(minutes, 60)
    if hours and minutes:
        return _("{hours} h {minutes} min", hours=shown_number(hours), minutes=minutes)
    if hours:
        return _("{hours} h", hours=shown_number(hours))
    return (
        _("{minutes} min {seconds} s", minutes=minutes, seconds=rest) if rest else _("{minutes} min", minutes=minutes)
    )


def until(moment: datetime, present: datetime | None = None) -> str:
    """Say how long it is to an aware time: "in 40 s", then "at 14:02" or "tomorrow 14:02"; "now" when it is past."""
    present = (present or now()).astimezone()
    left = moment - present
    if left <= timedelta(0):
        return _("now")
    if left < timedelta(minutes=10):
        return _("in {span}", span=span(left.total_seconds()))
    said = when(moment, present)
    return _("at {time}", time=said) if moment.astimezone().date() == present.date() else said
