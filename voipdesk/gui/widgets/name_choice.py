"""A choice among thousands of names, found by typing any part of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QCompleter, QListView

from voipdesk.core.language import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent

_ROWS = 12


class NameChoice(QComboBox):
    """Offers names below a first entry that stands for none of them; what is typed may be another name.

    It changes by Enter, by picking from a list, or by leaving a whole name behind, so that what it says is what was
    chosen: half a name left standing is taken back, and the wheel and the arrow keys choose nothing.
    """

    picked = Signal(str)
    """Another name was chosen; "" for the first entry."""
    names_wanted = Signal()
    """The person comes to choose: the names are needed now."""

    def __init__(self, accessible_name: str, first: str) -> None:
        super().__init__()
        self._first = first
        self._name = ""
        self._taken: str | None = None
        self._names = QStringListModel([first], self)
        self.setAccessibleName(accessible_name)
        self.setAccessibleDescription(accessible_name)  # on Unix, Qt tells a choice's value as its name
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(24)
        self.setMaxVisibleItems(_ROWS)
        view = QListView()
        view.setUniformItemSizes(True)  # or thousands are measured
        self.setView(view)
        self.setModel(self._names)
        completer = QCompleter(self._names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(_ROWS)
        popup = completer.popup()
        if isinstance(popup, QListView):
            popup.setUniformItemSizes(True)
        self.setCompleter(completer)
        edit = self.lineEdit()
        assert edit is not None
        self._edit = edit
        edit.setPlaceholderText(_("Name"))
        edit.returnPressed.connect(lambda: self._take_soon(edit.text()))
        edit.editingFinished.connect(self._leave)
        self.textActivated.connect(self._take_soon)
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), edit, context=Qt.ShortcutContext.WidgetShortcut)
        self._escape.activated.connect(self._put_back)

    @property
    def name(self) -> str:
        """The name chosen, "" for the first entry."""
        return self._name

    def show_name(self, name: str) -> None:
        """Show that a name is chosen, without `picked`."""
        self._name = name
        self._put_back()

    def offer(self, names: Sequence[str]) -> None:
        """Offer these; what is chosen or half typed stays."""
        typed, at = self._edit.text(), self._edit.cursorPosition()
        with QSignalBlocker(self):
            self._names.setStringList([self._first, *names])
            self._edit.setText(typed)
            self._edit.setCursorPosition(at)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Scroll what is below: nobody means to choose by passing over it."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Open the list by an arrow key."""
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self.showPopup()
        else:
            super().keyPressEvent(event)

    def showPopup(self) -> None:  # noqa: N802 - Qt's name
        """Open the list."""
        self.names_wanted.emit()
        super().showPopup()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Be ready to be typed over."""
        super().focusInEvent(event)
        self.names_wanted.emit()
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self._edit.selectAll()

    def _take_soon(self, text: str) -> None:
        """Wait for the end of the key's way: Enter on a completion is told as what was typed, and then as that."""
        if self._taken is None:
            QTimer.singleShot(0, self, self._take)
        self._taken = text

    def _take(self) -> None:
        text, self._taken = self._taken or "", None
        self._choose(text)

    def _choose(self, text: str) -> None:
        name = self._known(text.strip())
        changed = name != self._name
        self.show_name(name)
        if changed:
            self.picked.emit(name)

    def _known(self, typed: str) -> str:
        """Give the name as it is offered, when it is; another one as it was typed."""
        if not typed or typed == self._first:
            return ""
        names = self._names.stringList()
        if typed in names:
            return typed
        alike = [name for name in names[1:] if name.casefold() == typed.casefold()]
        return alike[0] if len(alike) == 1 else typed

    def _leave(self) -> None:
        if self._taken is None:
            self._put_back()

    def _put_back(self) -> None:
        text = self._name or self._first
        if self._edit.text() != text:
            self._edit.setText(text)
        self._edit.setCursorPosition(0)
