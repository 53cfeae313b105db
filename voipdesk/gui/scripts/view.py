"""The call scripts pane's pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedLayout, QWidget

from voipdesk.core.language import _
from voipdesk.gui.scripts.browse import BrowsePage
from voipdesk.gui.scripts.script_form import ScriptForm
from voipdesk.gui.scripts.test_page import TestPage
from voipdesk.gui.widgets.changes_page import ChangesPage

if TYPE_CHECKING:
    from voipdesk.gui.theme import Theme


class ScriptsView(QWidget):
    """Shows one page at a time; the others keep what is in them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.browse = BrowsePage(theme)
        self.form = ScriptForm(theme)
        self.review = ChangesPage(theme, _("Save"), _("Back to the form"))
        self.replace = ChangesPage(theme, _("Replace it"), _("Back to the form"))
        self.replace.done_button.setDefault(False)  # what is there is not replaced by a key pressed too early
        self.result = ChangesPage(theme, _("Back to the list"), _("Edit again"))
        self.test = TestPage(theme)
        self._stack = QStackedLayout(self)
        for page in (self.browse, self.form, self.review, self.replace, self.result, self.test):
            self._stack.addWidget(page)

    def show_page(self, page: QWidget) -> None:
        """Bring a page to the front."""
        self._stack.setCurrentWidget(page)

    @property
    def page(self) -> QWidget | None:
        """The page at the front."""
        return self._stack.currentWidget()
