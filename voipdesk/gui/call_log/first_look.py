"""The call log's widgets as the person left them: what can be shown before there is a service to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from voipdesk.gui.call_log.model import CallTableModel
from voipdesk.gui.call_log.view import CallLogView
from voipdesk.gui.call_log.wording import Clock

if TYPE_CHECKING:
    from voipdesk.gui.theme import Theme
    from voipdesk.settings.preferences import Preferences

WIDTHS, DETAILS = "call_log_columns", "call_log_details"


class FirstLook:
    """View and model of the pane to come."""

    def __init__(self, theme: Theme, preferences: Preferences) -> None:
        locale = QLocale()
        self.clock = Clock(locale)
        self.model = CallTableModel(self.clock)
        self.view = CallLogView(self.model, theme, self.clock, locale)
        self.view.table.restore_widths(preferences.get(WIDTHS, ""))
        self.view.details.more.setChecked(preferences.get(DETAILS, default=False))
