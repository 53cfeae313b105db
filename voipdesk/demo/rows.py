"""How a call is written in VoIPcloud's logs, version 1 ("API Integration") and version 2 ("API Documentation")."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, TypeAlias

from voipdesk.core.call_log import Source
from voipdesk.demo.calls import Ending, PhoneCall
from voipdesk.demo.data import TENANT_ZONE
from voipdesk.demo.people import MAIN_NUMBER
from voipdesk.demo.switches import Stamps

if TYPE_CHECKING:
    from voipdesk.demo.people import User
    from voipdesk.demo.switches import Switches

Version: TypeAlias = Literal["v1", "v2"]
Row: TypeAlias = dict[str, str | int | None]

_NAME_KEYS = {Source.QUEUE: "queue_name", Source.RING_GROUP: "ring_group_name"}
_KEPT_WHEN_NULL = {
    "call_start_at",
    "from_number",
    "to_number",
    "callerid",
    "caller_id",
    "unique_call_id",
    "type",
    "status",
}
_MIXED = (Stamps.Z, Stamps.OFFSET, Stamps.NONE)


def stamp(seconds: int | None, how: Stamps, version: Version) -> str | None:
    """Write a moment (seconds since 1970) in ISO 8601; version 2 shows milliseconds."""
    if seconds is None:
        return None
    digits = "milliseconds" if version == "v2" else "seconds"
    if how is Stamps.Z:
        return datetime.fromtimestamp(seconds, UTC).isoformat(timespec=digits)[:-6] + "Z"
    local = datetime.fromtimestamp(seconds, TENANT_ZONE).isoformat(timespec=digits)
    return local if how is Stamps.OFFSET else local[:-6]


def call_id(call: PhoneCall) -> str:
    """Give the id a call has in version 2."""
    return f"{call.started}.{call.id}"


def user_type(call: PhoneCall) -> str:
    """Version 2's `type` of a user's call."""
    return f"user_{'in' if call.inbound else 'out'}bound_{'answered' if call.ending is Ending.ANSWERED else 'missed'}"


def row(call: PhoneCall, source: Source, version: Version, *, now: int | None = None, how: Stamps | None = None) -> Row:
    """Write a call as `source`'s log has it, as far as it has come at `now` (seconds since 1970; None: to its end)."""
    if how is Stamps.MIXED:
        how = _MIXED[call.id % 3]
    elif how is None:
        how = Stamps.OFFSET if version == "v1" else Stamps.Z
    if source is Source.USER:
        return _user_v1(call, how, now) if version == "v1" else _user_v2(call, how)
    return _desk_v1(call, source, how) if version == "v1" else _desk_v2(call, source, how)


def _numbers(call: PhoneCall, user: User) -> tuple[str, str]:
    if not call.inbound:
        return MAIN_NUMBER, call.customer.number
    return call.customer.number, call.desk.number if call.desk else user.direct


def _user_of(call: PhoneCall) -> User:
    if call.user is None:
        msg = f"call {call.id} has no user and stands in no user's log"
        raise ValueError(msg)
    return call.user


def _user_v1(call: PhoneCall, how: Stamps, now: int | None) -> Row:
    user = _user_of(call)
    caller, called = _numbers(call, user)
    over = now is None or now >= call.finished
    end = call.finished if over else now or 0
    return {
        "from_number": caller,
        "to_number": called,
        "user_name": user.name,
        "is_inbound": int(call.inbound),
        "call_start_at": stamp(call.rang, how, "v1"),
        "call_duration": end - call.rang,
        "call_finished_at": stamp(call.finished, how, "v1") if over else None,
        "conversation_duration": call.talk if over else max(0, end - call.answered) if call.answered else 0,
    }


def _user_v2(call: PhoneCall, how: Stamps) -> Row:
    user = _user_of(call)
    caller, called = _numbers(call, user)
    return {
        "unique_call_id": call_id(call),
        "type": user_type(call),
        "caller_id": caller,
        "caller_name": call.customer.name if call.inbound else user.name,
        "dest_number": called,
        "user_name": user.name,
        "user_number": user.extension,
        "call_start_at": stamp(call.rang, how, "v2"),
        "connected_at": stamp(call.answered, how, "v2"),
        "call_duration": call.finished - call.rang,
        "conversation_duration": call.talk,
    }


def _desk_v1(call: PhoneCall, source: Source, how: Stamps) -> Row:
    return {
        _NAME_KEYS[source]: call.desk.name if call.desk else "",
        "callerid": call.customer.number,
        "inbound_number": call.desk.number if call.desk else "",
        "call_start_at": stamp(call.started, how, "v1"),
        "call_answered_at": stamp(call.answered, how, "v1"),
        "call_finished_at": stamp(call.finished, how, "v1"),
        "answered_by_user_name": call.user.name if call.user else "",
        "status": call.ending.value,
    }


def _desk_v2(call: PhoneCall, source: Source, how: Stamps) -> Row:
    return {
        _NAME_KEYS[source]: call.desk.name if call.desk else "",
        "callerid": call.customer.number,
        "caller_name": call.customer.name,
        "dest_number": call.desk.number if call.desk else "",
        "user_name": call.user.name if call.user else "",
        "user_number": call.user.extension if call.user else "",
        "call_start_at": stamp(call.started, how, "v2"),
        "connected_at": stamp(call.answered, how, "v2"),
        "call_duration": call.finished - call.started,
        "conversation_duration": call.talk,
        "status": call.ending.value,
    }


def odd_row(call: PhoneCall, source: Source, version: Version, switches: Switches, *, place: int, now: int) -> object:
    """Write a call as the switches want it; `place` is its place in the log, 0 the newest."""
    written = row(call, source, version, now=now, how=switches.stamps)
    if source is not Source.USER and place < switches.answered_by_missing:
        written["answered_by_user_name" if version == "v1" else "user_name"] = None
        if version == "v2":
            written["user_number"] = None
    if switches.nulls and call.id % 5 == 0:
        written = {key: value if key in _KEPT_WHEN_NULL else None for key, value in written.items()}
    if switches.numeric_strings:
        written = {key: str(value) if isinstance(value, int) else value for key, value in written.items()}
    if switches.unreadable_every and call.id % switches.unreadable_every == 0:
        return _unreadable(written, call.id // switches.unreadable_every)
    return written


def _unreadable(written: Row, which: int) -> object:
    if which % 3 == 0:
        return "call record damaged"
    if which % 3 == 1:
        return written | {"call_start_at": "yesterday, about noon"}
    return {key: value for key, value in written.items() if key != "call_start_at"}
