"""How a cell of the log is drawn: marks beside words, a name before its fainter number, calm bars while loading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QToolTip

from voipdesk.core.call_log import Direction, Outcome
from voipdesk.gui.call_log.cell_text import CellText
from voipdesk.gui.call_log.model import RIGHT, Column
from voipdesk.gui.call_log.wording import MISSED, withheld
from voipdesk.gui.theme import GRID, Tone, mix
from voipdesk.gui.widgets.labels import plain_tip

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QHelpEvent
    from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QWidget

    from voipdesk.gui.call_log.model import CallTableModel, Index
    from voipdesk.gui.theme import Theme

MARK = 16
"""Pixels of a mark's edge."""
_PADDING = GRID // 2
_BARS: dict[int, float] = {Column.WHEN: 0.6, Column.CALLER: 0.75, Column.CALLED: 0.45, Column.NAME: 0.55}
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


_MARKED = frozenset({Column.DIRECTION, Column.OUTCOME})
_STRONG = frozenset({Column.OUTCOME, Column.CALLER})
_LIT = QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver


class CallDelegate(QStyledItemDelegate):
    """Draws the cells itself, for a screen full has hundreds of them and is drawn at every step of a scroll.

    Asking the model for seven roles a cell, as Qt's own delegate does, could not say a name before its number either.
    """

    def __init__(self, model: CallTableModel, theme: Theme, view: QWidget) -> None:
        super().__init__(view)
        self._model = model
        self._theme = theme
        self._view = view
        self._withheld = withheld()
        self._marks: dict[tuple[str, int, float], QPixmap] = {}
        self.refresh()
        theme.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Take over another font or palette."""
        palette = self._view.palette()
        self._text = CellText(self._view.font())
        self._plain = palette.color(QPalette.ColorRole.Text)
        self._bar = mix(palette.color(QPalette.ColorRole.Base), self._plain, 0.1)
        self._faint = self._theme.colour(Tone.FAINT)
        self._bad = self._theme.colour(Tone.BAD)
        self._marks.clear()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the native background where it is not the view's, then the cell's mark and texts."""
        column = index.column()
        rect = option.rect
        left, top, width, height = rect.x() + _PADDING, rect.y(), rect.width() - 2 * _PADDING, rect.height()
        plain, faint, chosen = self._plain, self._faint, False
        if option.state & _LIT:
            chosen = self._draw_background(painter, option)
        shown = self._model.shown(index.row())
        if shown is None:
            if share := _BARS.get(column):
                thick = max(6, height // 4)
                painter.fillRect(left, top + (height - thick) // 2, int(width * share), thick, self._bar)
            return
        logged, cells = shown
        if chosen:
            plain = option.palette.color(QPalette.ColorRole.HighlightedText)
            faint = mix(plain, option.palette.color(QPalette.ColorRole.Highlight), 0.25)
        missed = logged.call.outcome in MISSED
        if column in _MARKED:
            name = _WAYS[logged.call.direction] if column == Column.DIRECTION else _ICONS[logged.call.outcome]
            mark = self._mark(name, plain if chosen else self._bad if missed else faint)
            painter.drawPixmap(left, top + (height - MARK) // 2, mark)
            if column == Column.DIRECTION:
                return
            left, width = left + MARK + GRID // 2, width - MARK - GRID // 2
        cell = cells[column]
        if cell[0] == self._withheld or (not chosen and missed and column == Column.OUTCOME):
            plain = self._bad if column == Column.OUTCOME else faint
        strong = missed and column in _STRONG
        self._text.draw(painter, (left, top, width, height), cell, (plain, faint), bold=strong, right=column in RIGHT)

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's name
        """Give the room a cell would like: for a column fitted to its content by double click."""
        cells = self._model.cells(index.row())
        if cells is None:
            return QSize(0, 0)
        column = index.column()
        width = self._text.width(cells[column], bold=column in _STRONG) + 2 * _PADDING
        return QSize(width + (MARK + GRID // 2 if column in _MARKED else 0), self._text.height + GRID)

    def helpEvent(  # noqa: N802 - Qt's name
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """Show what does not fit in full, as plain text whatever it looks like."""
        cells = self._model.cells(index.row())
        if event.type() is not QEvent.Type.ToolTip or cells is None:
            return super().helpEvent(event, view, option, index)
        column = index.column()
        text = " ".join(filter(None, cells[column]))
        clipped = self.sizeHint(option, index).width() > view.visualRect(index).width()
        if text and (clipped or column == Column.DIRECTION):
            QToolTip.showText(event.globalPos(), plain_tip(text), view)
        else:
            QToolTip.hideText()
        return True

    def _draw_background(self, painter: QPainter, option: QStyleOptionViewItem) -> bool:
        """Draw a cell that is chosen or under the pointer as the style does; True when its text is to be light."""
        style = option.widget.style()
        option.state &= ~QStyle.StateFlag.State_HasFocus  # the row is chosen, not the cell
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        return bool(option.state & QStyle.StateFlag.State_Selected) and style.name() not in _PLAIN_SELECTION

    def _mark(self, name: str, colour: QColor) -> QPixmap:
        """Give a drawing in a colour, for the screen the view is on."""
        key = (name, colour.rgb(), self._view.devicePixelRatioF())
        mark = self._marks.get(key)
        if mark is None:
            mark = QPixmap(self._theme.pixmap(name, Tone.TEXT, MARK, key[2]))
            painter = QPainter(mark)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
            painter.fillRect(mark.rect(), colour)
            painter.end()
            self._marks[key] = mark
        return mark
