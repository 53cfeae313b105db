"""What the doctor finds on a session bus with, and without, what a desktop brings."""

import pytest

from tests.fakes.bus_service import BusService
from tests.fakes.notification_server import NotificationServer
from voipdesk.core.doctor import Verdict
from voipdesk.desktop.doctor import look_at_desktop


class Watcher(BusService):
    name = interface = "org.kde.StatusNotifierWatcher"
    path = "/StatusNotifierWatcher"
    hosts = True

    def do_Get(self, message):  # noqa: N802 - the method's name
        assert message.body == (self.interface, "IsStatusNotifierHostRegistered")
        return "v", (("b", self.hosts),)


class Portal(BusService):
    name = "org.freedesktop.portal.Desktop"
    path = "/org/freedesktop/portal/desktop"
    interfaces = ("OpenURI", "GlobalShortcuts")

    def do_Get(self, message):  # noqa: N802 - the method's name
        interface, name = message.body
        assert name == "version"
        if interface.removeprefix("org.freedesktop.portal.") not in self.interfaces:
            return "org.freedesktop.DBus.Error.InvalidArgs"
        return "v", (("u", 1),)


async def look(address, **environment):
    return {finding.topic: finding for finding in await look_at_desktop("linux", environment, address)}


async def test_a_desktop_that_has_it_all(bus_address):
    async with Watcher(bus_address), NotificationServer(bus_address), Portal(bus_address):
        found = await look(bus_address, DISPLAY=":0")
    assert {finding.verdict for finding in found.values()} == {Verdict.GOOD}
    assert list(found) == ["Tray", "Notifications", "Desktop portals", "Global shortcuts", "Selected numbers"]
    assert found["Notifications"].text == "The desktop shows them, with buttons."


async def test_a_bus_with_nothing_on_it_says_what_to_do(bus_address, tmp_path):
    found = await look(bus_address, WAYLAND_DISPLAY="wayland-0", PATH=str(tmp_path))
    assert {finding.verdict for finding in found.values()} == {Verdict.NOTE}
    advice = [finding.advice for finding in found.values()]
    for place, words in enumerate(("AppIndicator", "dunst", "xdg-desktop-portal", "--selection --ask", "wl-clipboard")):
        assert words in advice[place]


async def test_what_is_half_there_is_said(bus_address, monkeypatch):
    monkeypatch.setattr(Watcher, "hosts", False)
    monkeypatch.setattr(Portal, "interfaces", ("OpenURI",))
    async with Watcher(bus_address), NotificationServer(bus_address, abilities=("body",)), Portal(bus_address):
        found = await look(bus_address)
    assert found["Tray"].text == "There is one, and nothing that shows it."
    assert "without buttons" in found["Notifications"].text
    assert found["Desktop portals"].verdict is Verdict.GOOD
    assert found["Global shortcuts"].verdict is Verdict.NOTE
    assert found["Selected numbers"].text == "There is no display here."


async def test_without_a_session_bus_that_is_what_is_said():
    found = await look("unix:path=/nowhere/at/all", DISPLAY=":0")
    bad = [topic for topic, finding in found.items() if finding.verdict is Verdict.BAD]
    assert bad == ["Tray", "Notifications", "Desktop portals"]
    assert found["Selected numbers"].verdict is Verdict.GOOD


@pytest.mark.parametrize("platform", ["win32", "darwin"])
async def test_other_systems_have_all_of_it_themselves(platform):
    assert {finding.verdict for finding in await look_at_desktop(platform, {})} == {Verdict.GOOD}
