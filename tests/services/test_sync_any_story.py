"""Whatever happens between a service and a program that syncs with it, in the end the archive holds the log."""

import asyncio
import os
import random
import tempfile
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes.call_service import CallService
from tests.services.sync_desk import OFFICE, START, sync_desk
from voipdesk.core.call_log import Source
from voipdesk.core.errors import Unreachable


class Killed(BaseException):
    """The program ends here, wherever that is."""


EVENTS = st.one_of(
    st.tuples(st.just("pass"), st.sampled_from([1, 30, 60 * 5, 60 * 26, 60 * 24 * 9])),
    st.tuples(st.just("arrive"), st.integers(1, 30)),
    st.tuples(st.just("enter late"), st.integers(1, 150)),
    st.tuples(st.just("end"), st.just(0)),
    st.tuples(st.just("unreadable"), st.integers(0, 60)),
    st.tuples(st.just("refresh"), st.integers(0, 6)),
    st.tuples(st.just("backfill"), st.integers(0, 12)),
)


class Story:
    """Plays events against the service and a program that is started anew after each kill."""

    def __init__(self, seed: int, page_limit: int) -> None:
        self.random = random.Random(seed)
        self.page_limit = page_limit
        self.now = START
        self.service = CallService(random=self.random, shuffles_ties=True)
        for n in range(self.random.randrange(150)):
            self.arrive(START - timedelta(hours=n * 3), ends=True)

    def arrive(self, at, *, ends: bool) -> None:
        for _ in range(self.random.choice([1, 1, 1, 2, 3])):
            row = self.service.add(at, f"+44{self.random.randrange(4)}")
            row.finished_at = row.finished_at if ends else None

    def end_calls(self) -> None:
        for row in self.service.rows:
            if not row.raw and row.finished_at is None:
                row.finished_at = self.now

    def happens(self, what: str, amount: int) -> None:
        match what:
            case "pass":
                if amount > 60 * 12:
                    self.end_calls()  # a call lasts a day at the most, or nobody looks for its end
                self.now += timedelta(minutes=amount)
            case "arrive":
                for _ in range(amount):
                    at = self.now - timedelta(seconds=self.random.randrange(120))
                    self.arrive(at, ends=self.random.random() < 0.8)
            case "enter late":
                self.arrive(self.now - timedelta(minutes=amount), ends=True)
            case "end":
                self.end_calls()
            case "unreadable":
                self.service.add_unreadable(self.now, f"row {len(self.service.rows)}")

    async def run(self, file: Path, story: list[tuple[str, int]]) -> None:
        for what, amount in story:
            if what in {"refresh", "backfill"}:
                await self.sync(file, what, amount)
            else:
                self.happens(what, amount)
        self.service.on_request = None
        self.end_calls()
        self.now += timedelta(days=4)
        async with sync_desk(file, self.service, page_limit=self.page_limit, now=self.now) as desk:
            await desk.sync.refresh(OFFICE)
            await desk.sync.backfill(OFFICE)
            assert await desk.archived() == self.service.calls()
            assert await desk.archive.unreadable_count() == sum(bool(row.raw) for row in self.service.rows)
            progress = await desk.state.progress(OFFICE.id, Source.USER)
            assert progress.whole

    async def sync(self, file: Path, what: str, kill_at: int) -> None:
        """Sync while calls arrive; lose the connection or be killed at a request, or, with 0, get to the end."""
        count = 0

        def on_request(_: int) -> None:
            nonlocal count
            count += 1
            if self.random.random() < 0.5:
                self.arrive(self.now - timedelta(seconds=self.random.randrange(90)), ends=True)
            if count == kill_at:
                raise self.random.choice([Killed(), Unreachable("Gone.")])

        self.service.on_request = on_request
        async with sync_desk(file, self.service, page_limit=self.page_limit, now=self.now) as desk:
            with suppress(Killed, Unreachable):
                await getattr(desk.sync, what)(OFFICE)


@settings(max_examples=int(os.environ.get("STORIES", "50")))
@given(story=st.lists(EVENTS, max_size=12), seed=st.integers(0, 10**6), page_limit=st.sampled_from([12, 17, 30, 100]))
def test_no_story_loses_or_doubles_a_call(story, seed, page_limit):
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(Story(seed, page_limit).run(Path(folder) / "archive.db", story))
