"""What the choice of a language does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.core.language import N_, current_language
from voipdesk.gui.settings.language_view import LanguageView

if TYPE_CHECKING:
    from voipdesk.gui.tasks import Tasks
    from voipdesk.services.desktop_settings import DesktopSettings


class LanguageSection:
    """Ties it to the settings."""

    title = N_("Language")

    def __init__(self, settings: DesktopSettings, tasks: Tasks) -> None:
        self._settings = settings
        self.widget = LanguageView(current_language())
        self.widget.chosen.connect(lambda language: tasks.start("settings: language", self._choose, language))

    def shown(self) -> None:
        """Show how things stand: the file may have been edited."""
        self.widget.show_choice(self._settings.language)

    def close(self) -> None:
        """Hold nothing."""

    async def _choose(self, language: str) -> None:
        try:
            await self._settings.choose_language(language)
        finally:
            self.shown()
