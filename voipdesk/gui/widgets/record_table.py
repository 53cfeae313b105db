"""A table of records to pick one from: it keeps the one picked while rows come, go and change their order."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QMenu, QTableView

from voipdesk.core.language import _
from voipdesk.gui.theme import GRID
from voipdesk.gui.widgets.record_delegate import PADDING, RecordDelegate
from voipdesk.gui.widgets.row_focus import paint_row_focus

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent, QResizeEvent

    from voipdesk.gui.widgets.record_model import Index, RecordModel

_ROW_PADDING = GRID // 2 + 2
_LOOKS = frozenset(
    {QEvent.Type.FontChange, QEvent.Type.PaletteChange, QEvent.Type.LayoutDirectionChange, QEvent.Type.StyleChange}
)
_LEAST_COLUMNS = 2
"""So many are shown however little room there is."""
_LEAST_LETTERS = 9
"""Of a column that takes its share of the room."""


class RecordTable(QTableView):
    """Shows a RecordModel; one row is current. A click on a heading sorts, as the menu of the table does."""

    current_changed = Signal(str)
    """The id of the record that is current from now on, "" for none."""
    entered = Signal(str)
    """Enter or a double click on a record, by id."""
    copy_asked = Signal(str)
    """Ctrl+C on a record, by id."""
    text_typed = Signal(str)
    """Letters or digits typed on the table: somebody looks for a record."""
    menu_asked = Signal(QMenu)
    """The menu of the current record is about to be shown: what can be done with it is to be put in."""

    def __init__(self, name: str, model: RecordModel, widths: Sequence[str | int]) -> None:
        """Take for each column a sample of its text, that it is to have room for, or a share of what is left."""
        super().__init__()
        self._records = model
        self._widths = tuple(widths)
        self._own_widths = False
        self._setting_widths = False
        self._current = ""
        self._resetting = False
        self.setAccessibleName(name)
        self._delegate = RecordDelegate(model, self)
        self.setItemDelegate(self._delegate)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(self._row_height)
        model.modelAboutToBeReset.connect(self._before_reset)
        self.setModel(model)
        model.modelReset.connect(self._after_reset)  # after the view's own
        columns = self.horizontalHeader()
        columns.setHighlightSections(False)
        columns.setMinimumSectionSize(3 * GRID)
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        if model.can_sort:
            columns.setSortIndicator(model.sorted_by, Qt.SortOrder.AscendingOrder)
        columns.sectionResized.connect(self._note_width)
        self.setSortingEnabled(model.can_sort)
        self.doubleClicked.connect(lambda index: self.entered.emit(model.id_at(index.row())))
        self.customContextMenuRequested.connect(self._show_menu)

    @property
    def current(self) -> str:
        """The id of the current record, "" for none."""
        return self._current

    def pick(self, record_id: str) -> None:
        """Make a record current and show it; none when it is not shown."""
        row = self._records.row_of(record_id)
        if row < 0:
            self.setCurrentIndex(QModelIndex())
            self.clearSelection()
        else:
            self.selectRow(row)
            self.scrollTo(self._records.index(row, 0), QAbstractItemView.ScrollHint.EnsureVisible)

    # Columns

    def fit_columns(self) -> None:
        """Give columns with a sample the room for it and the others what is left, unless the user chose widths."""
        if self._own_widths:
            return
        measure, room = self.fontMetrics().horizontalAdvance, self.viewport().width()
        least, liked = self._least_widths(), dict[int, int]()
        shown = len(least)
        while shown > _LEAST_COLUMNS and sum(least[:shown]) > room:
            shown -= 1  # what does not fit at all is told by the record itself
        for column in range(len(least)):
            self.setColumnHidden(column, column >= shown)
        for column, sample in enumerate(self._widths[:shown]):
            text = measure(sample) + 2 * PADDING + 2 if isinstance(sample, str) else 0
            liked[column] = max(least[column], text)
        spare = sum(liked.values()) - sum(least[:shown])
        short = min(spare, max(0, sum(liked.values()) - room))
        widths = {c: width - ceil((width - least[c]) * short / max(1, spare)) for c, width in liked.items()}
        shares = {c: share for c, share in enumerate(self._widths[:shown]) if isinstance(share, int)}
        room = max(0, room - sum(widths.values()))
        widths |= {c: widths[c] + room * share // sum(shares.values()) for c, share in shares.items()}
        self._setting_widths = True
        for column, width in widths.items():
            self.setColumnWidth(column, width)
        self._setting_widths = False

    def _least_widths(self) -> list[int]:
        measure = self.fontMetrics().horizontalAdvance
        headings = (measure(heading) + 3 * GRID + GRID // 2 for heading in self._records.headings)
        letters = measure("0" * _LEAST_LETTERS)
        return [
            max(heading, letters if isinstance(width, int) else 0)
            for heading, width in zip(headings, self._widths, strict=True)
        ]

    def _note_width(self, _column: int, before: int, after: int) -> None:
        if before and after and not self._setting_widths:
            self._own_widths = True

    @property
    def _row_height(self) -> int:
        return self.fontMetrics().height() + 2 * _ROW_PADDING

    # What is current

    def _before_reset(self) -> None:
        self._resetting = True

    def _after_reset(self) -> None:
        """Pick the record of before where it is still shown, without moving what is seen."""
        self._resetting = False
        row = self._records.row_of(self._current) if self._current else -1
        if row >= 0:
            scrolls = self.hasAutoScroll()
            self.setAutoScroll(False)
            self.selectRow(row)
            self.setAutoScroll(scrolls)
        else:
            self._tell_current("")

    def _tell_current(self, record_id: str) -> None:
        if record_id != self._current:
            self._current = record_id
            self.current_changed.emit(record_id)

    # What Qt calls

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802 - Qt's name
        """Pass on which record is current."""
        super().currentChanged(current, previous)
        if not self._resetting:
            self._tell_current(self._records.id_at(current.row()))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the rows in sight, and where the keyboard is."""
        self._delegate.selected_row = self.currentIndex().row()
        super().paintEvent(event)
        paint_row_focus(self)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Grow and shrink with the system's text size, and follow light and dark."""
        super().changeEvent(event)
        if event.type() in _LOOKS:
            self._delegate.refresh()
        if event.type() is QEvent.Type.FontChange:
            self.verticalHeader().setDefaultSectionSize(self._row_height)
            self.fit_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Share the room out anew."""
        super().resizeEvent(event)
        self.fit_columns()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Pick the first row in sight when none is: Qt would make one current without showing it."""
        if not self._current and self._records.rowCount():
            self.selectRow(max(0, self.rowAt(0)))
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Act on the record: Enter, Ctrl+C; Home and End go to the ends of the list."""
        key, count = event.key(), self._records.rowCount()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._current:
            self.entered.emit(self._current)
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End} and count:
            self.selectRow(0 if key == Qt.Key.Key_Home else count - 1)
        elif event.matches(QKeySequence.StandardKey.Copy) and self._current:
            self.copy_asked.emit(self._current)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:  # noqa: N802 - Qt's name
        """Leave typed letters to the search field."""
        if search.strip():
            self.text_typed.emit(search)

    def _show_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._current:
            self.menu_asked.emit(menu)
        if self._records.can_sort:
            self._offer_orders(menu)
        menu.popup(self._menu_place(at))

    def _offer_orders(self, menu: QMenu) -> None:
        menu.addSeparator()
        orders = menu.addMenu(_("Sort by"))
        for column, name in enumerate(self._records.headings):
            action = orders.addAction(name.replace("&", "&&"), _sorter(self, column))
            action.setCheckable(True)
            action.setChecked(column == self._records.sorted_by)

    def _menu_place(self, at: QPoint) -> QPoint:
        """Give the pointer's place, or for the keyboard's menu key the current row's."""
        row = self.visualRect(self.currentIndex())
        if not row.isEmpty() and not (row.top() <= at.y() <= row.bottom()):
            at = row.bottomLeft() + QPoint(4 * GRID, 0)
        return self.viewport().mapToGlobal(at)


def _sorter(table: RecordTable, column: int) -> Callable[[], None]:
    def sort() -> None:
        """Sort by the column, the other way round when it is sorted by it already."""
        header = table.horizontalHeader()
        again = header.sortIndicatorSection() == column
        up = not again or header.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder
        table.sortByColumn(column, Qt.SortOrder.AscendingOrder if up else Qt.SortOrder.DescendingOrder)

    return sort
