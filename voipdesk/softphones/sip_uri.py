"""SIP addresses as client programs read them (RFC 3261, sections 19.1 and 25.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.core.sip_settings import Transport

if TYPE_CHECKING:
    from voipdesk.core.sip_settings import SipSettings


def server_uri(server: str, transport: Transport, *parameters: str) -> str:
    """Give the address of a server: sip:host:port;transport=tcp; UDP is what is taken without a word."""
    named = () if transport is Transport.UDP else (f"transport={transport}",)
    return ";".join((f"sip:{server}", *named, *parameters))


def name_addr(settings: SipSettings) -> str:
    r"""Give the account as "Name" <sip:user@host>; quotes and backslashes in the name are escaped with a backslash."""
    name = settings.display_name.replace("\\", "\\\\").replace('"', '\\"')
    address = f"<sip:{settings.username}@{settings.domain}>"
    return f'"{name}" {address}' if name else address
