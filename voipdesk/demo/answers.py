"""The answers of a service and the faults on their way, as responses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import msgspec
from starlette.responses import Response, StreamingResponse

from voipdesk.demo.faults import FaultKind

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping

    from starlette.types import Receive, Scope, Send

    from voipdesk.demo.faults import Fault

_SERVER_ERRORS = {500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable"}
_PORTAL = (
    "<!DOCTYPE html><html><head><title>Guest Wi-Fi – sign in</title></head>"
    "<body><h1>Welcome to Harbour Coffee</h1><form action='/login'>…</form></body></html>"
)


class Refusal(Protocol):
    """Makes an answer that says no: its code, words ("": the usual), and the HTTP status where that is another."""

    def __call__(self, code: int, words: str = "", *, status: int | None = None) -> Response:
        """Make it."""
        ...


@dataclass(frozen=True, slots=True)
class Envelope:
    """What one service wraps its answers in."""

    opening: bytes
    """Before the rows of a list."""
    row: bytes
    """A row to fill a list with that never ends."""
    closing: bytes
    refusal: Refusal
    refusals: Mapping[FaultKind, tuple[int, str]]
    """The code and words of each fault that is a refusal."""


def answer(body: object, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """Answer with a body as JSON."""
    return Response(msgspec.json.encode(body), status, headers, media_type="application/json")


class Cut(Response):
    """Ends the connection, after the first half of a body where one is given."""

    def __init__(self, abort: Callable[[Scope], None], half_of: Response | None = None) -> None:
        super().__init__()
        self._abort = abort
        self._half_of = half_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send what is to be sent, cut, and wait until the server has noticed."""
        if self._half_of is not None:
            body, status = bytes(self._half_of.body), self._half_of.status_code
            await send({"type": "http.response.start", "status": status, "headers": self._half_of.raw_headers})
            await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
        self._abort(scope)
        while (await receive())["type"] != "http.disconnect":
            continue


async def _flood(size: int, envelope: Envelope) -> AsyncIterator[bytes]:
    yield envelope.opening
    row = envelope.row + b","
    for _ in range(size // len(row) // 16 + 1):
        yield row * 16
    yield b"{}" + envelope.closing


def faulty(fault: Fault, elsewhere: str, envelope: Envelope) -> Response | None:
    """Make the answer a fault sends in place of the service's; None for faults of the connection."""
    if fault.kind in envelope.refusals:
        code, words = envelope.refusals[fault.kind]
        status = 200 if fault.kind is FaultKind.CODE_ZERO else None
        response = envelope.refusal(code, fault.text or words, status=fault.status or status)
        if fault.retry_after:
            response.headers["Retry-After"] = fault.retry_after
        return response
    match fault.kind:
        case FaultKind.SERVER_ERROR:
            status = fault.status or 503
            return Response(f"{status} {_SERVER_ERRORS.get(status, 'Error')}", status, media_type="text/plain")
        case FaultKind.BROKEN_JSON:
            return Response(envelope.opening + envelope.row[:9], media_type="application/json")
        case FaultKind.HTML:
            return Response(_PORTAL, fault.status or 200, media_type="text/html")
        case FaultKind.REDIRECT:
            return Response(status_code=fault.status or 302, headers={"Location": fault.location or elsewhere})
        case FaultKind.HUGE_BODY:
            return StreamingResponse(_flood(fault.size, envelope), media_type="application/json")
        case FaultKind.EMPTY_BODY:
            return Response(status_code=fault.status or 200, media_type="application/json")
        case _:
            return None
