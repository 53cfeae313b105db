"""Requests to Yay.com and the envelope around its answers (Yay.com, API documentation; no I/O).

An answer is `{"result", "status_code", "status_message"}`; success is an HTTP status of 2xx and a `status_code` of 2xx
or none. Answers hold passwords: no part of one is ever quoted, but the service's words in a refusal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

import msgspec

from voipdesk.core.errors import BadInput, NotUnderstood
from voipdesk.core.language import _
from voipdesk.providers.exchange import Request
from voipdesk.providers.json_fields import is_deeper
from voipdesk.providers.json_repair import BROKEN, decode, repair
from voipdesk.providers.unreadable import unreadable
from voipdesk.providers.yay.wire_refusal import failure, no_command, said

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voipdesk.providers.exchange import Answer

ACT_FOR = "X-Auth-For"
TRACKING = "X-Tracking-Token"
LONGEST_NAME = 200
_DEEPEST = 40
"""Objects within objects; the service's have four."""
_FIELDS = msgspec.json.Decoder(dict[str, msgspec.Raw])
_ENVELOPE = ("result", "status_code", "status_message")


@dataclass(frozen=True, slots=True)
class Content:
    """What a successful answer says."""

    result: bytes
    """As JSON, b"" where there is none."""
    words: str
    enveloped: bool
    """False for an answer without the service's envelope, that may be somebody else's."""
    beside: Mapping[str, msgspec.Raw]
    """The envelope's fields."""


def get(path: str, *, acting_for: str = "", params: Mapping[str, str] | None = None) -> Request:
    """Ask for something, on behalf of a customer if one is named; raise BadInput for a name that cannot be sent."""
    headers = {ACT_FOR: header_value(_("The customer's name"), acting_for)} if acting_for else {}
    return Request("GET", path, params=params or {}, headers=headers)


def header_value(subject: str, value: str) -> str:
    """Give a text that a request's head can carry, or raise BadInput: a line break would begin another header."""
    if not value.strip():
        raise BadInput(_("{subject} is missing.", subject=subject))
    if not (value.isascii() and value.isprintable()) or value != value.strip() or len(value) > LONGEST_NAME:
        raise BadInput(
            _(
                "{subject} cannot be sent: it has characters other than letters, digits and common signs, a "
                "blank at an end, or more than {n} characters.",
                subject=subject,
                n=LONGEST_NAME,
            )
        )
    return value


def item_path(path: str, item_id: str) -> str:
    """Give the path of one item; raise BadInput for an id that would lead elsewhere."""
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._~-]{0,99}", item_id):
        raise BadInput(_("“{id}” cannot be an id of the service.", id=item_id[:40]), advice=_("Read the list again."))
    return f"{path}/{quote(item_id, safe='')}"


def read_envelope(answer: Answer, *, path: str = "", own: bool = False) -> Content:
    """Open an answer, or raise what it says: OverBudget, Refused and its kinds, Unreachable, NotUnderstood.

    Where `path` is one that the account's settings name, 404 and 405 say that it is wrong. With `own`, an answer
    without the service's envelope is NotUnderstood, a failing one too; but for 401, 403 and 429, which are a no whoever
    says them: what stands before the service has not let the request through.
    """
    code, fields, enveloped = _look(answer)
    if own and not enveloped and code not in {401, 403, 429}:
        raise unreadable(answer)
    if not 200 <= code < 300:
        if path and code in {404, 405}:
            raise no_command(path)
        raise failure(code, answer, said(fields))
    if not fields:
        raise unreadable(answer)
    return Content(bytes(fields.get("result", b"")), said({**fields, "result": msgspec.Raw(b"")}), enveloped, fields)


def code_and_fields(answer: Answer) -> tuple[int, Mapping[str, msgspec.Raw]]:
    """Give an answer's status code and the fields of its envelope, none where it cannot be read."""
    return _look(answer)[:2]


def _look(answer: Answer) -> tuple[int, Mapping[str, msgspec.Raw], bool]:
    try:
        fields, enveloped = _open(answer.body)
    except BROKEN:
        fields, enveloped = {}, False
    digits = re.fullmatch(rb'"?([0-9]{1,6})"?', bytes(fields.get("status_code", b"")))
    code = int(digits[1]) if digits and 200 <= answer.status < 300 else answer.status
    return code, fields, enveloped


def _open(body: bytes) -> tuple[dict[str, msgspec.Raw], bool]:
    """Split an envelope, leaving its result as it is; a list, or an object with none of its fields, is the result."""
    try:
        return _split(body)
    except (msgspec.DecodeError, ValueError):
        return _split(repair(body))


def _split(body: bytes) -> tuple[dict[str, msgspec.Raw], bool]:
    if body.lstrip()[:1] == b"[":
        return {"result": msgspec.json.decode(body, type=msgspec.Raw)}, False
    fields = _FIELDS.decode(body)
    if any(key in fields for key in _ENVELOPE):
        return fields, True
    return {"result": msgspec.Raw(body.strip())}, False


def read_value(raw: bytes, answer: Answer) -> object:
    """Decode a result of any shape, None where there is none; raise NotUnderstood where it is no JSON after all."""
    if not raw:
        return None
    try:
        value = decode(raw)
    except BROKEN:
        raise unreadable(answer) from None
    # Few texts have enough brackets to be worth the walk.
    if raw.count(b"[") + raw.count(b"{") > _DEEPEST and is_deeper(value, _DEEPEST):
        raise NotUnderstood(_("{host} answered with data nested too deeply to be of use.", host=answer.host))
    return value


def read_object(answer: Answer) -> tuple[dict[str, object], bytes]:
    """Read a result that is one object, or a list of just one, and give it as it came beside; else NotUnderstood."""
    raw = read_envelope(answer).result
    value = read_value(raw, answer)
    if isinstance(value, list) and len(value) == 1:
        value, raw = value[0], raw.strip()[1:-1]
    if not isinstance(value, dict):
        raise NotUnderstood(
            _("{host} answered with something else than was asked for.", host=answer.host),
            advice=_("Check the address in the account's settings."),
        )
    return value, raw
