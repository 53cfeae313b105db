"""One row of Yay.com's call history, and what it says as a call (API documentation, Call History; no I/O).

Documented are answered, call_duration, call_start_time, call_type and child_uuid; the names of the parties are not, so
all that are in use are read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from voipdesk.core.call_log import Call, Direction, Outcome, Source
from voipdesk.providers.json_fields import text, text_of
from voipdesk.providers.yay.wire_fields import flag_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voipdesk.providers.stamps import ReadStamp

_FROM = ("from", "source", "caller", "caller_id", "from_number")
_TO = ("to", "destination", "callee", "dialled", "to_number")
_USER = ("user_name", "display_name", "nickname", "user", "name")
_NUMBER = ("number", "extension", "phone_number", "uri")
_START = ("call_start_time", "start", "start_time", "call_start")
_TALK = ("talk_duration", "talk_time", "billsec", "conversation_duration")
_DIRECTIONS = {
    "INBOUND": Direction.IN,
    "IN": Direction.IN,
    "OUTBOUND": Direction.OUT,
    "OUT": Direction.OUT,
    "INTERNAL": Direction.OUT,
}
_FIRST_S, _LAST_S = 0, 4_102_444_800
"""Of the years 1970 to 2100: a number beyond is no moment in seconds."""
_MOST_SECONDS = 2**31 - 1
_SHORT_HOUR = re.compile(r"(?<=[T ])([0-9])(?=:)")


def read_call(fields: Mapping[str, object], stamp: ReadStamp) -> Call:
    """Read a row as a call; raise ValueError, naming the field, for one that does not say enough."""
    direction = _direction(fields)
    started_at = _start(fields, stamp)
    answered, answered_at = _answered(fields, stamp)
    length_s = _seconds(fields, ("call_duration", "duration"))
    lengths = _lengths(started_at, answered_at, length_s, _seconds(fields, _TALK), answered=answered)
    caller, called = _party(fields, _FROM), _party(fields, _TO)
    caller_name = text(fields, "from_name", "caller_name", "caller_id_name")
    called_name = text(fields, "to_name", "callee_name")
    name = _party(fields, _USER) or (called_name if direction is Direction.IN else caller_name)
    return Call(
        identity=text(fields, "uuid", "child_uuid") or f"{caller}\x1f{called}\x1f{direction}\x1f{started_at}",
        source=Source.USER,
        name=name,
        caller=caller,
        called=called,
        direction=direction,
        outcome=_outcome(direction, answered=answered, length_s=length_s),
        started_at=started_at,
        caller_name=caller_name,
        called_name=called_name,
        answered_at=answered_at,
        finished_at=lengths.finished_at,
        duration_s=lengths.duration_s,
        talk_s=lengths.talk_s,
        answered_by=name if answered and direction is Direction.IN else "",
    )


def _direction(fields: Mapping[str, object]) -> Direction:
    kind = text(fields, "call_type", "direction")
    direction = _DIRECTIONS.get(kind.strip().upper())
    if direction is None:
        raise ValueError(f"call_type is “{kind}”" if kind else "call_type is missing")
    return direction


def _start(fields: Mapping[str, object], stamp: ReadStamp) -> int:
    said = text(fields, *_START).strip()
    if not said:
        raise ValueError("call_start_time is missing")
    if not re.fullmatch(r"-?[0-9.]+(?:[eE][+-]?[0-9]+)?", said):
        return stamp(_SHORT_HOUR.sub(r"0\1", said))
    seconds = float(said)
    if not _FIRST_S < seconds < _LAST_S:
        raise ValueError(f"call_start_time is {said}")
    return round(seconds * 1000)


def _answered(fields: Mapping[str, object], stamp: ReadStamp) -> tuple[bool, int | None]:
    """Read whether a call was answered: a flag, or the moment at which it was, nothing if it was not."""
    if "answered" not in fields:
        raise ValueError("answered is missing")
    answered = flag_of(fields["answered"])
    said = text(fields, "answered").strip()
    if answered is None and said:
        return True, stamp(_SHORT_HOUR.sub(r"0\1", said))
    return bool(answered), None


class _Lengths(NamedTuple):
    duration_s: int | None = None
    talk_s: int | None = None
    finished_at: int | None = None


def _lengths(
    started_at: int, answered_at: int | None, length_s: int | None, talk_s: int | None, *, answered: bool
) -> _Lengths:
    """Tell what a call's one length means: all of it, unless it was answered and nothing says how long one talked.

    Then it is what one talked, and how long it rang is not known.
    """
    if length_s is None:
        return _Lengths(talk_s=talk_s if answered else None)
    if not answered or talk_s is not None:
        return _Lengths(length_s, talk_s if answered else None, started_at + length_s * 1000)
    return _Lengths(talk_s=length_s, finished_at=None if answered_at is None else answered_at + length_s * 1000)


def _outcome(direction: Direction, *, answered: bool, length_s: int | None) -> Outcome:
    if answered:
        # Its length is known when it is over.
        return Outcome.IN_PROGRESS if length_s is None else Outcome.ANSWERED
    return Outcome.MISSED if direction is Direction.IN else Outcome.NO_ANSWER


def _seconds(fields: Mapping[str, object], keys: tuple[str, ...]) -> int | None:
    said = text(fields, *keys).strip()
    if not said:
        return None
    seconds = float(said)
    if not 0 <= seconds <= _MOST_SECONDS:
        raise ValueError(f"{keys[0]} is {said}")
    return int(seconds)


def _party(fields: Mapping[str, object], keys: tuple[str, ...]) -> str:
    """Give the first party that is named, a number or a name, or an object that has one."""
    for key in keys:
        value = fields.get(key)
        said = text(value, *_NUMBER, *_USER) if isinstance(value, dict) else text_of(value)
        if said:
            return said
    return ""
