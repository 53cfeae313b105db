"""The SIP accounts pane's pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedLayout, QWidget

from voipdesk.core.language import _
from voipdesk.gui.sip.account_form import AccountForm
from voipdesk.gui.sip.browse import BrowsePage
from voipdesk.gui.sip.check_page import CheckPage
from voipdesk.gui.sip.handover_page import HandoverPage
from voipdesk.gui.sip.settings_form import SettingsForm
from voipdesk.gui.sip.setup_page import SetupPage
from voipdesk.gui.widgets.changes_page import ChangesPage

if TYPE_CHECKING:
    from voipdesk.gui.theme import Theme


class SipView(QWidget):
    """Shows one page at a time; the others keep what is in them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.browse = BrowsePage(theme)
        self.form = AccountForm(theme)
        self.review = ChangesPage(theme, _("Save"), _("Back to the form"))
        self.result = ChangesPage(theme, _("Back to the list"), _("Edit again"))
        self.settings = SettingsForm(theme)
        self.setup = SetupPage(theme)
        self.handover = HandoverPage(theme)
        self.check = CheckPage(theme)
        self._stack = QStackedLayout(self)
        pages: tuple[QWidget, ...] = (self.browse, self.form, self.review, self.result)
        for page in (*pages, self.settings, self.setup, self.handover, self.check):
            self._stack.addWidget(page)

    def show_page(self, page: QWidget) -> None:
        """Bring a page to the front."""
        self._stack.setCurrentWidget(page)

    @property
    def page(self) -> QWidget | None:
        """The page at the front."""
        return self._stack.currentWidget()
