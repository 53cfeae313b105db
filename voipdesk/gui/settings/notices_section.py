"""What the switches for notices do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.core.call_log import Source
from voipdesk.core.language import N_
from voipdesk.gui.settings.notices_view import NoticesView

if TYPE_CHECKING:
    from voipdesk.gui.tasks import Tasks
    from voipdesk.services.call_log import CallLog
    from voipdesk.services.desktop_settings import DesktopSettings


class NoticesSection:
    """Ties the switches to the settings."""

    title = N_("Notices of missed calls")

    def __init__(self, settings: DesktopSettings, call_log: CallLog, tasks: Tasks) -> None:
        self._settings = settings
        self._call_log = call_log
        self._tasks = tasks
        self.widget = NoticesView()
        self.widget.chosen.connect(self._choose)
        self._unsubscribe = settings.changed.subscribe(self.widget.show_choices)

    def shown(self) -> None:
        """Show how things stand, and read whose calls there are."""
        self.widget.show_choices(self._settings.choices)
        self._tasks.start("settings: users", self._show_users)

    def close(self) -> None:
        """Let go of the services."""
        self._unsubscribe()

    def _choose(self, name: str, value: bool | str) -> None:
        self._tasks.start(f"settings: {name}", self._write, name, value)

    async def _write(self, name: str, value: bool | str) -> None:
        try:
            await self._settings.choose(**{name: value})
        finally:
            self.widget.show_choices(self._settings.choices)

    async def _show_users(self) -> None:
        chosen = self._settings.choices.missed_of
        self.widget.show_users([], chosen)
        names = [name for source, name in await self._call_log.names() if source is Source.USER and name]
        self.widget.show_users(names, chosen)
