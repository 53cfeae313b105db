"""Calls as rows for other programs: JSON objects, and CSV that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime, timezone
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from voipdesk.core.call_log import LoggedCall

COLUMNS = (
    "account",
    "source",
    "name",
    "caller",
    "called",
    "direction",
    "started_at",
    "answered_at",
    "finished_at",
    "duration_s",
    "talk_s",
    "answered_by",
    "outcome",
    "caller_name",
    "called_name",
)
"""The CSV's columns: the keys of `json_row`, and the names some services know."""

QUARTER_HOUR = 15 * 60 * 1000
_NUMBER = re.compile(r"\+[0-9]+", re.ASCII)
_FORMULA = re.compile(r"\s*[=+\-@\t\r\n＝＋－＠]")


def json_row(logged: LoggedCall, zone: tzinfo | None = None) -> dict[str, str | int | None]:
    """Give a call as a JSON object; times are ISO 8601 with the offset of `zone`, None being this computer's."""
    call = logged.call
    return {
        "account": logged.account_name,
        "source": call.source.value,
        "name": call.name,
        "caller": call.caller,
        "called": call.called,
        "direction": call.direction.value,
        "started_at": _time(call.started_at, zone),
        "answered_at": _time(call.answered_at, zone),
        "finished_at": _time(call.finished_at, zone),
        "duration_s": call.duration_s,
        "talk_s": call.talk_s,
        "answered_by": call.answered_by or None,
        "outcome": call.outcome.value,
    }


def csv_rows(calls: Sequence[LoggedCall], zone: tzinfo | None = None) -> str:
    """Give calls as lines of CSV (RFC 4180: commas, quotes where needed, CRLF), without the heading."""
    text = io.StringIO()
    write = csv.writer(text).writerow
    for logged in calls:
        cells = (*json_row(logged, zone).values(), logged.call.caller_name, logged.call.called_name)
        write([plain_cell(cell) if isinstance(cell, str) else cell for cell in cells])
    return text.getvalue()


def csv_heading() -> str:
    """Give the CSV's first line."""
    return ",".join(COLUMNS) + "\r\n"


def plain_cell(text: str) -> str:
    """Put an apostrophe before what a spreadsheet may run as a formula (OWASP, CSV Injection).

    A + with nothing but digits after it stays as it is: that is how numbers are dialled, other programs import them in
    this form, and the worst a spreadsheet makes of it is the number without its plus.
    """
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def _time(at: int | None, zone: tzinfo | None) -> str | None:
    if at is None:
        return None
    local = datetime.fromtimestamp(at / 1000, _offset(at // QUARTER_HOUR, zone))
    return local.isoformat(timespec="milliseconds" if at % 1000 else "seconds")


@lru_cache(maxsize=4096)
def _offset(quarter_hour: int, zone: tzinfo | None) -> tzinfo | None:
    """Give the offset that holds for a quarter of an hour: clocks change between two, and asking is dear."""
    offset = datetime.fromtimestamp(quarter_hour * QUARTER_HOUR / 1000, UTC).astimezone(zone).utcoffset()
    return None if offset is None else timezone(offset)
