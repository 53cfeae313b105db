"""The addresses of this computer at which others on the same network reach it."""

from __future__ import annotations

import platform
import socket
import struct
from contextlib import suppress
from ipaddress import IPv4Address

from voipdesk.core.handover import Place

HERE = Place("127.0.0.1", "Programs on this computer alone.", this_computer_only=True)
_ADDRESS_OF_INTERFACE = 0x8915
"""SIOCGIFADDR, from Linux' sockios.h."""
_SOMEWHERE = ("192.0.2.1", 9)
"""An address that is nobody's (RFC 5737); nothing is sent to it."""


def places() -> tuple[Place, ...]:
    """Give this computer alone first, then its addresses on networks, best first; blocks for some milliseconds."""
    outwards = _leading_out()
    found = sorted(
        {address for address in _addresses() if not address.is_loopback},
        key=lambda one: (one.is_link_local, not one.is_private, one not in outwards, one),
    )
    return (HERE, *(Place(str(address), _who_reaches(address)) for address in found))


def _addresses() -> list[IPv4Address]:
    if platform.system() == "Linux":
        return _of_interfaces()
    return _leading_out()


def _leading_out() -> list[IPv4Address]:
    """Give the one by which this computer reaches others, not those of networks within it, none where there is none."""
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        asking.connect(_SOMEWHERE)
        return [IPv4Address(asking.getsockname()[0])]
    return []


def _of_interfaces() -> list[IPv4Address]:
    from fcntl import ioctl

    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        for _, name in socket.if_nameindex():
            with suppress(OSError):  # one without an IPv4 address
                answer = ioctl(asking.fileno(), _ADDRESS_OF_INTERFACE, struct.pack("256s", name[:15].encode()))
                found.append(IPv4Address(answer[20:24]))
    return found


def _who_reaches(address: IPv4Address) -> str:
    if address.is_private:
        return "Everybody on the same network, such as a phone in the same Wi-Fi."
    return "Everybody on the same network, and perhaps on the internet."
