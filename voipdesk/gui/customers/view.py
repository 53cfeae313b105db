"""The customers pane's pages: the lists, the form for a new customer, the pages of an edit, and others put in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedLayout, QWidget

from voipdesk.core.language import _
from voipdesk.gui.customers.browse import BrowsePage
from voipdesk.gui.customers.create_form import CreateForm
from voipdesk.gui.customers.edit_form import EditForm
from voipdesk.gui.widgets.changes_page import ChangesPage

if TYPE_CHECKING:
    from voipdesk.gui.theme import Theme


class CustomersView(QWidget):
    """Shows one page at a time; the others keep what is in them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.browse = BrowsePage(theme)
        self.create_form = CreateForm(theme)
        self.edit = EditForm(theme)
        self.review = ChangesPage(theme, _("Save"), _("Back to the form"))
        self.conflict = ChangesPage(theme, _("Load what is there now"), _("Cancel"))
        self.result = ChangesPage(theme, _("Back to the list"), _("Edit again"))
        self._stack = QStackedLayout(self)
        for page in (self.browse, self.create_form, self.edit, self.review, self.conflict, self.result):
            self._stack.addWidget(page)

    def add_page(self, page: QWidget) -> None:
        """Take in a page that was built elsewhere."""
        self._stack.addWidget(page)

    def show_page(self, page: QWidget) -> None:
        """Bring a page to the front."""
        self._stack.setCurrentWidget(page)

    @property
    def page(self) -> QWidget | None:
        """The page at the front."""
        return self._stack.currentWidget()
