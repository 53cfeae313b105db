"""External scripts (KPN API Store, Apidaze Voice: /externalscripts; no I/O)."""

from __future__ import annotations

import re
from datetime import UTC
from typing import TYPE_CHECKING

from voipdesk.core.errors import Refused
from voipdesk.core.language import _
from voipdesk.core.scripts import Script
from voipdesk.providers.apidaze.wire import (
    check_sendable,
    item_path,
    one_object,
    read_done,
    read_object,
    read_objects,
    something_else,
)
from voipdesk.providers.apidaze.wire_refusal import failure, is_no_service, said
from voipdesk.providers.exchange import Request
from voipdesk.providers.json_fields import text, text_of
from voipdesk.providers.json_repair import BROKEN, decode
from voipdesk.providers.plain_text import plain, with_words
from voipdesk.providers.stamps import moment_reader

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voipdesk.providers.exchange import Answer

PATH = "/externalscripts"
TEST_WITHIN_S = 30.0
"""Nobody waits longer for what an address says; a call would be lost long before."""
TEST_MOST_BYTES = 1 << 20
_NO_SCRIPT = {400, 404, 412, 422}
"""What is said of the address that was to be tried, whatever it answered."""
_moment = moment_reader(UTC)
"""Stamps of Apidaze's own name no zone, and are in UTC."""


def create_request(url: str, name: str) -> Request:
    """Create one."""
    return Request("POST", PATH, fields=_fields(url, name, was_named=False), acts=True)


def update_request(script_id: str, url: str, name: str) -> Request:
    """Give one another address and name; both are sent, an empty name too."""
    return Request("PUT", item_path(PATH, script_id), fields=_fields(url, name, was_named=True), acts=True)


def _fields(url: str, name: str, *, was_named: bool) -> dict[str, str]:
    fields = {"url": url, "name": check_sendable(_("The name"), name)}
    return fields if name or was_named else {"url": url}


def test_request(url: str) -> Request:
    """Have the service ask an address. Its description puts the address into a GET's body, which many stacks drop."""
    return Request("GET", f"{PATH}/test", params={"url": url}, within_s=TEST_WITHIN_S, most_bytes=TEST_MOST_BYTES)


def read_scripts(answer: Answer) -> list[Script]:
    """Read a list."""
    return [script(fields) for fields in read_objects(answer)]


def read_script(answer: Answer) -> Script:
    """Read one."""
    found = script(read_object(answer))
    if not found.id:
        raise something_else(answer)
    return found


def read_created(answer: Answer, url: str) -> Script | None:
    """Read one that was just created; None where the answer does not show it."""
    fields = one_object(read_done(answer))
    found = script(fields) if fields is not None else None
    return found if found is not None and found.id and found.url == url else None


def script(fields: Mapping[str, object]) -> Script:
    """Take a script from its object."""
    return Script(
        id=text(fields, "id"),
        url=text(fields, "url"),
        name=text(fields, "name"),
        created_at=_moment(text(fields, "created_at")),
        updated_at=_moment(text(fields, "updated_at")),
        raw=fields,
    )


def read_test(answer: Answer) -> str:
    """Read what an address answered: as it is, or as the one text in JSON; raise what the service says of it."""
    if answer.status in _NO_SCRIPT and not is_no_service(answer):
        words = said(answer)
        raise Refused(
            with_words(_("{host} got no script from this address.", host=answer.host), words),
            advice=_("Open the address in a browser: it must be reachable from the internet, and answer with XML."),
        )
    if not 200 <= answer.status < 300:
        raise failure(answer)
    written = _decoded(answer)
    if written.lstrip()[:1] not in {"{", "[", '"'}:
        return written
    try:
        value = decode(answer.body)
    except BROKEN:
        return written
    if isinstance(value, dict) and (words := text_of(value.get("failure"))):
        raise Refused(with_words(_("{host} got no script from this address.", host=answer.host), plain(words)))
    texts = _xml_texts(value)
    return texts[0] if len(texts) == 1 else written


def _decoded(answer: Answer) -> str:
    named = re.search(r"charset=[\"']?([A-Za-z0-9._-]{1,40})", answer.content_type, re.IGNORECASE)
    try:
        return answer.body.decode(named[1] if named else "utf-8", "replace")
    except LookupError:
        return answer.body.decode("utf-8", "replace")


def _xml_texts(value: object, depth: int = 0) -> list[str]:
    if isinstance(value, str):
        return [value] if depth == 0 or value.lstrip("\ufeff \t\r\n").startswith("<") else []
    if isinstance(value, dict | list) and depth < 4:
        inner = value.values() if isinstance(value, dict) else value
        return [found for one in inner for found in _xml_texts(one, depth + 1)]
    return []
