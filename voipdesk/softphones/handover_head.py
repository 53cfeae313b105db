"""The head of what a hand-over answers, by HTTP/1.1."""
# NON-NLS: the words of HTTP

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from voipdesk.core.softphones import SetUpFile

_REASONS = {200: "OK", 400: "Bad Request", 404: "Not Found", 405: "Method Not Allowed", 410: "Gone"}


def head_of_answer(status: int, file: SetUpFile) -> bytes:
    """Give the head of an answer, with the empty line after it; only 200 tells of the file."""
    fields = {
        "Content-Type": f"{file.media_type}; charset={file.encoding}" if status == 200 else "text/plain",
        "Content-Length": str(len(file.content) if status == 200 else 0),
        "Content-Disposition": f'attachment; filename="{file.name}"' if status == 200 else "inline",
        "Allow": "GET, HEAD",
        "Cache-Control": "no-store",
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "Connection": "close",
    }
    lines = [f"HTTP/1.1 {status} {_REASONS[status]}", *(f"{name}: {value}" for name, value in fields.items())]
    return "\r\n".join([*lines, "", ""]).encode("ascii")
