"""How KPN's gateway and Apidaze behind it answer: the gateway's faults and error objects, and bare JSON.

Sources: KPN API Store, the error object of Apidaze Voice 1.1.1; Apigee's reference of OAuth faults.
"""

from __future__ import annotations

from http import HTTPStatus
from uuid import uuid4

from starlette.responses import Response

from voipdesk.demo.answers import Envelope, answer
from voipdesk.demo.faults import FaultKind


class Refused(Exception):
    """Something the service answers with its error object."""

    def __init__(self, status: int, words: str = "") -> None:
        super().__init__(words)
        self.status = status
        self.words = words


def refusal(code: int, words: str = "", *, status: int | None = None) -> Response:
    """Answer with KPN's error object."""
    code = status or code
    phrase = HTTPStatus(code).phrase
    body = {
        "transactionId": str(uuid4()),
        "status": str(code),
        "name": phrase.upper().replace(" ", "_"),
        "message": words or phrase,
        "info": "https://developer.kpn.com",
    }
    return answer(body, code)


def fault(status: int, words: str, code: str) -> Response:
    """Answer with a fault of the gateway's own."""
    return answer({"fault": {"faultstring": words, "detail": {"errorcode": code}}}, status)


def nothing(status: int) -> Response:
    """Answer without a body."""
    return Response(status_code=status)


ENVELOPE = Envelope(
    b"[",
    b'{"id":"1","name":"' + b"z" * 4_000 + b'"}',
    b"]",
    refusal,
    {
        FaultKind.TOO_MANY: (429, "Rate limit quota violation"),
        FaultKind.CODE_ZERO: (500, ""),
        FaultKind.BAD_PARAMETERS: (400, "The request could not be understood"),
        FaultKind.WRONG_KEY: (401, "Invalid access token"),
        FaultKind.NOT_WHITELISTED: (403, "Access denied"),
        FaultKind.NO_TENANT: (404, ""),
    },
)
