"""The ring that shows the focus where the style does not: default buttons, lists without a row, what is read only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QTextEdit,
    QWidget,
)

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_INSET = 2


class FocusRing(QObject):
    """Follows the keyboard through an application's windows."""

    def __init__(self, app: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._ring: _Ring | None = None
        app.focusChanged.connect(self._follow)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self._ring is not None:
            self._ring.leave()
            self._ring = None
        if (
            now is not None
            and _needs_ring(now)
            and now.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
        ):
            self._ring = _Ring(now)
            self._ring.destroyed.connect(self._forget)

    def _forget(self) -> None:
        self._ring = None


class _Ring(QWidget):
    """Lies over a widget and lets the mouse through."""

    def __init__(self, around: QWidget) -> None:
        super().__init__(around)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setGeometry(around.rect())
        around.installEventFilter(self)
        self.show()

    def leave(self) -> None:
        """Go away."""
        self.hide()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Stay as large as what it lies over."""
        if event.type() is QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, ARG002 - Qt's name
        """Draw the ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 2))
        painter.drawRoundedRect(self.rect().adjusted(_INSET, _INSET, -_INSET, -_INSET), _INSET, _INSET)


def _needs_ring(widget: QWidget) -> bool:
    if isinstance(widget, QAbstractItemView):
        return not (widget.currentIndex().isValid() or widget.window().windowType() is Qt.WindowType.Popup)
    if isinstance(widget, QPushButton):
        return widget.isDefault() or widget.isFlat()
    return isinstance(widget, QScrollArea) or (
        isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit) and widget.isReadOnly()
    )
