"""Requests to VoIPcloud and the envelope around its answers (VoIPcloud, API Integration; no I/O).

Success is an HTTP status of 2xx, a `code` in the body of 200 or none, and a `status` of "success" or none. A `code` of
0 is a failure whatever HTTP says. Answers come as an envelope `{"code", "data", "status", "message"}` or bare.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import msgspec

from voipdesk.core.call_log import Source
from voipdesk.core.dial import Dialled
from voipdesk.core.errors import BadInput, NotAuthorised, NotFound, OverBudget, Refused, Unreachable
from voipdesk.core.language import _
from voipdesk.providers.exchange import Answer, Encoding, Request
from voipdesk.providers.json_repair import BROKEN, decode, repair
from voipdesk.providers.plain_text import plain, with_words
from voipdesk.providers.unreadable import no_data, web_page

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from voipdesk.core.errors import VoipdeskError

PAGE_LIMIT = 10_000
"""The most rows that one request for calls may ask for."""


class Version(StrEnum):
    """Of the API; the rows of calls differ."""

    V1 = "v1"
    V2 = "v2"


_CODE = re.compile(r"[0-9*#]{1,32}")
"""Star codes, which change settings of the PBX or of the telephone."""
_CALLS = {
    Source.USER: ("get-user-calls", "users_names"),
    Source.QUEUE: ("get-queue-calls", "queues_names"),
    Source.RING_GROUP: ("get-ringgroup-calls", "ringgroups_names"),
}


def call_log_request(
    version: Version,
    source: Source,
    *,
    since: date | None = None,
    until: date | None = None,
    limit: int = 100,
    offset: int = 0,
    names: Sequence[str] = (),
) -> Request:
    """Ask for calls, newest first; raise BadInput for what the service cannot be asked."""
    if not 1 <= limit <= PAGE_LIMIT:
        raise BadInput(_("A request for calls brings 1 to {most} of them, not {limit}.", most=PAGE_LIMIT, limit=limit))
    if offset < 0:
        raise BadInput(_("The calls cannot be read from place {offset}.", offset=offset))
    for name in names:
        if "," in name or not name.strip():
            raise BadInput(
                _("The service cannot be asked for the name “{name}”.", name=name),
                advice=_("Ask for all names instead."),
            )
    operation, names_key = _CALLS[source]
    params = {"limit": str(limit), "offset": str(offset)}
    if version is Version.V2:
        params["sort_by"] = "newest_first"
    if since is not None:
        params["from_date"] = since.isoformat()
    if until is not None:
        params["to_date"] = until.isoformat()
    if names:
        params[names_key] = ",".join(names)
    return Request("GET", _path(version, operation), params=params)


def dial_request(version: Version, encoding: Encoding, number: str, my_number: str) -> Request:
    """Ask to ring `my_number` and then to call `number`; BadInput unless both can be.

    Both are digits with an optional +; the number to call may also be a star code.
    """
    if not my_number:
        raise BadInput(
            _("Your own number is not set."), advice=_("Write your extension into the account's “my number”.")
        )
    advice = _("Use 1 to 32 digits, with or without + in front.")
    if not is_number(my_number):
        raise BadInput(_("“{number}” cannot be your own number.", number=my_number), advice=advice)
    if not (is_number(number) or _CODE.fullmatch(number)):
        raise BadInput(_("“{number}” cannot be the number to call.", number=number), advice=advice)
    fields = {"user_number": my_number, "number_to_call": number}
    return Request("POST", _path(version, "call-to-number"), fields=fields, encoding=encoding, acts=True)


def status_request(version: Version) -> Request:
    """Ask the service how it is."""
    return Request("GET", _path(version, "get-system-status"))


def is_number(text: str) -> bool:
    """Tell whether a text is what the service takes as a number: 1 to 32 digits with an optional +."""
    return re.fullmatch(r"\+?[0-9]{1,32}", text) is not None


def _path(version: Version, operation: str) -> str:
    return f"/api/integration/{version}/{operation}"


class _Envelope(msgspec.Struct):
    code: Any = None
    status: Any = None
    message: Any = None
    data: msgspec.Raw = msgspec.Raw(b"")


@dataclass(frozen=True, slots=True)
class Content:
    """What an answer says: its data as JSON, b"" where it has none, and the service's words in plain text."""

    data: bytes
    words: str


def read_envelope(answer: Answer, *, bare: bool = False) -> Content:
    """Open an answer, or raise what it says: OverBudget, Refused and its kinds, Unreachable, NotUnderstood.

    With `bare`, an object that has neither code nor data is itself the data, its `status` included.
    """
    try:
        envelope = _open(answer.body, bare=bare)
    except BROKEN:
        raise _unreadable(answer) from None
    words = _words(envelope)
    code = answer.status if (body_code := _code(envelope.code)) is None else body_code
    if code == 200 and not 200 <= answer.status < 300:
        code = answer.status
    if not 200 <= code < 300:
        raise _failure(code, answer, words)
    outcome = _text_of(envelope.status) or (_text_of(_get(envelope.message, "status")))
    if outcome and outcome.lower() not in {"success", "ok", str(code)}:
        raise Refused(_("{host} says no: {words}.", host=answer.host, words=words or plain(outcome)))
    return Content(bytes(envelope.data), words)


def read_value(data: bytes, answer: Answer) -> object:
    """Decode data of unknown shape, None where there is none; raise NotUnderstood where it is no JSON after all."""
    if not data:
        return None
    try:
        return decode(data)
    except BROKEN:
        raise _unreadable(answer) from None


def _open(body: bytes, *, bare: bool) -> _Envelope:
    """Split an envelope, leaving its data as it is; a bare list or value is data."""
    try:
        return _split(body, bare=bare)
    except (msgspec.DecodeError, ValueError):
        return _split(repair(body), bare=bare)


def _split(body: bytes, *, bare: bool) -> _Envelope:
    if body.lstrip()[:1] != b"{":
        return _Envelope(data=msgspec.json.decode(body, type=msgspec.Raw))
    envelope = msgspec.json.decode(body, type=_Envelope)
    nothing_said = envelope.status is None and envelope.message is None
    if not bytes(envelope.data) and envelope.code is None and (bare or nothing_said):
        return _Envelope(data=msgspec.Raw(body))
    return envelope


def _unreadable(answer: Answer) -> VoipdeskError:
    if not 200 <= answer.status < 300:
        return _failure(answer.status, answer, "")
    snippet = plain(answer.body[:2000].decode("utf-8", "replace"))
    if answer.is_html:
        return web_page(answer, snippet)
    return no_data(_("{host} answered with something that cannot be read (no JSON).", host=answer.host), snippet)


def _failure(code: int, answer: Answer, words: str) -> VoipdeskError:
    """Say what a failing code means (VoIPcloud, API Integration, "Codes")."""
    host = answer.host
    match code:
        case 429:
            return OverBudget(_("{host} takes no more requests for now (too many requests).", host=host))
        case 400:
            return Refused(
                with_words(_("{host} refused the request as wrong.", host=host), words)
                if words
                else _("{host} refused the request as wrong (parameters error).", host=host)
            )
        case 401 | 403:
            if words:
                message = _(
                    "{host} does not accept the key: either the API key is wrong, or this computer's public address is "
                    "not on the whitelist (the service says: {words}).",
                    host=host,
                    words=words,
                )
            else:
                message = _(
                    "{host} does not accept the key: either the API key is wrong, or this computer's public address is "
                    "not on the whitelist.",
                    host=host,
                )
            return NotAuthorised(
                message,
                advice=_(
                    "To add the address: PBX ▸ Settings ▸ Integrations ▸ API ▸ Whitelisted IPs, then save "
                    "and apply the configuration."
                ),
            )
        case 404 if answer.is_html:
            return NotFound(
                _("There is no VoIPcloud service under this address of {host}.", host=host),
                advice=_("Check the address and the API version in the account's settings."),
            )
        case 404:
            return NotFound(
                with_words(_("{host} does not know this tenant, or has not the data asked for.", host=host), words),
                advice=_("Check the key, the address and the names you asked for."),
            )
        case 0:
            return Refused(
                with_words(_("{host} reports an unknown error of its own (code 0).", host=host), words),
                advice=_("Try again in a few minutes; if it stays, ask the service's support."),
            )
        case _ if code >= 500:
            return Unreachable(
                with_words(_("{host} has a fault of its own (code {code}).", host=host, code=code), words),
                advice=_("Try again in a few minutes."),
            )
        case _:
            return Refused(
                with_words(_("{host} refused the request with the code {code}.", host=host, code=code), words)
            )


def _code(value: object) -> int | None:
    if isinstance(value, str) and re.fullmatch(r"\s*[0-9]{1,6}\s*", value):
        return int(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    return None


def _get(value: object, key: str) -> object:
    return value.get(key) if isinstance(value, dict) else None


def _text_of(value: object) -> str:
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _words(envelope: _Envelope) -> str:
    """Give the service's own words: `message` as text, or the texts in it; else `data` when that is a text."""
    message = envelope.message
    if isinstance(message, dict):
        message = ", ".join(text for key, value in message.items() if key != "status" and (text := _text_of(value)))
    if text := _text_of(message):
        return plain(text).rstrip(".")
    data = bytes(memoryview(envelope.data)[:2000])
    if data[:1] == b'"' and data[-1:] == b'"':
        return plain(_text_of(msgspec.json.decode(data))).rstrip(".")
    return ""


def read_dialled(answer: Answer) -> Dialled:
    """Read the answer to a dial: an object, or a list of one."""
    content = read_envelope(answer)
    value = read_value(content.data, answer)
    if isinstance(value, list) and value:
        value = value[0]
    call_id = _text_of(_get(value, "unique_call_id")) or _text_of(_get(value, "call_id"))
    return Dialled(call_id=plain(call_id), text=content.words or plain(_text_of(_get(value, "status"))))
