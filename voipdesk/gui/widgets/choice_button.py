"""A large button with a drawing, a title and a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout

from voipdesk.gui.theme import GRID, Theme, Tone, mix
from voipdesk.gui.widgets.labels import PlainLabel, set_faint, set_font

if TYPE_CHECKING:
    from PySide6.QtGui import QEnterEvent, QPaintEvent


class ChoiceButton(QAbstractButton):
    """One of a few ways to begin."""

    def __init__(self, theme: Theme, icon: str, title: str, text: str) -> None:
        super().__init__()
        self._theme = theme
        self._icon_name = icon
        self._icon = QLabel()
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        first, second = PlainLabel(title), PlainLabel(text)
        set_font(first, scale=1.1, bold=True)
        set_faint(second)
        for label in (self._icon, first, second):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        texts = QVBoxLayout()
        texts.setSpacing(GRID // 2)
        texts.addWidget(first)
        texts.addWidget(second)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        row.setSpacing(2 * GRID)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        theme.changed.connect(self._draw_icon)
        self._draw_icon()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As large as what it says."""
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Answer the pointer."""
        self.update()
        super().enterEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, ARG002 - Qt's name
        """Draw a rounded card; its border is the accent colour while it has the focus."""
        palette = self.palette()
        accent = self._theme.colour(Tone.ACCENT)
        base = palette.color(QPalette.ColorRole.Base)
        text = palette.color(QPalette.ColorRole.WindowText)
        share = 0.16 if self.isDown() else 0.08 if self.underMouse() else 0.0
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = painter.pen()
        pen.setColor(accent if self.hasFocus() else mix(base, text, 0.2))
        pen.setWidthF(2 if self.hasFocus() else 1)
        painter.setPen(pen)
        painter.setBrush(mix(base, accent, share))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), GRID * 0.75, GRID * 0.75)

    def _draw_icon(self) -> None:
        self._icon.setPixmap(self._theme.pixmap(self._icon_name, Tone.ACCENT, 32, self.devicePixelRatioF()))
