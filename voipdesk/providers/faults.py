"""What went wrong on the way to a service and back, each as its own sentence with what to do."""

from __future__ import annotations

import socket
import ssl
from typing import TYPE_CHECKING

import httpx

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

_CHECK_NETWORK = "Check the internet connection, then try again."
_CHECK_ADDRESS = "Check the internet connection and the address in the account's settings."
_TRY_LATER = "Try again in a few minutes."


def fault_words(error: httpx.RequestError, host: str, timeout_s: float) -> tuple[str, str]:
    """Say what failed, and what to do."""
    if isinstance(error, httpx.ConnectError):
        return _connect_words(error, host)
    match error:
        case httpx.ConnectTimeout():
            return f"{host} could not be reached within {timeout_s:.0f} seconds.", _CHECK_NETWORK
        case httpx.PoolTimeout():
            return f"Too many requests to {host} wait for their answers.", _TRY_LATER
        case httpx.TimeoutException():
            return f"{host} took the request but did not answer within {timeout_s:.0f} seconds.", _TRY_LATER
        case httpx.ProxyError():
            return f"The proxy on the way to {host} refused.", "Check this computer's proxy settings."
        case httpx.DecodingError():
            return f"The answer of {host} was damaged on the way.", _TRY_LATER
        case httpx.LocalProtocolError() | httpx.UnsupportedProtocol():
            return f"The request to {host} could not be written.", "Check the account's settings."
        case _:
            return cut_words(host)


def cut_words(host: str) -> tuple[str, str]:
    """Say that a connection ended early, and what to do."""
    return f"The connection to {host} was cut before the answer was complete.", _CHECK_NETWORK


def _connect_words(error: httpx.ConnectError, host: str) -> tuple[str, str]:
    for cause in causes(error):
        match cause:
            case socket.gaierror():
                return f"The name {host} cannot be found.", _CHECK_ADDRESS
            case ssl.SSLCertVerificationError():
                return (
                    f"The certificate of {host} is not valid: {cause.verify_message}. Nothing was sent.",
                    "Check the address and this computer's date. In an office or hotel network, ask who runs it.",
                )
            case ssl.SSLError():
                return (
                    f"No secure connection to {host} could be made. Nothing was sent.",
                    "Check the address and its port in the account's settings.",
                )
            case ConnectionRefusedError():
                return f"{host} refused the connection: no service listens there.", _CHECK_ADDRESS
            case _:
                pass
    return f"{host} cannot be reached from this computer's network.", _CHECK_NETWORK


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
