"""The archive's file and the one thread that works on it."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy.exc import DBAPIError

from voipdesk.archive import schema, search_index, sqlite
from voipdesk.core.errors import StorageFailed

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future
    from pathlib import Path

    from sqlalchemy import Connection, Engine

T = TypeVar("T")
_log = logging.getLogger(__name__)
_INTERRUPT_AGAIN_S = 0.005


class Store:
    """An open archive. All work is done in turn by one thread of its own; errors come out as StorageFailed."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="archive")
        self._engine: Engine | None = None
        self._break_off: Callable[[], None] = lambda: None
        self._running: object = None
        self._turn = Lock()
        self._closed = False
        self._data_version = 0

    @classmethod
    async def open(cls, file: Path) -> Store:
        """Open the archive, making the file or bringing its tables up to date where needed.

        A file that is not an archive, is damaged, or was written by a newer voipdesk raises StorageFailed and is left
        as it is.
        """
        store = cls(file)
        try:
            await asyncio.wrap_future(store._worker.submit(store._connect))
        except BaseException:
            await store.close()
            raise
        return store

    async def close(self) -> None:
        """Let the work in hand end, and close the file; once is enough, twice does no harm."""
        if self._closed:
            return
        self._closed = True
        try:
            await asyncio.shield(asyncio.wrap_future(self._worker.submit(self._disconnect)))
        finally:
            self._worker.shutdown(wait=False)

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Do work that only reads; when the caller is cancelled, the statement that runs is broken off."""
        return await self._do(work, writes=False)

    async def write(self, work: Callable[[Connection], T]) -> T:
        """Do work in one transaction; once it has begun, it ends, even when the caller is cancelled."""
        return await self._do(work, writes=True)

    async def changed_elsewhere(self) -> bool:
        """Tell whether another process has written to the archive since this was last asked."""

        def work(connection: Connection) -> bool:
            version = sqlite.data_version(connection)
            changed = version != self._data_version
            self._data_version = version
            return changed

        return await self.read(work)

    async def _do(self, work: Callable[[Connection], T], *, writes: bool) -> T:
        if self._closed:
            raise StorageFailed("The archive is closed.")
        ticket = object()
        future = self._worker.submit(self._work, ticket, work, writes=writes)
        try:
            return await asyncio.shield(asyncio.wrap_future(future))
        except asyncio.CancelledError:
            if writes and not future.cancel():
                future.add_done_callback(_report)
            elif not future.cancel():
                # Again and again, since an interrupt between two statements is lost.
                while not future.done():
                    self._interrupt(ticket)
                    await asyncio.sleep(_INTERRUPT_AGAIN_S)
            raise

    def _connect(self) -> None:
        try:
            self._engine, self._break_off = sqlite.connect(self.file)
            schema.prepare(self._engine, self.file)
            with self._engine.connect() as connection, connection.begin():
                search_index.prepare(connection)
                self._data_version = sqlite.data_version(connection)
        except (DBAPIError, sqlite3.Error, OSError) as error:
            raise sqlite.explain(self.file, error) from error

    def _disconnect(self) -> None:
        if self._engine is not None:
            self._engine.dispose()

    def _work(self, ticket: object, work: Callable[[Connection], T], *, writes: bool) -> T:
        assert self._engine is not None
        with self._turn:
            self._running = ticket
        try:
            with self._engine.connect().execution_options(writes=writes) as connection, connection.begin():
                return work(connection)
        except (DBAPIError, sqlite3.Error) as error:
            raise sqlite.explain(self.file, error) from error
        finally:
            with self._turn:
                self._running = None

    def _interrupt(self, ticket: object) -> None:
        with self._turn:
            if self._running is ticket:
                self._break_off()


def _report(written: Future[T]) -> None:
    """Nobody waits any more for this write, so that its failure is told here."""
    if error := written.exception():
        _log.error("%s", error)
