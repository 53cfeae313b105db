"""The settings pane as the window knows it: it holds the sections together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.core.language import N_, _
from voipdesk.gui.settings.view import SettingsView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voipdesk.gui.settings.section import Section


class SettingsPane:
    """Shows the sections it is given, in their order."""

    key = "settings"
    title = N_("Settings")
    icon = "settings"
    badge = ""
    account = ""

    def __init__(self, sections: Sequence[Section]) -> None:
        self._sections = tuple(sections)
        titled = [(_(section.title), section.widget) for section in self._sections]  # NON-NLS: the sections mark them
        self.view = SettingsView(titled)

    @property
    def widget(self) -> SettingsView:
        """What it shows."""
        return self.view

    def shown(self) -> None:
        """Let the sections look at how things stand, and give the first field the focus."""
        self.refresh()
        if (first := self.view.nextInFocusChain()) is not None and self.view.isAncestorOf(first):
            first.setFocus()

    def hidden(self) -> None:
        """Rest; nothing runs."""

    def refresh(self) -> None:
        """Look again."""
        for section in self._sections:
            section.shown()

    def close(self) -> None:
        """Let go of the services."""
        for section in self._sections:
            section.close()
