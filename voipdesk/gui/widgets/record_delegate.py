"""How a cell of a record is drawn: its text, elided, on the ground of its row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QStyledItemDelegate

from voipdesk.gui.theme import GRID, mix

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from voipdesk.gui.widgets.record_model import RecordModel

PADDING = GRID // 2
_SHARE = 0.24
"""Of the accent colour in the ground of a selected row."""
_REMEMBERED = 8_000


class RecordDelegate(QStyledItemDelegate):
    """Draws the cells itself: Qt's own asks the model for seven roles a cell, hundreds of times for a screen full.

    What was measured is remembered, for every step of a scroll draws the same words.
    """

    def __init__(self, model: RecordModel, view: QWidget) -> None:
        super().__init__(view)
        self._model = model
        self._view = view
        self._fitted: dict[tuple[str, int], tuple[str, int]] = {}
        self.selected_row = -1
        """Told by the view before it paints: to ask every cell for its state takes longer than to fill its ground."""
        self.refresh()

    def refresh(self) -> None:
        """Take over another font or palette."""
        palette = self._view.palette()
        self._metrics = self._view.fontMetrics()
        self._text = palette.color(QPalette.ColorRole.Text)
        self._ground = mix(palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.Accent), _SHARE)
        self._rises, self._line = self._metrics.ascent(), self._metrics.height()
        self._mirrored = self._view.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self._fitted.clear()

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the text in its usual colour, on a tinted ground where the row is selected."""
        rect, row = option.rect, index.row()
        if row == self.selected_row:
            painter.fillRect(rect, self._ground)
        text = self._model.record(row).cells[index.column()]
        if text:
            room = rect.width() - 2 * PADDING
            shown, width = self._fit(text, room)
            painter.setPen(self._text)
            x = rect.x() + PADDING + (room - width if self._mirrored else 0)
            # By its base line: within a rectangle Qt lays the text out a second time.
            painter.drawText(x, rect.y() + (rect.height() - self._line) // 2 + self._rises, shown)

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802 - Qt's name
        """Give the room a cell would like: for a column fitted to its content by double click."""
        text = self._model.record(index.row()).cells[index.column()]
        return QSize(self._metrics.horizontalAdvance(text) + 2 * PADDING + GRID, self._line + GRID)

    def _fit(self, text: str, room: int) -> tuple[str, int]:
        """Give what fits of a text, and its width."""
        key = (text, room)
        fitted = self._fitted.get(key)
        if fitted is None:
            if len(self._fitted) >= _REMEMBERED:
                self._fitted.clear()
            width = self._metrics.horizontalAdvance(text)
            if width > room:
                text, width = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, room), room
            fitted = self._fitted[key] = (text, width)
        return fitted
