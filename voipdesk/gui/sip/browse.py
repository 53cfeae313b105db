"""The pane's first page: for whom, whose, the list, the sheet."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from voipdesk.gui.sip import model
from voipdesk.gui.sip.sheet_panel import SheetPanel
from voipdesk.gui.sip.status_delegate import StatusDelegate
from voipdesk.gui.sip.whose_card import WhoseCard
from voipdesk.gui.theme import GRID
from voipdesk.gui.widgets.account_choice import AccountChoice
from voipdesk.gui.widgets.faces import EmptyFace
from voipdesk.gui.widgets.labels import ElidedLabel, heading, set_faint
from voipdesk.gui.widgets.name_choice import NameChoice
from voipdesk.gui.widgets.record_model import RecordModel
from voipdesk.gui.widgets.record_table import RecordTable
from voipdesk.gui.widgets.rule import Rule
from voipdesk.gui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QMenu

    from voipdesk.gui.sip.model import SheetField, Whose
    from voipdesk.gui.theme import Theme
    from voipdesk.gui.widgets.record_model import Record

MYSELF = "Myself (reseller)"
_SHEET_CHARACTERS = 44
"""What the sheet has room for, beside its labels and buttons."""


class BrowsePage(QWidget):
    """Shows one list of SIP accounts, whose it is, and the sheet of the one chosen."""

    account_picked = Signal(str)
    refresh_asked = Signal()
    again_asked = Signal()
    """The button of the face that says why there is no list."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._account = AccountChoice()
        self._account.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._account.setMinimumContentsLength(12)
        self._account.picked.connect(self.account_picked)
        self.acting = NameChoice("Acting for", MYSELF)
        self.acting.setToolTip("Whose SIP accounts to read: type a part of a customer's name, Enter takes it")
        self.whose = WhoseCard(theme)
        self.whose.left.connect(lambda: self.acting.picked.emit(""))
        self._refresh = QPushButton("Read again")
        self._refresh.setToolTip("Ask the service again (F5)")
        theme.set_icon(self._refresh, "refresh")
        self._refresh.clicked.connect(self.refresh_asked)
        self.search = SearchField(theme, "Name, user name or extension", "Search the SIP accounts")
        self._records = RecordModel(model.HEADINGS)
        self.table = RecordTable("SIP accounts", self._records, ("00000000", 4, 4, "● unavailable"))
        self.table.setItemDelegateForColumn(model.STATUS_COLUMN, StatusDelegate(self._records, theme, self.table))
        self.status_note = ElidedLabel()
        set_faint(self.status_note)
        self.sheet = SheetPanel(theme)
        self._faces = QStackedWidget()
        self._none = EmptyFace(theme, "sip", "", "")
        self._failed = EmptyFace(theme, "error", "", "", "Try again")
        self._failed.begun.connect(self.again_asked)
        self._no_match = EmptyFace(theme, "search", "No SIP account matches", "Try a shorter text.", "Clear the search")
        self._no_match.begun.connect(self.search.clear)
        for face in (self.table, self._none, self._failed, self._no_match):
            self._faces.addWidget(face)
        self.search.textChanged.connect(self._filter)
        self.search.left.connect(lambda: self.table.setFocus(Qt.FocusReason.OtherFocusReason))
        self.table.text_typed.connect(self.search.type_into)
        self.table.entered.connect(lambda _id: self.sheet.take_focus())
        self.table.menu_asked.connect(self._fill_menu)
        self.table.copy_asked.connect(lambda _id: self.sheet.copy_asked.emit("username"))
        self._lay_out()

    @property
    def account(self) -> str:
        """The id of the account chosen, "" when there is none."""
        return self._account.account

    def show_accounts(self, accounts: Sequence[tuple[str, str]], current: str) -> None:
        """Offer these (id, name); a single one needs no choice."""
        self._account.offer(accounts, current)

    def show_acting(self, *, offered: bool) -> None:
        """Offer to act for customers, or not, where the service knows nothing of it."""
        self._acting_label.setVisible(offered)
        self.acting.setVisible(offered)

    def clear(self) -> None:
        """Show nothing of what was there."""
        self.table.pick("")
        self._records.show_records(())
        self.search.clear()
        self.sheet.clear()
        self.status_note.setText("")
        self._faces.setCurrentWidget(self.table)

    def show_whose(self, whose: Whose) -> None:
        """Say whose SIP accounts these are; while they are read there is nothing to press again."""
        self.whose.show_whose(whose)
        self._refresh.setEnabled(not whose.busy)

    def show_records(self, records: Sequence[Record], none: str) -> None:
        """List these, or say that there are none."""
        self._records.show_records(records)
        if records:
            self._show_table()
        else:
            self._none.say("No SIP accounts", none)
            self._faces.setCurrentWidget(self._none)

    def show_failure(self, title: str, text: str) -> None:
        """Say in place of a list why there is none."""
        self._failed.say(title, text, "Try again")
        self._faces.setCurrentWidget(self._failed)

    def show_sheet(self, title: str, fields: Sequence[SheetField], *, has_password: bool) -> None:
        """Show the SIP account chosen."""
        self.sheet.show_sheet(title, fields, has_password=has_password)

    def copy(self, text: str) -> None:
        """Put a text that is no secret on the clipboard."""
        QGuiApplication.clipboard().setText(text)

    def _filter(self, text: str) -> None:
        self._records.filter(text)
        if self._records.total:
            self._show_table()

    def _show_table(self) -> None:
        self._faces.setCurrentWidget(self.table if self._records.rowCount() else self._no_match)

    def _fill_menu(self, menu: QMenu) -> None:
        for key, button in self.sheet.buttons.items():
            if button.isEnabled():
                menu.addAction(button.accessibleName(), partial(self.sheet.copy_asked.emit, key))

    def _lay_out(self) -> None:
        self._acting_label = QLabel("Acting &for")
        self._acting_label.setBuddy(self.acting)
        self._account.setMaximumWidth(32 * GRID)
        self.acting.setMaximumWidth(40 * GRID)
        top = QHBoxLayout()
        top.setSpacing(GRID)
        title = heading("SIP accounts", 1.35)
        title.setWordWrap(False)
        top.addWidget(title)
        top.addWidget(self._account)
        top.addStretch(1)
        top.addWidget(self._acting_label)
        top.addWidget(self.acting, 2)
        top.addWidget(self._refresh)
        left = QVBoxLayout()
        left.setSpacing(GRID)
        left.addWidget(self.search)
        left.addWidget(self._faces, 1)
        left.addWidget(self.status_note)
        parts = QHBoxLayout()
        parts.setSpacing(GRID)
        parts.addLayout(left, 3)
        parts.addWidget(Rule(vertical=True))
        parts.addWidget(self.sheet, 2)
        self.sheet.setMinimumWidth(max(42 * GRID, _SHEET_CHARACTERS * self.fontMetrics().averageCharWidth()))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(3 * GRID, 3 * GRID, 2 * GRID, GRID)
        whole.setSpacing(GRID)
        whole.addLayout(top)
        whole.addWidget(self.whose)
        whole.addLayout(parts, 1)
