"""The open file, as the archive's thread works on it."""

from __future__ import annotations

import sqlite3
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy.exc import DBAPIError

from voipdesk.archive import schema, search_index, sqlite

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy import Connection

T = TypeVar("T")


class Database:
    """One connection to one file, with today's tables. For one thread, but for `interrupt`; raises StorageFailed."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._running: object = None
        self._turn = Lock()
        try:
            self._engine, self._break_off = sqlite.connect(file)
            try:
                schema.prepare(self._engine, file)
                with self._engine.connect() as connection, connection.begin():
                    search_index.prepare(connection)
                    self._data_version = sqlite.data_version(connection)
            except BaseException:
                self.close()
                raise
        except (DBAPIError, sqlite3.Error, OSError) as error:
            raise sqlite.explain(file, error) from error

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def do(self, ticket: object, work: Callable[[Connection], T], *, writes: bool) -> T:
        """Do work in one transaction; the ticket is what `interrupt` knows it by."""
        with self._turn:
            self._running = ticket
        try:
            with self._engine.connect().execution_options(writes=writes) as connection, connection.begin():
                return work(connection)
        except (DBAPIError, sqlite3.Error) as error:
            raise sqlite.explain(self._file, error) from error
        finally:
            with self._turn:
                self._running = None

    def interrupt(self, ticket: object) -> None:
        """Break off the statement that runs, if it belongs to the ticket's work; from any thread."""
        with self._turn:
            if self._running is ticket:
                self._break_off()

    def changed_elsewhere(self, connection: Connection) -> bool:
        """Tell whether another process has written since this was last asked, or since the start."""
        version = sqlite.data_version(connection)
        changed = version != self._data_version
        self._data_version = version
        return changed
