"""Calls made up for tests."""

from typing import Any

from voipdesk.core.call_log import Call, Direction, Outcome, Source

START = 1_760_000_000_000


def make_call(number: int = 0, **fields: Any) -> Call:
    """Give the call that begins `number` seconds after START, answered unless told otherwise."""
    values: dict[str, Any] = {
        "identity": f"call {number}",
        "source": Source.USER,
        "name": "Ann Lee",
        "caller": "442079460958",
        "called": "1001",
        "direction": Direction.IN,
        "outcome": Outcome.ANSWERED,
        "started_at": START + number * 1000,
        "talk_s": 5,
    }
    return Call(**{**values, **fields})
