"""How a cell of a record is drawn: its text, elided, on the ground of its row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate

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
_SELECTED = QStyle.StateFlag.State_Selected


class RecordDelegate(QStyledItemDelegate):
    """Draws the cells itself: Qt's own asks the model for seven roles a cell, hundreds of times for a screen full.

    What was measured is remembered, for every step of a scroll draws the same words.
    """

    def __init__(self, model: RecordModel, view: QWidget) -> None:
        super().__init__(view)
        self._model = model
        self._view = view
        self._fitted: dict[tuple[str, int], str] = {}
        self.refresh()

    def refresh(self) -> None:
        """Take over another font or palette."""
        palette = self._view.palette()
        self._metrics = self._view.fontMetrics()
        self._text = palette.color(QPalette.ColorRole.Text)
        self._ground = mix(palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.Accent), _SHARE)
        leading = QStyle.visualAlignment(self._view.layoutDirection(), Qt.AlignmentFlag.AlignLeft)
        self._flags = int((leading | Qt.AlignmentFlag.AlignVCenter).value) | int(Qt.TextFlag.TextSingleLine.value)
        self._fitted.clear()

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the text in its usual colour, on a tinted ground where the row is selected."""
        rect = option.rect
        if option.state & _SELECTED:
            painter.fillRect(rect, self._ground)
        text = self._model.record(index.row()).cells[index.column()]
        if text:
            width = rect.width() - 2 * PADDING
            painter.setPen(self._text)
            painter.drawText(rect.x() + PADDING, rect.y(), width, rect.height(), self._flags, self._fit(text, width))

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802 - Qt's name
        """Give the room a cell would like: for a column fitted to its content by double click."""
        text = self._model.record(index.row()).cells[index.column()]
        return QSize(self._metrics.horizontalAdvance(text) + 2 * PADDING + GRID, self._metrics.height() + GRID)

    def _fit(self, text: str, width: int) -> str:
        key = (text, width)
        fitted = self._fitted.get(key)
        if fitted is None:
            if len(self._fitted) >= _REMEMBERED:
                self._fitted.clear()
            fitted = self._fitted[key] = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
        return fitted
