"""The sheet of one SIP account: what is typed into a phone or softphone, one field at a time, and what can be done."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from voipdesk.core.language import _
from voipdesk.gui.sip.domain_field import DomainField
from voipdesk.gui.sip.model import PASSWORD
from voipdesk.gui.theme import GRID
from voipdesk.gui.widgets.labels import ElidedLabel, PlainLabel, set_faint, set_font
from voipdesk.gui.widgets.secret_field import SecretField
from voipdesk.gui.widgets.value_line import ValueLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voipdesk.gui.sip.model import SheetField
    from voipdesk.gui.theme import Theme

_CHARACTERS = 44
"""What the sheet has room for, labels and buttons included."""


class SheetPanel(QWidget):
    """Shows the fields of one SIP account, each with a button that copies it."""

    copy_asked = Signal(str)
    """The key of the field to be copied."""
    reveal_asked = Signal()
    set_up_asked = Signal()
    check_asked = Signal()
    edit_asked = Signal()
    delete_asked = Signal()
    status_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._title = ElidedLabel()
        set_font(self._title, scale=1.2, bold=True)
        self._none = PlainLabel(_("Choose a SIP account to see what a phone or softphone signs in with."))
        set_faint(self._none)
        self._note = PlainLabel()
        set_faint(self._note)
        self.password = SecretField(_("Password"), theme)
        self.password.reveal_asked.connect(self.reveal_asked)
        self.domain = DomainField(theme)
        self.values: dict[str, ValueLine] = {}
        self.buttons: dict[str, QToolButton] = {}
        self._status_label = QLabel(_("Status"))
        set_faint(self._status_label)
        self.status = ValueLine(_("Status"))
        self._as_of = PlainLabel()
        set_faint(self._as_of)
        self.ask_status = QToolButton()
        self._fields = QWidget()
        self._about_status = (self._status_label, self.status, self.ask_status, self._as_of)
        self._stay = (self.password, self.domain, *self._about_status)
        """What is put into each new grid; it always has a parent, or to show it would open a window."""
        for widget in self._stay:
            widget.setParent(self._fields)
        self._drawn: tuple[str, ...] = ()
        self.set_up = QPushButton(_("&Set up a softphone…"))
        self.check = QPushButton(_("Chec&k…"))
        self.edit = QPushButton(_("&Edit…"))
        self.delete = QPushButton(_("De&lete…"))
        self._bind(theme)
        self._lay_out()
        self.offer(managed=False, asks_status=False)
        self._there = True
        self.clear()

    def offer(self, *, managed: bool, asks_status: bool) -> None:
        """Offer what the service can do: change SIP accounts, tell of each whether a phone is signed in."""
        self.edit.setVisible(managed)
        self.delete.setVisible(managed)
        for widget in self._about_status:
            widget.setVisible(asks_status)

    def show_status(self, status: str, as_of: str) -> None:
        """Say whether a phone is signed in, and as of when."""
        self.status.show_value(status)
        self._as_of.setText(as_of)

    def show_sheet(self, title: str, fields: Sequence[SheetField], *, keep_password: bool = False) -> None:
        """Show a SIP account, its password hidden unless what is shown of it is to be kept."""
        keys = tuple(field.key for field in fields)
        if keys != self._drawn:
            self._draw(fields)
            self._drawn = keys
        self._title.setText(title)
        if not keep_password:
            self.password.set_available(available=True)
            self.say("")
        self.buttons[PASSWORD].setEnabled(True)
        for field in fields:
            if field.key == PASSWORD:
                continue
            self.values[field.key].show_value(field.value, field.otherwise)
            self.buttons[field.key].setEnabled(bool(field.value))
            self.buttons[field.key].setVisible(bool(field.copy))
            if field.asked:
                self.domain.ask(field.hint if not field.value else "")
        self._show_parts(there=True)

    def clear(self) -> None:
        """Show no SIP account, and keep nothing of the last one."""
        self.password.hide_secret()
        for value in self.values.values():
            value.show_value("")
        self._title.setText("")
        self.show_status("", "")
        self.domain.ask("")
        self.say("")
        self._show_parts(there=False)

    def say(self, text: str) -> None:
        """Say below the fields what was just done."""
        self._note.setText(text)
        self._note.setAccessibleName(text)

    def take_focus(self) -> None:
        """Go to the first thing that can be done with the SIP account."""
        button = next((button for button in self.buttons.values() if button.isEnabled()), None)
        if button is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_parts(self, *, there: bool) -> None:
        if there is self._there:
            return
        self._there = there
        for widget in (self._title, self._fields, self._note, self._actions):
            widget.setVisible(there)
        self._none.setVisible(not there)

    def _draw(self, fields: Sequence[SheetField]) -> None:
        """Make a row of each field; those of one service's SIP accounts are the same."""
        grid = self._new_grid()
        self.values, self.buttons = {}, {}
        for place, field in enumerate(fields):
            label = QLabel(field.label)
            set_faint(label)
            value: QWidget = self.password
            if field.key != PASSWORD:
                value = self.values[field.key] = ValueLine(field.label)
            button = self.buttons[field.key] = QToolButton()
            button.setAutoRaise(True)
            button.setAccessibleName(field.copy)
            button.setToolTip(field.copy)
            button.clicked.connect(partial(self.copy_asked.emit, field.key))
            self._theme.set_icon(button, "copy")
            self._add_row(grid, 2 * place, label, value, button)
            if field.asked:
                grid.addWidget(self.domain, 2 * place + 1, 0, 1, 3)
        self._add_row(grid, 2 * len(fields), self._status_label, self.status, self.ask_status)
        grid.addWidget(self._as_of, 2 * len(fields) + 1, 1, 1, 2)

    def _new_grid(self) -> QGridLayout:
        """Give an empty grid in place of the last one; the widgets that stay are taken out of it."""
        for widget in self._stay:
            hidden = widget.isHidden()
            widget.setParent(self)
            widget.setHidden(hidden)
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(GRID // 2)
        grid.setColumnStretch(1, 1)
        self._column.replaceWidget(self._fields, box)
        self._fields.hide()
        self._fields.deleteLater()
        self._fields = box
        return grid

    def _add_row(self, grid: QGridLayout, row: int, *widgets: QWidget) -> None:
        for place, widget in enumerate(widgets):
            grid.addWidget(widget, row, place)
        grid.setRowMinimumHeight(row, self.ask_status.sizeHint().height())

    def _bind(self, theme: Theme) -> None:
        self.ask_status.setAutoRaise(True)
        self.ask_status.setAccessibleName(_("Ask for the status again"))
        self.ask_status.setToolTip(_("Ask whether a phone is signed in now"))
        theme.set_icon(self.ask_status, "refresh")
        theme.set_icon(self.set_up, "softphone")
        theme.set_icon(self.check, "test")
        self.set_up.setToolTip(_("Make a softphone, on this computer or a mobile phone, sign in with this"))
        self.check.setToolTip(_("See step by step whether a phone can sign in with this"))
        self.edit.setToolTip(_("Change name, numbers and mailbox"))
        self.delete.setToolTip(_("Delete this SIP account at the service; asks first"))
        self.set_up.clicked.connect(self.set_up_asked)
        self.check.clicked.connect(self.check_asked)
        self.edit.clicked.connect(self.edit_asked)
        self.delete.clicked.connect(self.delete_asked)
        self.ask_status.clicked.connect(self.status_asked)

    def _lay_out(self) -> None:
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        self._column.setSpacing(GRID)
        for widget in (self._title, self._none, self._fields, self._note):
            self._column.addWidget(widget)
        self._column.addStretch()
        scroll = QScrollArea()
        scroll.setWidget(inner)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        scroll.setAccessibleName(_("Chosen SIP account"))
        scroll.setMinimumWidth(max(42 * GRID, _CHARACTERS * self.fontMetrics().averageCharWidth()))
        self._actions = QWidget()
        buttons = QGridLayout(self._actions)
        buttons.setContentsMargins(2 * GRID, GRID, GRID, 0)
        buttons.setSpacing(GRID)
        buttons.addWidget(self.set_up, 0, 0)
        buttons.addWidget(self.check, 0, 1)
        buttons.addWidget(self.edit, 1, 0)
        buttons.addWidget(self.delete, 1, 1)
        buttons.setColumnStretch(0, 1)
        buttons.setColumnStretch(1, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scroll, 1)
        whole.addWidget(self._actions)
