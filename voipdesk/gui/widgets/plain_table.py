"""A small table of plain text, as high as its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from voipdesk.gui.theme import GRID
from voipdesk.gui.widgets.labels import plain_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

_WIDEST = 44 * GRID


class PlainTable(QTableWidget):
    """Shows rows to read and copy; scrolls by itself only when it has more than `rows_shown`."""

    def __init__(self, name: str, headings: Sequence[str], *, rows_shown: int = 12) -> None:
        super().__init__()
        self._rows_shown = rows_shown
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setFrameShape(QTableWidget.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + GRID)
        header = self.horizontalHeader()
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setMaximumSectionSize(_WIDEST)
        self.set_headings(headings)

    def set_headings(self, headings: Sequence[str]) -> None:
        """Take these columns; headings that are all empty are not shown."""
        self.setColumnCount(len(headings))
        self.setHorizontalHeaderLabels(list(headings))
        self.horizontalHeader().setVisible(any(headings))
        for column in range(len(headings)):
            self.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setStretchLastSection(True)

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show these; what is elided is in the tool tip."""
        self.setRowCount(len(rows))
        for place, row in enumerate(rows):
            for column, text in enumerate(row[: self.columnCount()]):
                item = QTableWidgetItem(" ".join(text.split()))
                item.setToolTip(plain_tip(text) if text else "")
                self.setItem(place, column, item)
        shown = min(len(rows), self._rows_shown)
        header = self.horizontalHeader().sizeHint().height() if self.horizontalHeader().isVisibleTo(self) else 0
        self.setFixedHeight(header + shown * self.verticalHeader().defaultSectionSize() + 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Copy the selected rows by Ctrl+C."""
        if event.matches(QKeySequence.StandardKey.Copy):
            rows = sorted({index.row() for index in self.selectedIndexes()})
            QGuiApplication.clipboard().setText("\n".join(self._row_text(row) for row in rows))
        else:
            super().keyPressEvent(event)

    def _row_text(self, row: int) -> str:
        items = (self.item(row, column) for column in range(self.columnCount()))
        return "\t".join(item.text() if item else "" for item in items)
