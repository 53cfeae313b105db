"""Pages of the call history from Yay.com (API documentation, Phone Calls & CDR Data, Call History; no I/O)."""

from __future__ import annotations

import json
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from voipdesk.core.blanking import blanked
from voipdesk.core.call_log import CallPage, UnreadableRow
from voipdesk.core.errors import BadInput, NotUnderstood
from voipdesk.core.language import _
from voipdesk.providers.exchange import Request
from voipdesk.providers.plain_text import plain
from voipdesk.providers.stamps import stamp_reader
from voipdesk.providers.yay.wire import read_envelope, read_value
from voipdesk.providers.yay.wire_call import read_call
from voipdesk.providers.yay.wire_rows import raw_rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from voipdesk.core.call_log import Call
    from voipdesk.providers.exchange import Answer
    from voipdesk.providers.stamps import ReadStamp

PAGE_LIMIT = 100
"""The most calls that are asked for at once."""
_FIRST_DAY = date(2000, 1, 1)
_IN_DISORDER = 10
"""Calls in rising order that are no accident: a few that overlapped may be, where the service goes by their end."""
_DAY_MS = 86_400_000


def call_log_request(path: str, *, since: date | None, until: date, limit: int, offset: int) -> Request:
    """Ask for a page of calls, newest first; raise BadInput for a place at which no page begins."""
    if not 1 <= limit <= PAGE_LIMIT:
        raise BadInput(_("A request for calls brings 1 to {most} of them, not {limit}.", most=PAGE_LIMIT, limit=limit))
    if offset < 0 or offset % limit:
        raise BadInput(_("No page of {limit} calls begins at place {offset}.", limit=limit, offset=offset))
    params = {
        "start": f"{since or _FIRST_DAY}T00:00:00",
        "end": f"{until}T23:59:59",
        "limit": str(limit),
        "page": str(offset // limit + 1),
        "include_legs": "no",
    }
    return Request("GET", path, params=params)


def read_calls(answer: Answer, path: str, zone: tzinfo) -> CallPage:
    """Read a page of calls: every row the service sent is in it, as a call or as it came with the reason.

    Secrets are blanked. Raises what `read_envelope` raises, and NotUnderstood where there is no list of rows or one in
    the wrong order.
    """
    stamp = stamp_reader(zone)
    calls: list[Call] = []
    unreadable: list[UnreadableRow] = []
    for raw in raw_rows(read_envelope(answer, path=path), answer):
        _read(bytes(raw), answer, stamp, calls, unreadable)
    if _oldest_first(calls):
        raise NotUnderstood(
            _(
                "{host} lists its oldest calls first, and voipdesk reads logs from the newest call down.",
                host=answer.host,
            ),
            advice=_("Ask the service's support whether the order can be changed."),
        )
    return CallPage(calls, unreadable)


def _read(raw: bytes, answer: Answer, stamp: ReadStamp, calls: list[Call], unreadable: list[UnreadableRow]) -> None:
    try:
        fields = read_value(raw, answer)
    except NotUnderstood as error:
        unreadable.append(UnreadableRow(raw.decode("utf-8", "replace"), error.message))
        return
    try:
        if not isinstance(fields, dict):
            raise ValueError("the row is no object")  # noqa: TRY004 (a ValueError makes the row unreadable)
        calls.append(read_call(fields, stamp))
    except ValueError as error:
        clean = blanked(fields)
        kept = raw.decode("utf-8", "replace") if clean == fields else json.dumps(clean, ensure_ascii=False)
        unreadable.append(UnreadableRow(kept, plain(str(error))))


def _oldest_first(calls: Sequence[Call]) -> bool:
    starts = [call.started_at for call in calls]
    rising = sum(a < b for a, b in pairwise(starts))
    if not rising or any(a > b for a, b in pairwise(starts)):
        return False
    return rising >= _IN_DISORDER or starts[-1] - starts[0] > _DAY_MS
