"""What the user has settled about language, notices, tray and shortcut; kept in the settings file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from voipdesk.core.desktop_choices import DesktopChoices
from voipdesk.services.events import Event
from voipdesk.services.whole_file import in_thread

if TYPE_CHECKING:
    from voipdesk.settings.preferences import Preferences


class DesktopSettings:
    """Reads the choices at any time; changing one writes the file, on a thread of its own. Raises as it does."""

    def __init__(self, preferences: Preferences) -> None:
        self.changed: Event[DesktopChoices] = Event()
        self._preferences = preferences

    @property
    def choices(self) -> DesktopChoices:
        """The choices as they stand, also where somebody edited the file."""
        default = DesktopChoices()
        names = DesktopChoices.__struct_fields__
        return DesktopChoices(**{name: self._preferences.get(name, getattr(default, name)) for name in names})

    @property
    def language(self) -> str:
        """The language chosen for the program's next start, a key of LANGUAGES; "" for the system's."""
        return self._preferences.language

    async def choose_language(self, language: str) -> None:
        """Speak it from the next start on."""
        await in_thread(setattr, self._preferences, "language", language)

    async def choose(self, **choices: bool | str) -> None:
        """Change some choices, by their names, and tell."""
        msgspec.structs.replace(self.choices, **choices)  # a name that is none is a bug
        for name, value in choices.items():
            await in_thread(self._preferences.set, name, value)
        self.changed.emit(self.choices)
