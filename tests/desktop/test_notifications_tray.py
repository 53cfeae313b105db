"""Notices by the tray icon, where the system's own want a packaged program."""

import pytest
from PySide6.QtGui import QIcon

from voipdesk.core.notices import Notice, Press
from voipdesk.core.tray import TrayState
from voipdesk.desktop.notifications_tray import TrayNotifications
from voipdesk.desktop.tray import DesktopTray

pytestmark = pytest.mark.qt_log_ignore("No such signal QPlatformNativeInterface::systemTrayWindowChanged")


async def test_a_press_belongs_to_the_last_notice_that_was_not_taken_back(qapp):
    tray, presses = DesktopTray(QIcon()), []
    notices = TrayNotifications(tray)
    notices.pressed = lambda *press: presses.append(press)
    assert not await notices.show(Notice("0", "before there was a tray"))
    tray.set_there(True)
    tray.show(TrayState())
    assert await notices.show(Notice("1", "one", "body", "Call back"))
    assert await notices.show(Notice("2", "two"))
    assert not await notices.show(Notice("3", "three", quiet=True))
    tray.qt_icon.messageClicked.emit()
    await notices.withdraw("1")
    tray.qt_icon.messageClicked.emit()
    await notices.withdraw("2")
    tray.qt_icon.messageClicked.emit()
    assert presses == [("2", Press.NOTICE, "")] * 2
    await notices.close()
    tray.close()
