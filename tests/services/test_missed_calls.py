"""The calls that wait for somebody, read from a real archive."""

import itertools
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes.calls import START, make_call
from voipdesk.archive.call_log import CallLogArchive
from voipdesk.archive.dials import DialJournal
from voipdesk.archive.missed_calls import MissedCallArchive
from voipdesk.archive.store import Store
from voipdesk.core.call_log import Direction, Outcome, Source
from voipdesk.core.dial import DialOutcome
from voipdesk.core.missed_calls import MissedKind
from voipdesk.services.events import Event
from voipdesk.services.missed_calls import REACH, MissedCalls

CALLER, OTHER = "442079460958", "442079460111"
SPELT = {CALLER: ("+442079460958", "02079460958", CALLER), OTHER: (OTHER, "020 7946 0111", "+442079460111")}
GROUPS = (Source.QUEUE, Source.RING_GROUP)


class FakeDial:
    """What of the dial service is asked for."""

    region = "GB"

    def __init__(self):
        self.dialled = Event()


class FakeLog:
    def __init__(self):
        self.changed = Event()


class Office:
    """A PBX that writes its calls straight into an archive."""

    def __init__(self, store):
        self.log = CallLogArchive(store)
        self.journal = DialJournal(store)
        self.dial = FakeDial()
        self.now = START // 1000 + 3600
        self.calls = FakeLog()
        self.missed = MissedCalls(
            MissedCallArchive(store), self.calls, self.dial, lambda: datetime.fromtimestamp(self.now, UTC)
        )
        self.numbers = itertools.count()

    async def call(self, at, account="a", **fields):
        """Write a call that begins `at` seconds after START, and waits or rings 30 seconds."""
        begin = START + at * 1000
        usual = {"caller": CALLER, "outcome": Outcome.MISSED, "talk_s": None, "duration_s": 30}
        usual |= {"started_at": begin, "finished_at": begin + 30_000, "identity": f"{next(self.numbers)}"}
        call = make_call(**(usual | fields))
        await self.log.write(account, [call], [0], source=call.source)
        return call

    async def answer(self, at, **fields):
        """Write a call that is answered after ten seconds."""
        return await self.call(at, outcome=Outcome.ANSWERED, talk_s=20, **fields)

    async def out(self, at, number, outcome=Outcome.NO_ANSWER):
        await self.call(at, direction=Direction.OUT, caller="1001", called=number, outcome=outcome)

    async def waiting(self):
        return [(call.number, (call.logged.call.started_at - START) // 1000) for call in await self.missed.waiting()]


@pytest.fixture
async def office(tmp_path):
    store = await Store.open(tmp_path / "archive.sqlite")
    yield Office(store)
    await store.close()


async def test_calls_that_nobody_took_wait_newest_first(office):
    await office.call(0)
    await office.call(600, caller=OTHER, source=Source.QUEUE, name="Sales", outcome=Outcome.ABANDONED)
    await office.answer(900, caller="442079460777")
    await office.out(950, "442079460888")
    first, second = await office.missed.waiting()
    assert (first.number, first.kind, first.logged.call.name) == (OTHER, MissedKind.ABANDONED, "Sales")
    assert (second.number, second.kind) == (CALLER, MissedKind.MISSED)


@pytest.mark.parametrize("spelling", SPELT[CALLER])
async def test_a_later_outbound_call_settles_it_however_the_number_is_written(office, spelling):
    await office.out(-60, spelling)
    await office.call(0)
    assert await office.waiting() == [(CALLER, 0)], "that was before"
    await office.out(60, spelling)
    assert await office.waiting() == []


async def test_a_number_dialled_from_here_is_settled_before_the_log_tells_of_it(office):
    await office.call(0)
    at = datetime.fromtimestamp(START / 1000 + 60, UTC)
    refused = await office.journal.begin("a", "+442079460958", "1001", at)
    await office.journal.end(refused, DialOutcome.REFUSED)
    assert await office.waiting() == [(CALLER, 0)]
    taken = await office.journal.begin("a", "+442079460958", "1001", at)
    await office.journal.end(taken, DialOutcome.ACCEPTED)
    assert await office.waiting() == []


async def test_a_later_answered_call_from_the_number_settles_it_in_any_account_or_log(office):
    await office.answer(-600)
    await office.call(0)
    await office.answer(300, caller=OTHER)
    assert await office.waiting() == [(CALLER, 0)]
    await office.answer(600, account="b", source=Source.QUEUE, caller="+442079460958")
    assert await office.waiting() == []


async def test_a_caller_who_is_being_talked_to_waits_no_longer(office):
    await office.call(0)
    await office.call(60, outcome=Outcome.IN_PROGRESS, finished_at=None)
    assert await office.waiting() == [(CALLER, 0)], "it rings"
    await office.call(90, outcome=Outcome.IN_PROGRESS, finished_at=None, answered_at=START + 95_000)
    assert await office.waiting() == []


async def test_answered_elsewhere_is_not_missed(office):
    for name in ("Ann Lee", "Bob Ray"):
        await office.call(0, name=name, duration_s=10, finished_at=START + 10_000)
    await office.answer(0, name="Cas Moe")
    assert await office.waiting() == []


async def test_one_call_that_rings_several_telephones_waits_once(office):
    for name in ("Ann Lee", "Bob Ray", "Cas Moe"):
        await office.call(0, name=name)
    await office.call(0, account="b", name="Dee Poe")
    calls = await office.missed.waiting()
    assert sorted((call.logged.account_id, len(call.ids)) for call in calls) == [("a", 3), ("b", 1)]


async def test_a_queues_call_is_not_missed_by_its_agents(office):
    await office.call(20, name="Ann Lee", duration_s=15, finished_at=START + 35_000)
    await office.call(40, name="Bob Ray", duration_s=15, finished_at=START + 55_000)
    waits = await office.call(0, source=Source.QUEUE, name="Sales", outcome=Outcome.IN_PROGRESS, finished_at=None)
    assert await office.waiting() == [], "somebody may still take it"
    gave_up = {"outcome": Outcome.ABANDONED, "duration_s": 60, "finished_at": START + 60_000}
    await office.call(0, source=Source.QUEUE, name="Sales", identity=waits.identity, **gave_up)
    (call,) = await office.missed.waiting()
    assert (call.kind, call.logged.call.name) == (MissedKind.ABANDONED, "Sales")


async def test_of_a_telephone_and_a_group_that_rang_at_once_the_group_tells_the_call(office):
    await office.call(0, name="Ann Lee")
    await office.call(0, source=Source.RING_GROUP, name="Front desk", outcome=Outcome.TIMED_OUT)
    (call,) = await office.missed.waiting()
    assert (call.kind, call.logged.call.name, len(call.ids)) == (MissedKind.ABANDONED, "Front desk", 2)


async def test_a_withheld_number_is_settled_by_the_very_same_call_alone(office):
    await office.call(0, caller="")
    await office.call(600, caller="", source=Source.QUEUE, name="Sales")
    await office.answer(605, caller="", name="Ann Lee")
    await office.answer(3000, caller="", name="Ann Lee")
    assert await office.waiting() == [("", 0)]


async def test_seen_is_seen_for_good_and_the_next_call_is_not(office, tmp_path):
    told = []
    office.missed.changed.subscribe(lambda _: told.append("changed"))
    for name in ("Ann Lee", "Bob Ray"):
        await office.call(0, name=name)
    await office.call(100, caller=OTHER)
    _newest, oldest = await office.missed.waiting()
    await office.missed.see([oldest])
    await office.missed.see([oldest])
    assert await office.waiting() == [(OTHER, 100)]
    await office.missed.see_all()
    assert (await office.waiting(), len(told)) == ([], 3)
    await office.missed.see_all()
    assert len(told) == 3, "there was nothing to see"
    await office.call(200)
    again = await Store.open(tmp_path / "archive.sqlite")
    assert await Office(again).waiting() == [(CALLER, 200)]
    await again.close()


async def test_seeing_agents_rings_does_not_make_the_queues_call_seen(office):
    await office.call(20, name="Ann Lee")
    await office.call(0, source=Source.QUEUE, name="Sales", outcome=Outcome.IN_PROGRESS, finished_at=None, identity="q")
    await office.missed.see_all()
    await office.call(0, source=Source.QUEUE, name="Sales", outcome=Outcome.TIMED_OUT, identity="q")
    assert await office.waiting() == [(CALLER, 0)]


async def test_what_is_older_than_a_week_waits_no_longer(office):
    await office.call(0)
    office.now += REACH.total_seconds()
    assert await office.waiting() == []


async def test_it_tells_when_calls_come_and_numbers_are_dialled(office):
    told = []
    office.missed.changed.subscribe(told.append)
    office.calls.changed.emit(None)
    office.dial.dialled.emit(None)
    assert len(told) == 2


SLOT_S = timedelta(minutes=10).total_seconds()
NUMBER = st.sampled_from([CALLER, OTHER])
HAPPENINGS = st.one_of(
    st.tuples(st.just("user"), NUMBER, st.booleans()),
    st.tuples(st.just("phones"), NUMBER, st.booleans()),
    st.tuples(st.sampled_from(GROUPS), NUMBER, st.booleans()),
    st.tuples(st.just("out"), NUMBER, st.booleans()),
    st.tuples(st.just("see"), NUMBER, st.just(True)),
)


async def happen(office, place, what, number, good):
    """Let one thing happen, in all the logs a PBX would write it into."""
    at, caller = int(place * SLOT_S), SPELT[number][place % 3]
    taken = office.answer if good else office.call
    if what == "user":
        await taken(at, caller=caller)
    elif what == "phones":
        await office.call(at, caller=caller, name="Ann Lee")
        await taken(at, caller=caller, name="Bob Ray")
    elif what == "out":
        await office.out(at, caller, Outcome.ANSWERED if good else Outcome.NO_ANSWER)
    elif what == "see":
        await office.missed.see_all()
    else:
        ends = {"source": what, "name": "Sales", "duration_s": 90, "finished_at": START + (at + 90) * 1000}
        end = {"outcome": Outcome.ANSWERED, "talk_s": 20} if good else {"outcome": Outcome.ABANDONED}
        await office.call(at + 10, caller=caller, name="Ann Lee", duration_s=15)
        if good:
            await office.call(at + 60, caller=caller, name="Bob Ray", outcome=Outcome.ANSWERED, talk_s=20)
        await office.call(at, caller=caller, **ends, **end)


@given(story=st.lists(HAPPENINGS, max_size=9))
@settings(max_examples=40)
def test_in_any_story_those_wait_that_nobody_took_saw_or_returned(story):
    import asyncio

    async def play(folder):
        store = await Store.open(Path(folder) / "archive.sqlite")
        try:
            office = Office(store)
            office.now += len(story) * SLOT_S
            for place, (what, number, good) in enumerate(story):
                await happen(office, place, what, number, good)
            return [(number, at) for number, at in await office.waiting()]
        finally:
            await store.close()

    expected: dict[str, list[int]] = {CALLER: [], OTHER: []}
    for place, (what, number, good) in enumerate(story):
        if what == "see":
            expected = {CALLER: [], OTHER: []}
        elif what == "out" or good:
            expected[number] = []
        else:
            expected[number].append(int(place * SLOT_S))
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(play(folder))
    by_spelling = {spelling: number for number, spellings in SPELT.items() for spelling in spellings}
    assert [(by_spelling[number], at) for number, at in found] == sorted(
        ((number, at) for number, times in expected.items() for at in times), key=lambda pair: -pair[1]
    )
