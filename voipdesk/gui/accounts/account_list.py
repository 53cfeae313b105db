"""The accounts there are, and what can be done with the selected one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from voipdesk.gui.accounts.test_report import TestReportView
from voipdesk.gui.theme import GRID
from voipdesk.gui.widgets.labels import heading, plain_tip
from voipdesk.gui.widgets.saying_card import SayingCard

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from voipdesk.gui.accounts.model import AccountRow
    from voipdesk.gui.theme import Theme
    from voipdesk.gui.widgets.saying import Saying

_HEADINGS = ("Name", "Service", "My number", "Address")
_ID = Qt.ItemDataRole.UserRole


class AccountList(QWidget):
    """Lists accounts; says which one the person wants to add, edit, test or remove."""

    add_asked = Signal()
    edit_asked = Signal(str)
    test_asked = Signal(str)
    remove_asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._tested = ""
        """The account the test result is about."""
        self.notice = SayingCard(theme, small=True)
        self.result = TestReportView(theme)
        self._table = _Table()
        self._table.entered.connect(lambda: self.edit_asked.emit(self.selected))
        self._table.itemSelectionChanged.connect(self._selected)
        self._add = QPushButton("Add account")
        self._edit = QPushButton("Edit")
        self._test = QPushButton("Test connection")
        self._remove = QPushButton("Remove")
        for button, icon in ((self._add, "add"), (self._edit, "edit"), (self._test, "test"), (self._remove, "remove")):
            theme.set_icon(button, icon)
        self._add.clicked.connect(self.add_asked)
        self._edit.clicked.connect(lambda: self.edit_asked.emit(self.selected))
        self._test.clicked.connect(lambda: self.test_asked.emit(self.selected))
        self._remove.clicked.connect(lambda: self.remove_asked.emit(self.selected))
        self._lay_out()
        self.show_notice(None)

    @property
    def selected(self) -> str:
        """The id of the selected account, "" when there is none."""
        item = self._table.item(self._table.currentRow(), 0) if self._table.selectedItems() else None
        return str(item.data(_ID)) if item is not None else ""

    def show_rows(self, rows: Sequence[AccountRow], select: str = "") -> None:
        """List these; the selection stays with its account, or goes to `select`."""
        wanted = select or self.selected
        self._table.setRowCount(len(rows))
        for place, row in enumerate(rows):
            for column, text in enumerate((row.name, row.service, row.my_number, row.address)):
                item = QTableWidgetItem(text)
                item.setToolTip(plain_tip(text) if text else "")
                item.setData(_ID, row.id)
                self._table.setItem(place, column, item)
        places = [place for place, row in enumerate(rows) if row.id == wanted]
        if rows:
            self._table.selectRow(places[0] if places else 0)
        self._selected()

    def show_notice(self, saying: Saying | None) -> None:
        """Say what concerns all accounts, such as a missing keyring."""
        self.notice.show_saying(saying)
        self.notice.setVisible(saying is not None)

    def set_busy(self, *, busy: bool) -> None:
        """Take no second test while one is under way."""
        self._test.setEnabled(not busy and bool(self.selected))

    def _selected(self) -> None:
        for button in (self._edit, self._test, self._remove):
            button.setEnabled(bool(self.selected))
        if self.selected != self._tested:
            self._tested = self.selected
            self.result.clear()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(heading("Accounts", 1.35), 1)
        top.addWidget(self._add)
        actions = QHBoxLayout()
        actions.setSpacing(GRID)
        actions.addWidget(self._test)
        actions.addWidget(self._edit)
        actions.addWidget(self._remove)
        actions.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        column.addLayout(top)
        column.addWidget(self.notice)
        column.addWidget(self._table, 1)
        column.addLayout(actions)
        column.addWidget(self.result)


class _Table(QTableWidget):
    entered = Signal()

    def __init__(self) -> None:
        super().__init__(0, len(_HEADINGS))
        self.setAccessibleName("Accounts")
        self.setHorizontalHeaderLabels(_HEADINGS)
        self.setShowGrid(False)
        self.setFrameShape(QTableWidget.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(max(5 * GRID, self.fontMetrics().height() + 2 * GRID))
        header = self.horizontalHeader()
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setMaximumSectionSize(40 * GRID)
        self.cellDoubleClicked.connect(self.entered)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Edit by Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentRow() >= 0:
            self.entered.emit()
        else:
            super().keyPressEvent(event)
