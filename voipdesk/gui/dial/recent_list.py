"""The numbers dialled last, each with a button that dials it again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QPushButton,
    QStackedLayout,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from voipdesk.gui.theme import GRID
from voipdesk.gui.widgets.faces import EmptyFace
from voipdesk.gui.widgets.labels import plain_tip
from voipdesk.gui.widgets.saying_card import centred

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voipdesk.gui.dial.model import RecentRow
    from voipdesk.gui.theme import Theme

_HEADINGS = ("Number", "Dialled", "Account", "", "")
_BUTTON = len(_HEADINGS) - 1


class RecentList(QWidget):
    """Rows to dial again: by their button, by Enter, by a double click."""

    dial_asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._rows: tuple[RecentRow, ...] = ()
        self._table = _Table()
        self._table.setAccessibleName("Numbers dialled last")
        self._table.entered.connect(self._dial)
        self._table.copied.connect(self._copy)
        self._empty = EmptyFace(
            theme, "dial", "Nothing dialled yet", "The numbers you dial are listed here, ready to be dialled again."
        )
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._table)

    def show_rows(self, rows: Sequence[RecentRow]) -> None:
        """Show these; a list that is the same stays as it is, with what is selected in it."""
        if tuple(rows) == self._rows:
            return
        self._rows = tuple(rows)
        self._table.setRowCount(len(rows))
        for place, row in enumerate(self._rows):
            for column, text in enumerate((row.display, row.when, row.account, row.outcome)):
                item = QTableWidgetItem(text)
                item.setToolTip(plain_tip(text) if text else "")
                self._table.setItem(place, column, item)
            button = QPushButton("Call")
            button.setAccessibleName(f"Call {row.display}")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(partial(self.dial_asked.emit, row.number))
            self._table.setCellWidget(place, _BUTTON, centred(button))
        self._table.setColumnHidden(2, len({row.account for row in self._rows}) < 2)
        self._stack.setCurrentIndex(1 if rows else 0)

    def _dial(self, place: int) -> None:
        self.dial_asked.emit(self._rows[place].number)

    def _copy(self, place: int) -> None:
        QGuiApplication.clipboard().setText(self._rows[place].number)


class _Table(QTableWidget):
    entered = Signal(int)
    copied = Signal(int)

    def __init__(self) -> None:
        super().__init__(0, len(_HEADINGS))
        self.setHorizontalHeaderLabels(_HEADINGS)
        self.setShowGrid(False)
        self.setFrameShape(QTableWidget.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(max(5 * GRID, self.fontMetrics().height() + 3 * GRID))
        header = self.horizontalHeader()
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.cellDoubleClicked.connect(lambda row, _column: self.entered.emit(row))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Dial by Enter, copy the number by Ctrl+C."""
        row = self.currentRow()
        if row >= 0 and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit(row)
        elif row >= 0 and event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit(row)
        else:
            super().keyPressEvent(event)
