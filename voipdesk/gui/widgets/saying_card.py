"""Widgets that show a Saying: as a line, and as a card with a button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from voipdesk.gui.theme import GRID, Theme, Tone, mix
from voipdesk.gui.widgets.announce import announce
from voipdesk.gui.widgets.faces import BusyBar
from voipdesk.gui.widgets.labels import ElidedLabel, PlainLabel, set_colour, set_faint, set_font

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from voipdesk.gui.widgets.saying import Saying

_ICONS = {
    Tone.TEXT: "info",
    Tone.FAINT: "info",
    Tone.ACCENT: "dial",
    Tone.GOOD: "good",
    Tone.WARNING: "warning",
    Tone.BAD: "error",
}


class SayingLine(QWidget):
    """One line in its tone; keeps its room when there is nothing to say."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._saying: Saying | None = None
        self._icon = QLabel()
        self._icon.setFixedSize(16, 16)
        self._text = ElidedLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID // 2, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        theme.changed.connect(self._paint)

    def show_saying(self, saying: Saying | None, otherwise: str = "") -> None:
        """Say it, or what stands there otherwise, faint."""
        self._saying = saying
        said = otherwise if saying is None else " · ".join(filter(None, (saying.text.rstrip("."), saying.advice)))
        self._text.setText(said)
        self._text.setAccessibleName(said)
        self._paint()

    def _paint(self) -> None:
        tone = Tone.FAINT if self._saying is None else self._saying.tone
        marked = tone in {Tone.WARNING, Tone.BAD}
        self._icon.setVisible(marked)
        if marked:
            self._icon.setPixmap(self._theme.pixmap(_ICONS[tone], tone, 16, self.devicePixelRatioF()))
        set_colour(self._text, self._theme.colour(tone))


class SayingCard(QFrame):
    """A tinted card with icon, sentence, advice and a button; it keeps its room, so that nothing below it moves."""

    acted = Signal()

    def __init__(self, theme: Theme, *, small: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._saying: Saying | None = None
        self._announced: Saying | None = None
        self._edge = 20 if small else 24
        self._icon = QLabel()
        self._icon.setFixedSize(self._edge, self._edge)
        self._text = PlainLabel()
        if not small:
            set_font(self._text, scale=1.1, bold=True)
        self._advice = PlainLabel()
        self._button = QPushButton()
        self._button.clicked.connect(self.acted)
        self._bar = BusyBar()
        texts = QVBoxLayout()
        texts.setSpacing(GRID // 2)
        texts.addStretch()
        texts.addWidget(self._text)
        texts.addWidget(self._advice)
        texts.addStretch()
        row = QHBoxLayout()
        row.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        row.setSpacing(2 * GRID)
        row.addWidget(self._icon)
        row.addLayout(texts, 1)
        row.addWidget(self._button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row, 1)
        column.addWidget(self._bar)
        if not small:
            self.setMinimumHeight(2 * GRID + 3 * self.fontMetrics().height() + GRID)
        theme.changed.connect(self._paint)

    def show_saying(self, saying: Saying | None, otherwise: str = "") -> None:
        """Say it, or what stands there otherwise, faint."""
        self._saying = saying
        said = saying is not None
        self._text.setText(saying.text if saying else "")
        self._text.setVisible(said)
        advice = saying.advice if saying else otherwise
        self._advice.setText(advice)
        self._advice.setVisible(bool(advice))
        set_faint(self._advice, faint=not said)
        self._button.setText(saying.button if saying else "")
        self._button.setVisible(bool(saying and saying.button))
        self._bar.set_busy(busy=bool(saying and saying.busy))
        self._icon.setVisible(said)
        self.setAccessibleName(f"{saying.text} {saying.advice}".strip() if saying else otherwise)
        self._paint()
        QTimer.singleShot(0, self, self._announce)  # a card that was hidden is shown only now

    def _announce(self) -> None:
        if self._saying is not None and self._saying is not self._announced:
            announce(self, self.accessibleName())
        self._announced = self._saying

    def _paint(self) -> None:
        if self._saying is not None:
            tone = self._saying.tone
            self._icon.setPixmap(self._theme.pixmap(_ICONS[tone], tone, self._edge, self.devicePixelRatioF()))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, ARG002 - Qt's name
        """Draw the card's ground."""
        tone = self._saying.tone if self._saying else Tone.FAINT
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = mix(self._theme.tint(tone), self.palette().base().color(), 0 if self._saying else 0.7)
        painter.setPen(mix(ground, self._theme.colour(tone), 0.3))
        painter.setBrush(ground)
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), GRID // 2, GRID // 2)


def centred(widget: QWidget) -> QWidget:
    """Wrap a widget so that it stays its size in the middle of its cell."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(GRID // 2, 0, GRID // 2, 0)
    row.addWidget(widget, 0, Qt.AlignmentFlag.AlignCenter)
    return holder
