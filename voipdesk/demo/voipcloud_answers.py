"""How VoIPcloud wraps what it answers. Source: VoIPcloud, "API Integration"."""

from __future__ import annotations

from starlette.responses import Response

from voipdesk.demo.answers import Envelope, answer
from voipdesk.demo.faults import FaultKind

_WORDS = {
    400: "Parameters error",
    401: "Authorization error",
    404: "Tenant or required data not found",
    429: "Too Many Requests",
    0: "Unknown error",
}
_OPENING = b'{"code":200,"status":"success","data":['


def calls(rows: list[bytes], *, bare: bool) -> Response:
    """Answer with rows that are encoded already."""
    listed = b",".join(rows)
    return Response(b"[" + listed + b"]" if bare else _OPENING + listed + b"]}", media_type="application/json")


def success(data: object) -> Response:
    """Answer with data in the envelope."""
    return answer({"code": 200, "status": "success", "data": data, "message": {"status": "success"}})


def refusal(code: int, words: str = "", *, status: int | None = None) -> Response:
    """Answer with a code other than 200; the HTTP status mirrors it unless another is given."""
    body = {"code": code, "status": "error", "message": words or _WORDS.get(code, "Error")}
    return answer(body, (code or 200) if status is None else status)


ENVELOPE = Envelope(
    _OPENING,
    b'{"from_number":"' + b"4" * 4_000 + b'"}',
    b"]}",
    refusal,
    {
        FaultKind.TOO_MANY: (429, ""),
        FaultKind.CODE_ZERO: (0, ""),
        FaultKind.BAD_PARAMETERS: (400, "Parameters error: from_date"),
        FaultKind.WRONG_KEY: (401, ""),
        FaultKind.NOT_WHITELISTED: (401, "Not authorised"),
        FaultKind.NO_TENANT: (404, ""),
    },
)
