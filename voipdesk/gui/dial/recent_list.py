"""The numbers dialled last, each with a button that dials it again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QPushButton, QStackedLayout, QWidget

from voipdesk.core.language import _
from voipdesk.gui.theme import GRID
from voipdesk.gui.widgets.data_table import DataTable
from voipdesk.gui.widgets.faces import EmptyFace
from voipdesk.gui.widgets.saying_card import centred

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voipdesk.gui.dial.model import RecentRow
    from voipdesk.gui.theme import Theme

_ACCOUNT, _BUTTON = 2, 4
"""Columns."""


class RecentList(QWidget):
    """Rows to dial again: by their button, by Enter, by a double click."""

    dial_asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._rows: tuple[RecentRow, ...] = ()
        self._table = _Numbers()
        self._table.entered.connect(self._dial)
        self._empty = EmptyFace(
            theme,
            "dial",
            _("Nothing dialled yet"),
            _("The numbers you dial are listed here, ready to be dialled again."),
        )
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._table)

    def show_rows(self, rows: Sequence[RecentRow]) -> None:
        """Show these; a list that is the same stays as it is, with what is selected in it."""
        if tuple(rows) == self._rows:
            return
        self._rows = tuple(rows)
        self._table.show_rows([(row.display, row.when, row.account, row.outcome) for row in self._rows])
        self._table.numbers = tuple(row.number for row in self._rows)
        for place, row in enumerate(self._rows):
            button = QPushButton(_("Call"))
            button.setAccessibleName(_("Call {number}", number=row.display))
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(partial(self.dial_asked.emit, row.number))
            self._table.setCellWidget(place, _BUTTON, centred(button))
        self._table.setColumnHidden(_ACCOUNT, len({row.account for row in self._rows}) < 2)
        self._stack.setCurrentIndex(1 if rows else 0)

    def _dial(self, place: int) -> None:
        self.dial_asked.emit(self._rows[place].number)


class _Numbers(DataTable):
    """Copies the number of a row, as it was dialled."""

    numbers: tuple[str, ...] = ()

    def __init__(self) -> None:
        headings = (_("Number"), _("Dialled"), _("Account"), "", "")
        super().__init__(_("Numbers dialled last"), headings, row_padding=GRID + GRID // 2)
        header = self.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def copy_text(self, row: int) -> str:
        """Give the number alone."""
        return self.numbers[row]
