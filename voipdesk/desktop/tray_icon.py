"""The tray's picture: the program's own, with the count of waiting calls on it, readable on light and dark panels."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPen, QPixmap

_EDGES = (16, 22, 24, 32, 44, 48, 64)
"""The sizes panels ask for, on plain and on dense screens."""
_MOST = 9
_BADGE = QColor("#b3261e")
_REST = QColor("#3d4650")


def tray_icon(base: QIcon, waiting: int, *, do_not_disturb: bool) -> QIcon:
    """Draw the icon: a number in a disc for calls that wait, a bar in a disc for "do not disturb"."""
    icon = QIcon()
    for edge in _EDGES:
        pixmap = base.pixmap(edge, edge)
        if pixmap.isNull():  # no drawing at hand: the badge alone still says it
            pixmap = QPixmap(edge, edge)
            pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # a high density is in the pixmap already: the painter counts in its points
        size = pixmap.width() / pixmap.devicePixelRatio()
        if waiting:
            _disc(painter, size, _BADGE, text=str(waiting) if waiting <= _MOST else f"{_MOST}+")
        elif do_not_disturb:
            _disc(painter, size, _REST)
        painter.end()
        icon.addPixmap(pixmap)
    return icon


def _disc(painter: QPainter, size: float, colour: QColor, text: str = "") -> None:
    """Draw a disc with a white rim at the lower right, with a text in it or a bar."""
    width = size * (0.82 if len(text) > 1 else 0.64)
    height = size * 0.64
    place = QRectF(size - width, size - height, width, height).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setPen(QPen(Qt.GlobalColor.white, max(1.0, size / 20)))
    painter.setBrush(colour)
    painter.drawRoundedRect(place, height / 2, height / 2)
    if text:
        font = QFont()
        font.setBold(True)
        font.setPixelSize(max(7, round(height * (0.78 if len(text) == 1 else 0.64))))
        painter.setFont(font)
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), text)
    else:
        painter.setPen(QPen(Qt.GlobalColor.white, max(1.5, size / 10), c=Qt.PenCapStyle.RoundCap))
        reach = width * 0.22
        painter.drawLine(place.center() - QPointF(reach, 0), place.center() + QPointF(reach, 0))
