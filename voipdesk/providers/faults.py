"""What went wrong on the way to a service and back, each as its own sentence with what to do."""

from __future__ import annotations

import socket
import ssl
from typing import TYPE_CHECKING

import httpx

from voipdesk.core.language import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator

NEVER_LEFT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.LocalProtocolError,
    httpx.UnsupportedProtocol,
)
"""Failures before the first byte of the request was written."""


def _check_network() -> str:
    return _("Check the internet connection, then try again.")


def _check_address() -> str:
    return _("Check the internet connection and the address in the account's settings.")


def _try_later() -> str:
    return _("Try again in a few minutes.")


def fault_words(error: httpx.RequestError, host: str, timeout_s: float) -> tuple[str, str]:
    """Say what failed, and what to do."""
    if isinstance(error, httpx.ConnectError):
        return _connect_words(error, host)
    match error:
        case httpx.ConnectTimeout():
            n = round(timeout_s)
            reached = ngettext(
                "{host} could not be reached within {n} second.",
                "{host} could not be reached within {n} seconds.",
                n,
                host=host,
            )
            return reached, _check_network()
        case httpx.PoolTimeout():
            return _("Too many requests to {host} wait for their answers.", host=host), _try_later()
        case httpx.TimeoutException():
            n = round(timeout_s)
            answered = ngettext(
                "{host} took the request but did not answer within {n} second.",
                "{host} took the request but did not answer within {n} seconds.",
                n,
                host=host,
            )
            return answered, _try_later()
        case httpx.ProxyError():
            return _("The proxy on the way to {host} refused.", host=host), _("Check this computer's proxy settings.")
        case httpx.DecodingError():
            return _("The answer of {host} was damaged on the way.", host=host), _try_later()
        case httpx.LocalProtocolError() | httpx.UnsupportedProtocol():
            return _("The request to {host} could not be written.", host=host), _("Check the account's settings.")
        case _:
            return cut_words(host)


def cut_words(host: str) -> tuple[str, str]:
    """Say that a connection ended early, and what to do."""
    return _("The connection to {host} was cut before the answer was complete.", host=host), _check_network()


def _connect_words(error: httpx.ConnectError, host: str) -> tuple[str, str]:
    for cause in causes(error):
        match cause:
            case socket.gaierror():
                return _("The name {host} cannot be found.", host=host), _check_address()
            case ssl.SSLCertVerificationError():
                return (
                    _(
                        "The certificate of {host} is not valid: {reason}. Nothing was sent.",
                        host=host,
                        reason=cause.verify_message,
                    ),
                    _("Check the address and this computer's date. In an office or hotel network, ask who runs it."),
                )
            case ssl.SSLError():
                return (
                    _("No secure connection to {host} could be made. Nothing was sent.", host=host),
                    _("Check the address and its port in the account's settings."),
                )
            case ConnectionRefusedError():
                return _("{host} refused the connection: no service listens there.", host=host), _check_address()
            case _:
                pass
    return _("{host} cannot be reached from this computer's network.", host=host), _check_network()


def causes(error: BaseException) -> Iterator[BaseException]:
    """Give an error and all it came from; several addresses of a host fail as a group."""
    waiting: list[BaseException | None] = [error]
    seen: set[int] = set()
    while waiting:
        current = waiting.pop()
        if current is None or id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        waiting += [current.__cause__, current.__context__]
        if isinstance(current, BaseExceptionGroup):
            waiting += current.exceptions
