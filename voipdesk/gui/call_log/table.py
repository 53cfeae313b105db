"""The table of calls: keeps its place while rows come and go above, and says which rows are seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from voipdesk.core.call_log import Outcome
from voipdesk.core.language import _
from voipdesk.gui.call_log.delegate import MARK, CallDelegate
from voipdesk.gui.call_log.model import Column, heading
from voipdesk.gui.call_log.wording import MISSED, outcome_label
from voipdesk.gui.theme import GRID
from voipdesk.gui.widgets.row_focus import paint_row_focus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent, QResizeEvent

    from voipdesk.gui.call_log.model import CallTableModel, Index
    from voipdesk.gui.theme import Theme

_SHARES = {Column.CALLER: 30, Column.CALLED: 30, Column.NAME: 19, Column.ANSWERED_BY: 16}
"""How the columns of names share the room that the others leave."""
_NUMBER = "+44 20 7946 0000"
"""What must be readable of a caller before there is room for the account's name, or for who answered."""
_NAME = "0" * 11
"""What must be readable of a name; a heading that is longer is in its tool tip."""


class CallTable(QTableView):
    """Shows the model's rows at a fixed height; one row is current, and rows are all there is to choose."""

    seen = Signal(int, int)
    """The first and the last row in sight, as they change."""
    current_changed = Signal(int)
    """The current row; -1 for none."""
    activated_row = Signal()
    """Enter or a double click on the current row."""
    details_asked = Signal()
    """Space or Alt+Enter on the current row."""
    text_typed = Signal(str)
    """Letters or digits typed on the table: somebody looks for a call."""
    widths_changed = Signal()

    def __init__(self, model: CallTableModel, theme: Theme, longest_moments: Sequence[str]) -> None:
        super().__init__()
        self._longest_moments = longest_moments
        self._own_widths = False
        self._setting_widths = False
        self._with_account = False
        self.setAccessibleName(_("Calls, newest first"))
        self._delegate = CallDelegate(model, theme, self)
        self.setItemDelegate(self._delegate)
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(self._height_for_font)
        columns = self.horizontalHeader()
        columns.setTextElideMode(Qt.TextElideMode.ElideRight)
        columns.setHighlightSections(False)
        columns.setSectionsClickable(False)
        columns.setMinimumSectionSize(3 * GRID)
        columns.sectionResized.connect(self._note_width)
        columns.setSectionResizeMode(Column.DIRECTION, QHeaderView.ResizeMode.Fixed)
        model.moved.connect(self._keep_place)
        self.verticalScrollBar().valueChanged.connect(self._tell_seen)
        self.doubleClicked.connect(lambda _index: self.activated_row.emit())

    # Where it stands

    @property
    def _height_for_font(self) -> int:
        return max(MARK, self.fontMetrics().height()) + GRID + 2

    @property
    def row_height(self) -> int:
        """Pixels of a row."""
        return self.verticalHeader().defaultSectionSize()

    @property
    def at_top(self) -> bool:
        """Whether the newest row is in sight, so that newer ones are welcome there."""
        return self.verticalScrollBar().value() == 0

    @property
    def rows_seen(self) -> tuple[int, int]:
        """The first and the last row in sight; (0, -1) without rows."""
        count = self.model().rowCount()
        first = self.verticalScrollBar().value() // self.row_height
        last = (self.verticalScrollBar().value() + self.viewport().height() - 1) // self.row_height
        return (min(first, max(0, count - 1)), min(last, count - 1))

    @property
    def current_row(self) -> int:
        """The row chosen, -1 for none."""
        return self.currentIndex().row()

    def choose(self, row: int) -> None:
        """Make a row current without scrolling there; -1 for none."""
        scrolls = self.hasAutoScroll()
        self.setAutoScroll(False)
        at = self.verticalScrollBar().value()
        if row < 0:
            self.setCurrentIndex(QModelIndex())
            self.clearSelection()
        else:
            self.selectRow(row)
        self.verticalScrollBar().setValue(at)
        self.setAutoScroll(scrolls)

    def jump_to_top(self) -> None:
        """Show the newest rows."""
        self.verticalScrollBar().setValue(0)

    # Columns

    @property
    def widths(self) -> str:
        """The columns' widths as a text to remember; "" while the user has changed none."""
        return " ".join(str(self.columnWidth(c)) for c in Column) if self._own_widths else ""

    def restore_widths(self, text: str) -> None:
        """Give the columns the widths remembered; what is no list of them is passed over."""
        parts = text.split()
        if len(parts) == len(Column) and all(part.isdecimal() for part in parts):
            self._own_widths = True
            # a column that was hidden has no width to remember
            self._set_widths({c: min(2000, int(part)) for c, part in zip(Column, parts, strict=True) if int(part)})

    def show_account_column(self, *, shown: bool) -> None:
        """Say whose each call is, where there are several accounts and the room for it; the details say it anyway."""
        self._with_account = shown
        self.setColumnHidden(Column.ACCOUNT, not shown)
        self.fit_columns()

    def fit_columns(self) -> None:
        """Give figures the room they need and names the rest, unless the user chose other widths.

        Where numbers could not be read, neither the account nor who answered is shown; the details say them.
        """
        advance = self.fontMetrics().horizontalAdvance
        headings = {c: advance(heading(c)) + GRID // 2 for c in _SHARES}
        least = {c: min(width, advance(_NAME) + GRID // 2) for c, width in headings.items()}
        if self._own_widths:
            self._show_who_answered(least[Column.ANSWERED_BY])
            return
        widths = self._fixed_widths()
        numbers = dict.fromkeys((Column.CALLER, Column.CALLED), advance(_NUMBER) + GRID + 2)
        needed = sum((least | numbers).values())
        room = self.viewport().width() - sum(w for c, w in widths.items() if c is not Column.ACCOUNT)
        self.setColumnHidden(Column.ACCOUNT, not self._with_account or room - widths[Column.ACCOUNT] < needed)
        self.setColumnHidden(Column.ANSWERED_BY, room < needed)
        if not self.isColumnHidden(Column.ACCOUNT):
            room -= widths[Column.ACCOUNT]
        shares = {c: share for c, share in _SHARES.items() if not self.isColumnHidden(c)}
        wished = headings | numbers
        least = wished if room >= sum(wished[c] for c in shares) else least | numbers  # scrolled before a number is cut
        for column in sorted(shares, key=lambda c: shares[c] / least[c]):  # who is short first, the rest share the rest
            left = {c: share for c, share in shares.items() if c not in widths}
            widths[column] = max(least[column], room * left[column] // sum(left.values()))
            room -= widths[column]
        self._set_widths(widths)

    def _show_who_answered(self, width: int) -> None:
        """Show that column again, among widths that the user chose, once there is room for it."""
        if (
            self.isColumnHidden(Column.ANSWERED_BY)
            and self.horizontalHeader().length() + width <= self.viewport().width()
        ):
            self.setColumnHidden(Column.ANSWERED_BY, False)
            self._set_widths({Column.ANSWERED_BY: width})

    def _fixed_widths(self) -> dict[Column, int]:
        font = self.font()
        font.setBold(True)
        plain, bold = self.fontMetrics().horizontalAdvance, QFontMetrics(font).horizontalAdvance
        words = {
            Column.WHEN: max(map(plain, self._longest_moments)),
            Column.OUTCOME: max((bold if o in MISSED else plain)(outcome_label(o)) for o in Outcome) + MARK + GRID // 2,
            Column.WAITED: plain(heading(Column.WAITED)),
            Column.TALKED: max(plain("0:00:00"), plain(heading(Column.TALKED))),
            Column.ACCOUNT: plain("0" * 11),
        }
        return {Column.DIRECTION: MARK + 2 * GRID} | {c: w + 2 * GRID for c, w in words.items()}

    def _set_widths(self, widths: dict[Column, int]) -> None:
        self._setting_widths = True
        for column, width in widths.items():
            self.setColumnWidth(column, width)
        self._setting_widths = False

    def _note_width(self, _column: int, before: int, after: int) -> None:
        if before and after and not self._setting_widths:  # hiding and showing a column is no choice of a width
            self._own_widths = True
            self.widths_changed.emit()

    # What Qt calls

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802 - Qt's name
        """Pass on which row is chosen."""
        super().currentChanged(current, previous)
        if current.row() != previous.row():
            self.current_changed.emit(current.row())

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Grow and shrink with the system's text size, staying at the same row."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            first = self.rows_seen[0]
            self._delegate.refresh()
            self.verticalHeader().setDefaultSectionSize(self._height_for_font)
            self.updateGeometries()
            self.verticalScrollBar().setValue(first * self.row_height)
            self.fit_columns()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the rows in sight, and where the keyboard is."""
        super().paintEvent(event)
        paint_row_focus(self)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Share the room out anew."""
        super().resizeEvent(event)
        self.fit_columns()
        self._tell_seen()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Choose the first row in sight when none is: Qt would make one current without showing it."""
        if self.current_row < 0 and self.model().rowCount():
            self.choose(self.rows_seen[0])
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Act on the row: Enter calls back, Space shows the details; Home and End go to the ends of the log."""
        key, row_keys = event.key(), (Qt.Key.Key_Home, Qt.Key.Key_End)
        enter = key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if key == Qt.Key.Key_Space or (enter and event.modifiers() & Qt.KeyboardModifier.AltModifier):
            self.details_asked.emit()
        elif enter:
            self.activated_row.emit()
        elif key in row_keys and self.model().rowCount():
            self.selectRow(0 if key == Qt.Key.Key_Home else self.model().rowCount() - 1)
        elif event.matches(QKeySequence.StandardKey.Copy):
            event.ignore()  # the pane's action copies the number
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:  # noqa: N802 - Qt's name
        """Leave typed letters to the search field: Qt would walk through the whole log row by row."""
        if search.strip():
            self.text_typed.emit(search)

    def _keep_place(self, rows: int) -> None:
        if self.at_top and rows > 0:
            self._tell_seen()
            return
        self.updateGeometries()
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + rows * self.row_height)

    def _tell_seen(self) -> None:
        self.seen.emit(*self.rows_seen)
