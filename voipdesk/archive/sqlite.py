"""What SQLite does in its own way: opening a file, locks, upserts, the trigram index and its errors' meaning."""

from __future__ import annotations

import os
import re
import sqlite3
from itertools import chain
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import StaticPool, create_engine, event
from sqlalchemy.dialects.sqlite import Insert, dialect, insert
from sqlalchemy.exc import DBAPIError

from voipdesk.core.errors import StorageFailed
from voipdesk.core.language import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from sqlalchemy import CompoundSelect, Connection, CursorResult, Engine, Select, Table

__all__ = [
    "BulkUpsert",  # NON-NLS
    "Insert",  # NON-NLS
    "Prepared",  # NON-NLS
    "append_only",
    "connect",
    "copy",
    "data_version",
    "driver",
    "explain",
    "first_column",
    "insert",
    "insert_many",
    "new_id",
    "upsert",
]

_DIALECT = dialect()
_BUSY_S = 15
_CACHE_KIB = 4 * 1024
"""Sync and search are as quick as with 16 MiB, measured on 1,000,000 calls: the system caches the file as well."""
_WAL_KEPT = 64 * 1024 * 1024
_WAL_PAGES = 4000
"""16 MiB before they are copied into the file, which waits for the disk: with SQLite's 4 MiB every 2,000 calls that a
sync writes would, for as long as it takes to write them."""
_OLDEST = (3, 34)  # the first with the trigram tokenizer

_CHECK_PERMISSIONS = N_("Check the permissions of the file and its folder.")
_MOVE_AWAY = N_("It is left as it is. Move it away or restore a copy; then calls can be fetched again.")
_ADVICE = {
    sqlite3.SQLITE_BUSY: (
        N_("The archive {file} is in use by another program."),
        N_("Close other windows of voipdesk or wait, then try again."),
    ),
    sqlite3.SQLITE_FULL: (
        N_("The archive {file} cannot be written: the disk is full."),
        N_("Free some space, then try again. Nothing is lost."),
    ),
    sqlite3.SQLITE_READONLY: (N_("The archive {file} may not be written."), _CHECK_PERMISSIONS),
    sqlite3.SQLITE_CANTOPEN: (N_("The archive {file} cannot be opened."), _CHECK_PERMISSIONS),
    sqlite3.SQLITE_IOERR: (
        N_("The archive {file} cannot be read or written."),
        N_("Check the disk, then try again."),
    ),
    sqlite3.SQLITE_NOTADB: (N_("The archive {file} is not an archive of voipdesk, or it is damaged."), _MOVE_AWAY),
    sqlite3.SQLITE_CORRUPT: (N_("The archive {file} is damaged."), _MOVE_AWAY),
}
_ADVICE[sqlite3.SQLITE_LOCKED] = _ADVICE[sqlite3.SQLITE_BUSY]
_ADVICE[sqlite3.SQLITE_PERM] = _ADVICE[sqlite3.SQLITE_READONLY]
_OTHERWISE = N_("The archive {file} could not be used."), N_("Start voipdesk again; if it stays, report it.")


def connect(file: Path) -> tuple[Engine, Callable[[], None]]:
    """Open a file, made for its owner alone when it is new, as an engine of one connection.

    The other thing given is the one that any thread may call: it breaks off the statement that runs, if one does.
    """
    if sqlite3.sqlite_version_info < _OLDEST:
        raise StorageFailed(
            _("SQLite {version} on this computer is too old for the archive.", version=sqlite3.sqlite_version),
            advice=_("Install SQLite 3.34 or newer."),
        )
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    # Used by the worker thread alone; only `interrupt` is called from elsewhere.
    raw = sqlite3.connect(file, timeout=_BUSY_S, isolation_level=None, check_same_thread=False)
    try:
        for pragma in (
            "journal_mode = WAL",
            "synchronous = NORMAL",
            "foreign_keys = ON",
            "temp_store = MEMORY",
            f"cache_size = -{_CACHE_KIB}",  # NON-NLS
            f"journal_size_limit = {_WAL_KEPT}",  # NON-NLS
            f"wal_autocheckpoint = {_WAL_PAGES}",  # NON-NLS
        ):
            raw.execute(f"PRAGMA {pragma}").close()
    except sqlite3.Error:
        raw.close()
        raise
    engine = create_engine("sqlite://", creator=lambda: raw, poolclass=StaticPool)
    event.listen(engine, "begin", _begin)
    return engine, raw.interrupt


def _begin(connection: Connection) -> None:
    """Take the write lock at the start, or a transaction that read first would fail instead of waiting for it."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def driver(connection: Connection) -> sqlite3.Connection:
    """Give the driver's own connection, for what is done row by row."""
    raw: Any = connection.connection.dbapi_connection
    return cast("sqlite3.Connection", raw)


class Prepared:
    """A query that is compiled once, and run by the driver: for what every key press asks for.

    SQLAlchemy knows it again, too, but takes 0.2 to 0.8 ms to find its way there, and as long as SQLite to make rows.
    """

    def __init__(self, query: Select[Any] | CompoundSelect[Any]) -> None:
        expanded = query.compile(dialect=_DIALECT).construct_expanded_state()
        self._sql = expanded.statement
        self._names = expanded.positiontup or ()
        self._defaults = expanded.parameters

    def __call__(self, connection: Connection, **values: object) -> sqlite3.Cursor:
        """Run it with these values of its parameters; rows are plain tuples of what the file holds."""
        given = {**self._defaults, **values}
        return driver(connection).execute(self._sql, [given[name] for name in self._names])


def data_version(connection: Connection) -> int:
    """Give a number that changes when another connection, so another process, has written."""
    (version,) = driver(connection).execute("PRAGMA data_version").fetchone()
    return int(version)


def copy(connection: Connection, target: Path) -> None:
    """Copy the file as it stands, the write-ahead log included."""
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_RDWR | os.O_CREAT, 0o600))
    copied = sqlite3.connect(part)
    try:
        driver(connection).backup(copied)
    finally:
        copied.close()
    part.replace(target)


def insert_many(connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Insert thousands of rows of plain values, in a third of the time it takes to look at each value first."""
    marks = ", ".join("?" * len(columns))
    statement = f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - names of ours
    driver(connection).executemany(statement, rows)


def first_column(connection: Connection, query: Select[Any]) -> list[int]:
    """Read the first column of thousands of rows, in half the time that a row for each takes."""
    return [id_ for (id_,) in Prepared(query)(connection)]


def new_id(result: CursorResult[Any]) -> int:
    """Give the id of the row that was inserted."""
    key = result.inserted_primary_key
    assert key is not None
    return int(key[0])


def append_only(connection: Connection, table: str) -> None:
    """Have the database refuse to change or delete rows of a table."""
    for what in ("UPDATE", "DELETE"):
        connection.exec_driver_sql(
            f"CREATE TRIGGER {table}_no_{what.lower()} BEFORE {what} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def upsert(table: Table, identity: Sequence[str], columns: Iterable[str]) -> Insert:
    """Build an INSERT that, for a row already there, updates `columns`, and counts it only when one differs."""
    statement = insert(table)
    new = {name: statement.excluded[name] for name in columns}
    differs = [table.c[name].is_distinct_from(value) for name, value in new.items()]
    condition = differs[0]
    for other in differs[1:]:
        condition = condition | other
    return statement.on_conflict_do_update(index_elements=list(identity), set_=new, where=condition)


class BulkUpsert:
    """An upsert of thousands of rows of plain values, which counts those that are new or differ.

    Statements of 1,000 rows take five sixths of the time of single ones, and let go of Python's lock meanwhile: after
    each single one this thread would wait for it again, up to 5 ms where another computes.
    """

    def __init__(self, table: Table, identity: Sequence[str], columns: Sequence[str]) -> None:
        """Take rows of the columns of `identity` and the others, in this order."""
        statement = upsert(table, identity, columns).compile(dialect=_DIALECT, column_keys=[*identity, *columns])
        head, row, tail = re.split(r"(?<=VALUES )(\(.*?\))", str(statement), maxsplit=1)
        self._statements = [(rows, f"{head}{', '.join([row] * rows)}{tail}") for rows in (1000, 50, 1)]

    def __call__(self, connection: Connection, rows: Sequence[Sequence[object]]) -> int:
        """Insert these, or update those that are there already."""
        raw, place, touched = driver(connection), 0, 0
        for at_once, statement in self._statements:
            for end in range(place + at_once, len(rows) + 1, at_once):
                touched += raw.execute(statement, list(chain.from_iterable(rows[place:end]))).rowcount
                place = end
        return touched


def explain(file: Path, error: Exception) -> StorageFailed:
    """Say what an error of the database means and what to do."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, OSError):
        return StorageFailed(
            _("The archive {file} cannot be opened: {reason}.", file=file, reason=cause.strerror or cause),
            advice=_("Check the permissions of the file and its folder."),
            details=repr(cause),
        )
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    what, advice = _ADVICE.get(code, _OTHERWISE)
    details = f"{type(cause).__name__}: {cause}"
    return StorageFailed(_(what, file=file), advice=_(advice), details=details)  # NON-NLS: marked in their table
