"""A stack of pages that something else may cover for a while."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QStackedWidget, QWidget

if TYPE_CHECKING:
    from voipdesk.gui.theme import Theme


class CoverStack(QStackedWidget):
    """Shows a page on a list's ground, or a cover, which is thrown away when it is replaced."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAutoFillBackground(True)
        theme.changed.connect(self._choose_ground)
        self._choose_ground()
        self._blank = QWidget()
        self._cover: QWidget | None = None
        self.addWidget(self._blank)

    def show_page(self, page: QWidget) -> None:
        """Show a page; one that is new is taken in."""
        if self.indexOf(page) < 0:
            self.addWidget(page)
        self.setCurrentWidget(page)

    def show_blank(self) -> None:
        """Show nothing."""
        self.setCurrentWidget(self._blank)

    def cover(self, cover: QWidget | None) -> None:
        """Show `cover` over the pages; None takes the last one away."""
        if self._cover is not None:
            self.removeWidget(self._cover)
            self._cover.deleteLater()
        self._cover = cover
        if cover is not None:
            self.addWidget(cover)
            self.setCurrentWidget(cover)
            cover.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_ground(self) -> None:
        """Take a list's ground, or in the dark the window's: on a dark list a field's frame cannot be seen."""
        role = QPalette.ColorRole.Window if self._theme.dark else QPalette.ColorRole.Base
        self.setBackgroundRole(role)
