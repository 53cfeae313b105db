"""The living exchange: the year behind it, the calls that come in while it runs, and the ones that are dialled."""

from __future__ import annotations

import dataclasses
import random
from bisect import insort
from collections import OrderedDict
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from voipdesk.core.call_log import Source
from voipdesk.demo.calls import Ending, PhoneCall
from voipdesk.demo.people import QUEUES, RING_GROUPS, USERS, Customer, customer
from voipdesk.demo.rows import call_id, odd_row, row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from voipdesk.demo.clock import Clock
    from voipdesk.demo.data import History
    from voipdesk.demo.people import User
    from voipdesk.demo.rows import Version
    from voipdesk.demo.switches import Switches

_CHUNK = 1_000
_CHUNKS_KEPT = 256
"""Written rows held, some 330 bytes each: 80 MiB at most."""
_LIVE_IDS = 1 << 26
"""Ids of calls made while it runs begin above those of the year."""
_encode = msgspec.json.Encoder().encode


class Question(NamedTuple):
    """What a request asks of a log; times are seconds since 1970, `until` exclusive."""

    source: Source
    version: Version
    since: int | None = None
    until: int | None = None
    limit: int = 100
    offset: int = 0
    names: frozenset[str] = frozenset()
    call_id: str = ""


class Exchange:
    """Answers for the calls of one tenant; what happens follows from the clock alone, so nothing runs in between."""

    def __init__(self, clock: Clock, history: History, *, seed: int, calls_per_hour: float) -> None:
        """Let `calls_per_hour` calls arrive from now on, at random moments that the seed decides."""
        self._clock = clock
        self._history = history
        self._random = random.Random(seed)  # noqa: S311 - the same for a seed
        self._pace = calls_per_hour / 3600
        self._next_arrival = clock.seconds() + self._random.expovariate(self._pace) if self._pace else None
        self._live: list[PhoneCall] = []
        self._written: OrderedDict[tuple[Source, Version, int], list[bytes]] = OrderedDict()
        self._spans: dict[Question, list[int]] = {}

    def user(self, extension: str) -> User | None:
        """Find the user with that extension or direct number."""
        return next((user for user in USERS if extension.lstrip("+") in {user.extension, user.direct}), None)

    def dial(self, user: User, number: str, *, user_answers: bool = True) -> PhoneCall:
        """Ring the user for two seconds and, if they answer, the number; they talk for 6 to 20 seconds."""
        rings = 2 + self._random.randrange(2, 5)
        call = PhoneCall(
            id=self._next_id(),
            started=int(self._clock.seconds()),
            customer=Customer(number.lstrip("+"), ""),
            inbound=False,
            ending=Ending.ANSWERED if user_answers else Ending.TIMED_OUT,
            answered_after=rings if user_answers else 20,
            talk=self._random.randint(6, 20) if user_answers else 0,
            user=user,
        )
        return self.place(call)

    def place(self, call: PhoneCall) -> PhoneCall:
        """Add a call."""
        insort(self._live, call, key=lambda other: (other.started, other.id))
        return call

    def arrive(self, source: Source, count: int) -> None:
        """Let calls come in that begin and end this second, so that they stand at the top of that log at once."""
        for _ in range(count):
            desk = None if source is Source.USER else (QUEUES if source is Source.QUEUE else RING_GROUPS)[0]
            self.place(
                PhoneCall(
                    id=self._next_id(),
                    started=int(self._clock.seconds()),
                    customer=customer(self._random.randrange(150)),
                    inbound=True,
                    ending=Ending.ABANDONED,
                    answered_after=0,
                    talk=0,
                    user=self._random.choice(USERS) if desk is None else None,
                    desk=desk,
                    desk_source=None if desk is None else source,
                )
            )

    def double(self, source: Source, place: int) -> None:
        """Let the year's call at that place (0 the newest) stand twice in a log."""
        self._history.double(source, self._history.count(source) - 1 - place)
        self._written.clear()
        self._spans.clear()

    def ask(self, question: Question, switches: Switches) -> list[bytes]:
        """Answer with encoded rows, newest first."""
        self._arrivals()
        now = int(self._clock.seconds())
        live = [call for call in self._live_in(question, now) if _wanted(call, question)]
        page = live[question.offset : question.offset + question.limit]
        past = self._past(question)
        first = max(0, question.offset - len(live))
        positions = past[::-1][first : first + question.limit - len(page)]
        if switches.odd_rows:
            calls = page + self._history.calls(question.source, positions)
            version = question.version
            return [
                _encode(odd_row(call, question.source, version, switches, place=question.offset + at, now=now))
                for at, call in enumerate(calls)
            ]
        rows = [_encode(row(call, question.source, question.version, now=now)) for call in page]
        rows.extend(self._rows(question.source, question.version, positions))
        return rows

    def write_out(self, source: Source, version: Version) -> None:
        """Write the newest 256,000 rows of the year's log now, so that no page waits for it; for measurements."""
        last = (self._history.count(source) - 1) // _CHUNK
        for number in range(max(0, last - _CHUNKS_KEPT + 1), last + 1):
            self._chunk(source, version, number)

    def count(self, source: Source) -> int:
        """Rows of a log as it stands."""
        self._arrivals()
        question = Question(source, "v1")
        return self._history.count(source) + len(self._live_in(question, int(self._clock.seconds())))

    def _live_in(self, question: Question, now: int) -> list[PhoneCall]:
        """Give the calls since the start that the log shows by now, newest first.

        A user's call shows from its first ring, with its end open; version 2 has no way to say so, and queues and ring
        groups say how a call ended, so there it shows when it is over.
        """
        source = question.source
        open_ended = source is Source.USER and question.version == "v1"
        found = [
            call
            for call in self._live
            if source in call.sources and (call.starts_in(source) if open_ended else call.finished) <= now
        ]
        return sorted(found, key=lambda call: (call.starts_in(source), call.id), reverse=True)

    def _past(self, question: Question) -> Sequence[int]:
        span = self._history.span(question.source, question.since, question.until)
        if not question.names and not question.call_id:
            return span
        key = question._replace(limit=0, offset=0)
        if key not in self._spans:
            calls = self._history.calls(question.source, span)
            self._spans[key] = [at for at, call in zip(span, calls, strict=True) if _wanted(call, question)]
        return self._spans[key]

    def _rows(self, source: Source, version: Version, positions: Sequence[int]) -> Iterator[bytes]:
        """Give the year's rows at positions that fall, as one slice of a chunk after the other."""
        at = 0
        while at < len(positions):
            number, within = divmod(positions[at], _CHUNK)
            chunk = self._chunk(source, version, number)
            run = min(within + 1, len(positions) - at)
            if positions[at] - positions[at + run - 1] == run - 1:
                yield from chunk[within - run + 1 : within + 1][::-1]
            else:
                run = 1
                yield chunk[within]
            at += run

    def _chunk(self, source: Source, version: Version, number: int) -> list[bytes]:
        key = (source, version, number)
        if key not in self._written:
            positions = range(number * _CHUNK, min((number + 1) * _CHUNK, self._history.count(source)))
            calls = self._history.calls(source, positions)
            self._written[key] = [_encode(row(call, source, version)) for call in calls]
            if len(self._written) > _CHUNKS_KEPT:
                self._written.popitem(last=False)
        self._written.move_to_end(key)
        return self._written[key]

    def _arrivals(self) -> None:
        """Let the calls come in that should have since the last look."""
        while self._next_arrival is not None and self._next_arrival <= self._clock.seconds():
            self._arrival(int(self._next_arrival))
            self._next_arrival += self._random.expovariate(self._pace)

    def _arrival(self, at: int) -> None:
        """One call as the year has them, made now."""
        if not self._history.call_count:
            self.arrive(Source.USER, 1)
            return
        model = self._history.call(self._random.randrange(self._history.call_count))
        self.place(dataclasses.replace(model, id=self._next_id(), started=at))

    def _next_id(self) -> int:
        return _LIVE_IDS + len(self._live)


def _wanted(call: PhoneCall, question: Question) -> bool:
    start = call.starts_in(question.source)
    if question.since is not None and start < question.since:
        return False
    if question.until is not None and start >= question.until:
        return False
    name = (call.user if question.source is Source.USER else call.desk) if question.names else None
    if question.names and (name is None or name.name not in question.names):
        return False
    return not question.call_id or call_id(call) == question.call_id
