"""Judges the certificate of a SIP server: expired, of another name, self-signed, of an unknown authority."""

from __future__ import annotations

import asyncio
import ssl
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from voipdesk.core.language import _, current_language, joined
from voipdesk.core.sip_check import Cause
from voipdesk.sip.message import shown
from voipdesk.sip.stream import StreamConnection
from voipdesk.sip.trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from voipdesk.sip.place import Place

_KINDS = {
    9: Cause.TLS_NOT_YET_VALID,
    10: Cause.TLS_EXPIRED,
    18: Cause.TLS_SELF_SIGNED,
    19: Cause.TLS_UNKNOWN_AUTHORITY,
    20: Cause.TLS_UNKNOWN_AUTHORITY,
    21: Cause.TLS_UNKNOWN_AUTHORITY,
    62: Cause.TLS_OTHER_NAME,
    64: Cause.TLS_OTHER_NAME,
}
"""OpenSSL's X509_V_ERR_… by number."""
_WHATEVER_THE_TIME = 0x200000
_WITHOUT_ITS_ISSUER = 0x80000
"""OpenSSL's X509_V_FLAG_NO_CHECK_TIME and X509_V_FLAG_PARTIAL_CHAIN, of which Python has the second from 3.12 on."""
_LOOK_S = 2.0


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a certificate says of itself."""

    names: tuple[str, ...] = ()
    """The names and addresses that it is for."""
    issuer: str = ""
    begins: datetime | None = None
    ends: datetime | None = None

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Certificate:
        """Read what Python's ssl module tells."""
        subject, issuer = (
            {key: value for part in given.get(which, ()) for key, value in part} for which in ("subject", "issuer")
        )
        names = tuple(shown(value) for _kind, value in given.get("subjectAltName", ())) or (
            (shown(subject["commonName"]),) if "commonName" in subject else ()
        )
        begins, ends = (
            datetime.fromtimestamp(ssl.cert_time_to_seconds(given[which]), UTC) if which in given else None
            for which in ("notBefore", "notAfter")
        )
        return cls(names, shown(issuer.get("commonName", issuer.get("organizationName", ""))), begins, ends)

    def __str__(self) -> str:
        if not self.ends:
            return ""
        return _(
            "Certificate for {names}, issued by {issuer}, until {date}",
            names=", ".join(self.names[:5]),
            issuer=self.issuer,
            date=f"{self.ends:%Y-%m-%d}",
        )


NOTHING_KNOWN = Certificate()


def trusting_here(trusted: Path | None = None) -> ssl.SSLContext:
    """Trust this computer's authorities, and those in a file; takes some hundredths of a second."""
    made = ssl.create_default_context()
    if trusted is not None:
        made.load_verify_locations(cafile=trusted)
    return made


async def open_tls(place: Place, server_name: str, trusting: ssl.SSLContext) -> StreamConnection:
    """Connect by TLS, the certificate judged by the name that was configured (RFC 5922); raises Trouble."""
    try:
        return await StreamConnection.open(place, trusting, server_name)
    except ssl.SSLCertVerificationError as error:
        raise await _bad_certificate(error, place, server_name) from error
    except OSError as error:  # ssl.SSLError, and what asyncio says of a connection that ends within the handshake
        raise no_tls(place, shown(str(error))) from error


def no_tls(place: Place, why: str = "") -> Trouble:
    """Say that a server is there, but not by TLS."""
    return Trouble(
        Cause.TLS_OTHER,
        _("{place} is there, and does not answer by TLS.", place=place),
        advice=_(
            "Compare the port and the transport with what the service has given; for TLS the port is mostly 5061."
        ),
        details=why,
    )


async def _bad_certificate(error: ssl.SSLCertVerificationError, place: Place, server_name: str) -> Trouble:
    given = NOTHING_KNOWN
    with suppress(OSError, ValueError, Trouble):
        async with asyncio.timeout(_LOOK_S):
            given = await _look_at(place, server_name)
    cause = _KINDS.get(error.verify_code, Cause.TLS_OTHER)
    text, advice = await asyncio.to_thread(_told, cause, given, server_name)
    not_safe = _("Until then, nobody can tell this server from another that pretends to be it: no password was sent.")
    return Trouble(
        cause,
        text or _("The server's certificate is not accepted: {reason}.", reason=shown(error.verify_message)),
        advice=f"{advice} {not_safe}".strip(),
        details=f"{given}\n{shown(error.verify_message)}".strip(),
    )


def _told(cause: Cause, given: Certificate, server_name: str) -> tuple[str, str]:
    """Say what is wrong, and what to do; a date loads the names of the months, so not for the window's thread."""
    told = {
        Cause.TLS_EXPIRED: _expired,
        Cause.TLS_NOT_YET_VALID: _not_yet_valid,
        Cause.TLS_SELF_SIGNED: _self_signed,
        Cause.TLS_UNKNOWN_AUTHORITY: _unknown_authority,
    }
    if cause is Cause.TLS_OTHER_NAME:
        return _other_name(given, server_name)
    return told[cause](given) if cause in told else ("", "")


def _expired(given: Certificate) -> tuple[str, str]:
    return (
        _("The server's certificate expired on {date}.", date=_day(given.ends))
        if given.ends
        else _("The server's certificate expired."),
        _("Is the date of this computer right? Else the service has to renew it."),
    )


def _not_yet_valid(given: Certificate) -> tuple[str, str]:
    return (
        _("The server's certificate is not valid before {date}.", date=_day(given.begins))
        if given.begins
        else _("The server's certificate is not valid yet."),
        _("Is the date of this computer right? Else the service has to replace it."),
    )


def _other_name(given: Certificate, server_name: str) -> tuple[str, str]:
    names = [f"“{name}”" for name in given.names[:3]]
    return (
        _("The server's certificate is for {names}, not for “{name}”.", names=joined(names), name=server_name)
        if names
        else _("The server's certificate is for another name, not for “{name}”.", name=server_name),
        _("Has the service named another domain or outbound proxy, one that its certificate is for? Then give that."),
    )


def _self_signed(_given: Certificate) -> tuple[str, str]:
    return (
        _("The server has signed its certificate itself: no authority vouches for it."),
        _("Is it your own telephone system, and meant so? Telephones accept it when told to. Else ask the service."),
    )


def _unknown_authority(given: Certificate) -> tuple[str, str]:
    return (
        _("The server's certificate is signed by “{issuer}”, which this computer does not know.", issuer=given.issuer)
        if given.issuer
        else _("The server's certificate is signed by an authority, which this computer does not know."),
        _("Is it your own telephone system? Then install its authority's certificate here. Else ask the service."),
    )


def _day(at: datetime) -> str:
    from babel.dates import format_date

    return format_date(at, "d MMMM y", locale=current_language())


async def _look_at(place: Place, server_name: str) -> Certificate:
    """Read what a certificate says that is not trusted: nothing is sent, and nothing else believed."""
    blind = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    blind.check_hostname = False
    blind.verify_mode = ssl.CERT_NONE
    connection = await StreamConnection.open(place, blind, server_name)
    try:
        encoded = connection.encoded_certificate
    finally:
        await connection.close()
    # Python tells what a certificate says only where it is trusted: so trust this one, whatever it is, for one look
    looking = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    looking.check_hostname = False
    looking.verify_flags |= ssl.VerifyFlags(_WHATEVER_THE_TIME | _WITHOUT_ITS_ISSUER)
    looking.load_verify_locations(cadata=ssl.DER_cert_to_PEM_cert(encoded))
    connection = await StreamConnection.open(place, looking, server_name)
    try:
        return Certificate.read(connection.certificate)
    finally:
        await connection.close()
