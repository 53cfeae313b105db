"""Notices of missed calls: which come, what they say, when they go, and what a press does."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest

from tests.fakes.around import FakeNotifier
from tests.fakes.calls import make_call
from voipdesk.archive.call_log import CallLogArchive
from voipdesk.core.call_log import Direction, Outcome, Source
from voipdesk.core.notices import Press
from voipdesk.gui.notices import presenter
from voipdesk.gui.notices.presenter import TASK, MissedNotices

NAMES = {"442079460001": "Ann <b>Lee</b> & Co"}


class Desk:
    """A log that calls are written into as they happen, and what the person sees and presses."""

    def __init__(self, desk, tasks, until):
        self.desk, self.tasks, self.until = desk, tasks, until
        self.notifier = FakeNotifier()
        self.log = CallLogArchive(desk.store)
        self.looking, self.called, self.shows, self.waiting = False, [], [], ()
        self.count = itertools.count(1)
        self.notices = MissedNotices(
            desk.missed_calls,
            desk.desktop_settings,
            self.notifier,
            tasks,
            begun=datetime.now(UTC) - timedelta(minutes=10),
            region=lambda: "GB",
            names=self.names,
            looking=lambda: self.looking,
            call_back=lambda *called: self.called.append(called),
            show_calls=self.shows.append,
        )
        self.notices.waiting_changed.subscribe(lambda calls: setattr(self, "waiting", calls))

    async def names(self, numbers):
        return {number: NAMES[number] for number in numbers if number in NAMES}

    async def call(self, caller, ago_s=60, **fields):
        begin = int((datetime.now(UTC) - timedelta(seconds=ago_s)).timestamp() * 1000)
        usual = {"outcome": Outcome.MISSED, "talk_s": None, "duration_s": 20, "name": "Bob Ray"}
        usual |= {"identity": f"{next(self.count)}", "caller": caller, "started_at": begin}
        call = make_call(**(usual | fields))
        await self.log.write("a", [call], [0], source=call.source)

    async def settle(self):
        """Let the program hear of what happened, and do what it does about it."""
        self.desk.call_log.changed.emit(None)
        await self.until(lambda: not self.tasks.running(TASK))

    @property
    def titles(self):
        return [notice.title for notice in self.notifier.shown.values()]


@pytest.fixture
async def office(desk, tasks, until, monkeypatch):
    monkeypatch.setattr(presenter, "_TOGETHER_S", 0)
    office = Desk(desk, tasks, until)
    yield office
    office.notices.close()


async def test_a_missed_call_is_told_once_by_name_and_number(office):
    await office.call("442079460001")
    await office.call("", ago_s=90, source=Source.QUEUE, name="Sales", outcome=Outcome.ABANDONED, duration_s=48)
    await office.settle()
    await office.settle()
    abandoned, missed = office.notifier.history
    assert missed.title == "Missed call from Ann <b>Lee</b> & Co"
    assert missed.body.startswith("+44 20 7946 0001 · for Bob Ray · ")
    assert missed.body.endswith(" · rang 20 s")
    assert missed.button == "Call back"
    assert abandoned.title == "Nobody took the call from a withheld number"
    assert abandoned.body.startswith("Sales queue · ")
    assert abandoned.button == "", "there is no number to call"
    assert len(office.waiting) == 2


async def test_what_was_over_before_the_start_is_not_told_but_waits(office):
    await office.call("442079460001", ago_s=1200)
    await office.settle()
    assert (office.titles, len(office.waiting)) == ([], 1)


async def test_a_press_on_call_back_calls_once_and_on_the_notice_shows_the_log(office):
    await office.call("442079460001")
    await office.settle()
    (tag,) = office.notifier.shown
    office.notifier.pressed(tag, Press.NOTICE, "token-1")
    office.notifier.pressed(tag, Press.BUTTON, "token-2")
    assert office.called == [("+44 20 7946 0001", "token-2")]
    assert office.shows == ["token-1"]
    office.notifier.pressed("stays", Press.NOTICE, "")
    assert office.shows == ["token-1", ""]


async def test_a_call_that_was_returned_or_seen_is_taken_back(office):
    for caller in ("442079460001", "442079460002"):
        await office.call(caller)
    await office.settle()
    assert len(office.titles) == 2
    await office.call("1001", ago_s=5, called="+442079460001", direction=Direction.OUT, outcome=Outcome.NO_ANSWER)
    await office.settle()
    assert office.titles == ["Missed call from +44 20 7946 0002"]
    office.looking = True
    await office.settle()
    assert (office.titles, office.waiting) == ([], ())


async def test_what_comes_while_the_log_is_looked_at_is_not_told(office):
    office.looking = True
    await office.call("442079460001")
    await office.settle()
    office.looking = False
    await office.settle()
    assert office.notifier.history == []


async def test_many_are_told_together_and_the_rest_of_them_quietly(office):
    for place in range(6):
        await office.call(f"44207946000{place + 2}", ago_s=100 - place)
    await office.settle()
    assert office.titles == ["6 missed calls wait"]
    (many,) = office.notifier.shown.values()
    assert many.body == ("+44 20 7946 0007, +44 20 7946 0006, +44 20 7946 0005, +44 20 7946 0004, and 2 others")
    office.notifier.pressed("many", Press.BUTTON, "token")
    assert (office.shows, office.called) == (["token"], [])
    await office.call("1001", ago_s=5, called="+442079460007", direction=Direction.OUT, outcome=Outcome.NO_ANSWER)
    await office.settle()
    assert office.titles == ["5 missed calls wait"]
    assert office.notifier.history[-1].quiet
    await office.call("442079460009", ago_s=2)
    await office.settle()
    assert office.titles == ["6 missed calls wait"]
    assert not office.notifier.history[-1].quiet
    office.looking = True
    await office.settle()
    assert office.titles == []


async def test_single_notices_make_room_for_the_one_of_many(office):
    for place in range(3):
        await office.call(f"44207946000{place + 2}")
    await office.settle()
    assert len(office.titles) == 3
    await office.call("442079460009")
    await office.settle()
    assert office.titles == ["4 missed calls wait"]


async def test_each_kind_can_be_switched_off_and_whose_calls_are_told(office):
    settings = office.desk.desktop_settings
    await office.call("442079460001")
    await office.call("442079460002", name="Cas Moe", ago_s=50)
    await office.call("442079460003", source=Source.QUEUE, name="Sales", outcome=Outcome.ABANDONED, ago_s=40)
    await settings.choose(missed_of="Cas Moe")
    await office.settle()
    assert sorted(office.titles) == ["Missed call from +44 20 7946 0002", "Nobody took the call from +44 20 7946 0003"]
    await settings.choose(notify_abandoned=False)
    await office.settle()
    assert office.titles == ["Missed call from +44 20 7946 0002"]
    await settings.choose(notify_missed=False)
    await office.settle()
    assert (office.titles, office.waiting) == ([], ())


async def test_nothing_is_told_while_the_person_is_not_to_be_disturbed_nor_afterwards(office):
    await office.desk.desktop_settings.choose(do_not_disturb=True)
    await office.call("442079460001")
    await office.settle()
    assert (office.notifier.history, len(office.waiting)) == ([], 1)
    await office.desk.desktop_settings.choose(do_not_disturb=False)
    await office.settle()
    assert office.notifier.history == []
