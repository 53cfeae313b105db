"""A hair line between parts of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QWidget

from voipdesk.gui.theme import mix

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


class Rule(QWidget):
    """One pixel of a shade between text and window."""

    def __init__(self, *, vertical: bool = False) -> None:
        super().__init__()
        if vertical:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, ARG002 - Qt's name
        """Draw the line."""
        palette = self.palette()
        window, text = palette.color(QPalette.ColorRole.Window), palette.color(QPalette.ColorRole.WindowText)
        QPainter(self).fillRect(self.rect(), mix(window, text, 0.18))
