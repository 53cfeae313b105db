"""Draws a cell's two texts, elided; remembers what it measured, for every step of a scroll draws the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics

from voipdesk.gui.theme import GRID

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QPainter

    from voipdesk.gui.call_log.model import Cell

_REMEMBERED = 1500
_LEFT = int((Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter).value) | int(Qt.TextFlag.TextSingleLine.value)
_RIGHT = int((Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter).value) | int(
    Qt.TextFlag.TextSingleLine.value
)
Place = tuple[int, int, int, int]
"""Left, top, width, height."""


class CellText:
    """The texts of cells in one font and its bold sister."""

    def __init__(self, font: QFont) -> None:
        bold = QFont(font)
        bold.setBold(True)
        self._fonts = (font, bold)
        self._metrics = (QFontMetrics(font), QFontMetrics(bold))
        self._least = self._metrics[0].horizontalAdvance("0" * 7)
        self._fitted: dict[tuple[str, int, bool], tuple[str, int]] = {}

    @property
    def height(self) -> int:
        """Pixels of a line."""
        return self._metrics[0].height()

    def width(self, cell: Cell, *, bold: bool) -> int:
        """Measure what a cell would like."""
        first, second = cell
        gap = GRID if first and second else 0
        return self._metrics[bold].horizontalAdvance(first) + gap + self._metrics[0].horizontalAdvance(second)

    def draw(
        self,
        painter: QPainter,
        place: Place,
        cell: Cell,
        colours: tuple[QColor, QColor],
        *,
        bold: bool = False,
        right: bool = False,
    ) -> None:
        """Draw the first text and, where a useful part of it fits, the second in the fainter colour."""
        first, second = cell if cell[0] else (cell[1], "")
        left, top, width, height = place
        text, used = self._fit(first, width, bold=bold)
        flags = _RIGHT if right else _LEFT
        painter.setFont(self._fonts[bold])
        painter.setPen(colours[0])
        painter.drawText(left, top, width, height, flags, text)
        rest = width - used - GRID
        if second and rest > 0:
            text, needed = self._fit(second, rest, bold=False)
            if rest >= min(needed, self._least):
                painter.setFont(self._fonts[0])
                painter.setPen(colours[1])
                painter.drawText(left + used + GRID, top, rest, height, flags, text)

    def _fit(self, text: str, width: int, *, bold: bool) -> tuple[str, int]:
        """Give what fits of a text, and the width it would need."""
        key = (text, width, bold)
        fitted = self._fitted.get(key)
        if fitted is None:
            if len(self._fitted) >= _REMEMBERED:
                self._fitted.clear()
            metrics = self._metrics[bold]
            needed = metrics.horizontalAdvance(text)
            elided = text if needed <= width else metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
            fitted = self._fitted[key] = (elided, needed)
        return fitted
