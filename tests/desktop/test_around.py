"""The desktop around the window, as far as it is there: on a real session bus with servers by hand, and without one."""

import pytest
from PySide6.QtGui import QIcon

from tests.fakes.bus_service import BusDaemon
from tests.fakes.notification_server import NotificationServer
from tests.fakes.shortcut_portal import ShortcutPortal
from tests.fakes.tray_host import TrayHost
from voipdesk.core.notices import Notice
from voipdesk.core.tray import TrayState
from voipdesk.desktop.around import DesktopAround, load

pytestmark = pytest.mark.qt_log_ignore("No such signal QPlatformNativeInterface::systemTrayWindowChanged")


@pytest.fixture
def bus_address(monkeypatch):
    with BusDaemon() as daemon:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", daemon.address)
        yield daemon.address


async def test_what_the_desktop_offers_is_used_and_nothing_is_left_behind(qapp, bus_address, until):
    load()
    around = DesktopAround(QIcon(), None, "offscreen")
    presses, notices = [], []
    around.shortcut.pressed, around.notifier.pressed = presses.append, lambda *press: notices.append(press)
    async with (
        TrayHost(bus_address),
        NotificationServer(bus_address) as server,
        ShortcutPortal(bus_address) as portal,
    ):
        await around.open()
        around.tray.show(TrayState(1, "voipdesk · 1 missed call"))
        assert around.tray.there
        assert around.tray.qt_icon.isVisible()
        await around.notifier.show(Notice("1", "one", button="Call back"))
        await around.notifier.show(Notice("2", "two"))
        await server.press(min(server.shown))
        await around.shortcut.wish("Ctrl+Alt+D")
        assert around.shortcut.state.active == "Press Ctrl+Alt+D"
        await portal.press()
        await until(lambda: presses and notices)
        await around.close()
        assert (server.shown, portal.sessions, around.tray.there) == ({}, [], False)


async def test_a_session_without_a_desktop_offers_nothing_and_fails_at_nothing(qapp, monkeypatch):
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    around = DesktopAround(QIcon(), None, "offscreen")
    await around.open()
    around.tray.show(TrayState(1))
    await around.notifier.show(Notice("1", "one"))
    await around.notifier.withdraw("1")
    await around.shortcut.wish("F9")
    assert not around.tray.there
    assert around.shortcut.state.problem.endswith("--pane quick-dial”.")
    await around.close()
