"""How Yay wraps what it answers. Source: Yay.com, API documentation, the samples of "Sub Resellers"."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import msgspec
from starlette.responses import Response

from voipdesk.demo.answers import Envelope, answer
from voipdesk.demo.faults import FaultKind

if TYPE_CHECKING:
    from collections.abc import Mapping

_OPENING = b'{"result":'
_CLOSING = b',"status_code":200,"status_message":"OK"}'


class Refused(Exception):
    """Something the service answers with a status other than 200, and words about a field of the body if there are."""

    def __init__(self, status: int, words: str = "", field: str = "") -> None:
        super().__init__(words)
        self.status = status
        self.words = words
        self.field = field

    def answer(self, words_in: str) -> Response:
        """Answer, with the words where the switch has them."""
        if not self.words:
            return refusal(self.status)
        if words_in == "message":
            return refusal(self.status, self.words)
        field = self.field or "error"
        result: object = {field: self.words} if words_in == "result" else {"errors": [f"{field}: {self.words}"]}
        return wrapped(result, self.status)


def wrapped(result: object, status: int = 200, *, beside: Mapping[str, object] | None = None) -> Response:
    """Answer with a result in the envelope, and what else it is to hold."""
    message = HTTPStatus(status).phrase
    return answer({"result": result, **(beside or {}), "status_code": status, "status_message": message}, status)


def encoded(result: bytes) -> Response:
    """Answer with a result that is encoded already."""
    return Response(_OPENING + result + _CLOSING, media_type="application/json")


def refusal(code: int, words: str = "", *, status: int | None = None) -> Response:
    """Answer with a status code other than 200; the HTTP status mirrors it unless another is given."""
    message = words or (HTTPStatus(code).phrase if code else "Unknown error")
    body = {"result": msgspec.Raw(b"{}"), "status_code": code, "status_message": message}
    return answer(body, (code or 200) if status is None else status)


ENVELOPE = Envelope(
    _OPENING + b"[",
    b'{"name":"' + b"z" * 4_000 + b'"}',
    b"]" + _CLOSING,
    refusal,
    {
        FaultKind.TOO_MANY: (429, ""),
        FaultKind.CODE_ZERO: (0, ""),
        FaultKind.BAD_PARAMETERS: (400, "The request could not be understood"),
        FaultKind.WRONG_KEY: (401, ""),
        FaultKind.NOT_WHITELISTED: (403, "Your IP address is not permitted"),
        FaultKind.NO_TENANT: (404, ""),
    },
)
