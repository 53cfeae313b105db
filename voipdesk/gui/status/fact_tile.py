"""A card with one fact: what about, in a word or two, and more of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSizePolicy

from voipdesk.gui.theme import GRID, Theme, Tone, mix
from voipdesk.gui.widgets.labels import ElidedLabel, set_faint, set_font

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from voipdesk.gui.status.model import Fact

_ICONS = {
    Tone.TEXT: "good",
    Tone.FAINT: "help",
    Tone.ACCENT: "info",
    Tone.GOOD: "good",
    Tone.WARNING: "warning",
    Tone.BAD: "error",
}


class FactTile(QFrame):
    """Shows a Fact; its tone is in its icon and its words, never in colour alone."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._fact: Fact | None = None
        self._icon = QLabel()
        self._icon.setFixedSize(24, 24)
        self._caption = ElidedLabel()
        self._value = ElidedLabel()
        self._detail = ElidedLabel()
        set_font(self._value, scale=1.2, bold=True)
        set_faint(self._caption)
        set_faint(self._detail)
        grid = QGridLayout(self)
        grid.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(GRID // 2)
        grid.addWidget(self._caption, 0, 0, 1, 2)
        grid.addWidget(self._icon, 1, 0)
        grid.addWidget(self._value, 1, 1)
        grid.addWidget(self._detail, 2, 0, 1, 2)
        grid.setColumnStretch(1, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._draw_icon)

    def show_fact(self, fact: Fact) -> None:
        """Show it."""
        self._fact = fact
        self._caption.setText(fact.caption)
        self._value.setText(fact.value)
        self._detail.setText(fact.detail)
        self.setAccessibleName(f"{fact.caption}: {fact.value} {fact.detail}".strip())
        self._draw_icon()

    def _draw_icon(self) -> None:
        if self._fact is not None:
            tone = self._fact.tone
            self._icon.setPixmap(self._theme.pixmap(_ICONS[tone], tone, 24, self.devicePixelRatioF()))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, ARG002 - Qt's name
        """Draw the card."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        base, text = self._theme.tint(Tone.TEXT), self._theme.colour(Tone.TEXT)
        painter.setPen(mix(base, text, 0.06))
        painter.setBrush(mix(base, self.palette().base().color(), 0.7))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), GRID // 2, GRID // 2)
