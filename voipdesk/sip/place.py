"""Where a SIP server is: the addresses to try, in their order, and the ports that go without saying."""

from __future__ import annotations

from dataclasses import dataclass

from voipdesk.core.language import _
from voipdesk.core.sip_settings import Transport

USUAL_PORTS = {Transport.UDP: 5060, Transport.TCP: 5060, Transport.TLS: 5061}
"""RFC 3261, section 19.1.2."""


@dataclass(frozen=True, slots=True)
class Place:
    """One address to try."""

    address: str
    """An IP address, without brackets."""
    port: int
    transport: Transport
    host: str
    """The name that has this address in DNS, or the address itself."""

    def __str__(self) -> str:
        address = f"[{self.address}]" if ":" in self.address else self.address
        return _("{address} port {port}", address=address, port=self.port)


@dataclass(frozen=True, slots=True)
class Places:
    """What was found of a name: at least one address, and how DNS led to it."""

    places: tuple[Place, ...]
    steps: tuple[str, ...] = ()
    """What was asked and answered, a line each, for support."""
    published: tuple[Transport, ...] = ()
    """The transports that the domain publishes, where it publishes some and the wanted one is not among them."""
