"""What the tables do not say themselves: their version, and what the numbers in them stand for."""

from __future__ import annotations

from voipdesk.core.call_log import Direction, Outcome

SCHEMA = "0006"
"""The version of the tables: the newest revision in `migrations/versions`, in a row of digits that sorts."""

DIRECTIONS = (Direction.IN, Direction.OUT)
OUTCOMES = (
    Outcome.ANSWERED,
    Outcome.MISSED,
    Outcome.NO_ANSWER,
    Outcome.IN_PROGRESS,
    Outcome.ABANDONED,
    Outcome.TIMED_OUT,
)
"""What the numbers in `calls.direction` and `calls.outcome` stand for: append, never reorder."""
