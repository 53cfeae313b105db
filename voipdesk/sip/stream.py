"""SIP by TCP and by TLS: messages one after the other, each as long as it says."""

from __future__ import annotations

import asyncio
import socket
from contextlib import suppress
from typing import TYPE_CHECKING

from voipdesk.core.language import _
from voipdesk.core.sip_check import Cause
from voipdesk.sip.connection import Connection, trouble_of
from voipdesk.sip.message import BODY_LONGEST, HEAD_LONGEST, NotSip, is_start, parse, shown
from voipdesk.sip.trouble import Trouble

if TYPE_CHECKING:
    import ssl
    from collections.abc import Mapping

    from voipdesk.sip.message import Message
    from voipdesk.sip.place import Place

_LINE_END = b"\r\n"


class StreamConnection(Connection):
    """Reads as fast as messages are taken from it, and no faster."""

    def __init__(self, place: Place, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        super().__init__(place)
        self._reader = reader
        self._writer = writer
        self.local = writer.get_extra_info("sockname")[:2]
        self._tls: ssl.SSLObject | None = writer.get_extra_info("ssl_object")
        self._reading = asyncio.create_task(self._read(), name="reading SIP")

    @classmethod
    async def open(cls, place: Place, context: ssl.SSLContext | None = None, server_name: str = "") -> StreamConnection:
        """Connect, by TLS where a context is given.

        Raises Trouble for what hinders TCP; ssl.SSLError and OSError of the handshake are left as they come.
        """
        found = await _connected_socket(place)  # which is asyncio's from here on, to close as well
        reader, writer = await asyncio.open_connection(
            sock=found, ssl=context, server_hostname=server_name if context else None, limit=HEAD_LONGEST
        )
        return cls(place, reader, writer)

    @property
    def encoded_certificate(self) -> bytes:
        """The server's certificate as DER, b"" without TLS."""
        return self._tls.getpeercert(binary_form=True) or b"" if self._tls else b""

    @property
    def certificate(self) -> Mapping[str, object]:
        """What the server's certificate says, in Python's words; empty where it is not trusted."""
        return self._tls.getpeercert() or {} if self._tls else {}

    @property
    def tls_version(self) -> str:
        """Such as "TLSv1.3"; "" without TLS."""
        return self._tls.version() or "" if self._tls else ""

    def send(self, data: bytes) -> None:
        """Send a message."""
        self._writer.write(data)

    async def close(self) -> None:
        """End it at once; a server that does not close its end is not waited for."""
        abort(self._writer)  # first: who closes may have no time left to wait
        self._reading.cancel()
        await asyncio.wait([self._reading])

    async def _read(self) -> None:
        try:
            while True:
                await self._arrived.put(await self._message())
        except NotSip as error:
            details = f"{self.place}: {self.junk_sample}" if self.junk_sample else ""
            advice = _("Compare the port and the transport with what the service has given.")
            self._end(Trouble(Cause.WRONG_PORT, error.message, advice=advice, details=details))
        except (OSError, asyncio.IncompleteReadError) as error:
            self.is_closed = True
            text = _("{place} has closed the connection without an answer.", place=self.place)
            self._end(Trouble(Cause.NO_ANSWER, text, details=shown(str(error))))

    async def _message(self) -> Message:
        """Read the next message whole; NotSip for what is none, and for too much of it."""
        try:
            start = _LINE_END
            while start == _LINE_END:  # some send line ends to keep the connection alive
                start = await self._reader.readuntil(_LINE_END)
            if not is_start(start):
                raise self._junk(start)
            head = start + await self._reader.readuntil(_LINE_END * 2)
        except asyncio.LimitOverrunError as error:
            raise self._junk(await self._reader.read(HEAD_LONGEST)) from error
        except asyncio.IncompleteReadError as error:
            if error.partial.strip():
                raise self._junk(error.partial) from error
            raise
        message = parse(head)
        length = message.number("content-length") or 0
        if length > BODY_LONGEST:
            raise NotSip(_("An answer came that is longer than any SIP message."))
        await self._reader.readexactly(length)
        return message

    def _junk(self, data: bytes) -> NotSip:
        self._note_junk(data)
        return NotSip(_("What answers at {place} does not speak SIP.", place=self.place))


async def _connected_socket(place: Place) -> socket.socket:
    family = socket.AF_INET6 if ":" in place.address else socket.AF_INET
    try:
        found = socket.socket(family, socket.SOCK_STREAM)
    except OSError as error:
        raise trouble_of(error, place) from error
    found.setblocking(False)
    try:
        await asyncio.get_running_loop().sock_connect(found, (place.address, place.port))
    except OSError as error:
        found.close()
        raise trouble_of(error, place) from error
    except BaseException:
        found.close()
        raise
    return found


def abort(writer: asyncio.StreamWriter) -> None:
    """End a connection at once, if the other side has not."""
    with suppress(AttributeError):  # Python 3.11.2, which Debian 12 has, stumbles over one by TLS that has ended
        writer.transport.abort()
