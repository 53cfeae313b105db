"""The pane's first page: whose scripts, the list of them, and what can be done with the one that is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from voipdesk.core.language import _
from voipdesk.gui.scripts import model
from voipdesk.gui.theme import GRID
from voipdesk.gui.widgets.account_choice import AccountChoice
from voipdesk.gui.widgets.faces import BusyBar, EmptyFace
from voipdesk.gui.widgets.labels import ElidedLabel, PlainLabel, heading, set_faint
from voipdesk.gui.widgets.menu_text import with_key
from voipdesk.gui.widgets.record_model import RecordModel
from voipdesk.gui.widgets.record_table import RecordTable
from voipdesk.gui.widgets.saying_card import SayingCard
from voipdesk.gui.widgets.search_field import SearchField
from voipdesk.gui.words import sample_time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QMenu

    from voipdesk.gui.theme import Theme
    from voipdesk.gui.widgets.record_model import Record
    from voipdesk.gui.widgets.saying import Saying


class BrowsePage(QWidget):
    """Shows the scripts of one account."""

    account_picked = Signal(str)
    refresh_asked = Signal()
    new_asked = Signal()
    test_asked = Signal()
    edit_asked = Signal()
    delete_asked = Signal()
    copy_asked = Signal()
    draft_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._account = AccountChoice()
        self._account.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._account.setMinimumContentsLength(12)
        self._account.setMaximumWidth(32 * GRID)
        self.new = QPushButton(_("&New script"))
        self.new.setToolTip(_("Give the service a web address to ask"))
        theme.set_icon(self.new, "add")
        self._refresh = QPushButton(_("Read again"))
        self._refresh.setToolTip(_("Ask the service again (F5)"))
        theme.set_icon(self._refresh, "refresh")
        self.draft = SayingCard(theme, small=True)
        self.draft.hide()
        self.search = SearchField(theme, _("Name or address"), _("Search the call scripts"))
        self._records = RecordModel(model.headings())
        self.table = RecordTable(_("Call scripts"), self._records, (2, 5, sample_time()))
        self.as_of = ElidedLabel()
        set_faint(self.as_of)
        self._bar = BusyBar()
        self.test = QPushButton(_("&Test"))
        self.edit = QPushButton(_("&Edit…"))
        self.delete = QPushButton(_("De&lete…"))
        self.test.setToolTip(_("See what the address answers, and whether it is well formed"))
        self.delete.setToolTip(_("Delete it at the service; asks first"))
        for button, icon in ((self.test, "test"), (self.edit, "edit"), (self.delete, "remove")):
            theme.set_icon(button, icon)
        self._none = EmptyFace(theme, "scripts", _("No call script yet"), model.about(), _("New script"))
        self._failed = EmptyFace(theme, "error", "", "", _("Try again"))
        self._no_match = EmptyFace(
            theme, "search", _("No script matches"), _("Try a shorter text."), _("Clear the search")
        )
        self._faces = QStackedWidget()
        for face in (self.table, self._none, self._failed, self._no_match):
            self._faces.addWidget(face)
        self._bind()
        self._lay_out()
        self._enable()

    @property
    def account(self) -> str:
        """The id of the account chosen, "" when there is none."""
        return self._account.account

    def show_accounts(self, accounts: Sequence[tuple[str, str]], current: str) -> None:
        """Offer these (id, name); a single one needs no choice."""
        self._account.offer(accounts, current)
        self.new.setEnabled(bool(accounts))

    def set_busy(self, *, busy: bool) -> None:
        """Show that the list is read; there is nothing to press again meanwhile."""
        self._bar.set_busy(busy=busy)
        self._refresh.setEnabled(not busy)

    def clear(self) -> None:
        """Show nothing of what was there."""
        self.table.pick("")
        self._records.show_records(())
        self.search.clear()
        self.as_of.setText("")
        self._faces.setCurrentWidget(self.table)

    def show_records(self, records: Sequence[Record], as_of: str) -> None:
        """List these, or say that there are none."""
        self._records.show_records(records)
        self.as_of.setText(as_of)
        if records:
            self._show_table()
        else:
            self._faces.setCurrentWidget(self._none)
        self._enable()

    def show_failure(self, text: str) -> None:
        """Say in place of a list why there is none."""
        self._failed.say(_("The scripts could not be read"), text, _("Try again"))
        self._faces.setCurrentWidget(self._failed)

    def show_draft(self, saying: Saying | None) -> None:
        """Say that a form is not finished; its button goes there."""
        self.draft.show_saying(saying)
        self.draft.setVisible(saying is not None)

    def begin(self) -> None:
        """Give the focus to the search field."""
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _filter(self, text: str) -> None:
        self._records.filter(text)
        if self._records.total:
            self._show_table()

    def _show_table(self) -> None:
        self._faces.setCurrentWidget(self.table if self._records.rowCount() else self._no_match)

    def _enable(self) -> None:
        for button in (self.test, self.edit, self.delete):
            button.setEnabled(bool(self.table.current))

    def _fill_menu(self, menu: QMenu) -> None:
        for button in (self.test, self.edit, self.delete):
            menu.addAction(button.text().replace("&", ""), button.click)
        menu.addAction(with_key(_("Copy address"), QKeySequence.StandardKey.Copy), self.copy_asked.emit)

    def _bind(self) -> None:
        self._account.picked.connect(self.account_picked)
        self._refresh.clicked.connect(self.refresh_asked)
        self._failed.begun.connect(self.refresh_asked)
        self._no_match.begun.connect(self.search.clear)
        for signal in (self.new.clicked, self._none.begun):
            signal.connect(self.new_asked)
        self.draft.acted.connect(self.draft_asked)
        self.test.clicked.connect(self.test_asked)
        self.edit.clicked.connect(self.edit_asked)
        self.delete.clicked.connect(self.delete_asked)
        self.search.textChanged.connect(self._filter)
        self.search.left.connect(lambda: self.table.setFocus(Qt.FocusReason.OtherFocusReason))
        self.table.text_typed.connect(self.search.type_into)
        self.table.current_changed.connect(lambda _id: self._enable())
        self.table.entered.connect(lambda _id: self.test_asked.emit())
        self.table.copy_asked.connect(lambda _id: self.copy_asked.emit())
        self.table.menu_asked.connect(self._fill_menu)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(GRID)
        title = heading(_("Call scripts"), 1.35)
        title.setWordWrap(False)
        top.addWidget(title)
        top.addWidget(self._account)
        top.addStretch(1)
        top.addWidget(self.new)
        top.addWidget(self._refresh)
        about = PlainLabel(model.about())
        set_faint(about)
        foot = QHBoxLayout()
        foot.setSpacing(GRID)
        foot.addWidget(self.as_of, 1)
        for button in (self.test, self.edit, self.delete):
            foot.addWidget(button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(3 * GRID, 3 * GRID, 2 * GRID, GRID)
        whole.setSpacing(GRID)
        whole.addLayout(top)
        whole.addWidget(about)
        whole.addWidget(self.draft)
        whole.addWidget(self.search)
        rows = QVBoxLayout()
        rows.setSpacing(0)
        rows.addWidget(self._bar)
        rows.addWidget(self._faces, 1)
        whole.addLayout(rows, 1)
        whole.addLayout(foot)
