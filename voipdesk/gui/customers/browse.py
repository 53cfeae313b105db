"""The pane's first page: whose customers, the list of them or of the stores, and the one that is picked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from voipdesk.core.language import _, ngettext
from voipdesk.gui.customers.details import DetailsPanel
from voipdesk.gui.customers.model import BY_CONTACT, customer_headings, store_headings
from voipdesk.gui.customers.record_list import ListWords, RecordList
from voipdesk.gui.theme import GRID
from voipdesk.gui.widgets.account_choice import AccountChoice
from voipdesk.gui.widgets.faces import EmptyFace
from voipdesk.gui.widgets.labels import ElidedLabel, set_faint, set_font
from voipdesk.gui.widgets.menu_text import with_key
from voipdesk.gui.widgets.record_model import RecordModel
from voipdesk.gui.widgets.rule import Rule
from voipdesk.gui.widgets.saying_card import SayingCard

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voipdesk.gui.theme import Theme
    from voipdesk.gui.widgets.saying import Saying

_CUSTOMERS, _STORES = 0, 1


class BrowsePage(QWidget):
    """Says which account's customers and stores these are, and what the person wants to do with them."""

    account_picked = Signal(str)
    new_asked = Signal()
    copy_asked = Signal()
    stores_shown = Signal()
    """The stores came to the front."""
    draft_asked = Signal()
    """Back to the form that is not finished."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setAccessibleName(_("Customers or stores"))
        for title in (_("&Customers"), _("S&tores")):
            self.tabs.addTab(title)
        self._account = AccountChoice()
        self._account.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._account.setMaximumWidth(32 * GRID)
        self._account_name = ElidedLabel()
        set_faint(self._account_name)
        self.new = QPushButton(_("&New customer"))
        theme.set_icon(self.new, "add")
        self.draft = SayingCard(theme, small=True)
        self.draft.hide()
        self.customers = _customers(theme)
        self.stores = _stores(theme)
        self.details = DetailsPanel(theme)
        self._stack = QStackedWidget()
        self._bind()
        self._lay_out()

    @property
    def account(self) -> str:
        """The id of the account shown, "" when there is none."""
        return self._account.account

    @property
    def list(self) -> RecordList:
        """The list at the front."""
        return self.stores if self.tabs.currentIndex() == _STORES else self.customers

    def show_accounts(self, accounts: Sequence[tuple[str, str]], current: str) -> None:
        """Offer these (id, name); a single one needs no choice, and is named all the same."""
        self._account.offer(accounts, current)
        self._account_name.setVisible(len(accounts) == 1)
        self._account_name.setText(_("of {account}", account=accounts[0][1]) if accounts else "")
        self.new.setEnabled(bool(accounts))

    def show_draft(self, saying: Saying | None) -> None:
        """Say that a form is not finished; its button goes there."""
        self.draft.show_saying(saying)
        self.draft.setVisible(saying is not None)

    def begin(self) -> None:
        """Give the focus to the list's search field."""
        self.list.search.begin()

    def _show_tab(self, tab: int) -> None:
        self._stack.setCurrentIndex(tab)
        self.new.setVisible(tab == _CUSTOMERS)
        if tab == _STORES:
            self.stores_shown.emit()

    def _fill_menu(self, menu: QMenu) -> None:
        details = self.details
        for button, title, act in (
            (details.edit, _("Edit…"), details.edit_asked),
            (details.credit, _("Move credit…"), details.credit_asked),
            (details.sip, _("SIP accounts"), details.sip_asked),
            (details.copy, with_key(_("Copy name"), QKeySequence.StandardKey.Copy), details.copy_asked),
        ):
            if not button.isHidden():
                action = menu.addAction(title, act.emit)
                action.setEnabled(button.isEnabled())

    def _bind(self) -> None:
        self.tabs.currentChanged.connect(self._show_tab)
        self._account.picked.connect(self.account_picked)
        self.new.clicked.connect(self.new_asked)
        self.customers.begun.connect(self.new_asked)
        self.draft.acted.connect(self.draft_asked)
        table = self.customers.table
        table.copy_asked.connect(lambda _id: self.copy_asked.emit())
        self.details.copy_asked.connect(self.copy_asked)
        table.menu_asked.connect(self._fill_menu)
        table.entered.connect(lambda _id: self.details.edit.setFocus(Qt.FocusReason.OtherFocusReason))

    def _lay_out(self) -> None:
        set_font(self.tabs, scale=1.15, bold=True)
        top = QHBoxLayout()
        top.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, GRID)
        top.setSpacing(2 * GRID)
        top.addWidget(self.tabs)
        top.addWidget(self._account)
        top.addWidget(self._account_name, 1)
        top.addStretch()
        top.addWidget(self.new)
        beside = QHBoxLayout()
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        beside.addWidget(Rule(vertical=True))
        beside.addWidget(self.details, 1)
        right = QWidget()
        right.setLayout(beside)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self.customers)
        split.addWidget(right)
        split.setStretchFactor(0, 1)
        split.setSizes([68 * GRID, 42 * GRID])
        self._stack.addWidget(split)
        self._stack.addWidget(self.stores)
        draft = QHBoxLayout()
        draft.setContentsMargins(2 * GRID, 0, 2 * GRID, 0)
        draft.addWidget(self.draft)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addLayout(draft)
        column.addSpacing(GRID)
        column.addWidget(self._stack, 1)


def _customers(theme: Theme) -> RecordList:
    empty = EmptyFace(
        theme,
        "customers",
        _("No customers yet"),
        _("A customer has its own telephones, numbers, calls and credit."),
        _("New customer"),
    )
    words = ListWords(
        _("Customers"),
        _("Search customers"),
        _("Name, contact, phone or id"),
        _("None of the customers has that"),
        lambda number: ngettext("{n} customer", "{n} customers", number),
    )
    return RecordList(
        theme,
        words,
        RecordModel(customer_headings(), BY_CONTACT),
        ("c-000000000000", 30, "+440000000000", 20, "00/00/0000"),
        empty,
    )


def _stores(theme: Theme) -> RecordList:
    empty = EmptyFace(theme, "stores", _("No stores"), _("A store is a web site of yours where customers sign in."))
    words = ListWords(
        _("Stores"),
        _("Search stores"),
        _("Name, domain or id"),
        _("None of the stores has that"),
        lambda number: ngettext("{n} store", "{n} stores", number),
    )
    widths = (30, 30, "3951ec81-cca4-4c4a-8efb-4bce76e04032")
    return RecordList(theme, words, RecordModel(store_headings()), widths, empty)
