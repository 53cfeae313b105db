"""Where else a server answers, after it did not where it was looked for: by another transport, or at the usual port."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from voipdesk.core.sip_check import Cause
from voipdesk.core.sip_settings import Transport
from voipdesk.sip.client import Client
from voipdesk.sip.place import USUAL_PORTS
from voipdesk.sip.reach import connect
from voipdesk.sip.trouble import Trouble

if TYPE_CHECKING:
    import ssl

    from voipdesk.core.sip_settings import SipSettings
    from voipdesk.sip.place import Place
    from voipdesk.sip.timers import Timers

_NO_TLS = {Cause.TLS_OTHER, Cause.NO_ANSWER, Cause.WRONG_PORT, Cause.NO_NETWORK, Cause.BLOCKED}


async def answering(
    tried: Place, settings: SipSettings, server_name: str, trusting: ssl.SSLContext | None, timers: Timers
) -> list[Place]:
    """Ask the same address at other ports and by other transports, all at a time; no password is sent."""
    ports = {transport: (tried.port, usual) for transport, usual in USUAL_PORTS.items()}
    candidates = [replace(tried, transport=transport, port=port) for transport in ports for port in ports[transport]]
    places = [place for place in dict.fromkeys(candidates) if place != tried]
    answers = await asyncio.gather(*(_answers(place, settings, server_name, trusting, timers) for place in places))
    return [place for place, answered in zip(places, answers, strict=True) if answered]


async def _answers(
    place: Place, settings: SipSettings, server_name: str, trusting: ssl.SSLContext | None, timers: Timers
) -> bool:
    try:
        async with asyncio.timeout(timers.others):
            connection = await connect(place, server_name, trusting)
    except TimeoutError:
        return False
    except Trouble as trouble:
        return place.transport is Transport.TLS and trouble.cause not in _NO_TLS
    try:
        await Client(replace(settings, transport=place.transport), connection, timers).options(timers.others)
    except Trouble:
        return False
    finally:
        await connection.close()
    return True
