"""A way to a SIP server: whole messages go out and come in; what is not SIP is counted, and too much is dropped."""

from __future__ import annotations

import asyncio
import errno
from typing import TYPE_CHECKING

from voipdesk.core.language import _
from voipdesk.core.sip_check import Cause
from voipdesk.core.sip_settings import Transport
from voipdesk.sip.message import shown
from voipdesk.sip.trouble import Trouble

if TYPE_CHECKING:
    from voipdesk.sip.message import Message
    from voipdesk.sip.place import Place

_WAITING_MOST = 64
"""Messages that have come and nobody has taken; of a flood the rest is dropped, or left to TCP to hold back."""
_NO_ROUTE = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT}
_FORBIDDEN_HERE = {errno.EACCES, errno.EPERM}


class Connection:
    """By UDP, TCP or TLS; made by `reach`, to be closed."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.local = ("", 0)
        """This end's address and port."""
        self.junk = 0
        """How often something came that is no SIP message."""
        self.junk_sample = ""
        self.is_closed = False
        """Whether the other side has ended it."""
        self._arrived: asyncio.Queue[Message | Trouble] = asyncio.Queue(_WAITING_MOST)

    @property
    def is_reliable(self) -> bool:
        """Whether what is sent arrives by itself, or must be sent again when no answer comes."""
        return self.place.transport is not Transport.UDP

    @property
    def sent_by(self) -> str:
        """Give this end as it stands in a Via or Contact."""
        host, port = self.local
        return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"

    def send(self, data: bytes) -> None:
        """Send a message."""
        raise NotImplementedError

    async def receive(self) -> Message:
        """Wait for the next message; raises Trouble when none can come any more."""
        arrived = await self._arrived.get()
        if isinstance(arrived, Trouble):
            self._end(arrived)  # for whoever asks next
            raise arrived
        return arrived

    async def close(self) -> None:
        """End it; harmless a second time."""
        raise NotImplementedError

    def _note_junk(self, data: bytes) -> None:
        self.junk += 1
        self.junk_sample = self.junk_sample or shown(data[:80].decode("latin-1"), 60)

    def _end(self, trouble: Trouble) -> None:
        if self._arrived.full():
            self._arrived.get_nowait()
        self._arrived.put_nowait(trouble)


def trouble_of(error: OSError, place: Place) -> Trouble:
    """Say why a place cannot be reached."""
    details = f"{place}: {shown(str(error))}"
    by = place.transport.upper()
    if isinstance(error, ConnectionRefusedError | ConnectionResetError):  # Windows says the other of a UDP port
        return Trouble(
            Cause.WRONG_PORT,
            _("{place} is closed: nothing listens there by {transport}.", place=place, transport=by),
            advice=_("Compare the port and the transport with what the service has given."),
            details=details,
        )
    if error.errno in _NO_ROUTE:
        return Trouble(
            Cause.NO_NETWORK,
            _("There is no way from this computer to {place}.", place=place),
            advice=_("Is it connected to the network, or to the VPN that the service needs?"),
            details=details,
        )
    if error.errno in _FORBIDDEN_HERE:
        return Trouble(
            Cause.BLOCKED,
            _("This computer does not let the check reach {place}.", place=place),
            advice=_("A firewall on it may forbid it."),
            details=details,
        )
    return Trouble(
        Cause.NO_ANSWER,
        _("{place} cannot be reached by {transport}.", place=place, transport=by),
        advice=_("Compare server and port with what the service has given. A firewall may be in between."),
        details=details,
    )
