"""Records in a table: all of them held, found as one types, sorted by any column."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from voipdesk.gui.widgets.labels import plain_tip

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Index = QModelIndex | QPersistentModelIndex
_NUMBER = re.compile(r"[+\s().\-/]*\d[+\d\s().\-/]*")
_TRUNK = re.compile(r"^(?:00|0)(?=\d)")
_NO_DIGITS = re.compile(r"\D+")


class Record(NamedTuple):
    """A row, all of it made ready before it is shown: a key typed looks at thousands of them."""

    id: str
    cells: tuple[str, ...]
    """What each column says, on one line."""
    keys: tuple[str, ...]
    """What each column is sorted by; those that are "" come last."""
    found_by: str
    """What `found_by` made of all it is found by."""
    sentence: str
    """The row as a screen reader says it."""


def folded(text: str) -> str:
    """Give a text in the form in which texts are compared: without case and accents, on one line."""
    if not text.isascii():
        parts = unicodedata.normalize("NFKD", text)
        text = "".join(c for c in parts if not unicodedata.combining(c))
    return " ".join(text.casefold().split())


def one_line(text: str) -> str:
    """Keep a text from outside on its line: what cannot be printed becomes a space."""
    if not text.isprintable():
        text = "".join(c if c.isprintable() else " " for c in text)
    return text.strip()


def found_by(texts: Iterable[str], numbers: Iterable[str] = ()) -> str:
    """Join what a record is found by: any part of a text, any part of a number however it is written."""
    return "\n".join([*map(folded, (*texts, *numbers)), *(_NO_DIGITS.sub("", number) for number in numbers)])


class RecordModel(QAbstractTableModel):
    """Shows those records that have every word of the filter, in the order of a column."""

    can_sort = True
    """Whether the person may choose another order."""

    def __init__(self, headings: Sequence[str], sorted_by: int = 0) -> None:
        super().__init__()
        self.headings = tuple(headings)
        self._records: Sequence[Record] = ()
        self._sorted: Sequence[Record] = ()
        self._shown: Sequence[Record] = ()
        self._rows: dict[str, int] | None = None
        """The row of every record, made when first asked for: nobody asks while one types."""
        self._filter = ""
        self.sorted_by = sorted_by
        self.descending = False

    @property
    def total(self) -> int:
        """How many records there are, shown or not."""
        return len(self._records)

    def show_records(self, records: Sequence[Record]) -> None:
        """Show these in place of those of before."""
        self._records = records
        self._sort()
        self._select()

    def show_record(self, record: Record) -> None:
        """Show a record in place of the one of its id, where that stands: it is not sorted anew."""

        def renewed(records: Sequence[Record]) -> Sequence[Record]:
            return [record if one.id == record.id else one for one in records]

        row = self.row_of(record.id)
        self._records, self._sorted, self._shown = map(renewed, (self._records, self._sorted, self._shown))
        if row >= 0:
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.headings) - 1))

    def filter(self, text: str) -> None:
        """Show those alone that have every word of `text`; a number is found by its digits."""
        if text.strip() != self._filter:
            self._filter = text.strip()
            self._select()

    def id_at(self, row: int) -> str:
        """Give the id of a row, "" when there is no such row."""
        return self._shown[row].id if 0 <= row < len(self._shown) else ""

    def row_of(self, record_id: str) -> int:
        """Give the row of a record, -1 when it is not shown."""
        if self._rows is None:
            self._rows = {record.id: row for row, record in enumerate(self._shown)}
        return self._rows.get(record_id, -1)

    def record(self, row: int) -> Record:
        """Give the record of a row that is shown."""
        return self._shown[row]

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Take the order of a column; records that have nothing there come last."""
        descending = order is Qt.SortOrder.DescendingOrder
        if 0 <= column < len(self.headings) and (column, descending) != (self.sorted_by, self.descending):
            self.sorted_by, self.descending = column, descending
            self._sort()
            self._select()

    def _sort(self) -> None:
        column = self.sorted_by
        filled = [record for record in self._records if record.keys[column]]
        filled.sort(key=lambda record: record.keys[column], reverse=self.descending)
        if len(filled) < len(self._records):
            filled += [record for record in self._records if not record.keys[column]]
        self._sorted = filled

    def _select(self) -> None:
        self.beginResetModel()
        self._shown = _matching(self._sorted, self._filter)
        self._rows = None
        self.endResetModel()

    # What Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """Count the rows that are shown."""
        return 0 if parent.isValid() else self._row_count()

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """Count the columns."""
        return 0 if parent.isValid() else len(self.headings)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: N802 - Qt's name
        """Name the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.headings[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give a cell's text, in full as its tool tip, or the row as one sentence for a screen reader."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self.record(index.row()).cells[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            text = self.record(index.row()).cells[index.column()]
            return plain_tip(text) if text else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.record(index.row()).sentence
        return None

    def _row_count(self) -> int:
        return len(self._shown)


def _matching(records: Sequence[Record], text: str) -> Sequence[Record]:
    found = records
    for word in folded(text).split():
        found = [record for record in found if word in record.found_by]
    digits = _TRUNK.sub("", _NO_DIGITS.sub("", text)) if _NUMBER.fullmatch(text) else ""
    if not digits or digits == text:
        return found
    ids = {record.id for record in found}
    return [record for record in records if digits in record.found_by or record.id in ids]
