"""The lines of a SIP account as a client's form asks for them, each with a word on where it goes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from voipdesk.core.sip_settings import Transport

if TYPE_CHECKING:
    from voipdesk.core.sip_settings import SipSettings

HIDDEN = "(not on this sheet)"
UNKNOWN = "(not known here)"
TRANSPORTS = {
    Transport.UDP: "UDP (what most programs take by themselves)",
    Transport.TCP: "TCP",
    Transport.TLS: "TLS (encrypted)",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a sheet."""

    label: str
    value: str = field(repr=False)
    hint: str = ""
    typed: bool = True
    """False where the value stands for something that is not shown."""


def form_lines(settings: SipSettings, *, with_password: bool) -> list[Line]:
    """Give the lines in the order of Zoiper's form, which is that of most others.

    Source: “Apidaze Voice – VoIP Innovations”, Set up your SIP client.
    """
    known = with_password and bool(settings.password)
    lines = [
        Line("Domain / Host", settings.domain, "also called server or registrar"),
        Line("User name", settings.username, "also called SIP user or extension"),
        Line(
            "Password",
            settings.password if known else HIDDEN if settings.password else UNKNOWN,
            "" if known else "ask whoever gave you this sheet" if settings.password else "the service has it",
            typed=known,
        ),
    ]
    if settings.auth_username:
        lines.append(Line("Authentication name", settings.auth_username, "where it asks for one beside the user name"))
    if settings.outbound_proxy:
        lines.append(
            Line(
                "Use outbound proxy", settings.outbound_proxy, "under “optional” or “advanced”, with its number after :"
            )
        )
    lines.append(Line("Account name", settings.title, "any name will do"))
    if settings.display_name:
        lines.append(Line("Display name", settings.display_name, "what others see, where it can be set"))
    lines.append(Line("Transport", TRANSPORTS[settings.transport], "", typed=False))
    if settings.srtp:
        lines.append(Line("Encryption of the sound", "SRTP (SDES), required", "", typed=False))
    return lines
