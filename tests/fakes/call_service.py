"""A telephony service's call log, by hand: rows arrive, end, go and cannot be read, between and during requests."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from voipdesk.core.call_log import Call, CallPage, Direction, Outcome, Source, UnreadableRow

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass
class Row:
    """A row of the log; `raw` when it cannot be read."""

    source: Source
    started_at: datetime
    caller: str
    finished_at: datetime | None = None
    raw: str = ""
    tie: float = 0.0
    """Where it stands among rows of one start."""

    @property
    def call(self) -> Call:
        started = round(self.started_at.timestamp() * 1000)
        return Call(
            identity=f"{started}|{self.caller}",
            source=self.source,
            name="Ann Lee",
            caller=self.caller,
            called="7042",
            direction=Direction.IN,
            outcome=Outcome.ANSWERED if self.finished_at else Outcome.IN_PROGRESS,
            started_at=started,
            finished_at=round(self.finished_at.timestamp() * 1000) if self.finished_at else None,
        )


@dataclass
class CallService:
    """The service's side. `on_request` is called with each request's number before it is answered, and may raise."""

    zone: tzinfo = UTC
    until_is_exclusive: bool = False
    page_cap: int | None = None
    """A limit of the service's own, below the one asked for, that it says nothing about."""
    counts_pages: bool = False
    """Asked for a page by its number, it counts in pages of its own limit where that is below the one asked for."""
    shuffles_ties: bool = False
    rows: list[Row] = field(default_factory=list)
    requests: list[tuple[Source, date | None, date | None, int, int]] = field(default_factory=list)
    on_request: Callable[[int], None] | None = None
    random: random.Random = field(default_factory=lambda: random.Random(7))

    def add(
        self,
        started_at: datetime,
        caller: str = "+441",
        *,
        source: Source = Source.USER,
        finished_at: datetime | None = None,
    ) -> Row:
        row = Row(source, started_at, caller, finished_at or started_at + timedelta(minutes=2), tie=-len(self.rows))
        self.rows.append(row)
        return row

    def add_unreadable(self, started_at: datetime, raw: str, *, source: Source = Source.USER) -> None:
        self.rows.append(Row(source, started_at, "", raw=raw, tie=-len(self.rows)))

    def calls(self, source: Source | None = None) -> Counter[tuple[Source, int, str, int | None]]:
        """Every call as the log has it now, to compare with what the archive holds."""
        return Counter(summary(row.call) for row in self.rows if not row.raw and source in {None, row.source})

    def page(self, source: Source, since: date | None, until: date | None, limit: int, offset: int) -> list[Row]:
        def day(row: Row) -> date:
            return row.started_at.astimezone(self.zone).date()

        if until and self.until_is_exclusive:
            until -= timedelta(days=1)
        rows = [
            replace(row, tie=self.random.random()) if self.shuffles_ties else row
            for row in self.rows
            if row.source is source and (since is None or day(row) >= since) and (until is None or day(row) <= until)
        ]
        rows.sort(key=lambda row: (row.started_at, -row.tie), reverse=True)
        given = min(limit, self.page_cap or limit)
        offset = offset // limit * given if self.counts_pages else offset
        return rows[offset : offset + given]


def summary(call: Call) -> tuple[Source, int, str, int | None]:
    return call.source, call.started_at, call.caller, call.finished_at


class FakeCallClient:
    """A client of the service, with the call log capability."""

    def __init__(
        self,
        service: CallService,
        *,
        page_limit: int = 50,
        aligned: bool = False,
    ) -> None:
        self.service = service
        self.call_page_limit = page_limit
        self.call_pages_aligned = aligned

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
        assert 1 <= limit <= self.call_page_limit
        assert offset >= 0
        assert not self.call_pages_aligned or offset % limit == 0
        self.service.requests.append((source, since, until, limit, offset))
        if self.service.on_request:
            self.service.on_request(len(self.service.requests))
        rows = self.service.page(source, since, until, limit, offset)
        return CallPage(
            [row.call for row in rows if not row.raw], [UnreadableRow(row.raw, "no date") for row in rows if row.raw]
        )

    async def aclose(self) -> None:
        pass
