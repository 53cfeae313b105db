"""Links opened as the system opens them: the program started with one, each time a real process."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.test_dial import DIALLING_TABLE
from tests.e2e.program import DOOR, without_proxies
from voipdesk.core.accounts import Account
from voipdesk.desktop.tel_links_linux import LinuxTelLinks
from voipdesk.settings.paths import Paths
from voipdesk.settings.preferences import Preferences

ROOT = Path(__file__).parents[2]
TELLS = """
import sys
from tests.bench.window import Watch
def told(module):
    fill = module.DialView.fill_from_outside
    def fill_and_tell(self, number):
        fill(self, number)
        print("filled", number, flush=True)
    module.DialView.fill_from_outside = fill_and_tell
def opened(_module):
    print("window", flush=True)
sys.meta_path.insert(0, Watch(voipdesk__gui__dial__view=told, voipdesk__gui__main_window=opened))
"""
"""Prints what happens in a window; loads nothing by itself."""


@pytest.fixture
def start(demo):
    """Start the program with an account whose dials the demo would take."""
    preferences = Preferences(Paths.find(None).settings_file)
    preferences.region = "GB"
    preferences.save_account(Account("demo", "Office", "voipcloud", "7040", {"base_url": demo.base_url}))
    started = []

    # counting the lines of two hundred processes would take a minute
    unmeasured = {k: v for k, v in without_proxies(os.environ).items() if not k.startswith("COVERAGE_")}

    def start(*arguments):
        process = subprocess.Popen(
            [sys.executable, "-c", TELLS + DOOR, *arguments],
            cwd=ROOT,
            env=unmeasured | {"QT_QPA_PLATFORM": "offscreen"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def handed_over(process, tells=""):
    """Wait for a start to leave, and make sure that it made no window."""
    said, errors = process.communicate(timeout=120)
    assert (process.returncode, said, errors) == (0, "", tells)


def until_says(process, line):
    said = []
    while not said or said[-1] != f"{line}\n":
        said.append(process.stdout.readline())
        assert said[-1], f"{said} {process.stderr.read()}"


def end(window):
    window.terminate()
    _, errors = window.communicate(timeout=60)
    assert (window.returncode, "Traceback" in errors) == (0, False), errors


def test_two_hundred_links_at_once_are_one_window_and_no_call(start, demo):
    starts = [start("--", f"tel:+4420794600{n:02}") for n in range(200)]
    patience = time.monotonic() + 200
    while (left := [process for process in starts if process.poll() is None]) and len(left) > 1:
        assert time.monotonic() < patience, f"{len(left)} are still there"
        time.sleep(0.05)
    (window,) = left
    until_says(window, "window")
    for process in starts:
        if process is not window:
            handed_over(process)
    handed_over(start("--", "tel:7042"))
    until_says(window, "filled tel:7042")
    end(window)
    assert demo.state().dials == []


def test_the_system_s_own_tool_brings_a_link_to_the_open_window(start, demo, monkeypatch, tmp_path):
    for variable, value in {
        "XDG_DATA_DIRS": str(tmp_path),
        "XDG_CONFIG_DIRS": str(tmp_path),
        "XDG_CURRENT_DESKTOP": "",
        "BROWSER": "false",
        "DISPLAY": ":0",  # without one it does not look for programs; nothing connects to it
    }.items():
        monkeypatch.setenv(variable, value)
    LinuxTelLinks([sys.executable, "-m", "voipdesk"], os.environ).install(["tel"])
    window = start()
    until_says(window, "window")
    subprocess.run(["xdg-open", "tel:+44-20-7946-0958"], check=True, timeout=120, cwd=ROOT)
    until_says(window, "filled tel:+44-20-7946-0958")
    end(window)
    assert demo.state().dials == []


def test_a_killed_window_is_followed_by_a_new_one(start):
    killed = start("--", "tel:7041")
    until_says(killed, "filled tel:7041")
    killed.kill()
    window = start("--", "tel:7042")
    until_says(window, "window")
    until_says(window, "filled tel:7042")
    handed_over(start("--", "tel:7043"))
    until_says(window, "filled tel:7043")
    end(window)
    after = start("--", "tel:7044")
    until_says(after, "window")


def test_whatever_a_link_looks_like_it_is_text_for_the_dial_field(start, tmp_path, demo):
    window = start("--pane", "dial")
    until_says(window, "window")
    rows = [written for written, _, _ in DIALLING_TABLE]
    odd = [
        "--demo",
        "--home=/nowhere",
        "accounts",
        "file:///etc/passwd",
        "tel:1;--screenshot=x.png",
        "$(touch x)",
        "-c",
    ]
    for link in [*rows, *odd]:
        handed_over(start("--", link))
        until_says(window, f"filled {link}")
    handed_over(start("dial", "--ask", "--", "020 7946 0958"), "It is in the window's dial field.\n")
    until_says(window, "filled 020 7946 0958")
    other = start("--home", str(tmp_path / "other"), "--", "tel:7042")
    until_says(other, "window")
    end(window)
    assert demo.state().dials == []
