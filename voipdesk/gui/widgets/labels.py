"""Labels for text from anywhere: always plain, selectable where useful, elided where narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QPaintEvent

_RUN = 24
_BREAK = "\u200b"


class PlainLabel(QLabel):
    """A label that wraps, can be selected and copied, and never reads its text as markup."""

    def __init__(self, text: str = "", parent: QWidget | None = None, *, wraps: bool = True) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wraps)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setText(text)


class ElidedLabel(QLabel):
    """One line of plain text that gives way: what does not fit is in the tool tip."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def setText(self, text: str) -> None:  # noqa: N802 - Qt's name
        """Show `text` on one line."""
        super().setText(" ".join(text.split()))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Give way down to a few characters."""
        return QSize(self.fontMetrics().averageCharWidth() * 4, super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, ARG002 - Qt's name
        """Draw what fits."""
        text = self.text()
        room = self.contentsRect()
        elided = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        tip = "" if elided == text else plain_tip(text)
        if tip != self.toolTip():
            self.setToolTip(tip)
        align = QStyle.visualAlignment(self.layoutDirection(), self.alignment()) | Qt.TextFlag.TextSingleLine
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(room, int(align), elided)


def plain_tip(text: str) -> str:
    """Make `text` safe for a tool tip, which would read what looks like markup as markup."""
    from html import escape  # 6 ms for a table of entities, which no start needs

    return f"<span>{escape(text)}</span>"


def breakable(text: str) -> str:
    """Let words that are too long for any line be broken."""
    words = (_BREAK.join(w[at : at + _RUN] for at in range(0, len(w), _RUN)) for w in text.split(" "))
    return " ".join(words)


def heading(text: str, scale: float = 1.0) -> PlainLabel:
    """Make a bold label, `scale` times the system's text size."""
    label = PlainLabel(text)
    set_font(label, scale=scale, bold=True)
    return label


def set_font(widget: QWidget, *, scale: float = 1.0, bold: bool = False) -> None:
    """Give `widget` the system's font, scaled: it grows with the system's text size."""
    font = QFont(widget.font())
    size = font.pointSizeF()
    if size > 0:
        font.setPointSizeF(size * scale)
    else:
        font.setPixelSize(max(1, round(font.pixelSize() * scale)))
    font.setBold(bold)
    widget.setFont(font)


def set_faint(widget: QWidget, *, faint: bool = True) -> None:
    """Let text step back, by a palette role that follows light and dark."""
    widget.setForegroundRole(QPalette.ColorRole.PlaceholderText if faint else QPalette.ColorRole.NoRole)


def set_colour(widget: QWidget, colour: QColor) -> None:
    """Give text a colour, on a window's ground and on a list's."""
    palette = widget.palette()
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text):
        palette.setColor(role, colour)
    widget.setPalette(palette)
