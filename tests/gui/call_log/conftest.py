"""The call log's pane on a fake log, shown and loaded, on Qt's own loop."""

import asyncio
from dataclasses import dataclass, field

import pytest
import pytest_asyncio

from tests.fakes.call_log import FakeCallLog
from voipdesk.core.accounts import Account
from voipdesk.gui.call_log import presenter, reader, unreturned
from voipdesk.gui.call_log.first_look import FirstLook
from voipdesk.gui.call_log.presenter import CallLogPane
from voipdesk.gui.messages import Messages
from voipdesk.gui.tasks import Tasks
from voipdesk.gui.theme import Theme
from voipdesk.services.backfill_loop import BackfillState
from voipdesk.services.events import Event
from voipdesk.services.schedule import ScheduleState


class FakeAccounts:
    def __init__(self, *names):
        self.changed = Event()
        self.error = None
        self.accounts = tuple(Account(name.lower(), name, "voipcloud") for name in names)

    def list(self):
        if self.error:
            raise self.error
        return self.accounts


class FakeSchedule:
    def __init__(self):
        self.changed = Event()
        self.states = {}
        self.asked = []
        self.fail_with = None

    def tell(self, state):
        self.states[state.account_id] = state
        self.changed.emit(state)

    def state(self, account_id):
        return self.states.get(account_id, ScheduleState(account_id))

    async def refresh_now(self, account):
        self.asked.append(("refresh", account.id))
        if self.fail_with:
            raise self.fail_with

    def cancel_backfill(self, account_id):
        self.asked.append(("cancel", account_id))
        self.tell(ScheduleState(account_id, backfill=BackfillState.CANCELLED))

    def resume_backfill(self, account_id):
        self.asked.append(("resume", account_id))
        self.tell(ScheduleState(account_id, backfill=BackfillState.DONE))


class FakeContacts:
    """Names by number as it is sent; `asked` lists what was asked for at once."""

    def __init__(self):
        self.changed = Event()
        self.known = {}
        self.asked = []

    async def names(self, numbers):
        self.asked.append(set(numbers))
        return {number: self.known[number] for number in numbers if number in self.known}


class FakePreferences(dict):
    region = "GB"

    def get(self, key, default):
        return super().get(key, default)

    def set(self, key, value):
        self[key] = value


async def until(condition, seconds=10):
    """Let the loop run until a condition holds; fail when it never does."""
    deadline = asyncio.get_running_loop().time() + seconds
    while not condition():
        assert asyncio.get_running_loop().time() < deadline, "it never came to be"
        await asyncio.sleep(0.002)


class FakeMissedCalls:
    """`calls` wait for somebody."""

    def __init__(self):
        self.changed = Event()
        self.calls = []

    async def waiting(self):
        return self.calls


@dataclass
class Desk:
    """The pane with everything around it; `settled` waits until nothing is under way."""

    theme: Theme
    log: FakeCallLog
    accounts: FakeAccounts
    schedule: FakeSchedule = field(default_factory=FakeSchedule)
    preferences: FakePreferences = field(default_factory=FakePreferences)
    called: list = field(default_factory=list)
    contacts: FakeContacts = field(default_factory=FakeContacts)
    missed_calls: FakeMissedCalls = field(default_factory=FakeMissedCalls)

    def __post_init__(self):
        self.messages = Messages()
        self.bugs = []
        self.tasks = Tasks(self.messages.error)
        self.pane = None

    async def open(self, size=(1000, 600)):
        self.pane = CallLogPane(
            self.log,
            self.accounts,
            self.schedule,
            self.preferences,
            self.tasks,
            self.messages,
            FirstLook(self.theme, self.preferences),
            contacts=lambda: self.contacts,
            missed_calls=lambda: self.missed_calls,
            call_back=self.called.append,
            open_contact=lambda *contact: self.called.append(contact),
            connect=lambda: self.called.append("connect"),
        )
        self.view = self.pane.widget
        self.table = self.view.table
        self.model = self.table.model()
        self.view.resize(*size)
        self.view.show()
        self.view.activateWindow()
        self.pane.shown()
        await self.settled()
        return self

    async def settled(self):
        names = ("load", "pages", "follow", "unreturned", "numbers", "copy", "call back", "contacts")
        await until(lambda: not any(self.tasks.running(f"call log: {name}") for name in names))

    def text(self, row):
        """What a row says, cells joined; "" while it is not loaded."""
        return " ".join(text for cell in self.model.cells(row) or () for text in cell if text)

    @property
    def top(self):
        """The id of the call in the uppermost row in sight, and how far it is scrolled beyond its edge."""
        row, rest = divmod(self.table.verticalScrollBar().value(), self.table.row_height)
        return self.model.call(row).id, rest

    def scroll_to(self, row, rest=0):
        self.table.verticalScrollBar().setValue(row * self.table.row_height + rest)


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """Leave out the pauses in which somebody may type another letter, drag a column further, or more calls come."""
    monkeypatch.setattr(reader, "ANCHORS_AFTER_S", 0)
    monkeypatch.setattr(presenter, "_KEEP_AFTER_MS", 0)
    monkeypatch.setattr(unreturned, "_AFTER_S", 0)


@pytest_asyncio.fixture
async def open_desk(theme):
    """Build and show a pane; everything is taken down after the test, and a bug in it fails the test."""
    bugs, desks = [], []
    asyncio.get_running_loop().set_exception_handler(lambda _loop, context: bugs.append(context))

    async def build(log=None, accounts=("Office",), **options):
        desk = Desk(theme, log if log is not None else FakeCallLog(), FakeAccounts(*accounts), **options)
        desks.append(desk)
        return await desk.open()

    yield build
    for desk in desks:
        await desk.tasks.cancel_all()
        if desk.pane is not None:
            desk.pane.close()
            desk.view.close()
            desk.view.deleteLater()
    await asyncio.sleep(0)
    assert not bugs
