"""Which base URLs an account may have: https anywhere, http on this computer alone."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from voipdesk.core.errors import BadInput
from voipdesk.core.language import _


def is_loopback(host: str) -> bool:
    """Tell whether a host is this computer: localhost, 127.0.0.0/8 or ::1."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def host_of(base_url: str) -> str:
    """Give the host of a checked base URL, as errors name it."""
    return urlsplit(base_url.strip()).hostname or ""


def check_base_url(text: str, subject: str = "", example: str = "") -> str:
    """Give a base URL without its last slash, or raise BadInput: the key must not travel in the clear or elsewhere.

    A sentence about it begins with `subject`, or "The address of the service"; `example` is such an address.
    """
    text, subject = text.strip(), subject or _("The address of the service")
    advice = _("Write it like {example}.", example=example or "https://au.voipcloud.online")
    try:
        url = urlsplit(text)
        host, _port = url.hostname or "", url.port
    except ValueError:
        raise BadInput(_("{subject} cannot be read.", subject=subject), advice=advice) from None
    if not text.isprintable() or any(c in text for c in " \\"):
        raise BadInput(_("{subject} has a blank or a character that no address has.", subject=subject), advice=advice)
    if url.scheme not in {"http", "https"} or not host:
        raise BadInput(_("{subject} must begin with https://.", subject=subject), advice=advice)
    if url.username is not None or url.password is not None:
        raise BadInput(_("{subject} must not contain a user name or password.", subject=subject), advice=advice)
    if "?" in text or "#" in text:
        raise BadInput(_("{subject} must end before “?” and “#”.", subject=subject), advice=advice)
    if url.scheme == "http" and not is_loopback(host):
        raise BadInput(
            _("{subject} must begin with https://, or everybody on the way could read the key.", subject=subject),
            advice=advice,
        )
    return text.rstrip("/")
