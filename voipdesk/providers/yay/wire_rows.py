"""Lists of Yay.com's objects: where in an answer they are, and whether there are more (no I/O)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

import msgspec

from voipdesk.core.errors import NotUnderstood
from voipdesk.core.language import _
from voipdesk.providers.json_repair import BROKEN, repair
from voipdesk.providers.yay.wire import read_envelope, read_value

if TYPE_CHECKING:
    from collections.abc import Callable

    from voipdesk.providers.exchange import Answer
    from voipdesk.providers.yay.wire import Content

T = TypeVar("T")

_RAW_ROWS = msgspec.json.Decoder(list[msgspec.Raw])
_RAW_FIELDS = msgspec.json.Decoder(dict[str, msgspec.Raw])
_TOTALS = ("total", "count", "total_count", "total_results")
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Rows(Generic[T]):
    """A list, or a page of it."""

    items: list[T]
    total: int
    """How many there are in all, as far as the service says; 0 where it does not."""


def read_rows(
    answer: Answer,
    read: Callable[[dict[str, object], bytes], T],
    documented: Callable[[bytes], T | None] = lambda _raw: None,
) -> Rows[T]:
    """Read every object of a list by `read`, given it decoded and as it came; raise NotUnderstood for other things.

    `documented` is tried first: quick, and None for what it does not know.
    """
    content = read_envelope(answer)
    items = []
    for raw in raw_rows(content, answer):
        row = bytes(raw)
        if (item := documented(row)) is not None:
            items.append(item)
            continue
        value = read_value(row, answer)
        if not isinstance(value, dict):
            raise NotUnderstood(
                _("{host} answered with a list that has other things in it than was asked for.", host=answer.host)
            )
        items.append(read(value, row))
    return Rows(items, _total(content))


def raw_rows(content: Content, answer: Answer) -> list[msgspec.Raw]:
    """Find the list in an answer and split it into its rows; raise NotUnderstood where there is none."""
    try:
        found = _list_in(content.result, 0)
        if found is None:
            raise NotUnderstood(
                _("{host} answered with something that is no list.", host=answer.host),
                advice=_("Check the address and the paths in the account's settings."),
            )
        return _decoded(_RAW_ROWS, found)
    except BROKEN:
        raise NotUnderstood(_("{host} answered with a list that cannot be read.", host=answer.host)) from None


def _list_in(raw: bytes, depth: int) -> bytes | None:
    """Find the first list of objects, else the first list; what is empty is an empty list."""
    raw = raw.strip()
    if raw in {b"", b"null"}:
        return b"[]"
    if raw[:1] != b"{":
        return raw if raw[:1] == b"[" else None
    values = [bytes(value) for value in _decoded(_RAW_FIELDS, raw).values()]
    if not values:
        return b"[]"
    lists = [value for value in values if value[:1] == b"["]
    if lists:
        return next((value for value in lists if value[1:].lstrip()[:1] == b"{"), lists[0])
    inner = (_list_in(value, depth + 1) for value in values if value[:1] == b"{" and depth < _DEEPEST)
    return next((value for value in inner if value is not None), None)


def _decoded(decoder: msgspec.json.Decoder[T], raw: bytes) -> T:
    try:
        return decoder.decode(raw)
    except (msgspec.DecodeError, ValueError):
        return decoder.decode(repair(raw))


def _total(content: Content) -> int:
    places = [dict(content.beside)]
    if content.result[:1] == b"{":
        places.append(_decoded(_RAW_FIELDS, content.result))
    for place in places:
        for key in _TOTALS:
            digits = bytes(place.get(key, b"")).strip(b'"')
            if digits.isdigit() and len(digits) < 10:
                return int(digits)
    return 0
