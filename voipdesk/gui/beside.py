"""The window's life on the desktop: in the tray when it is closed, told of by notices, called by a key."""

from __future__ import annotations

import asyncio
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject

from voipdesk.core.language import _
from voipdesk.gui.arrivals import come_forward
from voipdesk.gui.messages import Level
from voipdesk.gui.notices.model import STAYS, stays
from voipdesk.gui.notices.presenter import MissedNotices
from voipdesk.gui.tray.presenter import TrayPresenter

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from voipdesk.gui.around import Around
    from voipdesk.gui.desk_panes import DeskPanes
    from voipdesk.gui.main_window import MainWindow
    from voipdesk.gui.messages import Messages
    from voipdesk.gui.quick_dial.presenter import QuickDial
    from voipdesk.gui.tasks import Tasks
    from voipdesk.gui.theme import Theme
    from voipdesk.services.desk import Desk

TRAY_WITHIN_S = 20
"""Seconds in which a tray may still come after a hidden start: at login, panels and programs start together."""
_CALL_LOG, _ACTIVATION = "call_log", QEvent.Type.ActivationChange


class Beside(QObject):
    """Ties the desktop around the window to the services; begins when the window works."""

    def __init__(
        self,
        window: MainWindow,
        panes: DeskPanes,
        desk: Desk,
        tasks: Tasks,
        messages: Messages,
        theme: Theme,
        around: Around,
        begun: datetime,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._panes = panes
        self._desk = desk
        self._tasks = tasks
        self._around = around
        self._settings = desk.desktop_settings
        tray = around.tray
        region = partial(getattr, desk.dial, "region")
        self._tray = TrayPresenter(tray, desk.call_log, self._settings, tasks, region=region, names=self._names)
        self._notices = MissedNotices(
            desk.missed_calls,
            self._settings,
            around.notifier,
            tasks,
            begun=begun,
            region=region,
            names=self._names,
            looking=self._is_looking,
            call_back=self._call_back,
            show_calls=self._show_calls,
        )
        self._notices.waiting_changed.subscribe(self._tray.show_waiting)
        self._quick: QuickDial | None = None
        self._theme = theme
        self._messages = messages
        self._keys = ""
        around.shortcut.pressed = self.quick_dial
        tray.quick_dial_asked = self.quick_dial
        self._unsubscribe = self._settings.changed.subscribe(lambda _choices: self._wish())
        tray.open_asked = self.open
        tray.quit_asked = window.quit
        tray.dial_asked = self._call_back
        tray.there_changed = self._tray_changed
        window.stays_when_closed = self._stay
        window.pane_shown.connect(self._look_if_seen)
        window.installEventFilter(self)

    async def begin(self) -> None:
        """Look what the desktop offers, and show there what there is; a window still hidden is shown without a tray."""
        await self._around.open()
        self._notices.look()
        self._tray.show()
        self._wish()
        await asyncio.to_thread(import_module, "voipdesk.gui.quick_dial.presenter")  # for the first press of the key
        if self._window.isVisible():
            return
        await asyncio.sleep(0 if self._around.tray.there else TRAY_WITHIN_S)
        if not self._around.tray.there:
            self.open()

    def open(self, token: str = "") -> None:
        """Bring the window back, to the front."""
        come_forward(self._window, token)

    def quick_dial(self, token: str = "") -> None:
        """Bring the quick-dial box to the front."""
        if self._quick is None:
            self._quick = self._make_quick_dial()
        self._quick.open(token)

    async def close(self) -> None:
        """Leave nothing behind on the desktop."""
        self._window.removeEventFilter(self)
        for task in ("desktop", "shortcut"):
            self._tasks.cancel(task)
        self._unsubscribe()
        if self._quick is not None:
            self._quick.close()
        self._notices.close()
        self._tray.close()
        await self._around.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """See the window come to the front: what it shows is seen then."""
        if event.type() == _ACTIVATION:
            self._look_if_seen()
        return super().eventFilter(watched, event)

    def _make_quick_dial(self) -> QuickDial:
        from voipdesk.gui.quick_dial.presenter import QuickDial

        return QuickDial(
            self._desk.dial,
            lambda: self._panes.dial_pane,
            self._tasks,
            self._theme,
            contacts=self._desk.contacts.suggest,
            names=self._names,
        )

    def _wish(self) -> None:
        """Ask the desktop for the keys that are wished; it may ask the person first."""
        keys = self._settings.choices.shortcut
        if keys != self._keys:
            self._keys = keys
            self._tasks.start("shortcut", self._around.shortcut.wish, keys)

    def _look_if_seen(self) -> None:
        if self._is_looking():
            self._notices.look()

    def _is_looking(self) -> bool:
        return self._window.isActiveWindow() and self._panes.newest_calls_in_view

    def _stay(self) -> bool:
        """Hide a window that is closed, where it is not lost; say so the first time."""
        choices = self._settings.choices
        if not (self._around.tray.there and choices.keep_in_tray):
            return False
        if choices.tray_was_told:
            self._window.hide()
        else:
            self._tasks.start("tray: tell", self._tell_that_it_stays)
        return True

    async def _tell_that_it_stays(self) -> None:
        """Say it beside the clock and hide or, on a desktop without notices, in the window, which stays this once."""
        if await self._around.notifier.show(stays()):
            self._window.hide()
        else:
            text = _("voipdesk stays in the tray when you close it.")
            self._messages.show(Level.INFO, text, stays().body, (_("Close"), self._hide_at_last), STAYS)
        await self._settings.choose(tray_was_told=True)

    def _hide_at_last(self) -> None:
        self._messages.dismiss(STAYS)
        self._window.hide()

    def _tray_changed(self, there: bool) -> None:
        if there:
            self._tray.show()
        elif not self._window.isVisible():
            self.open()  # it could not be found any more

    def _call_back(self, number: str, token: str = "") -> None:
        self.open(token)
        self._panes.call_back(number)

    def _show_calls(self, token: str) -> None:
        self.open(token)
        self._window.go_to(_CALL_LOG)

    async def _names(self, numbers: Sequence[str]) -> dict[str, str]:
        """Name the numbers that are contacts."""
        return {number: contact.name for number, contact in (await self._desk.contacts.names(numbers)).items()}
