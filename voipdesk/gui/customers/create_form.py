"""The form a customer is opened with: the smallest there is and, opened up, one for a store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QPushButton, QVBoxLayout, QWidget

from voipdesk.core.language import _
from voipdesk.gui.customers.address_fields import address_fields
from voipdesk.gui.customers.new_customer import ADDRESS, USER_LABELS, new_errors, random_password, read_new, user_label
from voipdesk.gui.theme import GRID
from voipdesk.gui.widgets.form_field import ChoiceField, TextField, lay_out_fields
from voipdesk.gui.widgets.form_page import FormPage
from voipdesk.gui.widgets.labels import heading

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QShowEvent

    from voipdesk.core.customers import NewCustomer
    from voipdesk.gui.theme import Theme
    from voipdesk.gui.widgets.form_field import FormField


class CreateForm(FormPage):
    """Takes what a customer is opened with; keeps all that was typed until it is begun anew."""

    name_asked = Signal()
    """Another random name is wanted."""
    store_opened = Signal()
    """The part for a store was opened: the stores are to be offered."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, _("Create customer"), _("Cancel"))
        self._offered = ""
        another = QPushButton(_("Another"))
        another.setAccessibleName(_("Another random name"))
        another.setToolTip(_("Make up another name"))
        another.clicked.connect(self.name_asked)
        about = _(
            "You act for the customer by it. Nobody on the platform may have it already, and it cannot be changed."
        )
        self.name = TextField(_("Name"), theme, about=about, aside=(another,))
        contact = TextField(_("Contact name"), theme)
        phone = TextField(_("Phone (optional)"), theme)
        phone.line.setInputMethodHints(Qt.InputMethodHint.ImhDialableCharactersOnly)
        self.store = ChoiceField(_("Store"), theme)
        make_up = QPushButton(_("Make one up"))
        make_up.setAccessibleName(_("Make up a password"))
        make_up.clicked.connect(self._make_up_password)
        users = {key: TextField(user_label(key), theme) for key in USER_LABELS if key != "password"}
        self._password = TextField(_("Password"), theme, secret=True, aside=(make_up,))
        users["email"].line.setInputMethodHints(Qt.InputMethodHint.ImhEmailCharactersOnly)
        smallest: dict[str, FormField] = {"name": self.name, "contact_name": contact, "phone": phone}
        addresses = address_fields(ADDRESS, "", theme)
        self.for_store = QCheckBox(_("For a store…"))
        self.for_store.setToolTip(_("The customer signs in at one of your stores"))
        self._texts: dict[str, TextField] = {"name": self.name, "contact_name": contact, "phone": phone}
        self._texts |= addresses | users | {"password": self._password}
        self.fields: dict[str, FormField] = {**smallest, "store": self.store, **addresses, **users}
        self.fields["password"] = self._password
        self._section = _section(self.store, addresses.values(), (*users.values(), self._password))
        self._section.hide()
        self.for_store.toggled.connect(self._open_section)
        self.body.addLayout(lay_out_fields(smallest.values()))
        self.body.addWidget(self.for_store)
        self.body.addWidget(self._section)

    @property
    def values(self) -> dict[str, str]:
        """What was entered, by key."""
        return {key: field.value for key, field in self._texts.items()} | {"store": self.store.value}

    @property
    def typed(self) -> bool:
        """Whether anything was entered that would be lost."""
        values = self.values
        name = values.pop("name").strip()
        values.pop("store")
        return name not in {"", self._offered} or any(value.strip() for value in values.values())

    @property
    def new(self) -> NewCustomer | None:
        """The customer to be opened; None, said at the fields, when something is missing."""
        errors = new_errors(self.values, for_store=self.for_store.isChecked())
        self.show_failure(None)
        self.show_errors(self.fields, errors)
        return None if errors else read_new(self.values, for_store=self.for_store.isChecked())

    def begin(self, name: str, account: str) -> None:
        """Begin with an empty form and a name on offer."""
        self.say_title(_("New customer"), _("of {account}", account=account))
        for field in self._texts.values():
            field.set_value("")
        if self._password.show_secret is not None:
            self._password.show_secret.setChecked(False)
        self.for_store.setChecked(False)
        self.show_errors(self.fields, {})
        self.show_failure(None)
        self.set_busy(busy=False)
        self.offer_name(name)
        self.scroll_to_top()

    def offer_name(self, name: str) -> None:
        """Offer a name."""
        self._offered = name
        self.name.set_value(name)
        self.name.set_error("")

    def offer_stores(self, stores: Iterable[tuple[str, str]]) -> None:
        """Offer these stores (id, name)."""
        self.store.offer(stores)

    def say_taken(self, text: str) -> None:
        """Say at the name that somebody has it already."""
        self.show_errors(self.fields, {"name": text})
        self.name.line.selectAll()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Begin at the contact: a name is there already."""
        super().showEvent(event)
        self.fields["contact_name"].editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_section(self, on: bool) -> None:
        self._section.setVisible(on)
        if on:
            self.store_opened.emit()

    def _make_up_password(self) -> None:
        self._password.set_value(random_password())
        self._password.set_error("")
        if self._password.show_secret is not None:
            self._password.show_secret.setChecked(True)  # it has to be passed on


def _section(store: FormField, address: Iterable[FormField], user: Iterable[FormField]) -> QWidget:
    section = QWidget()
    column = QVBoxLayout(section)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2 * GRID)
    column.addLayout(lay_out_fields((store,)))
    column.addWidget(heading(_("Address")))
    column.addLayout(lay_out_fields(address))
    column.addWidget(heading(_("First user, who may sign in to the store")))
    column.addLayout(lay_out_fields(user))
    return section
