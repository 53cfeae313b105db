"""Rows whose selection is a tint, so that the text keeps its colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from voipdesk.gui.theme import mix

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QPainter

_SHARE = 0.24
"""Of the accent colour in the ground of a selected row."""


class TintedDelegate(QStyledItemDelegate):
    """Draws a selected row on a tinted ground, without a frame around the cell that has the focus."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a cell."""
        option.state &= ~QStyle.StateFlag.State_HasFocus
        if option.state & QStyle.StateFlag.State_Selected:
            palette = option.palette
            base = palette.color(QPalette.ColorRole.Base)
            painter.fillRect(option.rect, mix(base, palette.color(QPalette.ColorRole.Accent), _SHARE))
            option.state &= ~QStyle.StateFlag.State_Selected
        super().paint(painter, option, index)
