"""The contacts that a typed name may mean, in a list below the number field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem

from voipdesk.core.language import _
from voipdesk.gui.theme import GRID
from voipdesk.gui.widgets.labels import plain_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent, QKeyEvent
    from PySide6.QtWidgets import QLineEdit, QWidget

    from voipdesk.gui.dial.model import Suggestion

_SHOWN = 8
_LEAST = 50 * GRID


class Suggestions(QListWidget):
    """Takes no room of the page: it covers what is below the field while there is something to choose.

    The arrow down goes there from the field, Enter takes the number, Escape takes the list away.
    """

    picked = Signal(str)
    """The number of the contact chosen, as it was written."""

    def __init__(self, field: QLineEdit, below: QWidget, parent: QWidget) -> None:
        """Lie below a widget, as wide as the field."""
        super().__init__(parent)
        self._field = field
        self._below = below
        self.setAccessibleName(_("Contacts with this name"))
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setUniformItemSizes(True)
        self.itemClicked.connect(self._take)
        self.hide()
        field.installEventFilter(self)

    def offer(self, suggestions: Sequence[Suggestion]) -> None:
        """Offer these; none takes the list away."""
        self.clear()
        for suggestion in suggestions:
            item = QListWidgetItem(suggestion.label)
            item.setData(Qt.ItemDataRole.UserRole, suggestion.number)
            item.setToolTip(plain_tip(suggestion.label))
            item.setSizeHint(QSize(0, self.fontMetrics().height() + GRID))
            self.addItem(item)
        self.setVisible(bool(suggestions) and self.window().focusWidget() is self._field)
        if not self.isHidden():
            self._place()
            self.raise_()

    def take_only(self) -> bool:
        """Take the one that is offered, or go to the list where there are several; tells whether there are any."""
        if self.isHidden():
            return False
        if self.count() == 1:
            self._take(self.item(0))
        else:
            self._enter()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Go to the list by the arrow down, and follow the field."""
        if event.type() is QEvent.Type.KeyPress and not self.isHidden():
            key = event.key()  # type: ignore[attr-defined]  # a key press is a QKeyEvent
            if key == Qt.Key.Key_Down:
                self._enter()
                return True
            if key == Qt.Key.Key_Escape:
                self.hide()
                return True
        elif event.type() in {QEvent.Type.Resize, QEvent.Type.Move} and not self.isHidden():
            self._place()
        elif event.type() is QEvent.Type.FocusOut and not self.hasFocus():
            self._leave_unless_entered()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Take a number by Enter; go back to the field by Escape, by the arrow up from the first, or by typing on."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentItem() is not None:
            self._take(self.currentItem())
        elif event.key() == Qt.Key.Key_Escape:
            self.hide()
            self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        elif event.key() == Qt.Key.Key_Up and self.currentRow() <= 0:
            self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        elif event.text().isprintable() and event.text():
            self._field.setFocus(Qt.FocusReason.OtherFocusReason)
            self._field.end(False)
            self._field.insert(event.text())
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Go when something else than the field is used."""
        super().focusOutEvent(event)
        if not self._field.hasFocus():
            self.hide()

    def _enter(self) -> None:
        self.setCurrentRow(0)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self, item: QListWidgetItem) -> None:
        number = str(item.data(Qt.ItemDataRole.UserRole))
        self.hide()
        self.picked.emit(number)

    def _leave_unless_entered(self) -> None:
        if not self.underMouse() and self.window().focusWidget() is not self:
            self.hide()

    def _place(self) -> None:
        """Take as much room as there is to be read."""
        row = self.sizeHintForRow(0) if self.count() else self.fontMetrics().height()
        height = row * min(_SHOWN, self.count()) + 2 * self.frameWidth()
        parent = self.parentWidget()
        assert parent is not None
        left = self._field.mapTo(parent, self._field.rect().topLeft()).x()
        top = self._below.mapTo(parent, self._below.rect().bottomLeft()).y() + GRID // 2
        width = min(max(self._field.width(), _LEAST), parent.width() - left - GRID)
        self.setGeometry(left, top, width, height)
