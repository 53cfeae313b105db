"""What can be chosen about telephone links, and about dialling what is selected."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from voipdesk.core.language import _
from voipdesk.core.links import SCHEMES
from voipdesk.gui.theme import GRID
from voipdesk.gui.widgets.labels import ElidedLabel, PlainLabel, set_faint
from voipdesk.gui.widgets.saying_card import SayingCard

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voipdesk.core.links import LinkOwner
    from voipdesk.gui.theme import Theme
    from voipdesk.gui.widgets.saying import Saying


class LinksView(QWidget):
    """Shows what is set, and says what the person changes."""

    link_set = Signal(str, bool)
    """A scheme, and whether its links are to be opened with voipdesk."""
    at_once_set = Signal(bool)

    def __init__(self, theme: Theme, selection_command: str) -> None:
        super().__init__()
        self._links = {scheme: QCheckBox(_("{scheme}: links", scheme=scheme)) for scheme in SCHEMES}
        self._owners = {scheme: ElidedLabel() for scheme in SCHEMES}
        for scheme, box in self._links.items():
            box.setEnabled(False)
            box.toggled.connect(partial(self.link_set.emit, scheme))
            set_faint(self._owners[scheme])
        self._notice = SayingCard(theme, small=True)
        self._notice.hide()
        self._at_once = QCheckBox(_("Dial the number of a link at once, without asking"))
        self._about_at_once = PlainLabel(
            _("Otherwise the number is put into the dial field, and you press Call. What costs extra asks in any case.")
        )
        set_faint(self._about_at_once)
        self._at_once.setAccessibleDescription(self._about_at_once.text())
        self._at_once.toggled.connect(self.at_once_set)
        self._command = QLineEdit(selection_command)
        self._command.setReadOnly(True)
        self._command.setAccessibleName(_("Command that dials what is selected"))
        self._command.setCursorPosition(0)
        self._copy = QPushButton(_("Copy command"))
        theme.set_icon(self._copy, "copy")
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._command.text()))
        self._lay_out()

    def show_links(self, owners: Sequence[LinkOwner]) -> None:
        """Show who opens each scheme."""
        for owner in owners:
            box, label = self._links[owner.scheme], self._owners[owner.scheme]
            with QSignalBlocker(box):
                box.setChecked(owner.ours)
            box.setEnabled(True)
            label.setText(
                ""
                if owner.ours
                else _("now opened with {program}", program=owner.owner)
                if owner.owner
                else _("opened with nothing yet")
            )
            box.setAccessibleDescription(label.text())

    def set_busy(self, *, busy: bool) -> None:
        """Take no second change while one is under way."""
        for box in self._links.values():
            box.setEnabled(not busy)

    def show_notice(self, saying: Saying | None) -> None:
        """Say what became of the last change."""
        self._notice.show_saying(saying)
        self._notice.setVisible(saying is not None)

    def show_at_once(self, *, at_once: bool) -> None:
        """Show whether links are dialled at once."""
        with QSignalBlocker(self._at_once):
            self._at_once.setChecked(at_once)

    def _lay_out(self) -> None:
        links = QGridLayout()
        links.setContentsMargins(GRID, 0, 0, 0)
        links.setHorizontalSpacing(3 * GRID)
        links.setVerticalSpacing(GRID)
        links.setColumnStretch(1, 1)
        for row, scheme in enumerate(SCHEMES):
            links.addWidget(self._links[scheme], row, 0)
            links.addWidget(self._owners[scheme], row, 1)
        command = QHBoxLayout()
        command.setSpacing(GRID)
        command.addWidget(self._command, 1)
        command.addWidget(self._copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(
            PlainLabel(_("A number in a web page or a mail is often a link. Tick what is to be opened with voipdesk:"))
        )
        column.addLayout(links)
        column.addWidget(self._notice)
        column.addSpacing(GRID)
        column.addWidget(self._at_once)
        column.addWidget(self._about_at_once)
        column.addSpacing(GRID)
        column.addWidget(
            PlainLabel(
                _(
                    "Bind this command to a key in your desktop's keyboard settings: it puts the number that is "
                    "selected in any program into the dial field."
                )
            )
        )
        column.addLayout(command)
