"""The program in a process of its own, used over the accessibility bus alone: who does not see it can dial."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.e2e.program import without_proxies
from tests.e2e.screen_reader import ScreenReader
from tests.fakes.bus_service import BusDaemon
from voipdesk.core.accounts import Account
from voipdesk.settings.paths import Paths
from voipdesk.settings.preferences import Preferences

ROOT = Path(__file__).parents[2]
WITH_KEY = """
import os
from voipdesk.settings.secrets import Secrets
read = Secrets.get
def get(self, account_id, key):
    self.set_for_run(account_id, key, os.environ["DEMO_KEY"])
    return read(self, account_id, key)
Secrets.get = get
"""


@pytest.fixture
def display():
    with subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as server:
        yield f":{server.stdout.readline().strip()}"
        server.terminate()


@pytest.fixture
def reader(display, monkeypatch):
    """A screen reader on a desktop of its own."""
    for variable in ("AT_SPI_BUS_ADDRESS", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("DISPLAY", display)
    with BusDaemon() as daemon:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", daemon.address)
        with ScreenReader(daemon.address) as reader:
            yield reader


@pytest.fixture
def program(reader, demo):
    """The window, with an account at the demo PBX."""
    preferences = Preferences(Paths.find(None).settings_file)
    preferences.region = "GB"
    preferences.save_account(Account("demo", "Office", "voipcloud", "7040", {"base_url": demo.base_url}))
    setting = {"QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "DEMO_KEY": demo.api_key}
    door = "\nimport sys\nfrom voipdesk.__main__ import main\nsys.exit(main())"
    process = subprocess.Popen(
        [sys.executable, "-c", WITH_KEY + door, "--pane", "dial"],
        cwd=ROOT,
        env=without_proxies(os.environ) | setting,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    yield process
    process.terminate()
    said, _ = process.communicate(timeout=60)
    assert "Traceback" not in said, said


def test_who_does_not_see_the_window_dials_and_finds_the_call_in_the_log(reader, program, demo):
    number = reader.find("text", "Number to dial")
    reader.type_into(number, "020 7946 0123")
    assert reader.text(number) == "020 7946 0123"
    reader.find("label", "Will dial +44 20 7946 0123")
    reader.find("combo box", "7040")
    reader.press(reader.find("push button", "Call"))
    reader.find("panel", "Your phone 7040 is ringing")
    assert reader.hear("is ringing").startswith("Your phone 7040 is ringing. Pick it up, and the PBX calls")
    assert [(dial.user_number, dial.number_to_call) for dial in demo.state().dials] == [("7040", "+442079460123")]
    demo.tick(120)
    reader.choose(reader.find("list", "Panes"), "Call log")
    table = reader.find("table", "Calls, newest first")
    patience = time.monotonic() + 60
    said = reader.row(table, 0)
    while not any("+44 20 7946 0123" in sentence for sentence in said):
        assert time.monotonic() < patience, said
        time.sleep(0.1)
        said = reader.row(table, 0)
    (sentence,) = said
    assert re.fullmatch(
        r"Answered call to \+44 20 7946 0123, Ann Lee, today \d\d:\d\d, waited \d+ seconds?, talked \d+ seconds?",
        sentence,
    )
