"""Days as the options --since and --until take them."""

from __future__ import annotations

import argparse
import re
from datetime import date, datetime, time, timedelta

from voipdesk.core.language import _

_NAMED = {"today": 0, "yesterday": 1}


def read_day(text: str) -> date:
    """Read YYYY-MM-DD, “today” or “yesterday”, a day of this computer's time zone."""
    if text.lower() in _NAMED:
        return datetime.now().astimezone().date() - timedelta(days=_NAMED[text.lower()])
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(
        _("“{text}” is no day; write it like 2026-03-01, or “today” or “yesterday”", text=text)
    )


def day_begins(day: date) -> datetime:
    """Give the moment a day begins here."""
    return datetime.combine(day, time()).astimezone()


def day_ends(day: date) -> datetime:
    """Give the moment the next day begins here."""
    return day_begins(min(day, date.max - timedelta(days=1)) + timedelta(days=1))


def add_days(parser: argparse.ArgumentParser) -> None:
    """Add the options --since and --until."""
    since, until = _("from this day (YYYY-MM-DD, today, yesterday)"), _("up to and including this day")
    parser.add_argument("--since", type=read_day, metavar="DAY", help=since)
    parser.add_argument("--until", type=read_day, metavar="DAY", help=until)
