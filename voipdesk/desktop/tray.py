"""The program's icon in the tray, with its menu; it comes and goes with the desktop's tray."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from voipdesk.core.language import _
from voipdesk.core.tray import TrayState
from voipdesk.desktop.tray_icon import tray_icon

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QIcon

_LONGEST = 60
"""Characters of a line of the menu."""


class DesktopTray(QObject):
    """Qt's tray icon. It is made when there is a tray, since Qt looks once, at the first, which kind there is."""

    def __init__(self, icon: QIcon) -> None:
        super().__init__()
        self.there_changed: Callable[[bool], None] = lambda _there: None
        self.open_asked: Callable[[], None] = lambda: None
        self.dial_asked: Callable[[str], None] = lambda _number: None
        self.quick_dial_asked: Callable[[], None] = lambda: None
        self.quiet_asked: Callable[[bool], None] = lambda _on: None
        self.quit_asked: Callable[[], None] = lambda: None
        self.there = False
        self._base = icon
        self._state = TrayState()
        self._icon: QSystemTrayIcon | None = None
        self._menu = QMenu()
        self._drawn: tuple[int, bool] | None = None

    @property
    def qt_icon(self) -> QSystemTrayIcon | None:
        """Qt's own, for systems that show notices by it; None before there was a tray."""
        return self._icon

    def set_there(self, there: bool) -> None:
        """Come or go with the desktop's tray."""
        if there == self.there:
            return
        self.there = there
        if there:
            self.show(self._state)
        elif self._icon is not None:
            self._icon.hide()
        self.there_changed(there)

    def show(self, state: TrayState) -> None:
        """Show this, now or once there is a tray."""
        self._state = state
        if not self.there:
            return
        icon = self._icon or self._make()
        drawn = state.waiting, state.do_not_disturb
        if drawn != self._drawn:
            icon.setIcon(tray_icon(self._base, state.waiting, do_not_disturb=state.do_not_disturb))
            self._drawn = drawn
        icon.setToolTip(state.tip)
        self._fill(state)
        if not icon.isVisible():
            icon.show()

    def close(self) -> None:
        """Take the icon away."""
        self.there = False
        if self._icon is not None:
            self._icon.hide()
            self._icon.deleteLater()
            self._icon = None
        self._menu.deleteLater()

    def _make(self) -> QSystemTrayIcon:
        self._icon = QSystemTrayIcon(self)
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(self._activated)
        return self._icon

    def _activated(self, how: QSystemTrayIcon.ActivationReason) -> None:
        if how is QSystemTrayIcon.ActivationReason.MiddleClick:
            self.quick_dial_asked()
        elif how is not QSystemTrayIcon.ActivationReason.Context:
            self.open_asked()

    def _fill(self, state: TrayState) -> None:
        menu = self._menu
        menu.clear()
        menu.addAction(state.tip).setEnabled(False)
        menu.addSeparator()
        for call in state.recent:
            menu.addAction(_plain(call.label)).triggered.connect(partial(self._dial, call.number))
        if state.recent:
            menu.addSeparator()
        menu.addAction(_("Quick &dial…")).triggered.connect(self._quick_dial)
        quiet = menu.addAction(_("Do &not disturb"))
        quiet.setCheckable(True)
        quiet.setChecked(state.do_not_disturb)
        quiet.triggered.connect(self._quiet)
        menu.addAction(_("&Open voipdesk")).triggered.connect(self._open)
        menu.addSeparator()
        menu.addAction(_("&Quit")).triggered.connect(self._quit)

    # What is to be called is looked up when it is asked for: it may have been set after the menu was filled.

    def _dial(self, number: str) -> None:
        self.dial_asked(number)

    def _quick_dial(self) -> None:
        self.quick_dial_asked()

    def _quiet(self, on: bool) -> None:
        self.quiet_asked(on)

    def _open(self) -> None:
        self.open_asked()

    def _quit(self) -> None:
        self.quit_asked()


def _plain(text: str) -> str:
    """Make a text from outside safe for a menu: one line, no key of its own, not too long."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text[: 4 * _LONGEST]).split())
    line = line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
    return line.replace("&", "&&")
