"""The rows of the call log for Qt: a model that holds a window of rows and knows how many there are."""

from __future__ import annotations

from enum import IntEnum
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from voipdesk.core.language import N_, _
from voipdesk.gui.call_log.window import RowWindow
from voipdesk.gui.call_log.wording import (
    clock_duration,
    direction_label,
    noun,
    one_line,
    outcome_label,
    party,
    sentence,
    talked_s,
    waited_s,
    withheld,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from voipdesk.core.call_log import Call, CallKey, LoggedCall
    from voipdesk.gui.call_log.window import PageRequest
    from voipdesk.gui.call_log.wording import Clock

Index = QModelIndex | QPersistentModelIndex
_ROWS_FORMATTED = 200
"""Rows whose texts are kept: some screens full."""


class Column(IntEnum):
    """The columns, from the left."""

    DIRECTION = 0
    WHEN = 1
    OUTCOME = 2
    CALLER = 3
    CALLED = 4
    NAME = 5
    ANSWERED_BY = 6
    WAITED = 7
    TALKED = 8
    ACCOUNT = 9


_HEADINGS = {
    Column.DIRECTION: N_("Direction"),
    Column.WHEN: N_("When"),
    Column.OUTCOME: N_("Outcome"),
    Column.CALLER: N_("Caller"),
    Column.CALLED: N_("Called"),
    Column.NAME: N_("User or queue"),
    Column.ANSWERED_BY: N_("Answered by"),
    Column.WAITED: N_("Waited"),
    Column.TALKED: N_("Talked"),
    Column.ACCOUNT: N_("Account"),
}
RIGHT = frozenset({Column.WAITED, Column.TALKED})
"""Columns of figures, aligned to the right."""
Cell = tuple[str, str]
"""What a cell says, and what it adds in a fainter tone."""


def heading(column: Column) -> str:
    """Name a column."""
    return _(_HEADINGS[column])  # NON-NLS: marked in its table


class CallTableModel(QAbstractTableModel):
    """The log as a table, newest first; rows that are not loaded are empty until `put` brings them."""

    moved = Signal(int)
    """That many rows came (or, negative, went) above those seen: the view scrolls along to stay where it is."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._window = RowWindow()
        self._clock = clock
        self.display: Callable[[str], str] = str
        """How numbers are shown; to be changed by `set_display`."""
        self._unreturned: frozenset[int] = frozenset()
        self._cells: dict[int, tuple[LoggedCall, tuple[Cell, ...]]] = {}
        self._names: dict[str, str] = {}

    @property
    def window(self) -> RowWindow:
        """What is held of the log; to be looked at, and changed through the model alone."""
        return self._window

    def call(self, row: int) -> LoggedCall | None:
        """Give the call of a row, None when it is not loaded or there is no such row."""
        return self._window.row(row) if 0 <= row < self._window.count else None

    def shown(self, row: int) -> tuple[LoggedCall, tuple[Cell, ...]] | None:
        """Give a row's call and its texts by column, None when it is not loaded."""
        logged = self.call(row)
        if logged is None:
            return None
        kept = self._cells.get(logged.id)
        if kept is None or kept[0] is not logged:
            if len(self._cells) >= _ROWS_FORMATTED:
                self._cells.clear()
            kept = self._cells[logged.id] = (logged, self._format(logged))
        return kept

    def cells(self, row: int) -> tuple[Cell, ...] | None:
        """Give the texts of a row by column, None when it is not loaded."""
        shown = self.shown(row)
        return None if shown is None else shown[1]

    # What changes the rows

    def begin(self, rows: Sequence[LoggedCall], *, whole: bool) -> None:
        """Show another log by its newest rows; `whole` when there are no more."""
        self.beginResetModel()
        self._window.begin(rows, whole=whole)
        self._cells.clear()
        self.endResetModel()

    def set_count(self, count: int) -> None:
        """Say how many rows the log has in all."""
        window = self._window
        grown = count - window.count
        if grown > 0:
            self.beginInsertRows(QModelIndex(), window.count, count - 1)
            window.count, window.counted = count, True
            self.endInsertRows()
        else:
            window.counted = True
            window.drifted |= grown < 0

    def set_anchors(self, anchors: Sequence[CallKey]) -> None:
        """Take the keys of every 500th row, by which any row can be reached."""
        self._window.set_anchors(anchors)

    def put(self, request: PageRequest, rows: Sequence[LoggedCall]) -> range:
        """Take a page over and give the rows it filled."""
        filled = self._window.put(request, rows)
        self._tell_changed(filled)
        return filled

    def prepend(self, rows: Sequence[LoggedCall]) -> None:
        """Put new calls on top."""
        if rows:
            self.beginInsertRows(QModelIndex(), 0, len(rows) - 1)
            self._window.prepend(rows)
            self.endInsertRows()
            self.moved.emit(len(rows))

    def mark_stale(self) -> None:
        """Have what is held fetched again as it is seen."""
        self._window.mark_stale()

    def replace(
        self, count: int, anchors: Sequence[CallKey], blocks: dict[int, Sequence[LoggedCall]], moved: int
    ) -> None:
        """Take over the log as it stands now; the rows seen are `moved` further down than they were."""
        window = self._window
        before, moved = window.count, max(-window.count, moved)
        window.replace(count, anchors, blocks)
        window.count = before
        self._resize(0, moved)
        self._resize(window.count, count - window.count)
        if moved:
            self.moved.emit(moved)
        self._tell_changed(range(count))

    def set_display(self, display: Callable[[str], str]) -> None:
        """Say how numbers are shown from now on."""
        self.display = display
        self.rewrite()

    def show_names(self, names: dict[str, str]) -> bool:
        """Put the contacts' names, by number as it was sent, before the service's; tells whether any is another."""
        if names == self._names:
            return False
        self._names = names
        self.rewrite()
        return True

    def named(self, logged: LoggedCall) -> LoggedCall:
        """Give a call with the contacts' names."""
        call, names = logged.call, self._names
        if not names:
            return logged
        caller, called = names.get(call.caller), names.get(call.called)
        if caller is None and called is None:
            return logged
        call = replace(call, caller_name=caller or call.caller_name, called_name=called or call.called_name)
        return replace(logged, call=call)

    def set_unreturned(self, ids: frozenset[int]) -> None:
        """Say which calls nobody has returned yet, by their ids in the archive."""
        self._unreturned = ids

    def rewrite(self) -> None:
        """Write all texts anew: the day or the way numbers are shown is another."""
        self._cells.clear()
        self._tell_changed(range(self._window.count))

    def _resize(self, at: int, by: int) -> None:
        """Let rows come or go at the top or the end in Qt's eyes, so that selection and scroll bar follow."""
        window = self._window
        if by > 0:
            self.beginInsertRows(QModelIndex(), at, at + by - 1)
            window.count += by
            self.endInsertRows()
        elif by < 0:
            first = at if at == 0 else at + by
            self.beginRemoveRows(QModelIndex(), first, first - by - 1)
            window.count += by
            self.endRemoveRows()

    def _tell_changed(self, rows: range) -> None:
        if rows:
            self.dataChanged.emit(self.index(rows[0], 0), self.index(rows[-1], len(Column) - 1))

    # What Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """Count the rows of the log, loaded or not."""
        return 0 if parent.isValid() else self._window.count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """Count the columns."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: N802 - Qt's name
        """Name the columns; the narrow one of the direction is named to screen readers and by its tool tip."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = Column(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return "" if column is Column.DIRECTION else heading(column)
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return heading(column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column in RIGHT else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give a cell's text, or the row as one sentence for a screen reader."""
        row = index.row()
        if role == Qt.ItemDataRole.DisplayRole:
            cells = self.cells(row)
            return "" if cells is None else " ".join(filter(None, cells[index.column()]))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            logged = self.call(row)
            return _("Loading") if logged is None else self._sentence(logged)
        return None

    def _sentence(self, logged: LoggedCall) -> str:
        unreturned = logged.id in self._unreturned
        return sentence(self.named(logged), self._clock, self.display, unreturned=unreturned)

    def _format(self, logged: LoggedCall) -> tuple[Cell, ...]:
        call, show = self.named(logged).call, partial(party, display=self.display)
        caller = show(call.caller_name, call.caller)
        return (
            (direction_label(call.direction), ""),
            (self._clock.moment(call.started_at), ""),
            (outcome_label(call.outcome), ""),
            caller if any(caller) else (withheld(), ""),
            show(call.called_name, call.called),
            _place(call),
            (one_line(call.answered_by), ""),
            (clock_duration(waited_s(call)), ""),
            (clock_duration(talked_s(call)), ""),
            (one_line(logged.account_name), ""),
        )


def _place(call: Call) -> Cell:
    name = one_line(call.name)
    return (name, noun(call.source, name))
