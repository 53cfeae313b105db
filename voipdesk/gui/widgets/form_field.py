"""A field of a form: its label, its editor, its help and what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from voipdesk.core.language import _
from voipdesk.gui.theme import GRID, Theme, Tone
from voipdesk.gui.widgets.labels import PlainLabel, set_colour, set_faint

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_LABEL_LETTERS = 18
"""Room for a label, in letters; longer ones wrap."""


class FormField(QWidget):
    """An editor with an error and a help line below it, and buttons beside it; `label` goes where the form has it."""

    edited = Signal()
    """The person changed the value; the error is taken back."""

    def __init__(
        self, label: str, editor: QWidget, theme: Theme, *, about: str = "", aside: Sequence[QWidget] = ()
    ) -> None:
        super().__init__()
        self.editor = editor
        self._theme = theme
        self._about = about
        self._help = PlainLabel(about)
        self._help.setVisible(bool(about))
        set_faint(self._help)
        self._error = PlainLabel()
        self._error.hide()
        self.label = QLabel(label)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setBuddy(editor)
        self.label.setWordWrap(True)
        self.label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        self.label.setContentsMargins(0, GRID // 2, 0, 0)
        editor.setAccessibleName(label)
        editor.setAccessibleDescription(about)
        row = QHBoxLayout()
        row.setSpacing(GRID // 2)
        row.addWidget(editor, 1)
        for widget in aside:
            row.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addLayout(row)
        column.addWidget(self._error)
        column.addWidget(self._help)
        self.setFocusProxy(editor)
        theme.changed.connect(self._colour)
        self._colour()

    @property
    def error(self) -> str:
        """What is said to be wrong with the value, "" for nothing."""
        return self._error.text()

    def set_error(self, text: str) -> None:
        """Say what is wrong with the value; "" takes it back."""
        self._error.setText(text)
        self._error.setVisible(bool(text))
        self._help.setVisible(not text and bool(self._about))
        self.editor.setAccessibleDescription(text or self._about)

    def set_about(self, text: str) -> None:
        """Say something else about the field."""
        self._about = text
        self._help.setText(text)
        self.set_error(self.error)

    def set_shown(self, *, shown: bool) -> None:
        """Show or hide the field with its label."""
        self.label.setVisible(shown)
        self.setVisible(shown)

    def _edited(self) -> None:
        self.set_error("")
        self.edited.emit()

    def _colour(self) -> None:
        set_colour(self._error, self._theme.colour(Tone.BAD))


class TextField(FormField):
    """A line of text; one that is secret is a password, shown only while its button is pressed."""

    def __init__(
        self, label: str, theme: Theme, *, about: str = "", secret: bool = False, aside: Sequence[QWidget] = ()
    ) -> None:
        self.line = QLineEdit()
        self.show_secret: QToolButton | None = None
        if secret:
            self.show_secret = self._secret_toggle(theme)
            aside = (self.show_secret, *aside)
        super().__init__(label, self.line, theme, about=about, aside=aside)
        self.line.textEdited.connect(self._edited)

    @property
    def value(self) -> str:
        """What was entered."""
        return self.line.text()

    def set_value(self, text: str) -> None:
        """Show a value from its beginning."""
        self.line.setText(text)
        self.line.setCursorPosition(0)

    def _secret_toggle(self, theme: Theme) -> QToolButton:
        line = self.line
        line.setEchoMode(QLineEdit.EchoMode.Password)
        line.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        toggle = QToolButton()
        toggle.setCheckable(True)
        toggle.setAccessibleName(_("Show the password"))
        toggle.setToolTip(_("Show what is entered"))
        theme.set_icon(toggle, "eye")
        toggle.toggled.connect(
            lambda on: line.setEchoMode(QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password)
        )
        return toggle


class ChoiceField(FormField):
    """One of some values, each with its text."""

    def __init__(self, label: str, theme: Theme, *, about: str = "", aside: Sequence[QWidget] = ()) -> None:
        self.choice = QComboBox()
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setMinimumContentsLength(12)
        super().__init__(label, self.choice, theme, about=about, aside=aside)
        self.choice.currentIndexChanged.connect(self._edited)

    @property
    def value(self) -> str:
        """What is chosen, "" while there is nothing to choose."""
        return str(self.choice.currentData() or "")

    def set_value(self, value: str) -> None:
        """Choose a value; the first where it is not offered."""
        with QSignalBlocker(self.choice):
            self.choice.setCurrentIndex(max(0, self.choice.findData(value)))

    def offer(self, entries: Iterable[tuple[str, str]]) -> None:
        """Offer these (value, text); what is chosen stays where it is still among them."""
        before = self.value
        with QSignalBlocker(self.choice):
            self.choice.clear()
            for value, text in entries:
                self.choice.addItem(text, value)
        self.set_value(before)


def lay_out_fields(fields: Iterable[FormField]) -> QGridLayout:
    """Put labels in one column and what they belong to in another; columns of several grids are in line."""
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(2 * GRID)
    grid.setVerticalSpacing(GRID + GRID // 2)
    grid.setColumnStretch(1, 1)
    for row, field in enumerate(fields):
        field.label.setFixedWidth(max(18 * GRID, field.label.fontMetrics().averageCharWidth() * _LABEL_LETTERS))
        grid.addWidget(field.label, row, 0)
        grid.addWidget(field, row, 1)
    return grid
