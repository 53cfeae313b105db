"""Opens a way to a place, by whichever transport it is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.core.sip_settings import Transport
from voipdesk.sip.certificate import open_tls, trusting_here
from voipdesk.sip.datagrams import UdpConnection
from voipdesk.sip.stream import StreamConnection

if TYPE_CHECKING:
    import ssl

    from voipdesk.sip.connection import Connection
    from voipdesk.sip.place import Place


async def connect(place: Place, server_name: str, trusting: ssl.SSLContext | None = None) -> Connection:
    """Open a way, by TLS only to a server whose certificate is for `server_name` and trusted; raises Trouble."""
    if place.transport is Transport.UDP:
        return await UdpConnection.open(place)
    if place.transport is Transport.TCP:
        return await StreamConnection.open(place)
    return await open_tls(place, server_name, trusting or trusting_here())
