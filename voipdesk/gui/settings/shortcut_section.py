"""What the field for the global keys does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.core.language import N_
from voipdesk.gui.settings.shortcut_view import ShortcutView

if TYPE_CHECKING:
    from voipdesk.core.desktop_choices import DesktopChoices
    from voipdesk.gui.around import Around
    from voipdesk.gui.tasks import Tasks
    from voipdesk.gui.theme import Theme
    from voipdesk.services.desktop_settings import DesktopSettings


class ShortcutSection:
    """Keeps what is wished, and shows what the desktop makes of it."""

    title = N_("Quick dial from anywhere")

    def __init__(self, settings: DesktopSettings, around: Around, tasks: Tasks, theme: Theme) -> None:
        self._settings = settings
        self._around = around
        self._tasks = tasks
        self.widget = ShortcutView(theme)
        self.widget.chosen.connect(lambda keys: tasks.start("settings: shortcut", self._write, keys))
        around.shortcut.changed = self.widget.show_state
        self._unsubscribe = settings.changed.subscribe(self._show)

    def shown(self) -> None:
        """Show how things stand."""
        self._show(self._settings.choices)
        self.widget.show_state(self._around.shortcut.state)

    def close(self) -> None:
        """Let go of the services."""
        self._around.shortcut.changed = lambda _state: None
        self._unsubscribe()

    def _show(self, choices: DesktopChoices) -> None:
        self.widget.show_wished(choices.shortcut)

    async def _write(self, keys: str) -> None:
        if keys == self._settings.choices.shortcut:
            await self._around.shortcut.wish(keys)  # once more: what had the keys may have let them go
        else:
            await self._settings.choose(shortcut=keys)
