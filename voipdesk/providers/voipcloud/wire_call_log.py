"""Pages of calls from VoIPcloud (API Integration, get-user-calls, get-queue-calls, get-ringgroup-calls; no I/O)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from voipdesk.core.call_log import CallPage, UnreadableRow
from voipdesk.core.errors import NotUnderstood
from voipdesk.core.language import _
from voipdesk.providers.json_repair import BROKEN, repair
from voipdesk.providers.plain_text import plain
from voipdesk.providers.stamps import stamp_reader
from voipdesk.providers.voipcloud.wire import read_envelope
from voipdesk.providers.voipcloud.wire_rows import READERS, Reader

if TYPE_CHECKING:
    from datetime import tzinfo

    from voipdesk.core.call_log import Call, Source
    from voipdesk.providers.exchange import Answer
    from voipdesk.providers.stamps import ReadStamp
    from voipdesk.providers.voipcloud.wire import Version

_RAW_ROWS = msgspec.json.Decoder(list[msgspec.Raw])
_RAW_FIELDS = msgspec.json.Decoder(dict[str, msgspec.Raw])


def read_calls(answer: Answer, version: Version, source: Source, zone: tzinfo | None) -> CallPage:
    """Read a page of calls: every row the service sent is in it, as a call or kept as it came with the reason.

    Raises what `read_envelope` raises, and NotUnderstood where there is no list of rows. 10,000 rows take some 40 ms.
    """
    data = _list_in(read_envelope(answer).data, answer)
    reader, stamp = READERS[version, source], stamp_reader(zone)
    try:
        rows = reader.decoder.decode(data)
    except BROKEN:
        return _read_one_by_one(data, reader, stamp)
    calls: list[Call] = []
    unreadable: list[UnreadableRow] = []
    raw_rows: list[msgspec.Raw] = []
    read, add = reader.read, calls.append
    for place, row in enumerate(rows):
        try:
            add(read(row, source, stamp))
        except ValueError as error:
            raw_rows = raw_rows or _RAW_ROWS.decode(data)
            unreadable.append(_unreadable(bytes(raw_rows[place]), error))
    return CallPage(calls, unreadable)


def _list_in(data: bytes, answer: Answer) -> bytes:
    """Find the list: the data itself, or the only list in an object; nothing at all is an empty list."""
    match data[:1]:
        case b"[":
            return data
        case b"{":
            lists = [bytes(value) for value in _fields(data).values() if bytes(value)[:1] == b"["]
            if len(lists) == 1:
                return lists[0]
            if not lists and data.strip(b"{} \t\r\n") == b"":
                return b"[]"
        case _ if data == b"null":
            return b"[]"
        case _:
            pass
    raise NotUnderstood(
        _("{host} answered with something that is no list of calls.", host=answer.host),
        advice=_("Check the API version in the account's settings."),
        details=plain(data[:2000].decode("utf-8", "replace")),
    )


def _fields(data: bytes) -> dict[str, msgspec.Raw]:
    try:
        return _RAW_FIELDS.decode(data)
    except BROKEN:
        return _RAW_FIELDS.decode(repair(data))


def _read_one_by_one(data: bytes, reader: Reader[Any], stamp: ReadStamp) -> CallPage:
    calls: list[Call] = []
    unreadable: list[UnreadableRow] = []
    try:
        raw_rows = _RAW_ROWS.decode(data)
    except BROKEN:
        raw_rows = _RAW_ROWS.decode(repair(data))
    for raw_row in raw_rows:
        raw = bytes(raw_row)
        try:
            calls.append(reader.read(reader.decode_one(raw), reader.source, stamp))
        except BROKEN as error:
            unreadable.append(_unreadable(raw, error))
    return CallPage(calls, unreadable)


def _unreadable(raw: bytes, error: Exception) -> UnreadableRow:
    return UnreadableRow(raw=raw.decode("utf-8", "replace"), reason=plain(str(error)) or type(error).__name__)
