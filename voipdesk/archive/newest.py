"""The newest calls of the whole log and its totals, read without SQLAlchemy: what a window begins with.

Loading SQLAlchemy takes 0.3 s, which is longer than a bare window with these rows takes to its first paint (0.2 s); so
these two, and no more, are read with the standard library alone while the archive is not connected yet.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING
from urllib.parse import quote

from voipdesk.archive.codes import DIRECTIONS, OUTCOMES, SCHEMA
from voipdesk.core.call_log import Call, CallTotals, LoggedCall, Source

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

_VERSION = "SELECT version_num FROM alembic_version"
_PAGE = """
SELECT calls.id, accounts.id, accounts.name, lines.source, lines.name, caller.number, called.number,
    calls.direction, calls.outcome, calls.started_at, caller.name, called.name, calls.answered_at, calls.finished_at,
    calls.duration_s, calls.talk_s, coalesce(answerer.name, '')
FROM calls
JOIN lines ON lines.id = calls.line_id
JOIN accounts ON accounts.key = lines.account
JOIN parties AS caller ON caller.id = calls.caller_id
JOIN parties AS called ON called.id = calls.called_id
LEFT JOIN parties AS answerer ON answerer.id = calls.answered_by_id
WHERE calls.id IN (SELECT id FROM calls ORDER BY started_at DESC, id DESC LIMIT ?)
ORDER BY calls.started_at DESC, calls.id DESC
"""
_TOTALS = "SELECT calls, missed, talk_s FROM call_totals"
_SOURCES = {source.value: source for source in Source}


def page(file: Path, limit: int) -> list[LoggedCall]:
    """Read up to `limit` calls, newest first; none on any doubt, since connecting the archive says what is wrong."""
    return [_read(row) for row in _rows(file, _PAGE, (limit,))]


def totals(file: Path) -> CallTotals | None:
    """Read the totals of all calls; None on any doubt."""
    return next((CallTotals(*row) for row in _rows(file, _TOTALS)), None)


def _rows(file: Path, statement: str, values: tuple[int, ...] = ()) -> list[tuple[Any, ...]]:
    try:
        with closing(sqlite3.connect(f"file:{quote(str(file))}?mode=ro", uri=True, timeout=0)) as connection:
            if connection.execute(_VERSION).fetchall() != [(SCHEMA,)]:
                return []
            return connection.execute(statement, values).fetchall()
    except sqlite3.Error:
        return []


def _read(row: tuple[Any, ...]) -> LoggedCall:
    id_, account_id, account_name, source, name, caller, called, direction, outcome, *rest = row
    call = Call("", _SOURCES[source], name, caller, called, DIRECTIONS[direction], OUTCOMES[outcome], *rest)
    return LoggedCall(id_, account_id, account_name, call)
