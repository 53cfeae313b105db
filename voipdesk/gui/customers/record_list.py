"""A list to be searched with its four faces: rows, loading, empty, nothing found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from voipdesk.core.language import _, shown_number
from voipdesk.gui.theme import GRID
from voipdesk.gui.widgets.faces import BusyBar, EmptyFace
from voipdesk.gui.widgets.labels import ElidedLabel, set_faint
from voipdesk.gui.widgets.record_table import RecordTable
from voipdesk.gui.widgets.search_field import SearchField
from voipdesk.gui.words import when

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from voipdesk.gui.theme import Theme
    from voipdesk.gui.widgets.record_model import Record, RecordModel

_BUSY_AFTER_MS = 150
"""What is done sooner shows no bar: it would only flicker."""


@dataclass(frozen=True, slots=True)
class ListWords:
    """How a list speaks of what is in it."""

    title: str
    search: str
    """What the search field is for."""
    found_by: str
    """What is looked through."""
    no_match: str
    """Said when nothing is found."""
    counted: Callable[[int], str]
    """Says how many there are: "1,284 customers"."""


class RecordList(QWidget):
    """A search field, how many there are as of when, a thin bar while they are read, the table."""

    begun = Signal()
    """The one button of the empty list."""

    def __init__(
        self,
        theme: Theme,
        words: ListWords,
        model: RecordModel,
        widths: Sequence[str | int],
        empty: EmptyFace,
    ) -> None:
        super().__init__()
        self._words = words
        self._at: datetime | None = None
        self.model = model
        self.search = SearchField(theme, words.found_by, words.search)
        self.table = RecordTable(words.title, model, widths)
        self.totals = ElidedLabel()
        set_faint(self.totals)
        self._bar = BusyBar()
        self._soon_busy = QTimer(self, singleShot=True, interval=_BUSY_AFTER_MS)
        self._soon_busy.timeout.connect(lambda: self._bar.set_busy(busy=True))
        self._blank = QWidget()
        self._empty = empty
        self._no_match = EmptyFace(theme, "search", words.no_match, "", _("Clear the search"))
        self._faces = QStackedWidget()
        for face in (self._blank, self.table, self._empty, self._no_match):
            self._faces.addWidget(face)
        self.search.textChanged.connect(self._filter)
        self.search.left.connect(self._go_to_rows)
        self.table.text_typed.connect(self.search.type_into)
        self._no_match.begun.connect(self.search.clear)
        self._empty.begun.connect(self.begun)
        self._lay_out()

    @property
    def busy(self) -> bool:
        """Whether rows are being read."""
        return self._soon_busy.isActive() or not self._bar.isHidden()

    def set_busy(self, *, busy: bool) -> None:
        """Move the thin bar while rows are read that take long enough to be seen."""
        if busy:
            self._soon_busy.start()
        else:
            self._soon_busy.stop()
            self._bar.set_busy(busy=False)

    def show_records(self, records: Sequence[Record], at: datetime) -> None:
        """Show these, as of then."""
        self._at = at
        self.model.show_records(records)
        self._show()

    def show_nothing(self) -> None:
        """Show no rows at all: it is not known yet which there are."""
        self._at = None
        self.model.show_records(())
        self._show()

    def _filter(self, text: str) -> None:
        self.model.filter(text)
        self._show()

    def _show(self) -> None:
        shown, total = self.model.rowCount(), self.model.total
        if self._at is None:
            self.totals.setText("")
            self._faces.setCurrentWidget(self._blank)
            return
        self._faces.setCurrentWidget(self.table if shown else self._no_match if total else self._empty)
        said = self._words.counted(total)
        if shown != total:
            said = _("{number} of {counted}", number=shown_number(shown), counted=said)
        self.totals.setText(_("{counted} · as of {time}", counted=said, time=when(self._at)))

    def _go_to_rows(self) -> None:
        if self.model.rowCount():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(2 * GRID, 0, 2 * GRID, GRID)
        top.setSpacing(2 * GRID)
        top.addWidget(self.search, 1)
        top.addWidget(self.totals)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        rows = QVBoxLayout()
        rows.setContentsMargins(2 * GRID, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self._bar)
        rows.addWidget(self._faces, 1)
        column.addLayout(rows, 1)
