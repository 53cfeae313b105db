"""SIP messages as RFC 3261 writes them: requests are written strictly, what comes is read strictly, within bounds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from voipdesk.core.errors import BadInput, NotUnderstood
from voipdesk.core.language import _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HEAD_LONGEST = 16 * 1024
BODY_LONGEST = 256 * 1024
_LINES_MOST = 256
_TOKEN = r"[A-Za-z0-9.!%*_+`'~-]+"  # noqa: S105 - a word of the grammar
_STATUS = re.compile(r"SIP/2\.0 ([1-6][0-9]{2})(?: (.*))?", re.IGNORECASE | re.DOTALL)
_REQUEST = re.compile(rf"({_TOKEN}) (\S+) SIP/2\.0", re.IGNORECASE)
_HEADER = re.compile(rf"({_TOKEN})[ \t]*:[ \t]*(.*)", re.DOTALL)
_PARAMETER = re.compile(rf'[ \t]*({_TOKEN})[ \t]*(?:=[ \t]*("(?:[^"\\]|\\.)*"|[^\s";,]+)[ \t]*)?', re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_SHORT_NAMES = {"v": "via", "f": "from", "t": "to", "i": "call-id", "m": "contact", "l": "content-length"} | {
    "c": "content-type",
    "e": "content-encoding",
    "k": "supported",
    "s": "subject",
}


class NotSip(NotUnderstood):
    """What came is no SIP message, or a bigger one than anybody needs."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request to be sent, without a body; the headers in their order."""

    method: str
    uri: str
    headers: tuple[tuple[str, str], ...]

    def encode(self) -> bytes:
        """Write it; BadInput for a line break in a value, which would begin a header of its own."""
        return _encode(f"{self.method} {self.uri} SIP/2.0", self.headers)  # NON-NLS


@dataclass(frozen=True, slots=True)
class Message:
    """What came: an answer with a status, or a request with a method.

    Bytes that are not UTF-8 stand as lone surrogates, so that what is sent back or hashed is what came.
    """

    headers: Mapping[str, tuple[str, ...]]
    """By their long names in lower case."""
    status: int = 0
    """100 to 699; 0 for a request."""
    reason: str = ""
    method: str = ""
    """"" for an answer."""

    def all(self, name: str) -> tuple[str, ...]:
        """Give the values of a header that may stand more than once, each as it stands on its line."""
        return self.headers.get(name, ())

    def first(self, name: str) -> str:
        """Give a header's first value, "" where it is absent."""
        return next(iter(self.all(name)), "")

    def listed(self, name: str) -> list[str]:
        """Give the values of a header whose lines may hold several, divided at their commas."""
        return [value for line in self.all(name) for value in divided(line, ",")]

    def number(self, name: str) -> int | None:
        """Give a header's number of seconds or bytes; None where there is none, or no sensible one."""
        digits = re.match(r"[0-9]{1,9}(?![0-9])", self.first(name))
        return int(digits.group()) if digits else None

    def __str__(self) -> str:
        return shown(f"{self.status} {self.reason}" if self.status else self.method)


def parse(data: bytes) -> Message:
    """Read a message; raises NotSip. What follows its head is not looked at."""
    head = data.partition(b"\r\n\r\n")[0]
    if len(head) > HEAD_LONGEST:
        raise NotSip(_("An answer came that is longer than any SIP message."))
    lines = re.sub(r"\r\n[ \t]+", " ", head.decode("utf-8", "surrogateescape")).split("\r\n")
    if len(lines) > _LINES_MOST:
        raise NotSip(_("An answer came with more lines than any SIP message has."))
    if _CONTROL.search("".join(lines)):
        raise _not_sip()
    headers: dict[str, list[str]] = {}
    for line in filter(None, lines[1:]):
        found = _HEADER.fullmatch(line)
        if not found:
            raise _not_sip()
        name = found[1].lower()
        headers.setdefault(_SHORT_NAMES.get(name, name), []).append(found[2].strip())
    frozen = {name: tuple(values) for name, values in headers.items()}
    if answer := _STATUS.fullmatch(lines[0]):
        return Message(frozen, status=int(answer[1]), reason=(answer[2] or "").strip())
    if request := _REQUEST.fullmatch(lines[0]):
        return Message(frozen, method=request[1].upper())
    raise _not_sip()


def _not_sip() -> NotSip:
    return NotSip(_("An answer came that is not SIP."))


def is_start(line: bytes) -> bool:
    """Tell whether a line, its end included, can be the first one of a message."""
    text = line.decode("utf-8", "surrogateescape").removesuffix("\r\n")
    return bool(_STATUS.fullmatch(text) or _REQUEST.fullmatch(text))


def answer_to(request: Message, status: int, reason: str, *, tag: str) -> bytes:
    """Write an answer to a request that came, of the headers that RFC 3261, section 8.2.6, asks for."""
    names = ("Via", "From", "To", "Call-ID", "CSeq")  # NON-NLS
    copied = [(name, value) for name in names for value in request.all(name.lower())]
    headers = [(n, f"{v};tag={tag}" if n == "To" and "tag" not in parameters(v) else v) for n, v in copied]
    return _encode(f"SIP/2.0 {status} {reason}", headers)  # NON-NLS


def divided(text: str, at: str) -> list[str]:
    """Divide at a sign, but not within quotes and angle brackets; without blanks around, and without empty parts."""
    parts: list[str] = []
    begin, quoted, bracketed, escaped = 0, False, False, False
    for place, sign in enumerate(text):
        if quoted:
            quoted, escaped = sign != '"' or escaped, sign == "\\" and not escaped
        elif sign == '"':
            quoted = True
        elif sign in "<>":
            bracketed = sign == "<"
        elif sign == at and not bracketed:
            parts.append(text[begin:place])
            begin = place + 1
    parts.append(text[begin:])
    return [part.strip() for part in parts if part.strip()]


def parameters(value: str) -> dict[str, str]:
    """Give the parameters behind the first semicolon outside of brackets, without quotes, their names in lower case."""
    found = (_PARAMETER.fullmatch(part) for part in divided(value, ";")[1:])
    return {one[1].lower(): (one[2] or "").strip('"') for one in found if one}


def address(value: str) -> str:
    """Give the address in a Contact, From or To, without brackets, name and parameters."""
    bracketed = re.search(r"<([^<>]*)>", value)
    return bracketed[1].strip() if bracketed else value.partition(";")[0].strip()


def shown(text: str, longest: int = 200) -> str:
    """Give text from outside as a line that can be shown."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def _encode(start: str, headers: Sequence[tuple[str, str]]) -> bytes:
    lines = [start, *(f"{name}: {value}" for name, value in (*headers, ("Content-Length", "0")))]
    if any(_CONTROL.search(line) for line in lines):
        raise BadInput(_("There is a line break in what was to be sent."))
    return "\r\n".join([*lines, "", ""]).encode("utf-8", "surrogateescape")
