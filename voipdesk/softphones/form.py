"""The lines of a SIP account as a client's form asks for them, each with a word on where it goes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from voipdesk.core.language import N_, _
from voipdesk.core.sip_settings import Transport

if TYPE_CHECKING:
    from collections.abc import Callable

    from voipdesk.core.sip_settings import SipSettings


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a sheet."""

    label: str
    value: str = field(repr=False)
    hint: str = ""
    typed: bool = True
    """False where the value stands for something that is not shown."""


def form_lines(settings: SipSettings, *, with_password: bool, label: Callable[[str], str] = _) -> list[Line]:
    """Give the lines in the order of Zoiper's form, which is that of most others.

    `label` says a form's label, by default in the language spoken. Source: “Apidaze Voice – VoIP Innovations”, Set up
    your SIP client.
    """
    lines = [
        Line(label(N_("Domain / Host")), settings.domain, _("also called server or registrar")),
        Line(label(N_("User name")), settings.username, _("also called SIP user or extension")),
        _password(label(N_("Password")), settings, shown=with_password),
    ]
    if settings.auth_username:
        hint = _("where it asks for one beside the user name")
        lines.append(Line(label(N_("Authentication name")), settings.auth_username, hint))
    if settings.outbound_proxy:
        hint = _("under “optional” or “advanced”, with its number after :")
        lines.append(Line(label(N_("Use outbound proxy")), settings.outbound_proxy, hint))
    lines.append(Line(label(N_("Account name")), settings.title, _("any name will do")))
    if settings.display_name:
        hint = _("what others see, where it can be set")
        lines.append(Line(label(N_("Display name")), settings.display_name, hint))
    lines.append(Line(label(N_("Transport")), _transport(settings.transport), typed=False))
    if settings.srtp:
        lines.append(Line(_("Encryption of the sound"), _("SRTP (SDES), required"), typed=False))
    return lines


def _password(label: str, settings: SipSettings, *, shown: bool) -> Line:
    if not settings.password:
        return Line(label, _("(not known here)"), _("the service has it"), typed=False)
    if not shown:
        return Line(label, _("(not on this sheet)"), _("ask whoever gave you this sheet"), typed=False)
    return Line(label, settings.password)


def _transport(transport: Transport) -> str:
    return {
        Transport.UDP: _("UDP (what most programs take by themselves)"),
        Transport.TCP: "TCP",
        Transport.TLS: _("TLS (encrypted)"),
    }[transport]
