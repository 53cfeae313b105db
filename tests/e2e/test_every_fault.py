"""Every fault gives its own sentence, on the command line and in the window, and the archive stays readable."""

import asyncio
import re
import shutil
import socket
import time
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QToolButton

from tests.e2e.faults import CASES, move, only_this
from tests.e2e.program import Here, Program
from voipdesk.core.accounts import Account
from voipdesk.gui.call_log import reader
from voipdesk.gui.call_log.view import CallLogView
from voipdesk.gui.dial.view import DialView
from voipdesk.gui.session import Session
from voipdesk.gui.widgets.message_strip import MessageStrip
from voipdesk.providers import http
from voipdesk.services.desk import Desk
from voipdesk.settings.secrets import Secrets

ALONE = ("slow", *(name for name, case in CASES.items() if not case.faults))
"""A window of its own for what is about the whole of its connection."""
MANY = [name for name in CASES if name not in ALONE]


@pytest.fixture(scope="module")
def synced(demo_server, tmp_path_factory):
    """A home whose log is read, to be copied."""
    home = tmp_path_factory.mktemp("synced") / "home"

    async def fill():
        desk = await Desk.open(home, secrets=with_key(demo_server))
        try:
            account = Account("office", "Office", "voipcloud", "7040", {"base_url": demo_server.base_url})
            desk.preferences.save_account(account)
            desk.preferences.region = "GB"
            await desk.sync.backfill(account)
        finally:
            await desk.close()

    asyncio.run(fill())
    return home


@pytest.fixture
def desk_home(synced, tmp_path):
    return shutil.copytree(synced, tmp_path / "home")


@pytest.fixture
def closed_port():
    """A port of this computer that nobody listens at."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and nobody else will: it is bound
        yield taken.getsockname()[1]


def with_key(server):
    secrets = Secrets()
    secrets.set_for_run("office", "api_key", server.api_key)
    return secrets


def bring_about(case, demo, home, closed_port):
    if case.faults:
        demo.fault(**case.faults)
    else:
        move(home, case.base_url.format(closed=closed_port))


def seconds_until(clock: str) -> int:
    """Seconds from now to a time of day as the local clock shows it."""
    hours, minutes, seconds = map(int, clock.split(":"))
    now = datetime.now().astimezone()
    return (hours * 3600 + minutes * 60 + seconds - now.hour * 3600 - now.minute * 60 - now.second) % 86400


COMMANDS = ("sync",), ("dial", "+44 20 7946 0958", "--format", "json")


@pytest.mark.parametrize("name", CASES)
def test_on_the_command_line(name, demo, desk_home, closed_port, monkeypatch):
    case = CASES[name]
    bring_about(case, demo, desk_home, closed_port)
    if name == "slow":
        monkeypatch.setattr(http, "TIMEOUT_S", 1.0)
    run = Here(common=("--home", str(desk_home), "--secret-stdin"), stdin=demo.api_key)
    sync, dial = (run(*command) for command in COMMANDS)
    assert only_this(name, sync.err)
    if case.closes:
        assert "said there were too many requests" in dial.err, "nothing was sent this time"
    else:
        assert only_this(name, dial.err), dial
    told_on_the_command_line(case, demo, sync, dial)
    if case.closes:
        earliest, latest = (17, 77) if name == "wait" else (300, 900)
        for each in (sync, dial):
            assert earliest <= seconds_until(re.search(r"Try again at ([\d:]{8})\.", each.err).group(1)) <= latest
    while name == "slow" and sum(demo.state().requests.values()) < 2:
        time.sleep(0.05)  # the service does in the end what it was asked for
    assert demo.state().dials_accepted == (name in {"slow", "cut after", "cut in the middle"}), "never sent again"
    assert (demo.state().redirects_followed, demo.state().keys_in_url) == (0, 0)
    calls = run("calls", "--format", "json")
    assert (calls.code, len(calls.json)) == (0, 300)


def test_on_the_command_line_in_two_programs_at_once(demo, desk_home):
    demo.fault(**CASES["cut after"].faults)
    run = Program(common=("--home", str(desk_home), "--secret-stdin"), stdin=demo.api_key)
    ended = [run.finish(process) for process in [run.start(*command) for command in COMMANDS]]
    assert all(only_this("cut after", each.err) for each in ended), ended
    told_on_the_command_line(CASES["cut after"], demo, *ended)
    assert demo.state().dials_accepted == 1, "never sent again"
    assert len(run("calls", "--format", "json").json) == 300


def told_on_the_command_line(case, demo, sync, dial):
    assert (sync.code, dial.code) == (case.code, case.dial_code)
    for each in (sync, dial):
        assert each.out == ""
        assert 1 <= len(each.err.splitlines()) <= 2, each.err
        assert each.err.startswith("voipdesk: ")
        assert "Traceback" not in each.err
        assert demo.api_key not in each.err


async def test_in_the_window(open_window, the_card_says, demo, until, find, qtbot):
    window = await open_window()
    for name in MANY:
        case = CASES[name]
        demo.fault(**case.faults)
        await the_strip_says(name, window, until, find, qtbot)
        if case.closes:
            break
        await the_card_says(name, window)
        demo.clear_faults()
    assert demo.state().dials_accepted == 2, "never sent again"
    window.go_to("call_log")
    field = find(window, QLineEdit, "Search the call log by name or number")
    qtbot.keyClicks(field, "ann lee")
    await until(lambda: totals(window)[:1].isdecimal() and not totals(window).startswith("300 "))
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    await until(lambda: totals(window).startswith("300 "))


@pytest.mark.parametrize("name", ALONE)
async def test_alone_in_the_window(
    name, open_window, the_card_says, desk_home, demo, closed_port, until, find, qtbot, monkeypatch
):
    if name == "slow":
        monkeypatch.setattr("voipdesk.providers.http.TIMEOUT_S", 1.0)
    bring_about(CASES[name], demo, desk_home, closed_port)
    window = await open_window()
    await the_strip_says(name, window, until, find, qtbot)
    await the_card_says(name, window)
    window.go_to("call_log")
    await until(lambda: totals(window).startswith("300 "))
    await until(lambda: demo.state().dials_accepted == (name == "slow"))


@pytest.fixture
async def open_window(theme, desk_home, demo, until, qtbot, monkeypatch):
    """Open the real window on the home that is synced already, with what it does by itself at first behind it."""
    monkeypatch.setattr(reader, "_FOLLOW_EVERY_S", 0.01)
    running = []

    async def open_window():
        session = Session(theme, desk_home, demo_secrets=with_key(demo))
        running.append((session, asyncio.ensure_future(session.run())))
        window = session.window
        await until(lambda: window.current == "call_log")
        await until(lambda: totals(window).startswith("300 "))
        window.activateWindow()
        await until(window.isActiveWindow)
        window.quiet = lambda: session._tasks.running("schedule") and not session._tasks.names
        await until(window.quiet, 30)
        return window

    yield open_window
    for session, task in running:
        session.window.close()
        assert await task == 0
        session.window.deleteLater()


async def the_strip_says(name, window, until, find, qtbot):
    """Ask the service for new calls by F5, and read the strip above the pane; then close it as one does."""
    window.go_to("call_log")
    strip = window.findChild(MessageStrip)
    await until(window.quiet)  # a press while it asks is none
    if strip.isVisible():  # on a slow machine it has asked by itself again, and met the fault before
        qtbot.mouseClick(find(strip, QToolButton, "Close this message"), Qt.MouseButton.LeftButton)
    qtbot.keyClick(window, Qt.Key.Key_F5)
    await until(lambda: strip.isVisible() and strip.accessibleName())
    assert only_this(name, strip.accessibleName()), strip.accessibleName()
    assert strip.accessibleName().startswith("Error: ")
    qtbot.mouseClick(find(strip, QToolButton, "Close this message"), Qt.MouseButton.LeftButton)
    assert not strip.isVisible(), strip.accessibleName()


@pytest.fixture
def the_card_says(monkeypatch, until, find, qtbot):
    """Dial by Enter, and read the card below the number."""
    sayings = []

    def show_state(view, saying):
        sayings.append(saying)
        really_show(view, saying)

    really_show = DialView.show_state
    monkeypatch.setattr(DialView, "show_state", show_state)

    async def the_card_says(name, window):
        qtbot.keyClick(window, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
        field = await until(lambda: find(window, QLineEdit, "Number to dial"))
        await until(lambda: window.findChild(DialView).my_number == "7040")
        qtbot.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        qtbot.keyClicks(field, "020 7946 0958")
        sayings.clear()
        qtbot.keyClick(field, Qt.Key.Key_Return)
        await until(lambda: len(sayings) > 1 and not sayings[-1].busy)
        said = window.findChild(DialView)._state.accessibleName()
        assert only_this(name, said), said
        assert said.startswith("Your phone 7040 may be ringing.") == (CASES[name].dial_code == 6)

    return the_card_says


def totals(window):
    return window.findChild(CallLogView).totals.text()
