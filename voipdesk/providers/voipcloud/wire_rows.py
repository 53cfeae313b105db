"""The rows of VoIPcloud's call logs, by API version and source, and what each says as a call (no I/O)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Generic, TypeVar

import msgspec

from voipdesk.core.call_log import Call, Direction, Outcome, Source
from voipdesk.providers.json_repair import decode
from voipdesk.providers.voipcloud.wire import Version

if TYPE_CHECKING:
    from collections.abc import Callable

    from voipdesk.providers.stamps import ReadStamp

R = TypeVar("R", bound=msgspec.Struct)
_MOST_SECONDS = 2**31 - 1

Seconds = Annotated[int, msgspec.Meta(ge=0, le=_MOST_SECONDS)]
Digits = str | int | None
"""A number to call: documented as text, but digits are easily sent as a number."""
# An attribute of an Enum costs Python 3.11 as much as half a stamp, 10,000 times a page.
IN, OUT = Direction.IN, Direction.OUT
ANSWERED, MISSED, NO_ANSWER, IN_PROGRESS = Outcome.ANSWERED, Outcome.MISSED, Outcome.NO_ANSWER, Outcome.IN_PROGRESS


class UserRowV1(msgspec.Struct, gc=False):
    """A row of v1's get-user-calls."""

    from_number: Digits = None
    to_number: Digits = None
    user_name: str | None = None
    is_inbound: bool | None = None
    call_start_at: str | None = None
    call_duration: Seconds | None = None
    call_finished_at: str | None = None
    conversation_duration: Seconds | None = None


class GroupRowV1(msgspec.Struct, gc=False):
    """A row of v1's get-queue-calls and get-ringgroup-calls, which differ in the name's field alone."""

    queue_name: str | None = None
    ring_group_name: str | None = None
    callerid: Digits = None
    inbound_number: Digits = None
    call_start_at: str | None = None
    call_answered_at: str | None = None
    call_finished_at: str | None = None
    answered_by_user_name: str | None = None
    status: str | None = None


class UserRowV2(msgspec.Struct, gc=False):
    """A row of v2's get-user-calls."""

    unique_call_id: str | None = None
    type: str | None = None
    caller_id: Digits = None
    caller_name: str | None = None
    dest_number: Digits = None
    user_name: str | None = None
    user_number: Digits = None
    call_start_at: str | None = None
    connected_at: str | None = None
    call_duration: Seconds | None = None
    conversation_duration: Seconds | None = None


class GroupRowV2(msgspec.Struct, gc=False):
    """A row of v2's get-queue-calls and get-ringgroup-calls."""

    unique_call_id: str | None = None
    queue_name: str | None = None
    ring_group_name: str | None = None
    callerid: Digits = None
    caller_name: str | None = None
    dest_number: Digits = None
    user_name: str | None = None
    call_start_at: str | None = None
    connected_at: str | None = None
    call_duration: Seconds | None = None
    conversation_duration: Seconds | None = None
    status: str | None = None


def _start(text: str | None, stamp: ReadStamp) -> int:
    if not text:
        raise ValueError("call_start_at is missing")
    return stamp(text)


def _maybe(text: str | None, stamp: ReadStamp) -> int | None:
    """Read a stamp that may be absent; a zero date is how some databases write that."""
    if not text:
        return None
    try:
        return stamp(text)
    except ValueError:
        if text.startswith("0000-00-00"):
            return None
        raise


def _read_user_v1(row: UserRowV1, source: Source, stamp: ReadStamp) -> Call:
    caller, called = str(row.from_number or ""), str(row.to_number or "")
    name, start = row.user_name or "", row.call_start_at
    inbound, talk_s = row.is_inbound, row.conversation_duration
    if inbound is None:
        raise ValueError("is_inbound is missing")
    started_at, finished_at = _start(start, stamp), _maybe(row.call_finished_at, stamp)
    if finished_at is None:
        outcome = IN_PROGRESS  # even with talk on the clock: its final lengths are still to come
    elif talk_s:
        outcome = ANSWERED
    else:
        outcome = MISSED if inbound else NO_ANSWER
    return Call(
        identity=f"{caller}\x1f{called}\x1f{'1' if inbound else '0'}\x1f{start}",
        source=source,
        name=name,
        caller=caller,
        called=called,
        direction=IN if inbound else OUT,
        outcome=outcome,
        started_at=started_at,
        finished_at=finished_at,
        duration_s=row.call_duration,
        talk_s=talk_s,
        answered_by=name if inbound and outcome is ANSWERED else "",
    )


_GROUP_OUTCOMES = {
    "answered": Outcome.ANSWERED,
    "abandoned": Outcome.ABANDONED,
    "timedout": Outcome.TIMED_OUT,
    "timed_out": Outcome.TIMED_OUT,
    "timed out": Outcome.TIMED_OUT,  # NON-NLS: as the service has it
    "timeout": Outcome.TIMED_OUT,
}


def _group_outcome(status: str | None, *, answered: bool, finished: bool) -> Outcome:
    """Tell how a queue's or ring group's call ended; a status not documented counts only when the rest tells it."""
    outcome = _GROUP_OUTCOMES.get(status or "") or _GROUP_OUTCOMES.get((status or "").lower())
    if not finished and outcome in {None, ANSWERED}:
        return IN_PROGRESS
    if outcome is None and answered:
        return ANSWERED
    if outcome is None:
        raise ValueError(f"status is “{status}”" if status else "status is missing")
    return outcome


def _read_group_v1(row: GroupRowV1, source: Source, stamp: ReadStamp) -> Call:
    start = row.call_start_at
    started_at = _start(start, stamp)
    answered_at, finished_at = _maybe(row.call_answered_at, stamp), _maybe(row.call_finished_at, stamp)
    outcome = _group_outcome(row.status, answered=answered_at is not None, finished=finished_at is not None)
    name = (row.queue_name if source is Source.QUEUE else row.ring_group_name) or ""
    caller, called = str(row.callerid or ""), str(row.inbound_number or "")
    answered = outcome is ANSWERED
    return Call(
        identity=f"{name}\x1f{caller}\x1f{called}\x1f{start}",
        source=source,
        name=name,
        caller=caller,
        called=called,
        direction=IN,
        outcome=outcome,
        started_at=started_at,
        answered_at=answered_at,
        finished_at=finished_at,
        duration_s=_seconds_between(started_at, finished_at),
        talk_s=_seconds_between(answered_at, finished_at) if answered else None,
        answered_by=row.answered_by_user_name or "",
    )


def _seconds_between(begin: int | None, end: int | None) -> int | None:
    return None if begin is None or end is None or end < begin else (end - begin) // 1000


def _read_user_v2(row: UserRowV2, source: Source, stamp: ReadStamp) -> Call:
    kind = (row.type or "").lower()
    direction = _direction_v2(row, kind)
    inbound = direction is IN
    answered_at = _maybe(row.connected_at, stamp)
    name = row.user_name or ""
    if row.conversation_duration or kind.endswith("_answered") or answered_at is not None:
        outcome = ANSWERED
    elif row.call_duration is None and not kind.endswith(("_missed", "_no_answer", "_unanswered")):
        outcome = IN_PROGRESS
    else:
        outcome = MISSED if inbound else NO_ANSWER
    own = str(row.user_number or "")
    caller = str(row.caller_id or "") or ("" if inbound else own)
    called = str(row.dest_number or "") or (own if inbound else "")
    return Call(
        identity=row.unique_call_id or f"{caller}\x1f{called}\x1f{int(inbound)}\x1f{row.call_start_at}",
        source=source,
        name=name,
        caller=caller,
        called=called,
        direction=direction,
        outcome=outcome,
        started_at=_start(row.call_start_at, stamp),
        caller_name=(row.caller_name or "") if inbound else "",
        answered_at=answered_at,
        duration_s=row.call_duration,
        talk_s=row.conversation_duration,
        answered_by=name if inbound and outcome is ANSWERED else "",
    )


def _direction_v2(row: UserRowV2, kind: str) -> Direction:
    """Read the direction from the type (user_inbound_missed, …), else from where the user's own number stands."""
    if "outbound" in kind:
        return OUT
    if "inbound" in kind:
        return IN
    if row.user_number and str(row.user_number) == str(row.caller_id):
        return OUT
    if row.user_number and str(row.user_number) == str(row.dest_number):
        return IN
    raise ValueError(f"type is “{row.type}”" if row.type else "type is missing")


def _read_group_v2(row: GroupRowV2, source: Source, stamp: ReadStamp) -> Call:
    started_at = _start(row.call_start_at, stamp)
    answered_at = _maybe(row.connected_at, stamp)
    outcome = _group_outcome(row.status, answered=answered_at is not None, finished=row.call_duration is not None)
    name = (row.queue_name if source is Source.QUEUE else row.ring_group_name) or ""
    caller, called = str(row.callerid or ""), str(row.dest_number or "")
    return Call(
        identity=row.unique_call_id or f"{name}\x1f{caller}\x1f{called}\x1f{row.call_start_at}",
        source=source,
        name=name,
        caller=caller,
        called=called,
        direction=IN,
        outcome=outcome,
        started_at=started_at,
        caller_name=row.caller_name or "",
        answered_at=answered_at,
        duration_s=row.call_duration,
        talk_s=row.conversation_duration,
        answered_by=(row.user_name or "") if outcome is ANSWERED else "",
    )


class Reader(Generic[R]):
    """How one kind of row is decoded and read."""

    __slots__ = ("_fields", "_row", "decode_strictly", "decoder", "read", "source")

    def __init__(self, row: type[R], source: Source, read: Callable[[R, Source, ReadStamp], Call]) -> None:
        self.read = read
        self.source = source
        self.decoder = msgspec.json.Decoder(list[row], strict=False)  # type: ignore[valid-type]
        self.decode_strictly = msgspec.json.Decoder(row, strict=False)
        self._row = row
        self._fields = {field.name: field.type for field in msgspec.structs.fields(row)}

    def decode_one(self, raw: bytes) -> R:
        """Decode one row, first as documented, then loosely: numbers as texts, floats as seconds, blanks as nothing.

        Raises ValueError, DecodeError or RecursionError for what is no such row.
        """
        try:
            return self.decode_strictly.decode(raw)
        except (msgspec.DecodeError, ValueError):
            values = decode(raw)
        if not isinstance(values, dict):
            raise ValueError("the row is no object")  # noqa: TRY004 (a ValueError makes the row unreadable)
        loose = {key: _loosen(value, self._fields[key]) for key, value in values.items() if key in self._fields}
        return msgspec.convert(loose, self._row, strict=False)


def _loosen(value: object, wanted: object) -> object:
    if isinstance(value, str):
        value = value.strip()
    if wanted in (str | None, Digits):
        return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value
    if value == "":
        return None
    if wanted == bool | None:
        return value
    if isinstance(value, str | float):
        value = int(float(value))
    return None if isinstance(value, int) and value < 0 else value


READERS: dict[tuple[Version, Source], Reader[Any]] = {
    (Version.V1, Source.USER): Reader(UserRowV1, Source.USER, _read_user_v1),
    (Version.V1, Source.QUEUE): Reader(GroupRowV1, Source.QUEUE, _read_group_v1),
    (Version.V1, Source.RING_GROUP): Reader(GroupRowV1, Source.RING_GROUP, _read_group_v1),
    (Version.V2, Source.USER): Reader(UserRowV2, Source.USER, _read_user_v2),
    (Version.V2, Source.QUEUE): Reader(GroupRowV2, Source.QUEUE, _read_group_v2),
    (Version.V2, Source.RING_GROUP): Reader(GroupRowV2, Source.RING_GROUP, _read_group_v2),
}
