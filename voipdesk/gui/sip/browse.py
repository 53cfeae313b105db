"""The pane's first page: for whom, whose, the list, the sheet."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from voipdesk.core.language import _
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
from voipdesk.gui.widgets.saying_card import SayingCard
from voipdesk.gui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QMenu

    from voipdesk.gui.sip.model import Whose
    from voipdesk.gui.theme import Theme
    from voipdesk.gui.widgets.record_model import Record
    from voipdesk.gui.widgets.saying import Saying


class BrowsePage(QWidget):
    """Shows one list of SIP accounts, whose it is, and the sheet of the one chosen."""

    account_picked = Signal(str)
    refresh_asked = Signal()
    again_asked = Signal()
    """The button of the face that says why there is no list."""
    new_asked = Signal()
    typed_asked = Signal()
    """Settings are to be typed in that no service here has."""
    draft_asked = Signal()
    """Back to the form that is not finished."""
    rows_shown = Signal()
    """Other rows may be on the screen than before."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._managed = False
        self._account = AccountChoice()
        self._account.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._account.setMinimumContentsLength(12)
        self._account.picked.connect(self.account_picked)
        self.acting = NameChoice(_("Acting for"), _("Myself (reseller)"))
        self.acting.setToolTip(_("Whose SIP accounts to read: type a part of a customer's name, Enter takes it"))
        self.whose = WhoseCard(theme)
        self.whose.left.connect(lambda: self.acting.picked.emit(""))
        self._refresh = QPushButton(_("Read again"))
        self._refresh.setToolTip(_("Ask the service again (F5)"))
        theme.set_icon(self._refresh, "refresh")
        self._refresh.clicked.connect(self.refresh_asked)
        self.new = QPushButton(_("&New SIP account"))
        self.new.setToolTip(_("Create what one more phone signs in with"))
        theme.set_icon(self.new, "add")
        self.new.clicked.connect(self.new_asked)
        self.typed = QPushButton(_("Type in SIP settings…"))
        self.typed.setToolTip(_("Set up or check a softphone with settings from elsewhere; no account is needed"))
        self.typed.clicked.connect(self.typed_asked)
        self.draft = SayingCard(theme, small=True)
        self.draft.acted.connect(self.draft_asked)
        self.draft.hide()
        self.search = SearchField(theme, _("Name, user name or extension"), _("Search the SIP accounts"))
        self._records = RecordModel(model.headings())
        longest = "○ Not registered"  # NON-NLS: a service's own word
        self.table = RecordTable(_("SIP accounts"), self._records, ("00000000", 4, 4, longest))
        self.table.setItemDelegateForColumn(model.STATUS_COLUMN, StatusDelegate(self._records, theme, self.table))
        self.status_note = ElidedLabel()
        set_faint(self.status_note)
        self.sheet = SheetPanel(theme)
        self._rule = Rule(vertical=True)
        self._faces = QStackedWidget()
        self._none = EmptyFace(theme, "sip", "", "")
        self._failed = EmptyFace(theme, "error", "", "", _("Try again"))
        self._failed.begun.connect(self.again_asked)
        self._no_match = EmptyFace(
            theme, "search", _("No SIP account matches"), _("Try a shorter text."), _("Clear the search")
        )
        self._no_match.begun.connect(self.search.clear)
        self._nobody = EmptyFace(
            theme,
            "softphone",
            _("No account here keeps SIP accounts"),
            _(
                "A SIP account is what a phone signs in with: a name, a password and a server. If you were given one, "
                "type it in: voipdesk sets up a softphone with it, or shows whether it works."
            ),
            _("Type in SIP settings…"),
        )
        self._nobody.begun.connect(self.typed_asked)
        for face in (self.table, self._none, self._failed, self._no_match, self._nobody):
            self._faces.addWidget(face)
        self._none.begun.connect(self.new_asked)
        scrolls = self.table.verticalScrollBar()
        scrolls.valueChanged.connect(self.rows_shown)
        scrolls.rangeChanged.connect(self.rows_shown)
        self._records.modelReset.connect(self.rows_shown)
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

    def offer(self, *, managed: bool, asks_status: bool) -> None:
        """Offer what the service can do: see SheetPanel.offer."""
        self._managed = managed
        self.new.setVisible(managed)
        self.sheet.offer(managed=managed, asks_status=asks_status)

    @property
    def visible_ids(self) -> list[str]:
        """The ids of the rows on the screen, from the top."""
        table = self.table
        if not table.isVisible() or not self._records.rowCount():
            return []
        last = table.rowAt(table.viewport().height() - 1)
        end = last + 1 if last >= 0 else self._records.rowCount()
        return [self._records.id_at(row) for row in range(max(0, table.rowAt(0)), end)]

    def show_record(self, record: Record) -> None:
        """Show a record anew where it stands."""
        self._records.show_record(record)

    def show_nobody(self) -> None:
        """Say that no account has SIP accounts, and what can be done without one."""
        self._show_parts(there=False)
        self._faces.setCurrentWidget(self._nobody)

    def begin(self) -> None:
        """Give the focus to the search field."""
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_draft(self, saying: Saying | None) -> None:
        """Say that a form is not finished; its button goes there."""
        self.draft.show_saying(saying)
        self.draft.setVisible(saying is not None)

    def clear(self) -> None:
        """Show nothing of what was there."""
        self._show_parts(there=True)
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
            self._none.say(_("No SIP accounts"), none, _("New SIP account") if self._managed else "")
            self._faces.setCurrentWidget(self._none)

    def show_failure(self, title: str, text: str) -> None:
        """Say in place of a list why there is none."""
        self._failed.say(title, text, _("Try again"))
        self._faces.setCurrentWidget(self._failed)

    def copy(self, text: str) -> None:
        """Put a text that is no secret on the clipboard."""
        QGuiApplication.clipboard().setText(text)

    def _filter(self, text: str) -> None:
        self._records.filter(text)
        if self._records.total:
            self._show_table()

    def _show_table(self) -> None:
        self._faces.setCurrentWidget(self.table if self._records.rowCount() else self._no_match)

    def _show_parts(self, *, there: bool) -> None:
        for part in (self.whose, self.search, self.typed, self.sheet, self._rule, self._refresh):
            part.setVisible(there)

    def _fill_menu(self, menu: QMenu) -> None:
        sheet = self.sheet
        for action in (sheet.set_up, sheet.check, sheet.edit, sheet.delete):
            if not action.isHidden():
                menu.addAction(action.text().replace("&", ""), action.click)
        menu.addSeparator()
        for key, button in self.sheet.buttons.items():
            if button.isEnabled() and not button.isHidden():
                menu.addAction(button.accessibleName(), partial(self.sheet.copy_asked.emit, key))

    def _lay_out(self) -> None:
        self._acting_label = QLabel(_("Acting &for"))
        self._acting_label.setBuddy(self.acting)
        self._account.setMaximumWidth(32 * GRID)
        self.acting.setMaximumWidth(40 * GRID)
        top = QHBoxLayout()
        top.setSpacing(GRID)
        title = heading(_("SIP accounts"), 1.35)
        title.setWordWrap(False)
        top.addWidget(title)
        top.addWidget(self._account)
        top.addStretch(1)
        top.addWidget(self._acting_label)
        top.addWidget(self.acting, 2)
        top.addWidget(self.new)
        top.addWidget(self._refresh)
        foot = QHBoxLayout()
        foot.setSpacing(GRID)
        foot.addWidget(self.status_note, 1)
        foot.addWidget(self.typed)
        left = QVBoxLayout()
        left.setSpacing(GRID)
        left.addWidget(self.search)
        left.addWidget(self._faces, 1)
        left.addLayout(foot)
        parts = QHBoxLayout()
        parts.setSpacing(GRID)
        parts.addLayout(left, 3)
        parts.addWidget(self._rule)
        parts.addWidget(self.sheet, 2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(3 * GRID, 3 * GRID, 2 * GRID, GRID)
        whole.setSpacing(GRID)
        whole.addLayout(top)
        whole.addWidget(self.whose)
        whole.addWidget(self.draft)
        whole.addLayout(parts, 1)
