"""The accounts there are, and what can be done with the selected one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from voipdesk.core.language import _
from voipdesk.gui.accounts.test_report import TestReportView
from voipdesk.gui.theme import GRID
from voipdesk.gui.widgets.data_table import DataTable
from voipdesk.gui.widgets.labels import heading
from voipdesk.gui.widgets.saying_card import SayingCard

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voipdesk.gui.accounts.model import AccountRow
    from voipdesk.gui.theme import Theme
    from voipdesk.gui.widgets.saying import Saying

_ROWS = 4
"""The header and what is seen of the list at least, however much a test has to say."""


class AccountList(QWidget):
    """Lists accounts; says which one the person wants to add, edit, test or remove."""

    add_asked = Signal()
    edit_asked = Signal(str)
    test_asked = Signal(str)
    remove_asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._ids: tuple[str, ...] = ()
        self._tested = ""
        """The account the test result is about."""
        self.notice = SayingCard(theme, small=True)
        self.result = TestReportView(theme)
        headings = (_("Name"), _("Service"), _("My number"), _("Can do"), _("Address"))
        self._table = DataTable(_("Accounts"), headings, row_padding=GRID + GRID // 2)
        self._table.setMinimumHeight(_ROWS * self._table.verticalHeader().defaultSectionSize())
        self._table.entered.connect(lambda _row: self.edit_asked.emit(self.selected))
        self._table.itemSelectionChanged.connect(self._selected)
        self._add = QPushButton(_("Add account"))
        self._edit = QPushButton(_("Edit"))
        self._test = QPushButton(_("Test connection"))
        self._remove = QPushButton(_("Remove"))
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
        place = self._table.currentRow()
        return self._ids[place] if 0 <= place < len(self._ids) else ""

    def show_rows(self, rows: Sequence[AccountRow], select: str = "") -> None:
        """List these; the selection stays with its account, or goes to `select`."""
        wanted = select or self.selected
        self._table.show_rows([(row.name, row.service, row.my_number, row.offers, row.address) for row in rows])
        self._ids = tuple(row.id for row in rows)
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
        top.addWidget(heading(_("Accounts"), 1.35), 1)
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
