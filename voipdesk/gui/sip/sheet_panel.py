"""The sheet of one SIP account: what is typed into a phone or softphone, one field at a time."""

from __future__ import annotations

from functools import partial
from itertools import count
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QToolButton, QVBoxLayout, QWidget

from voipdesk.gui.sip.model import PASSWORD
from voipdesk.gui.theme import GRID
from voipdesk.gui.widgets.labels import ElidedLabel, PlainLabel, set_faint, set_font
from voipdesk.gui.widgets.secret_field import SecretField
from voipdesk.gui.widgets.value_line import ValueLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voipdesk.gui.sip.model import SheetField
    from voipdesk.gui.theme import Theme

_NONE = "Choose a SIP account to see what a phone or softphone signs in with."


class SheetPanel(QScrollArea):
    """Shows the fields of one SIP account, each with a button that copies it."""

    copy_asked = Signal(str)
    """The key of the field to be copied."""
    reveal_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._title = ElidedLabel()
        set_font(self._title, scale=1.2, bold=True)
        self._none = PlainLabel(_NONE)
        set_faint(self._none)
        self._note = PlainLabel()
        self._note.setAccessibleName("")
        set_faint(self._note)
        self.password = SecretField("Password", theme)
        self.password.reveal_asked.connect(self.reveal_asked)
        self.values: dict[str, ValueLine] = {}
        self.buttons: dict[str, QToolButton] = {}
        self._hints: dict[str, PlainLabel] = {}
        self._fields = QWidget()
        self._grid = QGridLayout(self._fields)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GRID)
        self._grid.setVerticalSpacing(GRID // 2)
        self._grid.setColumnStretch(1, 1)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        column.setSpacing(GRID)
        for widget in (self._title, self._none, self._fields, self._note):
            column.addWidget(widget)
        column.addStretch()
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        self.setAccessibleName("Chosen SIP account")
        self._there = True
        self.clear()

    def show_sheet(self, title: str, fields: Sequence[SheetField], *, has_password: bool) -> None:
        """Show a SIP account, its password hidden."""
        if not self.values:
            self._build(fields)
        self._title.setText(title)
        self.password.set_available(available=has_password)
        self.buttons[PASSWORD].setEnabled(has_password)
        for field in fields:
            if field.key != PASSWORD:
                self.values[field.key].show_value(field.value, field.otherwise)
                self.buttons[field.key].setEnabled(bool(field.value))
                self.buttons[field.key].setVisible(field.copied)
                self._hints[field.key].setText(field.hint)
                self._hints[field.key].setVisible(bool(field.hint and not field.value))
        self.say("")
        self._show_parts(there=True)

    def clear(self) -> None:
        """Show no SIP account, and keep nothing of the last one."""
        self.password.hide_secret()
        for value in self.values.values():
            value.show_value("")
        self._title.setText("")
        self.say("")
        self._show_parts(there=False)

    def say(self, text: str) -> None:
        """Say below the fields what was just done."""
        self._note.setText(text)

    def take_focus(self) -> None:
        """Go to the first thing that can be done with the SIP account."""
        button = next((button for button in self.buttons.values() if button.isEnabled()), None)
        if button is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_parts(self, *, there: bool) -> None:
        if there is self._there:
            return
        self._there = there
        self._title.setVisible(there)
        self._fields.setVisible(there)
        self._note.setVisible(there)
        self._none.setVisible(not there)

    def _build(self, fields: Sequence[SheetField]) -> None:
        """Make a row of each field; they are the same for every SIP account."""
        for row, field in zip(count(step=2), fields, strict=False):
            label = QLabel(field.label)
            set_faint(label)
            value: QWidget = self.password
            if field.key != PASSWORD:
                value = self.values[field.key] = ValueLine(field.label)
                hint = self._hints[field.key] = PlainLabel()
                set_faint(hint)
                self._grid.addWidget(hint, row + 1, 1, 1, 2)
            button = self.buttons[field.key] = QToolButton()
            button.setAutoRaise(True)
            button.setAccessibleName(f"Copy the {field.label[:1].lower()}{field.label[1:]}")
            button.setToolTip(button.accessibleName())
            button.clicked.connect(partial(self.copy_asked.emit, field.key))
            self._theme.set_icon(button, "copy")
            for place, widget in enumerate((label, value, button)):
                self._grid.addWidget(widget, row, place)
            self._grid.setRowMinimumHeight(row, button.sizeHint().height())
