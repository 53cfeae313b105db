"""The answers of VoIPcloud and the faults on their way, as responses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from starlette.responses import Response, StreamingResponse

from voipdesk.demo.faults import FaultKind

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from starlette.types import Receive, Scope, Send

    from voipdesk.demo.faults import Fault

_WORDS = {
    400: "Parameters error",
    401: "Authorization error",
    404: "Tenant or required data not found",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    0: "Unknown error",
}
_PORTAL = (
    "<!DOCTYPE html><html><head><title>Guest Wi-Fi – sign in</title></head>"
    "<body><h1>Welcome to Harbour Coffee</h1><form action='/login'>…</form></body></html>"
)


def answer(body: object, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """Answer with a body as JSON."""
    return Response(msgspec.json.encode(body), status, headers, media_type="application/json")


def calls(rows: list[bytes], *, bare: bool) -> Response:
    """Answer with rows that are encoded already."""
    listed = b"[" + b",".join(rows) + b"]"
    body = listed if bare else b'{"code":200,"status":"success","data":' + listed + b"}"
    return Response(body, media_type="application/json")


def success(data: object) -> Response:
    """Answer with data in the envelope."""
    return answer({"code": 200, "status": "success", "data": data, "message": {"status": "success"}})


def refusal(
    code: int, words: str = "", *, status: int | None = None, headers: dict[str, str] | None = None
) -> Response:
    """Answer with a code other than 200; the HTTP status mirrors it unless another is given."""
    body = {"code": code, "status": "error", "message": words or _WORDS.get(code, "Error")}
    return answer(body, (code or 200) if status is None else status, headers)


class Cut(Response):
    """Ends the connection, after the first half of a body where one is given."""

    def __init__(self, abort: Callable[[Scope], None], half_of: Response | None = None) -> None:
        super().__init__()
        self._abort = abort
        self._half_of = half_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send what is to be sent, cut, and wait until the server has noticed."""
        if self._half_of is not None:
            body = bytes(self._half_of.body)
            await send({"type": "http.response.start", "status": 200, "headers": self._half_of.raw_headers})
            await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
        self._abort(scope)
        while (await receive())["type"] != "http.disconnect":
            continue


async def _flood(size: int) -> AsyncIterator[bytes]:
    yield b'{"code":200,"status":"success","data":['
    row = b'{"from_number":"' + b"4" * 4_000 + b'"},'
    for _ in range(size // len(row) // 16 + 1):
        yield row * 16
    yield b"{}]}"


def faulty(fault: Fault, elsewhere: str) -> Response | None:  # noqa: C901
    """Make the answer a fault sends in place of the service's; None for faults of the connection."""
    match fault.kind:
        case FaultKind.TOO_MANY:
            return refusal(429, fault.text, headers={"Retry-After": fault.retry_after} if fault.retry_after else None)
        case FaultKind.SERVER_ERROR:
            status = fault.status or 503
            return Response(f"{status} {_WORDS.get(status, 'Error')}", status, media_type="text/plain")
        case FaultKind.BROKEN_JSON:
            return Response('{"code":200,"status":"success","data":[{"from_nu', media_type="application/json")
        case FaultKind.HTML:
            return Response(_PORTAL, fault.status or 200, media_type="text/html")
        case FaultKind.CODE_ZERO:
            return refusal(0, fault.text, status=fault.status or 200)
        case FaultKind.BAD_PARAMETERS:
            return refusal(400, fault.text or "Parameters error: from_date", status=fault.status)
        case FaultKind.WRONG_KEY:
            return refusal(401, fault.text, status=fault.status)
        case FaultKind.NOT_WHITELISTED:
            return refusal(401, fault.text or "Not authorised", status=fault.status)
        case FaultKind.NO_TENANT:
            return refusal(404, fault.text, status=fault.status)
        case FaultKind.REDIRECT:
            return Response(status_code=fault.status or 302, headers={"Location": fault.location or elsewhere})
        case FaultKind.HUGE_BODY:
            return StreamingResponse(_flood(fault.size), media_type="application/json")
        case FaultKind.EMPTY_BODY:
            return Response(status_code=fault.status or 200, media_type="application/json")
        case _:
            return None
