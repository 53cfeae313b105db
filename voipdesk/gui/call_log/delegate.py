"""How a cell of the log is drawn: marks beside words, a name before its fainter number, calm bars while loading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from voipdesk.core.call_log import Direction, Outcome
from voipdesk.gui.call_log.model import RIGHT, CallTableModel, Column
from voipdesk.gui.call_log.wording import MISSED, WITHHELD
from voipdesk.gui.theme import GRID, Tone, mix
from voipdesk.gui.widgets.labels import plain_tip

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QHelpEvent
    from PySide6.QtWidgets import QAbstractItemView, QWidget

    from voipdesk.core.call_log import LoggedCall
    from voipdesk.gui.call_log.model import Cell
    from voipdesk.gui.theme import Theme

MARK = 16
"""Pixels of a mark's edge."""
_PADDING = GRID // 2
_BARS = {Column.WHEN: 0.6, Column.CALLER: 0.75, Column.CALLED: 0.45, Column.NAME: 0.55}
"""Share of its column that a loading row's bar takes; the other columns stay empty."""
_WAYS = {Direction.IN: "call-in", Direction.OUT: "call-out"}
_ICONS = {
    Outcome.ANSWERED: "answered",
    Outcome.MISSED: "missed",
    Outcome.ABANDONED: "abandoned",
    Outcome.TIMED_OUT: "timed-out",
    Outcome.NO_ANSWER: "close",
    Outcome.IN_PROGRESS: "in-progress",
}
_PLAIN_SELECTION = frozenset({"windowsvista", "windows11"})
"""Styles whose selection is pale, with text in its usual colour."""


class CallDelegate(QStyledItemDelegate):
    """Draws the cells itself: asking the model for seven roles a cell would cost more than all the drawing."""

    def __init__(self, model: CallTableModel, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._theme = theme
        self._light_marks: dict[tuple[str, int, float], QPixmap] = {}
        self._read_palette()
        theme.changed.connect(self._read_palette)

    def _read_palette(self) -> None:
        self._light_marks.clear()
        self._faint = self._theme.colour(Tone.FAINT)
        self._bad = self._theme.colour(Tone.BAD)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the native background and focus, then the cell's mark and texts, elided."""
        row, column = index.row(), Column(index.column())
        style = option.widget.style()
        option.state &= ~QStyle.StateFlag.State_HasFocus  # the row is chosen, not the cell
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        rect = option.rect.adjusted(_PADDING, 0, -_PADDING, 0)
        logged, cells = self._model.call(row), self._model.cells(row)
        if logged is None or cells is None:
            _draw_bar(painter, rect, column, option.palette)
            return
        selected = bool(option.state & QStyle.StateFlag.State_Selected) and style.name() not in _PLAIN_SELECTION
        text_colour = option.palette.color(QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text)
        missed = logged.call.outcome in MISSED
        if column in _MARKED:
            rect = self._draw_mark(painter, rect, column, logged, text_colour if selected else None)
        if column is Column.DIRECTION:
            return
        font = option.font
        if missed and column in _STRONG:
            font = QFont(font)
            font.setBold(True)
        colour = self._bad if missed and column is Column.OUTCOME and not selected else text_colour
        faint = mix(text_colour, option.palette.color(QPalette.ColorRole.Highlight), 0.25) if selected else self._faint
        _draw_cell(painter, rect, cells[column], (font, option.font), (colour, faint), right=column in RIGHT)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        """Give the room a cell would like: for a column fitted to its content by double click."""
        cells = self._model.cells(index.row())
        column = Column(index.column())
        if cells is None:
            return QSize(0, 0)
        font = QFont(option.font)
        font.setBold(column in _STRONG)
        width = _width(cells[column], QFontMetrics(font)) + 2 * _PADDING + 2 + (MARK + GRID if column in _MARKED else 0)
        return QSize(width, QFontMetrics(font).height() + GRID)

    def helpEvent(  # noqa: N802
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Show what does not fit in full, as plain text whatever it looks like."""
        cells = self._model.cells(index.row())
        if event.type() is not QEvent.Type.ToolTip or cells is None:
            return super().helpEvent(event, view, option, index)
        column = Column(index.column())
        text = " ".join(filter(None, cells[column]))
        clipped = self.sizeHint(option, index).width() > view.visualRect(index).width()
        if text and (clipped or column is Column.DIRECTION):
            QToolTip.showText(event.globalPos(), plain_tip(text), view)
        else:
            QToolTip.hideText()
        return True

    def _draw_mark(
        self, painter: QPainter, rect: QRect, column: Column, logged: LoggedCall, chosen: QColor | None
    ) -> QRect:
        call = logged.call
        name = _WAYS[call.direction] if column is Column.DIRECTION else _ICONS[call.outcome]
        place = QRect(rect.left(), rect.top() + (rect.height() - MARK) // 2, MARK, MARK)
        if chosen is not None:
            painter.drawPixmap(place, self._mark_on_chosen(name, chosen, painter.device().devicePixelRatioF()))
        else:
            self._theme.icon(name, Tone.BAD if call.outcome in MISSED else Tone.FAINT).paint(painter, place)
        return rect.adjusted(MARK + GRID // 2, 0, 0, 0)

    def _mark_on_chosen(self, name: str, colour: QColor, scale: float) -> QPixmap:
        """Give a mark in the colour that the chosen row's text has."""
        key = (name, colour.rgb(), scale)
        mark = self._light_marks.get(key)
        if mark is None:
            mark = self._theme.icon(name).pixmap(QSize(MARK, MARK), scale)
            painter = QPainter(mark)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
            painter.fillRect(mark.rect(), colour)
            painter.end()
            self._light_marks[key] = mark
        return mark


_MARKED = frozenset({Column.DIRECTION, Column.OUTCOME})
_STRONG = frozenset({Column.OUTCOME, Column.CALLER})


def _draw_cell(
    painter: QPainter,
    rect: QRect,
    cell: Cell,
    fonts: tuple[QFont, QFont],
    colours: tuple[QColor, QColor],
    *,
    right: bool,
) -> None:
    """Draw the first text and, where a useful part of it fits, the second; fonts and colours are given for each."""
    (font, plain), (colour, faint) = fonts, colours
    first, second = cell
    if not first:
        first, second = second, ""
    elif first == WITHHELD and not second:
        colour = faint
    painter.setFont(font)
    metrics = QFontMetrics(font)
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    flags = int(side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
    painter.setPen(colour)
    painter.drawText(rect, flags, metrics.elidedText(first, Qt.TextElideMode.ElideRight, rect.width()))
    if not second:
        return
    used = metrics.horizontalAdvance(first) + GRID
    rest = rect.adjusted(used, 0, 0, 0)
    metrics = QFontMetrics(plain)
    if rest.width() > min(metrics.horizontalAdvance("0" * 7), metrics.horizontalAdvance(second)):
        painter.setFont(plain)
        painter.setPen(faint)
        painter.drawText(rest, flags, metrics.elidedText(second, Qt.TextElideMode.ElideRight, rest.width()))


def _draw_bar(painter: QPainter, rect: QRect, column: Column, palette: QPalette) -> None:
    share = _BARS.get(column)
    if share is None:
        return
    text, base = palette.color(QPalette.ColorRole.Text), palette.color(QPalette.ColorRole.Base)
    height = max(6, rect.height() // 4)
    bar = QRect(rect.left(), rect.center().y() - height // 2, int(rect.width() * share), height)
    painter.fillRect(bar, mix(base, text, 0.1))


def _width(cell: Cell, metrics: QFontMetrics) -> int:
    return sum(metrics.horizontalAdvance(text) for text in cell) + (GRID if all(cell) else 0)
