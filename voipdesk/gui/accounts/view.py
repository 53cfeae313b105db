"""The accounts pane's pages: nothing yet, the list, the form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedLayout, QWidget

from voipdesk.core.language import _
from voipdesk.gui.accounts.account_list import AccountList
from voipdesk.gui.accounts.form import AccountForm
from voipdesk.gui.widgets.faces import EmptyFace

if TYPE_CHECKING:
    from voipdesk.gui.theme import Theme


class AccountsView(QWidget):
    """Shows one page at a time."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.empty = EmptyFace(
            theme,
            "accounts",
            _("No account yet"),
            _("An account connects voipdesk with your telephone service."),
            _("Add account"),
        )
        self.list = AccountList(theme)
        self.form = AccountForm(theme)
        self._stack = QStackedLayout(self)
        for page in (self.empty, self.list, self.form):
            self._stack.addWidget(page)

    def show_page(self, page: QWidget) -> None:
        """Bring a page to the front."""
        self._stack.setCurrentWidget(page)

    @property
    def page(self) -> QWidget | None:
        """The page at the front."""
        return self._stack.currentWidget()
