"""What comes to an open window from outside, on a real session: it comes forward, and shows what was opened."""

import asyncio

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit

from voipdesk.core.accounts import Account
from voipdesk.gui.session import Session
from voipdesk.settings.paths import Paths
from voipdesk.settings.preferences import Preferences
from voipdesk.settings.secrets import Secrets


class FakeArrivals:
    """Delivers what a test has come."""

    def __init__(self):
        self.take = None
        self.history = []

    def deliver_to(self, take):
        self.take = take
        self.history.append("listens" if take else "keeps")

    def close(self):
        self.take = None
        self.history.append("closed")


@pytest.fixture
def arrivals():
    return FakeArrivals()


@pytest.fixture
def secrets():
    return Secrets()


@pytest.fixture
def account(tmp_path, secrets, demo):
    preferences = Preferences(Paths.find(tmp_path / "home").settings_file)
    preferences.region = "GB"
    preferences.save_account(Account("demo", "Office", "voipcloud", "7040", {"base_url": demo.base_url}))
    secrets.set_for_run("demo", "api_key", demo.api_key)


@pytest.fixture
def sessions():
    return []


@pytest.fixture
async def open_window(theme, tmp_path, arrivals, secrets, sessions, until):
    running = []

    async def open_window(link=""):
        session = Session(theme, tmp_path / "home", link, demo_secrets=secrets, arrivals=arrivals)
        sessions.append(session)
        running.append((session, asyncio.ensure_future(session.run())))
        await until(lambda: arrivals.take, 30)
        await until(lambda: session._tasks.names <= {"call log: names"}, 30)
        return session.window

    yield open_window
    for session, task in running:
        session.window.close()
        await task
        session.window.deleteLater()


def entered(window):
    field = next(f for f in window.findChildren(QLineEdit) if f.accessibleName() == "Number to dial")
    return field.text()


async def test_a_link_brings_the_window_and_the_dial_field_forward(open_window, account, arrivals, until, demo):
    window = await open_window()
    window.showMinimized()
    arrivals.take("tel:7042", "", "")
    await until(lambda: window.current == "dial" and entered(window) == "tel:7042")
    assert not window.isMinimized()
    await until(window.isActiveWindow)
    assert demo.state().dials == []


async def test_of_many_at_once_the_last_is_shown(open_window, account, arrivals, until):
    window = await open_window()
    raised = []
    window.activateWindow = lambda: raised.append(1)
    for number in range(50):
        arrivals.take(f"tel:{number}", "", "")
    await until(lambda: window.current == "dial" and entered(window) == "tel:49")
    assert len(raised) == 1


async def test_a_pane_that_was_asked_for_is_shown_and_one_that_is_not_there_is_not(
    open_window, account, arrivals, until
):
    window = await open_window()
    arrivals.take("", "accounts", "")
    await until(lambda: window.current == "accounts")
    arrivals.take("", "nonsense", "")
    arrivals.take("", "", "")
    await asyncio.sleep(0.2)
    assert window.current == "accounts"


async def test_the_link_of_the_first_start_is_not_lost_to_one_without(open_window, account, arrivals, until):
    window = await open_window("tel:7042")
    arrivals.take("", "", "")
    await until(lambda: window.current == "dial" and entered(window) == "tel:7042")


async def test_without_an_account_it_is_said_what_to_do(open_window, arrivals, until):
    window = await open_window()
    arrivals.take("tel:7042", "", "")

    def said():
        return [label.text() for label in window.findChildren(QLabel) if "no account to dial with" in label.text()]

    await until(said)


async def test_a_window_that_ends_takes_no_more(open_window, account, arrivals, until):
    window = await open_window()
    window.close()
    await until(lambda: arrivals.history == ["listens", "closed"])


async def test_what_comes_while_the_demo_is_opened_in_its_place_is_kept_for_it(
    open_window, account, arrivals, sessions, until
):
    window = await open_window()
    sessions[0].demo_asked = True
    window.close()
    await until(lambda: arrivals.history == ["listens", "keeps"])
