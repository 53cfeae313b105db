"""The quick-dial box's widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from voipdesk.core.language import _
from voipdesk.gui.theme import GRID
from voipdesk.gui.widgets.labels import PlainLabel, set_faint, set_font
from voipdesk.gui.widgets.saying_card import SayingCard, SayingLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QHideEvent, QKeyEvent

    from voipdesk.gui.quick_dial.model import Suggestion
    from voipdesk.gui.theme import Theme
    from voipdesk.gui.widgets.saying import Saying

_WIDTH, _ROWS = 56 * GRID, 7
_NUMBER = Qt.ItemDataRole.UserRole


class QuickDialBox(QWidget):
    """One field with the keyboard, what will be dialled, and what to choose from."""

    entered = Signal(str)
    """What is in the field, as it changes."""
    dial_asked = Signal(str)
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(None, Qt.WindowType.Dialog | Qt.WindowType.WindowStaysOnTopHint)
        self.setWindowTitle(_("Quick dial · voipdesk"))
        self.setAccessibleName(_("Quick dial"))
        self._field = QLineEdit()
        self._field.setAccessibleName(_("Number or name to dial"))
        self._field.setPlaceholderText(_("Number or name"))
        self._field.setClearButtonEnabled(True)
        set_font(self._field, scale=1.35)
        self._reading = SayingLine(theme)
        self._state = SayingCard(theme, small=True)
        self._list = QListWidget()
        self._list.setAccessibleName(_("Numbers to choose from"))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        hint = PlainLabel(_("Enter dials, Esc closes, the arrow keys choose from the list."))
        set_faint(hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        for widget in (self._field, self._reading, self._state, self._list, hint):
            column.addWidget(widget)
        self._list.setFixedHeight((self._list.fontMetrics().height() + GRID) * _ROWS + GRID // 2)
        self.setFixedWidth(_WIDTH)
        self._field.textChanged.connect(self._type)
        self._field.returnPressed.connect(self._enter)
        self._list.itemActivated.connect(lambda item: self.dial_asked.emit(item.data(_NUMBER)))
        self._list.currentItemChanged.connect(lambda _now, _before: self.entered.emit(self.text))
        self._field.installEventFilter(self)

    @property
    def text(self) -> str:
        """What Enter would dial: the row chosen, else what was typed."""
        chosen = self._list.currentRow() >= 0
        return str(self._list.currentItem().data(_NUMBER)) if chosen else self._field.text()

    @property
    def typed(self) -> str:
        """What was typed."""
        return self._field.text()

    def open_anew(self) -> None:
        """Begin with an empty field, in the middle of the screen that the person looks at."""
        self._field.clear()
        self.show_state(None)
        self.adjustSize()
        screens = QGuiApplication.screenAt(QCursor.pos()), self.screen()  # the first may be none
        room = next(screen for screen in screens if screen).availableGeometry()
        self.move(room.center().x() - self.width() // 2, room.top() + room.height() // 4)
        self._field.setFocus()

    def show_reading(self, saying: Saying | None) -> None:
        """Say what would be dialled."""
        self._reading.show_saying(saying)

    def show_state(self, saying: Saying | None) -> None:
        """Say what comes of the call; its buttons are in the window."""
        self._state.setVisible(saying is not None)
        if saying is not None:
            self._state.show_saying(saying)
        self._field.setEnabled(saying is None or not saying.busy)

    def show_suggestions(self, suggestions: Sequence[Suggestion]) -> None:
        """Offer these, none of them chosen."""
        self._list.clear()
        for suggestion in suggestions:
            item = QListWidgetItem(suggestion.text)
            item.setSizeHint(QSize(0, self._list.fontMetrics().height() + GRID))
            item.setData(_NUMBER, suggestion.number)
            self._list.addItem(item)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Let the arrow keys choose from the list while the field has the keyboard."""
        if event.type() is QEvent.Type.KeyPress:
            key = event.key()  # type: ignore[attr-defined]
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(key)
            if step is not None and self._list.count():
                row = max(-1, min(self._list.currentRow() + step, self._list.count() - 1))
                self._list.setCurrentRow(row)
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Close on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Tell that it is gone."""
        super().hideEvent(event)
        self.closed.emit()

    def _type(self, text: str) -> None:
        """Let what is typed count, and no row chosen before."""
        with QSignalBlocker(self._list):
            self._list.setCurrentRow(-1)
        self.entered.emit(text)

    def _enter(self) -> None:
        if self.text.strip():
            self.dial_asked.emit(self.text)
