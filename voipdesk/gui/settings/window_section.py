"""What the switches for tray and login do."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from voipdesk.core.language import N_
from voipdesk.gui.settings.window_view import WindowView

if TYPE_CHECKING:
    from voipdesk.core.desktop_choices import DesktopChoices
    from voipdesk.gui.around import Around
    from voipdesk.gui.tasks import Tasks
    from voipdesk.services.desktop_settings import DesktopSettings


class WindowSection:
    """Ties them to the settings, and to the desktop's own list of what starts at login."""

    title = N_("Window and tray")

    def __init__(self, settings: DesktopSettings, around: Around, tasks: Tasks) -> None:
        self._settings = settings
        self._around = around
        self._tasks = tasks
        self.widget = WindowView()
        self.widget.keep_chosen.connect(lambda on: tasks.start("settings: keep", self._keep, on))
        self.widget.login_chosen.connect(lambda on: tasks.start("settings: login", self._set_login, on))
        self._unsubscribe = settings.changed.subscribe(self._show_keep)

    def shown(self) -> None:
        """Show how things stand: other programs change what starts at login, too."""
        self._show_keep(self._settings.choices)
        self._tasks.start("settings: login", self._show_login)

    def close(self) -> None:
        """Let go of the services."""
        self._unsubscribe()

    def _show_keep(self, choices: DesktopChoices) -> None:
        self.widget.show_keep(on=choices.keep_in_tray, tray=self._around.tray.there)

    async def _keep(self, on: bool) -> None:
        try:
            await self._settings.choose(keep_in_tray=on)
        finally:
            self._show_keep(self._settings.choices)

    async def _set_login(self, on: bool) -> None:
        try:
            await asyncio.to_thread(self._around.login.set_on, on)
        finally:
            await self._show_login()

    async def _show_login(self) -> None:
        self.widget.show_login(on=await asyncio.to_thread(self._around.login.is_on))
