"""Notices by the tray icon, on Windows and macOS, whose own services want a signed or packaged program.

They have no buttons, and none can be taken back: a press opens the window at the call.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSystemTrayIcon

from voipdesk.core.notices import Notice, Press

if TYPE_CHECKING:
    from collections.abc import Callable

    from voipdesk.desktop.tray import DesktopTray

_FOR_MS = 10_000


class TrayNotifications:
    """Shows one notice at a time; a press belongs to the last one."""

    def __init__(self, tray: DesktopTray) -> None:
        self.pressed: Callable[[str, Press, str], None] = lambda _tag, _press, _token: None
        self._tray = tray
        self._tag = ""
        self._heard: QSystemTrayIcon | None = None

    async def show(self, notice: Notice) -> bool:
        """Show it, where there is a tray; one that is quiet takes no other's place here."""
        icon = self._tray.qt_icon
        if icon is None or notice.quiet:
            return False
        if self._heard is not icon:
            icon.messageClicked.connect(self._press)
            self._heard = icon
        self._tag = notice.tag
        icon.showMessage(notice.title, notice.body, QSystemTrayIcon.MessageIcon.Information, _FOR_MS)
        return True

    async def withdraw(self, tag: str) -> None:
        """Let a press on it do nothing any more."""
        if self._tag == tag:
            self._tag = ""

    async def close(self) -> None:
        """Let presses do nothing any more."""
        self._tag = ""

    def _press(self) -> None:
        if self._tag:
            self.pressed(self._tag, Press.NOTICE, "")
