"""The list of panes at the window's side."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from voipdesk.core.language import _
from voipdesk.gui.theme import GRID, Tone, mix

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QFocusEvent

    from voipdesk.gui.theme import Theme

_BADGE = Qt.ItemDataRole.UserRole + 1
_ICON = Qt.ItemDataRole.UserRole + 2
_KEY = Qt.ItemDataRole.UserRole


class Entry(NamedTuple):
    """One pane in the list."""

    key: str
    title: str
    icon: str


class SideList(QListWidget):
    """Icons, titles and badges; `picked` says which pane the person went to."""

    picked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(_("Panes"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setItemDelegate(_EntryDelegate(theme, self))
        self.viewport().setAutoFillBackground(False)
        self.setMouseTracking(True)
        self.currentItemChanged.connect(self._picked)
        self.itemSelectionChanged.connect(self._follow_selection)
        theme.changed.connect(self.viewport().update)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these panes, in this order; which one is current stays, where it can."""
        current = self.current
        with QSignalBlocker(self):
            self.clear()
        for number, entry in enumerate(entries, start=1):
            item = QListWidgetItem(entry.title)
            item.setData(_KEY, entry.key)
            item.setData(_ICON, entry.icon)
            item.setToolTip(f"{entry.title} (Ctrl+{number})")  # NON-NLS: the name of a key
            self.addItem(item)
        self.set_current(current)
        self.setFixedWidth(self.sizeHintForColumn(0))

    @property
    def current(self) -> str:
        """The key of the current pane, "" when there is none."""
        row = self.currentRow()
        return "" if row < 0 else str(self.item(row).data(_KEY))

    def set_current(self, key: str) -> None:
        """Make this pane current, without `picked`; none when it is not there."""
        rows = [row for row in range(self.count()) if self.item(row).data(_KEY) == key]
        with QSignalBlocker(self):
            self.setCurrentRow(rows[0] if rows else -1)

    def set_badge(self, key: str, badge: str) -> None:
        """Show a few characters beside a title."""
        for row in range(self.count()):
            item = self.item(row)
            if item.data(_KEY) == key and (item.data(_BADGE) or "") != badge:
                item.setData(_BADGE, badge)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{item.text()}, {badge}" if badge else item.text())

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Take the focus without going anywhere: Qt would make the first entry current where none is."""
        none = self.currentRow() < 0
        blocked = self.blockSignals(True)
        super().focusInEvent(event)
        if none:
            self.setCurrentRow(-1)
        self.blockSignals(blocked)

    def _follow_selection(self) -> None:
        """Go where a screen reader selects an entry, which makes it not the current one."""
        selected = self.selectedItems()
        if selected and selected[0] is not self.currentItem():
            self.setCurrentItem(selected[0])

    def _picked(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.picked.emit(item.data(_KEY))


class _EntryDelegate(QStyledItemDelegate):
    """Draws an entry: a bar in the accent colour for the current one, icon, title, badge."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802 - Qt's name
        """Room for icon, title and a badge of three characters."""
        metrics = option.fontMetrics
        width = 9 * GRID + metrics.horizontalAdvance(index.data()) + metrics.horizontalAdvance("000")
        return QSize(max(18 * GRID, width), max(5 * GRID, metrics.height() + 2 * GRID))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the entry."""
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        palette: QPalette = option.palette
        direction = option.direction
        current = bool(state & QStyle.StateFlag.State_Selected)
        accent = self._theme.colour(Tone.ACCENT)
        ground = palette.color(QPalette.ColorRole.Window)

        def mirrored(part: QRect) -> QRect:
            return QStyle.visualRect(direction, rect, part)

        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = rect.adjusted(GRID, GRID // 4, -GRID, -GRID // 4)
        if current or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(mix(ground, accent, 0.2 if current else 0.08))
            painter.drawRoundedRect(box, GRID // 2, GRID // 2)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(accent)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(0, 0, -1, -1), GRID // 2, GRID // 2)
            painter.setPen(Qt.PenStyle.NoPen)
        if current:
            painter.setBrush(accent)
            bar = QRect(box.left(), box.center().y() - GRID, 3, 2 * GRID)
            painter.drawRoundedRect(mirrored(bar), 1.5, 1.5)
        icon = self._theme.icon(index.data(_ICON), Tone.TEXT)
        icon.paint(painter, mirrored(QRect(box.left() + GRID + 4, rect.center().y() - 9, 20, 20)))
        painter.setPen(palette.color(QPalette.ColorRole.WindowText))
        text_box = QRect(box.left() + 5 * GRID, rect.top(), box.width() - 6 * GRID, rect.height())
        align = QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(mirrored(text_box), int(align), index.data())
        badge = index.data(_BADGE)
        if badge:
            self._paint_badge(painter, str(badge), box, mirrored)
        painter.restore()

    def _paint_badge(self, painter: QPainter, badge: str, box: QRect, place: Callable[[QRect], QRect]) -> None:
        metrics = painter.fontMetrics()
        height = metrics.height()
        width = max(height, metrics.horizontalAdvance(badge) + GRID)
        pill = place(QRect(box.right() - width - GRID, box.center().y() - height // 2, width, height))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour(Tone.ACCENT))
        painter.drawRoundedRect(pill, height / 2, height / 2)
        painter.setPen(self._theme.colour(Tone.ON_ACCENT))
        painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), badge)
