"""A telephone link clicked in a real browser: its question, xdg-open, the desktop entry, the window that is open."""

import shutil
import signal
import time
from contextlib import suppress

import pytest

from tests.e2e.browser import chromium, page_with_link
from tests.e2e.program import Program, without_proxies
from tests.e2e.screen_reader import Gone, ScreenReader
from tests.fakes.keyring_session import KeyringSession
from tests.fakes.x_display import XDisplay
from voipdesk.services.dial import LINKS_AT_ONCE
from voipdesk.settings.paths import Paths
from voipdesk.settings.preferences import Preferences

pytestmark = pytest.mark.skipif(
    shutil.which("chromium") in {None, "/snap/bin/chromium"},
    reason="Ubuntu's Chromium is a snap, which sees no test's home",
)
LINK = "tel:+44%2020%207946%200958"
AGAIN_AFTER_S = 3
"""When a click that did nothing is made again: Chromium takes none in the first half second of a question."""


def until(holds, seconds=60):
    end = time.monotonic() + seconds
    while not (answer := holds()):
        assert time.monotonic() < end, "it never came to be"
        time.sleep(0.05)
    return answer


class Desk:
    """Somebody with the program's window and a browser's on the screen."""

    def __init__(self, display, reader, demo):
        self.display, self.reader, self._demo = display, reader, demo

    @property
    def dialled(self):
        return [dial.number_to_call for dial in self._demo.state().dials]

    def click_link(self):
        """Click the link in the browser, and say yes to its question."""
        until(lambda: self.display.bring_up("Shop"))
        link = self.reader.find("link", "Ring us")
        self._click(link, lambda: self._question() is not None)
        yes = self._question()
        self._click(yes, lambda: not self.reader.shows(yes))

    def _question(self):
        """Look for the button that says yes to the browser's question; it names the program that would be opened."""
        return self.reader.seen("push button", "Open voipdesk")

    def _click(self, thing, has_worked):
        end = time.monotonic() + 60
        while not has_worked():
            assert time.monotonic() < end, f"clicking does nothing: {self.reader.in_words()}"
            with suppress(Gone):  # as it goes when the click before this one works late
                self.display.click(*self.reader.middle(thing))
            again = time.monotonic() + AGAIN_AFTER_S
            while time.monotonic() < again and not has_worked():
                time.sleep(0.05)


@pytest.fixture
def desk(demo, monkeypatch):
    """The window with an account at the demo PBX, by which links are opened, and the browser in front of it."""
    monkeypatch.delenv("XDG_CURRENT_DESKTOP", raising=False)  # xdg-open would use that desktop's own tools
    Preferences(Paths.find(None).settings_file).region = "GB"
    with KeyringSession() as session, XDisplay() as display, page_with_link("Shop", LINK) as port:
        setting = {"DISPLAY": display.name, "QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
        environment = without_proxies(session.environment | setting)
        run = Program(environment)
        add = "accounts", "add", "voipcloud", "--name", "Office", "--base-url", demo.base_url, "--my-number", "7040"
        assert run(*add, stdin=demo.api_key).code == 0
        assert run("links", "install", "tel").code == 0
        process = run.start()
        try:
            until(lambda: "voipdesk" in display.active)
            with (
                ScreenReader(environment["DBUS_SESSION_BUS_ADDRESS"]) as reader,
                chromium(port, environment),
            ):
                until(lambda: display.active == "Shop")
                yield Desk(display, reader, demo)
            process.send_signal(signal.SIGTERM)
            ended = run.finish(process)
        finally:
            process.kill()
        assert (ended.code, ended.err) == (0, "")


def test_a_click_on_a_link_in_chromium_asks_in_the_open_window_and_dials_if_that_is_wished(desk, demo):
    display, reader = desk.display, desk.reader
    desk.click_link()
    number = reader.find("text", "Number to dial")
    until(lambda: reader.text(number) == LINK)
    reader.find("label", "Will dial +44 20 7946 0958")
    reader.find("panel", "A link asks you to call +44 20 7946 0958")
    until(lambda: display.active == "voipdesk")
    assert desk.dialled == []
    call = reader.find("push button", "Call")
    until(lambda: reader.can_use(call))  # not for a key that was on its way when the link came
    assert desk.dialled == []
    display.press("Return")
    ringing = reader.find("panel", "Your phone 7040 is ringing")
    assert desk.dialled == ["+442079460958"]

    demo.tick(120)
    panes = reader.find("list", "Panes")
    reader.choose(panes, "Call log")
    display.press("F5")
    until(lambda: "is ringing" not in reader.name(ringing))  # beside a call, no link is dialled at once
    reader.choose(panes, "Settings")
    reader.press(reader.find("check box", "Dial the number of a link at once"))
    until(lambda: Preferences(Paths.find(None).settings_file).get(LINKS_AT_ONCE, default=False))
    desk.click_link()
    until(lambda: desk.dialled[1:])
    reader.find("panel", "Your phone 7040 is ringing")
    assert desk.dialled == ["+442079460958"] * 2
