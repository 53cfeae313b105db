"""The body of a request as the HTTP library is given it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.providers.exchange import Encoding

if TYPE_CHECKING:
    from typing import Any

    from voipdesk.providers.exchange import Request


def body_of(request: Request) -> dict[str, Any]:
    """Give the argument that writes the body, none for a request without."""
    if request.json is not None:
        return {"json": request.json}
    if not (request.fields or request.secret_fields):
        return {}
    match request.encoding:
        case Encoding.FORM:
            secrets = {name: value.reveal() for name, value in request.secret_fields.items()}
            return {"data": {**request.fields, **secrets}}
        case Encoding.MULTIPART:
            return {"files": {name: (None, value) for name, value in request.fields.items()}}
        case Encoding.JSON:
            return {"json": dict(request.fields)}
