"""The outline of a table's current row while the table has the focus: the ground alone says only what is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPalette

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTableView


def paint_row_focus(table: QTableView) -> None:
    """Outline the current row, after the rows themselves were painted."""
    row = table.currentIndex().row()
    if row < 0 or not table.hasFocus():
        return
    across = min(table.horizontalHeader().length(), table.viewport().width())
    painter = QPainter(table.viewport())
    painter.setPen(table.palette().color(QPalette.ColorRole.Accent))
    painter.drawRect(QRect(0, table.rowViewportPosition(row), across - 1, table.rowHeight(row) - 1))
    painter.end()
