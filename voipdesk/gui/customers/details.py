"""The panel beside the list: what is known of the customer that is picked, and what can be done for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from voipdesk.core.language import N_, _, ngettext
from voipdesk.gui.customers import facts
from voipdesk.gui.customers.user_card import UserCard
from voipdesk.gui.theme import GRID, Tone
from voipdesk.gui.widgets.faces import BusyBar, EmptyFace
from voipdesk.gui.widgets.labels import ElidedLabel, PlainLabel, heading, set_faint, set_font
from voipdesk.gui.widgets.saying import Saying
from voipdesk.gui.widgets.saying_card import SayingCard
from voipdesk.gui.widgets.value_line import ValueLine
from voipdesk.gui.words import when

if TYPE_CHECKING:
    from datetime import datetime

    from voipdesk.core.customers import Customer
    from voipdesk.core.errors import VoipdeskError
    from voipdesk.gui.theme import Theme

_FACTS = {
    "name": N_("Name"),
    "contact": N_("Contact"),
    "phone": N_("Phone"),
    "store": N_("Store"),
    "call_out": N_("May call out"),
    "created": N_("Created"),
    "id": N_("Id"),
}
_MOST = 12
"""Users and addresses that are shown; each takes widgets of its own."""


class DetailsPanel(QWidget):
    """Shows one customer. What is not read yet is blank: nothing of another customer ever stands under its name."""

    edit_asked = Signal()
    credit_asked = Signal()
    sip_asked = Signal()
    copy_asked = Signal()
    again_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._title = ElidedLabel()
        set_font(self._title, scale=1.2, bold=True)
        self._as_of = ElidedLabel()
        set_faint(self._as_of)
        self.edit = QPushButton(_("&Edit…"))
        self.credit = QPushButton(_("&Move credit…"))
        self.sip = QPushButton(_("&SIP accounts"))
        self.copy = QToolButton()
        self._bar = BusyBar()
        self.failure = SayingCard(theme, small=True)
        self._labels = {key: _(label) for key, label in _FACTS.items()}  # NON-NLS: marked in its table
        self._values = {key: ValueLine(label) for key, label in self._labels.items()}
        self._balance = PlainLabel()
        self._balance_name = QLabel(_("Balance"))
        self._more = QVBoxLayout()
        self._cards: list[UserCard] = []
        self._none = EmptyFace(
            theme, "customers", _("No customer picked"), _("Pick one from the list to see all of it.")
        )
        self._stack = QStackedWidget()
        self._bind(theme)
        self._lay_out()
        self.show_none()

    def offer(self, *, credit: bool, sip: bool) -> None:
        """Offer what the account's service can do for a customer."""
        self.credit.setVisible(credit)
        self._balance.setVisible(credit)
        self._balance_name.setVisible(credit)
        self.sip.setVisible(sip)

    def show_none(self) -> None:
        """Say that no customer is picked."""
        self._clear()
        self._stack.setCurrentWidget(self._none)

    def show_row(self, name: str, contact: str) -> None:
        """Show what the list knows of a customer while the rest is read."""
        self._clear()
        self._title.setText(contact or name)
        self._as_of.setText(_("Reading …"))
        self._values["name"].show_value(name)
        self._values["contact"].show_value(contact)
        self.sip.setEnabled(True)
        self.copy.setEnabled(True)
        self._bar.set_busy(busy=True)
        self._stack.setCurrentIndex(1)

    def show_customer(self, customer: Customer, store: str, at: datetime) -> None:
        """Show a customer that was read whole; `store` is the name of its store."""
        self._clear()
        self._title.setText(facts.title(customer))
        self._as_of.setText(_("as of {time}", time=when(at)))
        created = when(customer.created_at) if customer.created_at else ""
        shown = (customer.name, customer.contact_name, customer.phone, store, facts.call_out(customer), created)
        for line, value in zip(self._values.values(), (*shown, customer.id), strict=True):
            line.show_value(value)
        if customer.store == "":
            self._values["store"].show_value("", _("none"))
        for button in (self.edit, self.credit, self.sip, self.copy):
            button.setEnabled(True)
        self._show_addresses(customer)
        self._show_users(customer)
        self._stack.setCurrentIndex(1)

    def show_failure(self, error: VoipdeskError) -> None:
        """Say why the customer could not be read; a button tries again."""
        self._bar.set_busy(busy=False)
        self._as_of.setText(_("Not read"))
        self.failure.show_saying(Saying(Tone.BAD, error.message, error.advice, _("Try again")))
        self.failure.show()

    def show_balance(self, text: str) -> None:
        """Say what the customer has, or why that is not known."""
        self._balance.setText(text)

    def hide_secrets(self) -> None:
        """Hide passwords that are shown."""
        for card in self._cards:
            card.password.hide_secret()

    def _clear(self) -> None:
        self._title.setText("")
        self._bar.set_busy(busy=False)
        self.failure.hide()
        self._balance.setText("")
        for value in self._values.values():
            value.show_value("", "")
        for button in (self.edit, self.credit, self.sip, self.copy):
            button.setEnabled(False)
        self._cards = []
        while (item := self._more.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _show_addresses(self, customer: Customer) -> None:
        addresses = customer.addresses
        number = len(addresses)
        self._more.addWidget(heading(ngettext("{n} address", "{n} addresses", number) if number else _("No address")))
        for address in addresses[:_MOST]:
            self._more.addWidget(PlainLabel(facts.address_text(address)))
        self._say_more(len(addresses) - _MOST)

    def _show_users(self, customer: Customer) -> None:
        users = customer.users
        number = len(users)
        self._more.addWidget(heading(ngettext("{n} user", "{n} users", number) if number else _("No user")))
        for user in users[:_MOST]:
            card = UserCard(user, self._theme)
            self._cards.append(card)
            self._more.addWidget(card)
        self._say_more(len(users) - _MOST)

    def _say_more(self, left: int) -> None:
        if left > 0:
            label = PlainLabel(ngettext("and {n} more", "and {n} more", left))
            set_faint(label)
            self._more.addWidget(label)

    def _bind(self, theme: Theme) -> None:
        self.edit.setToolTip(_("Change what is known of this customer"))
        self.credit.setToolTip(_("Move calling credit from your own balance to this customer"))
        self.sip.setToolTip(_("See this customer's SIP accounts, acting for it"))
        self.copy.setToolTip(_("Copy the name (Ctrl+C in the list)"))
        theme.set_icon(self.copy, "copy")
        self.copy.setAccessibleName(_("Copy name"))
        self.edit.clicked.connect(self.edit_asked)
        self.credit.clicked.connect(self.credit_asked)
        self.sip.clicked.connect(self.sip_asked)
        self.copy.clicked.connect(self.copy_asked)
        self.failure.acted.connect(self.again_asked)
        self._balance.setContentsMargins(2, 0, 0, 0)  # as a line of text has it

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(GRID // 2)
        grid.setColumnStretch(1, 1)
        for row, (key, value) in enumerate(self._values.items()):
            label = QLabel(self._labels[key])
            set_faint(label)
            grid.addWidget(label, row, 0)
            grid.addWidget(value, row, 1, 1, 1 if key == "name" else 2)
            if key == "name":
                grid.addWidget(self.copy, row, 2)
        set_faint(self._balance_name)
        self._balance_name.setAlignment(Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._balance_name, len(self._values), 0)
        grid.addWidget(self._balance, len(self._values), 1, 1, 2)
        self._more.setSpacing(GRID)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(2 * GRID, 0, 2 * GRID, GRID)
        column.setSpacing(GRID)
        column.addWidget(self.failure)
        column.addLayout(grid)
        column.addSpacing(GRID)
        column.addLayout(self._more)
        column.addStretch()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(2 * GRID, GRID // 2, 2 * GRID, GRID)
        buttons.setSpacing(GRID)
        for button in (self.edit, self.credit, self.sip):
            buttons.addWidget(button)
        buttons.addStretch()
        names = QVBoxLayout()
        names.setContentsMargins(2 * GRID, 0, 2 * GRID, 0)
        names.setSpacing(0)
        names.addWidget(self._title)
        names.addWidget(self._as_of)
        page = QWidget()
        whole = QVBoxLayout(page)
        whole.setContentsMargins(0, GRID, 0, 0)
        whole.setSpacing(GRID)
        whole.addLayout(names)
        whole.addWidget(self._bar)
        whole.addWidget(scroll, 1)
        whole.addLayout(buttons)
        self._stack.addWidget(self._none)
        self._stack.addWidget(page)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.addWidget(self._stack)
