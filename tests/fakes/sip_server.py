"""A SIP server on loopback that answers exactly as a test says, by UDP and by TCP at one port."""

import asyncio
import itertools
import re
import ssl
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from voipdesk.sip.stream import abort


@dataclass(frozen=True)
class Asked:
    """A request as it came."""

    text: str

    @property
    def method(self) -> str:
        return self.text.split(" ", 1)[0]

    @property
    def uri(self) -> str:
        return self.text.split(" ", 2)[1]

    def header(self, name: str) -> str:
        """Its first value, "" where it is absent."""
        found = re.search(rf"^{name}: *(.*)\r$", self.text, re.MULTILINE | re.IGNORECASE)
        return found[1] if found else ""

    def digest(self, header: str = "Authorization") -> dict[str, str]:
        """What an answer to a challenge holds, without quotes."""
        found = re.findall(r'(\w+)=(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))', self.header(header))
        return {name: quoted or plain for name, quoted, plain in found}

    def reply(self, status: str, *headers: str, body: str = "", **instead: str) -> bytes:
        """Answer it; `instead` replaces what is copied from it (via, to, from_, call_id, cseq)."""
        copied = {
            "Via": instead.get("via", self.header("Via")),
            "From": instead.get("from_", self.header("From")),
            "To": instead.get("to", f"{self.header('To')};tag=server"),
            "Call-ID": instead.get("call_id", self.header("Call-ID")),
            "CSeq": instead.get("cseq", self.header("CSeq")),
        }
        lines = [f"SIP/2.0 {status}", *(f"{name}: {value}" for name, value in copied.items()), *headers]
        return "\r\n".join([*lines, f"Content-Length: {len(body)}", "", body]).encode()


Answer = Callable[[Asked], bytes | Iterable[bytes] | None]


class SipServer(asyncio.DatagramProtocol):
    """Listens while it is entered; `answer` is called for every request, and what it gives is sent back."""

    def __init__(self, answer: Answer, *, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> None:
        self._answer = answer
        self._tls = tls
        self._host = host
        self._connections: set[asyncio.StreamWriter] = set()
        self.received: list[Asked] = []
        self.changed = asyncio.Condition()
        self.hang_up = False
        """End each TCP connection at once."""
        self.hang_up_after = 0
        """Requests after which a TCP connection is ended; 0 never."""

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        while True:
            self._tcp = await asyncio.start_server(self._serve, self._host, 0, ssl=self._tls)
            self.port = self._tcp.sockets[0].getsockname()[1]
            try:
                self._udp, _ = await loop.create_datagram_endpoint(lambda: self, local_addr=(self._host, self.port))
                return self
            except OSError:  # somebody else has that port by UDP
                self._tcp.close()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._udp.close()
        self._tcp.close()
        for _ in range(10):  # a connection that was just accepted takes some turns of the loop to come here
            await asyncio.sleep(0)
        for writer in self._connections:
            abort(writer)
        await asyncio.sleep(0)

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def asked(self, method: str) -> list[Asked]:
        """The requests of a method, those that came again included."""
        return [one for one in self.received if one.method == method]

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until something is so after a request has come."""
        async with asyncio.timeout(60), self.changed:
            await self.changed.wait_for(condition)

    def datagram_received(self, data: bytes, sender: object) -> None:
        for answer in self._answers(data):
            self._udp.sendto(answer, sender)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._connections.add(writer)
        if self.hang_up:
            writer.close()
            return
        try:
            for count in itertools.count(1):
                for answer in self._answers(await reader.readuntil(b"\r\n\r\n")):
                    writer.write(answer)
                if count == self.hang_up_after:
                    break
        except (OSError, asyncio.IncompleteReadError):
            pass
        writer.close()

    def _answers(self, data: bytes) -> Iterable[bytes]:
        asked = Asked(data.decode("utf-8", "surrogateescape"))
        self.received.append(asked)
        asyncio.get_running_loop().create_task(self._tell())
        answers = self._answer(asked)
        return [answers] if isinstance(answers, bytes) else answers or ()

    async def _tell(self) -> None:
        async with self.changed:
            self.changed.notify_all()
