"""A text to be read, selected and copied, on one line."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLineEdit

from voipdesk.gui.theme import GRID
from voipdesk.gui.widgets.labels import plain_tip


class ValueLine(QLineEdit):
    """Plain text without a frame; one that is too long is walked through with the arrow keys."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setFrame(False)
        self.setAccessibleName(name)
        self.setTextMargins(0, 0, 0, 0)
        self.setMinimumWidth(8 * GRID)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        self.setPalette(palette)

    def show_value(self, value: str, otherwise: str = "–") -> None:
        """Show it; an empty one leaves `otherwise` there, faint and not to be copied."""
        self.setText(value)
        self.setPlaceholderText(otherwise)
        self.setAccessibleDescription("" if value else otherwise)
        self.setToolTip(plain_tip(value) if value else "")
        self.setCursorPosition(0)
