"""Placing a call: the PBX rings the user's phone and then the number."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Dialled:
    """What the service said when it took the call; "" where it said nothing."""

    call_id: str = ""
    text: str = ""


@runtime_checkable
class CanDial(Protocol):
    """Offered by a client whose service can place a call for a user's phone."""

    async def dial(self, number: str, my_number: str) -> Dialled:
        """Ring `my_number` and, once it is answered, call `number` (`+` and digits, or an extension).

        Sent once, never again. Raises OutcomeUnknown when it was sent and the answer was lost.
        """
        ...


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone that can be rung first: its extension, and whose it is."""

    number: str
    name: str = ""


class DialOutcome(StrEnum):
    """What became of a number that was dialled, in the journal of dials."""

    SENT = "sent"
    """Written before the request goes out: found later without a successor, the program was killed in between."""
    ACCEPTED = "accepted"
    REFUSED = "refused"
    NOT_SENT = "not-sent"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class DialRecord:
    """One line of the journal of dials."""

    id: int
    account_id: str
    number: str
    my_number: str
    at: datetime
    outcome: DialOutcome
    text: str = ""
