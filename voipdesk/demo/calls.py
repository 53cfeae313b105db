"""One telephone call as the exchange knows it; the rows of the logs are what users, queues and groups see of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from voipdesk.core.call_log import Source

if TYPE_CHECKING:
    from voipdesk.demo.people import Customer, Desk, User


class Ending(StrEnum):
    """How it ends, in VoIPcloud's words for queues and ring groups."""

    ANSWERED = "answered"
    ABANDONED = "abandoned"
    TIMED_OUT = "timedout"


@dataclass(frozen=True, slots=True)
class PhoneCall:
    """A call from its first to its last second, known in full from the start; who looks at it earlier sees less.

    `started` is in whole seconds since 1970, UTC; all else is seconds from there.
    """

    id: int
    started: int
    customer: Customer
    inbound: bool
    ending: Ending
    answered_after: int
    """Until it is answered or, when it never is, given up."""
    talk: int
    """0 unless answered."""
    user: User | None
    """Who was called, calls, or answered at the desk."""
    desk: Desk | None = None
    """The queue or ring group that took it."""
    desk_source: Source | None = None
    rang_after: int = 0
    """When the user's own phone began to ring."""

    @property
    def sources(self) -> tuple[Source, ...]:
        """The logs it stands in: a call answered at a desk is in the answering user's log too."""
        if self.desk_source is None:
            return (Source.USER,)
        return (self.desk_source, Source.USER) if self.user else (self.desk_source,)

    @property
    def rang(self) -> int:
        """When the user's phone began to ring, in seconds since 1970."""
        return self.started + self.rang_after

    @property
    def answered(self) -> int | None:
        """When it was answered, in seconds since 1970; None if never."""
        return self.started + self.answered_after if self.ending is Ending.ANSWERED else None

    @property
    def finished(self) -> int:
        """When it ended, in seconds since 1970."""
        return self.started + self.answered_after + self.talk

    def starts_in(self, source: Source) -> int:
        """When it begins as that log tells it, in seconds since 1970."""
        return self.rang if source is Source.USER else self.started
