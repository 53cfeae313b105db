"""What can be chosen about notices of missed calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from voipdesk.core.language import _
from voipdesk.gui.theme import GRID
from voipdesk.gui.widgets.labels import PlainLabel, set_faint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voipdesk.core.desktop_choices import DesktopChoices


class NoticesView(QWidget):
    """Three switches and whose calls are meant."""

    chosen = Signal(str, object)
    """The name of a choice and its new value."""

    def __init__(self) -> None:
        super().__init__()
        self._quiet = QCheckBox(_("&Do not disturb: show no notices for now"))
        self._missed = QCheckBox(_("Calls &missed by"))
        self._missed.setAccessibleName(_("Notices of missed calls"))
        self._of = QComboBox()
        self._of.setAccessibleName(_("Whose missed calls"))
        self._of.setAccessibleDescription(_("Whose missed calls"))
        self._of.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._of.setMinimumContentsLength(20)
        self._abandoned = QCheckBox(_("Calls &abandoned in queues and ring groups"))
        about = PlainLabel(
            _(
                "A notice is shown once, for a call that is over and waits for somebody. It is taken back when the "
                "call was seen or returned. Calls answered by somebody else are not missed."
            )
        )
        set_faint(about)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self._missed)
        row.addWidget(self._of)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(row)
        column.addWidget(self._abandoned)
        column.addWidget(self._quiet)
        column.addWidget(about)
        self._missed.clicked.connect(lambda on: self.chosen.emit("notify_missed", on))
        self._abandoned.clicked.connect(lambda on: self.chosen.emit("notify_abandoned", on))
        self._quiet.clicked.connect(lambda on: self.chosen.emit("do_not_disturb", on))
        self._of.activated.connect(lambda: self.chosen.emit("missed_of", self._of.currentData()))

    def show_choices(self, choices: DesktopChoices) -> None:
        """Show how things stand."""
        self._missed.setChecked(choices.notify_missed)
        self._of.setEnabled(choices.notify_missed)
        self._abandoned.setChecked(choices.notify_abandoned)
        self._quiet.setChecked(choices.do_not_disturb)

    def show_users(self, names: Sequence[str], chosen: str) -> None:
        """Offer these users; one that the log does not know yet stays chosen."""
        with QSignalBlocker(self._of):
            self._of.clear()
            self._of.addItem(_("everybody"), "")
            for name in dict.fromkeys([*names, *filter(None, [chosen])]):
                self._of.addItem(" ".join(name.split()), name)
            self._of.setCurrentIndex(self._of.findData(chosen))
