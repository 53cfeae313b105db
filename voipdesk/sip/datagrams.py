"""SIP by UDP: each datagram is a message."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from voipdesk.sip.connection import Connection, trouble_of
from voipdesk.sip.message import NotSip, parse

if TYPE_CHECKING:
    from voipdesk.sip.place import Place


class UdpConnection(Connection, asyncio.DatagramProtocol):
    """Takes datagrams from the server's address alone; what ICMP says of it ends the waiting for them."""

    _transport: asyncio.DatagramTransport

    @classmethod
    async def open(cls, place: Place) -> UdpConnection:
        """Take a free port; raises Trouble where there is no way to the address."""
        opened = cls(place)
        loop = asyncio.get_running_loop()
        try:
            opened._transport, _ = await loop.create_datagram_endpoint(
                lambda: opened, remote_addr=(place.address, place.port)
            )
        except OSError as error:
            raise trouble_of(error, place) from error
        opened.local = opened._transport.get_extra_info("sockname")[:2]
        return opened

    def send(self, data: bytes) -> None:
        """Send a datagram."""
        self._transport.sendto(data)

    async def close(self) -> None:
        """Give the port back."""
        self._transport.close()

    def datagram_received(self, data: bytes, _: object) -> None:
        """Keep a message; called by asyncio."""
        if not data.strip(b"\r\n\0 "):
            return  # keeps a NAT's door open
        try:
            message = parse(data)
        except NotSip:
            self._note_junk(data)
            return
        with suppress(asyncio.QueueFull):
            self._arrived.put_nowait(message)

    def error_received(self, error: Exception) -> None:
        """Take what ICMP says; called by asyncio."""
        if isinstance(error, OSError):
            self._end(trouble_of(error, self.place))
