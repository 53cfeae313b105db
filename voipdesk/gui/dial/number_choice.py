"""The numbers that a text has several of, each on a button."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from voipdesk.core.language import _
from voipdesk.gui.theme import GRID

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voipdesk.gui.dial.model import Choice

_COLUMNS = 3


class NumberChoice(QWidget):
    """Takes no room while there is nothing to choose."""

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._choices: tuple[Choice, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GRID)
        self._grid.setColumnStretch(_COLUMNS, 1)
        self.hide()

    def offer(self, choices: Sequence[Choice]) -> None:
        """Offer these; the same ones again leave the keyboard where it is."""
        if tuple(choices) == self._choices:
            return
        self._choices = tuple(choices)
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for place, choice in enumerate(self._choices):
            button = QPushButton(choice.label.replace("&", "&&"))
            button.setAccessibleName(_("Take {number}", number=choice.label))
            button.clicked.connect(partial(self.picked.emit, choice.text))
            self._grid.addWidget(button, place // _COLUMNS, place % _COLUMNS)
        self.setVisible(bool(self._choices))
