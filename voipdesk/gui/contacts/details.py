"""The contact that is picked: numbers to call and copy, and all else that is known."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from voipdesk.contact_files.vcard import shown
from voipdesk.core.language import N_, _
from voipdesk.gui.theme import GRID
from voipdesk.gui.widgets.labels import ElidedLabel, PlainLabel, breakable, set_faint, set_font

if TYPE_CHECKING:
    from voipdesk.core.contacts import StoredContact
    from voipdesk.gui.theme import Theme

_NAMES = {
    "TITLE": N_("Job title"),
    "ROLE": N_("Role"),
    "BDAY": N_("Birthday"),
    "ANNIVERSARY": N_("Anniversary"),
    "ADR": N_("Address"),
    "URL": N_("Web"),
    "NICKNAME": N_("Nickname"),
    "CATEGORIES": N_("Categories"),
    "IMPP": N_("Chat"),
}
"""Properties of a vCard that are shown; the others are kept all the same."""


class DetailsPanel(QScrollArea):
    """Shows one contact; nothing in it is ever read as anything but plain text."""

    call_asked = Signal(str)
    edit_asked = Signal()
    remove_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._title = ElidedLabel()
        self.setAccessibleName(_("Details of the contact"))
        set_font(self._title, scale=1.2, bold=True)
        self._about = ElidedLabel()
        set_faint(self._about)
        self._none = PlainLabel(_("Choose a contact to see all that is known, and to call."))
        set_faint(self._none)
        self.edit = QPushButton(_("&Edit…"))
        self.remove = QPushButton(_("&Remove"))
        theme.set_icon(self.edit, "edit")
        theme.set_icon(self.remove, "remove")
        self.edit.clicked.connect(self.edit_asked)
        self.remove.clicked.connect(self.remove_asked)
        self._grid_box = QWidget()
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addWidget(self.edit)
        buttons.addWidget(self.remove)
        buttons.addStretch()
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        self._column.setSpacing(GRID)
        for widget in (self._title, self._about, self._none, self._grid_box):
            self._column.addWidget(widget)
        self._column.addLayout(buttons)
        self._column.addStretch()
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        self.setMinimumWidth(40 * GRID)
        self.show_contact(None)

    def show_contact(self, stored: StoredContact | None) -> None:
        """Show a contact, None when none is picked."""
        there = stored is not None
        for widget in (self._title, self._about, self.edit, self.remove):
            widget.setVisible(there)
        self._none.setVisible(not there)
        box = QWidget()
        if stored is not None:
            contact = stored.contact
            self._title.setText(contact.title)
            self._about.setText(contact.organisation if contact.organisation != contact.title else "")
            self._about.setVisible(bool(self._about.text()))
            self._fill(QGridLayout(box), stored)
        self._column.replaceWidget(self._grid_box, box)
        self._grid_box.hide()
        self._grid_box.deleteLater()
        self._grid_box = box
        box.setVisible(there)

    def take_focus(self) -> None:
        """Go to the first button that calls, or else to the one that edits."""
        buttons = self._grid_box.findChildren(QPushButton)
        (buttons[0] if buttons else self.edit).setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self, grid: QGridLayout, stored: StoredContact) -> None:
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(GRID)
        grid.setColumnStretch(1, 1)
        contact = stored.contact
        for number in contact.numbers:
            button = QPushButton(_("Call"))
            button.setAccessibleName(_("Call {number}", number=number.written))
            self._theme.set_icon(button, "dial")
            button.clicked.connect(partial(self.call_asked.emit, number.written))
            _row(grid, number.label or _("Number"), number.written, button)
        for email in contact.emails:
            _row(grid, _("E-mail"), email)
        for name, value in contact.more:
            if name in _NAMES and (text := shown(name, value)):
                _row(grid, _(_NAMES[name]), text)  # NON-NLS: marked in its table
        if contact.note:
            _row(grid, _("Note"), contact.note)
        _row(grid, _("From"), "\n".join(stored.sources) or _("entered by hand"))


def _row(grid: QGridLayout, label: str, value: str, button: QPushButton | None = None) -> None:
    name = QLabel(label[:1].upper() + label[1:])
    name.setTextFormat(Qt.TextFormat.PlainText)
    set_faint(name)
    text = PlainLabel(breakable(value))
    text.setAccessibleName(f"{name.text()}: {value}")
    row = grid.rowCount()
    top = Qt.AlignmentFlag.AlignTop if button is None else Qt.AlignmentFlag.AlignVCenter
    grid.addWidget(name, row, 0, top)
    grid.addWidget(text, row, 1, 1, 1 if button is not None else 2, top)
    if button is not None:
        grid.addWidget(button, row, 2)
