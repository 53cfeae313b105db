"""The archive's file and the one thread that works on it."""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from voipdesk.core.errors import StorageFailed
from voipdesk.core.language import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import Future
    from pathlib import Path

    from sqlalchemy import Connection

    from voipdesk.archive.database import Database

P = ParamSpec("P")
T = TypeVar("T")
_log = logging.getLogger(__name__)
_INTERRUPT_AGAIN_S = 0.005


class Store:
    """An archive. All work is done in turn by one thread of its own; errors come out as StorageFailed.

    Work given before `connect` has succeeded waits for it.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="archive")
        self._asked: set[Future[Any]] = set()
        """What the worker does and is to do."""
        self._database: Database | None = None
        self._connected = asyncio.Event()
        self._closed = False

    @classmethod
    async def open(cls, file: Path) -> Store:
        """Give an archive that is connected; raises as `connect` does."""
        store = cls(file)
        try:
            await store.connect()
        except BaseException:
            await store.close()
            raise
        return store

    @property
    def connected(self) -> bool:
        """Whether work is done at once."""
        return self._database is not None

    async def connect(self) -> None:
        """Open the file, making it or bringing its tables up to date where needed; may be tried again.

        A file that is not an archive, is damaged, or was written by a newer voipdesk raises StorageFailed and is left
        as it is.
        """
        self._check_open()
        await asyncio.wrap_future(self._submit(self._connect))
        self._connected.set()

    async def until_connected(self) -> None:
        """Wait until `connect` has succeeded."""
        self._check_open()
        await self._connected.wait()
        self._check_open()

    async def close(self) -> None:
        """Let the work in hand end, and close the file; once is enough, twice does no harm."""
        if self._closed:
            return
        self._closed = True
        self._connected.set()  # those who wait hear that it is closed
        try:
            await asyncio.shield(asyncio.wrap_future(self._submit(self._disconnect)))
        finally:
            self._worker.shutdown(wait=False)

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Do work that only reads; when the caller is cancelled, the statement that runs is broken off."""
        return await self._do(work, writes=False)

    async def write(self, work: Callable[[Connection], T]) -> T:
        """Do work in one transaction; once it has begun, it ends, even when the caller is cancelled."""
        return await self._do(work, writes=True)

    async def write_parts(self, parts: Sequence[Callable[[Connection], T]]) -> list[T]:
        """Do parts of a work in turn, in one transaction as long as nobody else waits: who does comes next.

        A transaction is dear: it writes whole pages of the file, and those of an index are the same for every part.
        """
        done: list[T] = []

        def work(connection: Connection) -> list[T]:
            results: list[T] = []
            for part in parts[len(done) :]:
                results.append(part(connection))
                if len(self._asked) > 1:
                    break
            return results

        while len(done) < len(parts):
            done += await self.write(work)
        return done

    async def changed_elsewhere(self) -> bool:
        """Tell whether another process has written to the archive since this was last asked."""

        def work(connection: Connection) -> bool:
            assert self._database is not None
            return self._database.changed_elsewhere(connection)

        return await self.read(work)

    async def _do(self, work: Callable[[Connection], T], *, writes: bool) -> T:
        await self.until_connected()
        database = self._database
        assert database is not None
        ticket = object()
        future = self._submit(database.do, ticket, work, writes=writes)
        try:
            return await asyncio.wrap_future(future)
        except asyncio.CancelledError:
            if writes and not future.cancel():
                future.add_done_callback(_report)
            elif not future.cancel():
                # Again and again, since an interrupt between two statements is lost.
                while not future.done():
                    database.interrupt(ticket)
                    await asyncio.sleep(_INTERRUPT_AGAIN_S)
            raise

    def _submit(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        future = self._worker.submit(function, *args, **kwargs)
        self._asked.add(future)
        future.add_done_callback(self._asked.discard)
        return future

    def _check_open(self) -> None:
        if self._closed:
            raise StorageFailed(_("The archive is closed."))

    def _connect(self) -> None:
        # SQLAlchemy is loaded here and not before: see `late`.
        from voipdesk.archive.database import Database

        if self._database is None:
            self._database = Database(self.file)

    def _disconnect(self) -> None:
        if self._database is not None:
            self._database.close()


def _report(written: Future[T]) -> None:
    """Nobody waits any more for this write, so that its failure is told here."""
    if error := written.exception():
        _log.error("%s", error)
