"""The form a customer is edited with, drawn from what the customer has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from voipdesk.core.language import _
from voipdesk.gui.customers import edit_values as values_of
from voipdesk.gui.customers import facts
from voipdesk.gui.customers.address_fields import address_fields
from voipdesk.gui.customers.new_customer import user_label
from voipdesk.gui.theme import GRID
from voipdesk.gui.widgets.form_field import ChoiceField, TextField, lay_out_fields
from voipdesk.gui.widgets.form_page import FormPage
from voipdesk.gui.widgets.labels import ElidedLabel, heading, set_font

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from voipdesk.core.customers import Customer
    from voipdesk.gui.theme import Theme


class EditForm(FormPage):
    """Shows what can be changed of a customer; keeps what was typed until it is opened anew."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, _("Review changes"), _("Cancel"))
        self._before: Customer | None = None
        self._fields: dict[str, TextField | ChoiceField] = {}
        self._shown: dict[str, str] = {}
        self._untouched: dict[str, str] = {}
        """What the fields gave back of what they were given."""
        self._box = QWidget()
        self.body.addWidget(self._box)

    @property
    def before(self) -> Customer | None:
        """The customer as it was read, None while none is being edited."""
        return self._before

    @property
    def values(self) -> dict[str, str]:
        """What the form holds, by key; what was not touched is as it was read, whatever a line of text made of it."""
        return {
            key: self._shown.get(key, "") if field.value == self._untouched[key] else field.value
            for key, field in self._fields.items()
        }

    @property
    def typed(self) -> bool:
        """Whether anything is other than it was read."""
        if self._before is None:
            return False
        return any(value != self._shown.get(key, "") for key, value in self.values.items())

    @property
    def after(self) -> Customer | None:
        """The customer as it is to be; None, said at the fields, when something cannot be."""
        assert self._before is not None
        errors = values_of.edit_errors(self._before, self.values)
        self.show_failure(None)
        self.show_errors(self._fields, errors)
        return None if errors else values_of.edited(self._before, self.values)

    def open(
        self,
        customer: Customer,
        account: str,
        stores: Sequence[tuple[str, str]],
        typed: Mapping[str, str] | None = None,
        lost: Mapping[str, str] | None = None,
    ) -> None:
        """Begin with a customer that was read whole; `typed` is what was typed already, `lost` what is not shown."""
        self._before = customer
        self.say_title(
            _("Edit {name}", name=facts.title(customer)),
            _("{customer} of {account}", customer=customer.name, account=account),
        )
        self._shown = values_of.edit_values(customer)
        typed = typed or {}
        self._draw(customer, stores, typed)
        for key, field in self._fields.items():
            field.set_value(self._shown.get(key, ""))
            self._untouched[key] = field.value
            if key in typed:
                field.set_value(typed[key])
            if lost and key in lost:
                field.set_error(_("Somebody else changed this. You had typed “{text}”.", text=lost[key]))
            field.edited.connect(lambda: self.show_failure(None))
        self.show_failure(None)
        self.set_busy(busy=False)
        self.scroll_to_top()
        self._fields["contact_name"].editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Hold nothing any more."""
        self._before = None

    def _draw(self, customer: Customer, stores: Sequence[tuple[str, str]], typed: Mapping[str, str]) -> None:
        theme = self._theme
        self._fields = {"contact_name": TextField(_("Contact name"), theme), "phone": TextField(_("Phone"), theme)}
        store = self._fields["store"] = ChoiceField(_("Store"), theme)
        unknown = [(customer.store, customer.store)] if customer.store not in {"", *dict(stores)} else []
        store.offer([("", _("No store")), *stores, *unknown])
        if customer.allow_outbound is not None:
            allowed = self._fields["allow_outbound"] = ChoiceField(_("May call out"), theme)
            allowed.offer([("yes", _("Yes")), ("no", _("No"))])
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        column.addLayout(lay_out_fields(self._fields.values()))
        for place in range(len(customer.addresses)):
            title = _("Address") if len(customer.addresses) == 1 else _("Address {n}", n=place + 1)
            prefix = values_of.address_prefix(customer.addresses, place)
            self._add(column, title, address_fields(prefix, f"{title}: ", theme))
        self._add_new_address(column, opened=any(text for key, text in typed.items() if _is_new(key)))
        for place, user in enumerate(customer.users):
            prefix, title = values_of.user_prefix(customer.users, place), _("User {name}", name=facts.user_name(user))
            fields = {prefix + key: TextField(user_label(key), theme) for key in values_of.USER_KEYS}
            for field in fields.values():
                field.editor.setAccessibleName(f"{title}: {field.label.text()}")
            self._add(column, title, fields)
        self.body.replaceWidget(self._box, box)
        self._box.hide()
        self._box.deleteLater()
        self._box = box

    def _add(self, column: QVBoxLayout, title: str, fields: Mapping[str, TextField]) -> None:
        name = ElidedLabel(title)
        set_font(name, bold=True)
        column.addWidget(name)
        self._lay_out_into(column, fields)

    def _lay_out_into(self, column: QVBoxLayout, fields: Mapping[str, TextField]) -> None:
        self._fields.update(fields)
        column.addLayout(lay_out_fields(fields.values()))

    def _add_new_address(self, column: QVBoxLayout, *, opened: bool) -> None:
        add = QPushButton(_("Add an address"))
        self._theme.set_icon(add, "add")
        section = QWidget()
        inner = QVBoxLayout(section)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(2 * GRID)
        title = _("New address")
        inner.addWidget(heading(title))
        fields = address_fields(values_of.NEW_ADDRESS, f"{title}: ", self._theme)
        self._lay_out_into(inner, fields)

        def open_section() -> None:
            section.show()
            add.hide()
            fields[values_of.NEW_ADDRESS + "street_one"].editor.setFocus(Qt.FocusReason.OtherFocusReason)

        add.clicked.connect(open_section)
        section.setVisible(opened)
        add.setVisible(not opened)
        column.addWidget(add, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(section)


def _is_new(key: str) -> bool:
    return key.startswith(values_of.NEW_ADDRESS)
