"""The faces a pane has beside its contents: empty, with the one button that begins, and loading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from voipdesk.core.language import _
from voipdesk.gui.theme import GRID, Tone
from voipdesk.gui.widgets.labels import PlainLabel, heading, set_faint

if TYPE_CHECKING:
    from voipdesk.gui.theme import Theme


class EmptyFace(QWidget):
    """Says what will be here and offers the one thing to begin with."""

    begun = Signal()

    def __init__(self, theme: Theme, icon: str, title: str, text: str, button: str = "") -> None:
        super().__init__()
        self._theme = theme
        self._icon_name = icon
        self._icon = QLabel()
        self._title = heading(title, 1.25)
        self._text = PlainLabel(text)
        self._button = QPushButton(button)
        self._button.setVisible(bool(button))
        self._button.clicked.connect(self.begun)
        set_faint(self._text)
        column = QVBoxLayout(self)
        column.setSpacing(GRID)
        column.addStretch(2)
        for label in (self._icon, self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        column.addSpacing(GRID)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        theme.changed.connect(self._draw)
        self._draw()

    def say(self, title: str, text: str, button: str = "") -> None:
        """Say something else."""
        self._title.setText(title)
        self._text.setText(text)
        self._button.setText(button)
        self._button.setVisible(bool(button))

    def _draw(self) -> None:
        self._icon.setPixmap(self._theme.pixmap(self._icon_name, Tone.FAINT, 48, self.devicePixelRatioF()))


class BusyBar(QProgressBar):
    """A thin bar that moves while something is under way; it keeps its room, so that nothing shifts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextVisible(False)
        self.setFixedHeight(3)
        self.setAccessibleName(_("Progress"))
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self.set_busy(busy=False)

    def set_busy(self, *, busy: bool) -> None:
        """Move, or be gone."""
        self.setRange(0, 0 if busy else 1)
        self.setVisible(busy)
