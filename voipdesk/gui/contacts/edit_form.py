"""The form in which a contact is entered or changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from voipdesk.core.contact_keys import line_of, lines_of
from voipdesk.core.contacts import KINDS, Contact, ContactNumber, kind_called
from voipdesk.core.language import _
from voipdesk.gui.theme import GRID
from voipdesk.gui.widgets.form_field import FormField, TextField, lay_out_fields
from voipdesk.gui.widgets.form_page import FormPage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voipdesk.gui.theme import Theme


class EditForm(FormPage):
    """Name, organisation, numbers with what they are, addresses and a note; what else is known stays as it is."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, _("Save"), _("Cancel"))
        self._contact = self._shown = Contact()
        self.name = TextField(_("Name"), theme)
        self.organisation = TextField(_("Organisation"), theme)
        self.numbers = _Numbers(theme)
        self._numbers = FormField(_("Numbers"), self.numbers, theme)
        self.emails = TextField(_("E-mail"), theme, about=_("Several with commas between them."))
        self.note = QPlainTextEdit()
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(6 * self.note.fontMetrics().height())
        fields = (self.name, self.organisation, self._numbers, self.emails, FormField(_("Note"), self.note, theme))
        self.body.addLayout(lay_out_fields(fields))

    def show_contact(self, contact: Contact, title: str) -> None:
        """Begin with this."""
        self._contact = contact
        self.say_title(title)
        self.show_failure(None)
        self.set_busy(busy=False)
        self.name.set_value(contact.name)
        self.organisation.set_value(contact.organisation)
        self.numbers.show_numbers(contact.numbers)
        self.emails.set_value(", ".join(contact.emails))
        self.note.setPlainText(contact.note)
        self._shown = self.contact
        self.scroll_to_top()
        self.name.line.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def changed(self) -> bool:
        """Whether something was entered that is not saved."""
        return self.contact != self._shown

    @property
    def contact(self) -> Contact:
        """What was entered."""
        before = self._contact
        name, organisation = line_of(self.name.value), line_of(self.organisation.value)
        # The parts of a name or an organisation no longer fit where the whole is another.
        stale = {"N"} if name != before.name else set()
        stale |= {"ORG"} if organisation != before.organisation else set()
        emails = (line_of(email) for email in self.emails.value.split(","))
        return msgspec.structs.replace(
            before,
            name=name,
            organisation=organisation,
            numbers=self.numbers.numbers,
            emails=tuple(dict.fromkeys(filter(None, emails))),
            note=lines_of(self.note.toPlainText()),
            more=tuple(pair for pair in before.more if pair[0] not in stale),
        )


class _Numbers(QWidget):
    """A line for each number, and a button for one more."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._lines: list[_NumberLine] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GRID)
        self.more = QPushButton(_("Add number"))
        theme.set_icon(self.more, "add")
        self.more.clicked.connect(self._add_another)
        self._column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeading)

    @property
    def numbers(self) -> tuple[ContactNumber, ...]:
        """Those that were entered."""
        entered = (
            ContactNumber(line_of(line.number.text()), kind_called(line_of(line.kind.currentText(), 40)))
            for line in self._lines
        )
        return tuple(dict.fromkeys(number for number in entered if number.written))

    def show_numbers(self, numbers: Sequence[ContactNumber]) -> None:
        """Begin with these, and a line for another where there is none."""
        for line in list(self._lines):
            self._drop(line)
        for number in numbers or (ContactNumber(""),):
            self._add(number)

    def _add_another(self) -> None:
        self._add(ContactNumber("")).number.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, number: ContactNumber) -> _NumberLine:
        line = _NumberLine(self._theme, number)
        line.remove.clicked.connect(lambda: self._drop(line))
        self._lines.append(line)
        self._column.insertWidget(len(self._lines) - 1, line)
        return line

    def _drop(self, line: _NumberLine) -> None:
        self._lines.remove(line)
        self._column.removeWidget(line)
        line.hide()
        line.deleteLater()


class _NumberLine(QWidget):
    """A number, what it is, and the button that takes it away."""

    def __init__(self, theme: Theme, number: ContactNumber) -> None:
        super().__init__()
        self.number = QLineEdit(number.written)
        self.number.setCursorPosition(0)
        self.number.setAccessibleName(_("Number"))
        self.number.setPlaceholderText(_("Number"))
        self.kind = QComboBox()
        self.kind.setEditable(True)
        self.kind.setAccessibleName(_("What the number is"))
        self.kind.setAccessibleDescription(_("What the number is"))
        self.kind.addItems(["", *(ContactNumber("", kind).label for kind in KINDS)])
        self.kind.setCurrentText(number.label)
        self.kind.setMinimumContentsLength(10)
        self.remove = QToolButton()
        self.remove.setAutoRaise(True)
        self.remove.setAccessibleName(_("Remove this number"))
        self.remove.setToolTip(_("Remove this number"))
        theme.set_icon(self.remove, "remove")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self.number, 1)
        row.addWidget(self.kind)
        row.addWidget(self.remove)
