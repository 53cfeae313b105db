"""One field of the account form: its editor, its help and what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from voipdesk.core.accounts import Field, FieldKind
from voipdesk.core.language import _
from voipdesk.gui.theme import GRID, Theme, Tone
from voipdesk.gui.widgets.labels import PlainLabel, set_colour, set_faint

if TYPE_CHECKING:
    from collections.abc import Sequence

_NARROW = {
    FieldKind.NUMBER: Qt.InputMethodHint.ImhDigitsOnly,
    FieldKind.AMOUNT: Qt.InputMethodHint.ImhFormattedNumbersOnly,
}
_EXAMPLES = {FieldKind.URL: "https://", FieldKind.HOST: "sip.example.com", FieldKind.PATH: "/"}


class FieldEditor(QWidget):
    """Draws a field by its kind; `value` is text, as in the settings file."""

    edited = Signal()

    def __init__(self, field: Field, theme: Theme) -> None:
        super().__init__()
        self._field = field
        self._theme = theme
        self._line: QLineEdit | None = None
        self._choice: QComboBox | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addLayout(self._editor_row())
        self._error = PlainLabel()
        self._error.hide()
        self._help = PlainLabel(field.help)
        set_faint(self._help)
        self._help.setVisible(bool(field.help))
        column.addWidget(self._error)
        column.addWidget(self._help)
        self.editor.setAccessibleName(field.label)
        self.editor.setAccessibleDescription(field.help)
        self.setFocusProxy(self.editor)
        theme.changed.connect(self._colour)
        self._colour()

    @property
    def editor(self) -> QWidget:
        """The widget that takes the text."""
        return self._choice or self._line or self

    @property
    def value(self) -> str:
        """What was entered."""
        if self._choice is not None:
            return self._choice.currentText()
        return self._line.text() if self._line is not None else ""

    def set_value(self, value: str) -> None:
        """Show a value."""
        if self._choice is not None:
            self._choice.setCurrentText(value)
        elif self._line is not None:
            self._line.setText(value)

    def set_placeholder(self, text: str) -> None:
        """Say what an empty field means."""
        if self._line is not None:
            self._line.setPlaceholderText(text)

    def set_fixed(self, reason: str) -> None:
        """Show the value without letting it change, and why."""
        self.editor.setEnabled(False)
        self._help.setText(reason)
        self._help.show()

    def set_error(self, text: str) -> None:
        """Say what is wrong with the value; "" takes it back."""
        self._error.setText(text)
        self._error.setVisible(bool(text))
        self._help.setVisible(not text and bool(self._help.text()))
        self.editor.setAccessibleDescription(text or self._field.help)

    def offer(self, completions: Sequence[str]) -> None:
        """Offer to complete what is typed to one of these."""
        if self._line is not None:
            completer = QCompleter(list(completions), self._line)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            self._line.setCompleter(completer)

    def _editor_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GRID // 2)
        if self._field.kind is FieldKind.CHOICE:
            self._choice = QComboBox()
            self._choice.addItems(list(self._field.choices))
            self._choice.currentIndexChanged.connect(self._edited)
            row.addWidget(self._choice)
            row.addStretch()
            return row
        self._line = QLineEdit()
        self._line.textEdited.connect(self._edited)
        row.addWidget(self._line)
        if self._field.kind in _NARROW:
            self._line.setInputMethodHints(_NARROW[self._field.kind])
            self._line.setMaximumWidth(16 * GRID)
            row.addStretch()
        elif self._field.kind in _EXAMPLES:
            self._line.setInputMethodHints(Qt.InputMethodHint.ImhUrlCharactersOnly)
            self._line.setPlaceholderText(_EXAMPLES[self._field.kind])
        elif self._field.kind is FieldKind.SECRET:
            row.addWidget(self._secret_toggle(self._line))
        return row

    def _secret_toggle(self, line: QLineEdit) -> QToolButton:
        line.setEchoMode(QLineEdit.EchoMode.Password)
        line.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        toggle = QToolButton()
        toggle.setCheckable(True)
        toggle.setAccessibleName(_("Show the {secret}", secret=self._field.label))
        toggle.setToolTip(_("Show what is entered"))
        self._theme.set_icon(toggle, "eye")
        toggle.toggled.connect(
            lambda on: line.setEchoMode(QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password)
        )
        return toggle

    def _edited(self) -> None:
        self.set_error("")
        self.edited.emit()

    def _colour(self) -> None:
        set_colour(self._error, self._theme.colour(Tone.BAD))


def label_for(field: Field, editor: FieldEditor) -> QLabel:
    """Make the label beside an editor."""
    optional = not field.required and not field.default and field.kind is not FieldKind.CHOICE
    label = QLabel(_("{field} (optional)", field=field.label) if optional else field.label)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setBuddy(editor.editor)
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
    label.setContentsMargins(0, GRID // 2, 0, 0)
    return label
