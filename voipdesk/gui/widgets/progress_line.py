"""A line for work that takes a while: what is done so far, and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from voipdesk.gui.theme import GRID
from voipdesk.gui.widgets.labels import ElidedLabel


class ProgressLine(QWidget):
    """Says how far something is; gone while nothing is under way."""

    pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._text = ElidedLabel()
        self.button = QPushButton()
        self.button.clicked.connect(self.pressed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self._text, 1)
        row.addWidget(self.button)
        self.hide()

    @property
    def text(self) -> str:
        """What it says, "" when it is gone."""
        return "" if self.isHidden() else self._text.text()

    def say(self, text: str, button: str) -> None:
        """Show how far it is, and the button that stops it or goes on."""
        self._text.setText(text)
        self._text.setAccessibleName(text)
        if self.button.text() != button:
            self.button.setText(button)
        self.show()
