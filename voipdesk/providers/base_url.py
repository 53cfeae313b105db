"""Which base URLs an account may have: https anywhere, http on this computer alone."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from voipdesk.core.errors import BadInput


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


def check_base_url(text: str, what: str = "The address of the service", example: str = "") -> str:
    """Give a base URL without its last slash, or raise BadInput: the key must not travel in the clear or elsewhere.

    `what` is the setting's name in a sentence, `example` such an address.
    """
    text = text.strip()
    example = f"Write it like {example or 'https://au.voipcloud.online'}."
    try:
        url = urlsplit(text)
        host, _port = url.hostname or "", url.port
    except ValueError:
        raise BadInput(f"{what} cannot be read.", advice=example) from None
    if not text.isprintable() or any(c in text for c in " \\"):
        raise BadInput(f"{what} has a blank or a character that no address has.", advice=example)
    if url.scheme not in {"http", "https"} or not host:
        raise BadInput(f"{what} must begin with https://.", advice=example)
    if url.username is not None or url.password is not None:
        raise BadInput(f"{what} must not contain a user name or password.", advice=example)
    if "?" in text or "#" in text:
        raise BadInput(f"{what} must end before “?” and “#”.", advice=example)
    if url.scheme == "http" and not is_loopback(host):
        raise BadInput(
            f"{what} must begin with https://, or everybody on the way could read the key.",
            advice=example,
        )
    return text.rstrip("/")
