"""Calls as the services report them, what the log can be asked for, and what it answers."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Protocol, runtime_checkable

import msgspec

from voipdesk.core.language import N_, _, pgettext

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime


class Source(StrEnum):
    """Whose log a call stands in."""

    USER = "user"
    QUEUE = "queue"
    RING_GROUP = "ring-group"

    @property
    def label(self) -> str:
        """Its kind as a word in a list."""
        return _(_SOURCES[self])  # NON-NLS: marked in its table


_SOURCES = {Source.USER: N_("user"), Source.QUEUE: N_("queue"), Source.RING_GROUP: N_("ring group")}


class Direction(StrEnum):
    """Seen from the office."""

    IN = "in"
    OUT = "out"

    @property
    def label(self) -> str:
        """The direction as a word in a list."""
        return pgettext("call", "in") if self is Direction.IN else pgettext("call", "out")


class Outcome(StrEnum):
    """How a call ended."""

    ANSWERED = "answered"
    MISSED = "missed"
    """A user's incoming call that nobody took."""
    NO_ANSWER = "no-answer"
    """A user's outgoing call that the other side did not take."""
    IN_PROGRESS = "in-progress"
    ABANDONED = "abandoned"
    """The caller hung up in the queue or ring group."""
    TIMED_OUT = "timed-out"
    """The queue or ring group gave up."""

    @property
    def label(self) -> str:
        """The outcome as a word in a list."""
        return _(_OUTCOMES[self])  # NON-NLS: marked in its table


_OUTCOMES = {
    Outcome.ANSWERED: N_("answered"),
    Outcome.MISSED: N_("missed"),
    Outcome.NO_ANSWER: N_("no answer"),
    Outcome.IN_PROGRESS: N_("in progress"),
    Outcome.ABANDONED: N_("abandoned"),
    Outcome.TIMED_OUT: N_("timed out"),
}


class Call(msgspec.Struct, frozen=True, gc=False):
    """One call as one source of one account reports it. A Struct, since a page makes 10,000 of them.

    Texts are as the service sent them, "" where it says nothing. Times are milliseconds since 1970 in UTC, None where
    the service says nothing. Durations are seconds.
    """

    identity: str
    """The fields that never change in the life of the call, as sent, joined; equal for calls nothing tells apart."""
    source: Source
    name: str
    """The user, queue or ring group in whose log it stands."""
    caller: str
    called: str
    direction: Direction
    outcome: Outcome
    started_at: int
    caller_name: str = ""
    called_name: str = ""
    answered_at: int | None = None
    finished_at: int | None = None
    duration_s: int | None = None
    """Ringing or waiting and talking together."""
    talk_s: int | None = None
    answered_by: str = ""


class UnreadableRow(msgspec.Struct, frozen=True):
    """A row that cannot be read as a call, kept as it came."""

    raw: str
    reason: str


class CallPage(msgspec.Struct, frozen=True):
    """What one request for calls brought, newest first."""

    calls: list[Call]
    unreadable: list[UnreadableRow]

    @property
    def row_count(self) -> int:
        """Rows the service sent, readable or not: fewer than the limit means that the log ends here."""
        return len(self.calls) + len(self.unreadable)


@runtime_checkable
class HasCallLog(Protocol):
    """Offered by a client whose service keeps a log of calls."""

    @property
    def call_page_limit(self) -> int:
        """The most rows one request may ask for."""
        ...

    @property
    def call_pages_aligned(self) -> bool:
        """Whether the service counts in pages: `offset` must then be a multiple of `limit`."""
        ...

    async def fetch_calls(
        self,
        source: Source,
        *,
        since: date | None = None,
        until: date | None = None,
        limit: int = 100,
        offset: int = 0,
        names: Sequence[str] = (),
    ) -> CallPage:
        """Fetch calls newest first; days are the service's own, both inclusive, so ask a day more on either side."""
        ...


class CallFilter(msgspec.Struct, frozen=True):
    """What the log is asked for; what is None or empty does not narrow it."""

    account_id: str | None = None
    sources: tuple[Source, ...] = ()
    name: str = ""
    """User, queue or ring group, whole."""
    direction: Direction | None = None
    outcomes: tuple[Outcome, ...] = ()
    since: datetime | None = None
    """Aware; inclusive."""
    until: datetime | None = None
    """Aware; exclusive."""
    search: str = ""
    """Any part of a name or number; numbers may be typed with spaces and in national or international form."""


class CallKey(NamedTuple):
    """Where a call stands in the log, newest first; greater is newer."""

    started_at: int
    id: int


class LoggedCall(msgspec.Struct, frozen=True, gc=False):
    """A call as the archive keeps it."""

    id: int
    account_id: str
    account_name: str
    call: Call

    @property
    def key(self) -> CallKey:
        """Its place in the log."""
        return CallKey(self.call.started_at, self.id)


class CallTotals(msgspec.Struct, frozen=True):
    """Sums over all that a filter matches."""

    count: int
    missed: int
    """Missed, abandoned and timed out."""
    talk_s: int
