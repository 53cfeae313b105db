"""The SIP accounts pane's pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedLayout, QWidget

from voipdesk.gui.sip.browse import BrowsePage

if TYPE_CHECKING:
    from voipdesk.gui.theme import Theme


class SipView(QWidget):
    """Shows one page at a time; the others keep what is in them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.browse = BrowsePage(theme)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.browse)

    def show_page(self, page: QWidget) -> None:
        """Bring a page to the front."""
        self._stack.setCurrentWidget(page)

    @property
    def page(self) -> QWidget | None:
        """The page at the front."""
        return self._stack.currentWidget()
