"""The addresses of this computer at which others on the same network reach it."""

from __future__ import annotations

import platform
import socket
import struct
from contextlib import suppress
from ipaddress import IPv4Address
from pathlib import Path

from voipdesk.core.handover import Place
from voipdesk.core.language import _

_ADDRESS_OF_INTERFACE = 0x8915
"""SIOCGIFADDR, from Linux' sockios.h."""
_ROUTES = Path("/proc/net/route")
"""Linux' routes: the interface, and the network as hexadecimal digits, on each line but the first."""
_SOMEWHERE = ("192.0.2.1", 9)
"""An address that is nobody's (RFC 5737); nothing is sent to it."""


def places() -> tuple[Place, ...]:
    """Give this computer alone first, then its addresses on networks, best first; blocks for some milliseconds."""
    outwards = _leading_out()
    found = sorted(
        {address for address in _addresses() if not address.is_loopback},
        key=lambda one: (one.is_link_local, not one.is_private, one not in outwards, one),
    )
    return (here(), *(Place(str(address), _who_reaches(address)) for address in found))


def here() -> Place:
    """Give this computer alone."""
    return Place("127.0.0.1", _("Programs on this computer alone."), this_computer_only=True)


def _addresses() -> list[IPv4Address]:
    if platform.system() == "Linux":  # NON-NLS
        return _of_interfaces()
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        asking.connect(_SOMEWHERE)
        return [IPv4Address(asking.getsockname()[0])]
    return []


def _leading_out() -> list[IPv4Address]:
    """Give those by which this computer reaches all others, not those of networks within it; elsewhere there is one."""
    if platform.system() != "Linux":  # NON-NLS
        return []
    with suppress(OSError):
        routes = [line.split() for line in _ROUTES.read_text("ascii").splitlines()[1:]]
        return _of_interfaces({route[0] for route in routes if route[1] == "00000000"})
    return []


def _of_interfaces(only: set[str] | None = None) -> list[IPv4Address]:
    from fcntl import ioctl

    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        for _index, name in socket.if_nameindex():
            if only is not None and name not in only:
                continue
            with suppress(OSError):  # one without an IPv4 address
                answer = ioctl(asking.fileno(), _ADDRESS_OF_INTERFACE, struct.pack("256s", name[:15].encode()))
                found.append(IPv4Address(answer[20:24]))
    return found


def _who_reaches(address: IPv4Address) -> str:
    if address.is_private:
        return _("Everybody on the same network, such as a phone in the same Wi-Fi.")
    return _("Everybody on the same network, and perhaps on the internet.")
