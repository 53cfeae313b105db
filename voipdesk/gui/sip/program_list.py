"""The list of the programs that can be set up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from voipdesk.gui.theme import GRID, mix

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter

_KEY, _REMARK = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
_SHARE = 0.24
"""Of the accent colour in the ground of the chosen one, as in tables."""


class ProgramList(QListWidget):
    """Names, each with a remark below it; one is chosen."""

    chosen = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(_ProgramDelegate(self))
        self.viewport().setAutoFillBackground(False)
        self.currentItemChanged.connect(lambda *_items: self.chosen.emit(self.key))

    @property
    def key(self) -> str:
        """The key of the one chosen, "" for none."""
        return str(self.currentItem().data(_KEY)) if self.currentRow() >= 0 else ""

    def offer(self, programs: Sequence[tuple[str, str, str]], chosen: str) -> None:
        """Offer these (key, name, remark) and choose one, the first where it is not among them."""
        with QSignalBlocker(self):
            self.clear()
            for key, name, remark in programs:
                item = QListWidgetItem(name)
                item.setData(_KEY, key)
                item.setData(_REMARK, remark)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(filter(None, (name, remark))))
                self.addItem(item)
            places = [place for place, (key, _name, _remark) in enumerate(programs) if key == chosen]
            self.setCurrentRow(places[0] if places else 0)


class _ProgramDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802 - Qt's name
        """Make room for the name and its remark."""
        lines = 2 if index.data(_REMARK) else 1
        return QSize(0, lines * option.fontMetrics.height() + GRID + GRID // 2)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw both, on a tinted ground where it is the one chosen."""
        palette, rect, metrics = option.palette, option.rect, option.fontMetrics
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            base = palette.color(QPalette.ColorRole.Base)
            painter.fillRect(rect, mix(base, palette.color(QPalette.ColorRole.Accent), _SHARE))
        room = rect.adjusted(GRID, GRID // 2 + GRID // 4, -GRID, -GRID // 2)
        align = int(QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop))
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        painter.drawText(room, align, metrics.elidedText(index.data(), Qt.TextElideMode.ElideRight, room.width()))
        if remark := index.data(_REMARK):
            painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
            below = room.translated(0, metrics.height())
            painter.drawText(below, align, metrics.elidedText(remark, Qt.TextElideMode.ElideRight, room.width()))
        painter.restore()
