"""The small table that panes list their few rows in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
)

from voipdesk.gui.theme import GRID, mix
from voipdesk.gui.widgets.labels import plain_tip
from voipdesk.gui.widgets.row_focus import paint_row_focus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent

_WIDEST = 44 * GRID


class DataTable(QTableWidget):
    """Rows of plain text to read, pick and copy; what is elided is in the tool tip."""

    entered = Signal(int)
    """Enter or a double click on a row."""

    def __init__(self, name: str, headings: Sequence[str], *, row_padding: int = GRID) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setFrameShape(QTableWidget.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setItemDelegate(_PaddedDelegate(self))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 2 * row_padding)
        header = self.horizontalHeader()
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setMaximumSectionSize(_WIDEST)
        self.set_headings(headings)
        self.cellDoubleClicked.connect(lambda row, _column: self.entered.emit(row))

    def set_headings(self, headings: Sequence[str]) -> None:
        """Take these columns; headings that are all empty are not shown."""
        self.setColumnCount(len(headings))
        self.setHorizontalHeaderLabels(list(headings))
        header = self.horizontalHeader()
        header.setVisible(any(headings))
        for column in range(len(headings)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show these texts."""
        self.setRowCount(len(rows))
        for place, row in enumerate(rows):
            for column, text in enumerate(row[: self.columnCount()]):
                item = QTableWidgetItem(" ".join(text.split()))
                item.setToolTip(plain_tip(text) if text else "")
                self.setItem(place, column, item)

    def copy_text(self, row: int) -> str:
        """Give what Ctrl+C copies of a row."""
        items = (self.item(row, column) for column in range(self.columnCount()))
        return "\t".join(item.text() for item in items if item)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Choose the first row when none is: Qt would make one current without showing it."""
        if self.currentRow() < 0 and self.rowCount():
            self.selectRow(0)
        super().focusInEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the rows, and where the keyboard is."""
        super().paintEvent(event)
        paint_row_focus(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Pick the row by Enter, copy it by Ctrl+C."""
        row = self.currentRow()
        if row >= 0 and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit(row)
        elif row >= 0 and event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.copy_text(row))
        else:
            super().keyPressEvent(event)


class _PaddedDelegate(QStyledItemDelegate):
    """Gives cells room, and a selection that leaves the text its colour."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802 - Qt's name
        """Make room at the cell's end."""
        return super().sizeHint(option, index) + QSize(2 * GRID, 0)

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:  # noqa: N802 - Qt's name
        """Keep the text's colour on a selected row."""
        super().initStyleOption(option, index)
        option.state &= ~QStyle.StateFlag.State_HasFocus

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Tint the ground of a selected row with the accent colour."""
        if option.state & QStyle.StateFlag.State_Selected:
            palette = option.palette
            base = palette.color(QPalette.ColorRole.Base)
            painter.fillRect(option.rect, mix(base, palette.color(QPalette.ColorRole.Accent), 0.24))
            option.state &= ~QStyle.StateFlag.State_Selected
        super().paint(painter, option, index)
