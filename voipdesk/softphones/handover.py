"""A web address on this computer that hands over one file, once, to whoever knows its random path."""

from __future__ import annotations

import asyncio
import hmac
import re
import secrets
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from voipdesk.core.errors import StorageFailed
from voipdesk.core.handover import HANDOVER_S, Fetched
from voipdesk.core.language import _
from voipdesk.softphones.handover_head import head_of_answer

if TYPE_CHECKING:
    from collections.abc import Callable

    from voipdesk.core.softphones import SetUpFile

_PATH_BYTES = 24
_HEAD_BYTES = 8192
_PATIENCE_S = 10.0
"""How long a connection may take to say what it wants, and to take it."""
_CONNECTIONS = 16
_REQUEST = re.compile(rb"([A-Z]+) (/[!-~]*) HTTP/1\.1")
_FIELD = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):([^\x00-\x08\x0a-\x1f\x7f]*)")  # one way to read each line


class Handover:
    """Serves a file at `url` until it was fetched once, until `ends_at`, or until it is closed; `open` makes one.

    HTTP/1.1, GET and HEAD, and only the one path, of which 192 bits are random. Neither HEAD nor a wrong path uses it
    up. What is sent is not to be kept by anybody on the way.
    """

    def __init__(self, file: SetUpFile, clock: Callable[[], datetime]) -> None:
        self._file = file
        self._clock = clock
        self._path = f"/{secrets.token_urlsafe(_PATH_BYTES)}"
        self._claimed = False
        self._outcome: asyncio.Future[Fetched | None] = asyncio.get_running_loop().create_future()
        self._connections: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server
        self._end: asyncio.TimerHandle
        self._host = ""
        self.url = ""
        self.ends_at = clock()

    @classmethod
    async def open(
        cls,
        file: SetUpFile,
        host: str,
        *,
        lasts_s: float = HANDOVER_S,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> Handover:
        """Begin to serve a file at an address of this computer; StorageFailed when nothing can listen there."""
        handover = cls(file, clock)
        try:
            handover._server = await asyncio.start_server(handover._connected, host, 0, limit=_HEAD_BYTES)
        except OSError as error:
            raise StorageFailed(
                _(
                    "Nothing can be served at the address {host}: {reason}.",
                    host=host,
                    reason=error.strerror or error,
                ),
                advice=_("It may have changed with the network: choose again."),
            ) from error
        port = handover._server.sockets[0].getsockname()[1]
        handover._host = f"{host}:{port}"
        handover.url = f"http://{handover._host}{handover._path}"
        handover.ends_at = clock() + timedelta(seconds=lasts_s)
        handover._end = asyncio.get_running_loop().call_later(lasts_s, handover._ends, None)
        return handover

    async def outcome(self) -> Fetched | None:
        """Wait for what comes of it; None where nobody fetched it in time, or it was closed before."""
        return await asyncio.shield(self._outcome)

    async def close(self) -> None:
        """Stop; a file that is just being sent is cut off. Closing twice does nothing."""
        self._ends(None)
        for connection in self._connections:
            connection.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)
        await self._server.wait_closed()

    def _ends(self, outcome: Fetched | None) -> None:
        self._end.cancel()
        self._server.close()
        if not self._outcome.done():
            self._outcome.set_result(outcome)

    def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if len(self._connections) >= _CONNECTIONS:
            writer.close()
            return
        task = asyncio.get_running_loop().create_task(self._serve(reader, writer))
        self._connections.add(task)
        task.add_done_callback(self._connections.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request. Whoever does not speak HTTP, is slow or breaks off is let go without a word."""
        try:
            async with asyncio.timeout(_PATIENCE_S):
                head = await reader.readuntil(b"\r\n\r\n")
                status, body_too = self._judge(head)
                if status == 200 and body_too:
                    await self._hand_over(writer)
                else:
                    await self._answer(writer, status)
                writer.close()
                await writer.wait_closed()
        except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass
        finally:
            writer.transport.abort()  # who does not take what is left is not waited for

    def _judge(self, head: bytes) -> tuple[int, bool]:
        """Give the status of the answer, and whether the file goes with it."""
        first, *lines = head.removesuffix(b"\r\n\r\n").split(b"\r\n")
        request = _REQUEST.fullmatch(first)
        fields = [_FIELD.fullmatch(line) for line in lines]
        if request is None or None in fields:
            return 400, False
        values = [(field[1].lower(), field[2].strip(b" \t")) for field in fields if field is not None]
        names = [name for name, _value in values]
        # another host means that a page in a browser was led here
        if [value for name, value in values if name == b"host"] != [self._host.encode()]:
            return 400, False
        if b"content-length" in names or b"transfer-encoding" in names:
            return 400, False
        if request[1] not in {b"GET", b"HEAD"}:
            return 405, False
        if not hmac.compare_digest(request[2], self._path.encode()):
            return 404, False
        if self._claimed:
            return 410, False
        return 200, request[1] == b"GET"

    async def _hand_over(self, writer: asyncio.StreamWriter) -> None:
        """Send the file; from now on the address is used up, whatever becomes of the connection."""
        self._claimed = True
        self._server.close()
        by, whole = str(writer.get_extra_info("peername")[0]), False
        try:
            await self._answer(writer, 200, self._file.content)
            writer.close()
            await writer.wait_closed()  # by now the system has all of it
            whole = True
        finally:
            self._ends(Fetched(self._clock(), by, whole))

    async def _answer(self, writer: asyncio.StreamWriter, status: int, body: bytes = b"") -> None:
        writer.write(head_of_answer(status, self._file) + body)
        await writer.drain()
