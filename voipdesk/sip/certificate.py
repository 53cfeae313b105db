"""Judges the certificate of a SIP server: expired, of another name, self-signed, of an unknown authority."""

from __future__ import annotations

import asyncio
import ssl
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

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
_DATE = "Is the date of this computer right?"
_NOT_SAFE = "Until then, nobody can tell this server from another that pretends to be it: no password was sent."


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
        names = tuple(shown(value) for _, value in given.get("subjectAltName", ())) or (
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
        return f"Certificate for {', '.join(self.names[:5])}, issued by {self.issuer}, until {self.ends:%Y-%m-%d}"


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
        f"{place} is there, and does not answer by TLS.",
        advice="Compare the port and the transport with what the service has given; for TLS the port is mostly 5061.",
        details=why,
    )


async def _bad_certificate(error: ssl.SSLCertVerificationError, place: Place, server_name: str) -> Trouble:
    given = NOTHING_KNOWN
    with suppress(OSError, ValueError, Trouble):
        async with asyncio.timeout(_LOOK_S):
            given = await _look_at(place, server_name)
    cause = _KINDS.get(error.verify_code, Cause.TLS_OTHER)
    text, advice = _told(cause, given, server_name)
    return Trouble(
        cause,
        text or f"The server's certificate is not accepted: {shown(error.verify_message)}.",
        advice=f"{advice} {_NOT_SAFE}".strip(),
        details=f"{given}\n{shown(error.verify_message)}".strip(),
    )


def _told(cause: Cause, given: Certificate, server_name: str) -> tuple[str, str]:
    """Say what is wrong, and what to do."""
    names = " and ".join(f"“{name}”" for name in given.names[:3]) or "another name"
    issuer = f"“{given.issuer}”" if given.issuer else "an authority"
    ended = f" on {given.ends.day} {given.ends:%B %Y}" if given.ends else ""
    begins = f" before {given.begins.day} {given.begins:%B %Y}" if given.begins else " yet"
    return {
        Cause.TLS_EXPIRED: (f"The server's certificate expired{ended}.", f"{_DATE} Else the service has to renew it."),
        Cause.TLS_NOT_YET_VALID: (
            f"The server's certificate is not valid{begins}.",
            f"{_DATE} Else the service has to replace it.",
        ),
        Cause.TLS_OTHER_NAME: (
            f"The server's certificate is for {names}, not for “{server_name}”.",
            "Has the service named another domain or outbound proxy, one that its certificate is for? Then give that.",
        ),
        Cause.TLS_SELF_SIGNED: (
            "The server has signed its certificate itself: no authority vouches for it.",
            "Is it your own telephone system, and meant so? Telephones accept it when told to. Else ask the service.",
        ),
        Cause.TLS_UNKNOWN_AUTHORITY: (
            f"The server's certificate is signed by {issuer}, which this computer does not know.",
            "Is it your own telephone system? Then install its authority's certificate here. Else ask the service.",
        ),
    }.get(cause, ("", ""))


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
