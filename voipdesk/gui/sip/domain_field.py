"""Where the domain is asked for that the service does not tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from voipdesk.core.language import _
from voipdesk.gui.theme import GRID, Theme, Tone
from voipdesk.gui.widgets.labels import PlainLabel, set_colour, set_faint

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent


class DomainField(QWidget):
    """A line with a button, shown while there is something to ask; what was typed stays when it is wrong."""

    entered = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.line = QLineEdit()
        self.line.setPlaceholderText("sip.example.com")  # NON-NLS
        self.line.setAccessibleName(_("Domain to sign in at"))
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhUrlCharactersOnly)
        self.line.setMaxLength(260)
        self.button = QPushButton(_("Use it"))
        self.button.setAccessibleName(_("Use this domain"))
        self.button.clicked.connect(self._enter)
        self._hint = PlainLabel()
        set_faint(self._hint)
        self._error = PlainLabel()
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.line, 1)
        row.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, GRID // 2)
        column.setSpacing(GRID // 2)
        column.addLayout(row)
        column.addWidget(self._error)
        column.addWidget(self._hint)
        self.line.textEdited.connect(lambda: self.say_wrong(""))
        theme.changed.connect(self._colour)
        self._colour()
        self._asked = "-"
        self.ask("")

    def ask(self, hint: str) -> None:
        """Ask, saying in a sentence what for; "" asks nothing."""
        if hint == self._asked:
            return
        self._asked = hint
        self.setVisible(bool(hint))
        self._hint.setText(hint)
        self.line.setAccessibleDescription(hint)
        self.line.clear()
        self.say_wrong("")

    def say_wrong(self, text: str) -> None:
        """Say what is wrong with what was typed, or that it is needed; "" takes it back."""
        self._error.setText(text)
        self._error.setVisible(bool(text))
        self.line.setAccessibleDescription(text or self._hint.text())
        if text:
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Let Enter in the line press the button."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.line.hasFocus():
            self._enter()
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        self.entered.emit(self.line.text())

    def _colour(self) -> None:
        set_colour(self._error, self._theme.colour(Tone.BAD))
