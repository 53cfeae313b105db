"""The frame of a form that fills its pane: a title, what scrolls, and at the foot what went wrong and the buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from voipdesk.core.errors import BadInput
from voipdesk.gui.theme import GRID, Tone
from voipdesk.gui.widgets.faces import BusyBar
from voipdesk.gui.widgets.labels import ElidedLabel, set_faint, set_font
from voipdesk.gui.widgets.saying import Saying
from voipdesk.gui.widgets.saying_card import SayingCard

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QKeyEvent

    from voipdesk.core.errors import VoipdeskError
    from voipdesk.gui.theme import Theme
    from voipdesk.gui.widgets.form_field import FormField

_WIDTH = 84 * GRID


class FormPage(QWidget):
    """One page of a form; `done` is its button that goes on, `back` the one that does not."""

    done = Signal()
    back = Signal()

    def __init__(self, theme: Theme, done: str, back: str) -> None:
        super().__init__()
        self._theme = theme
        self._title = ElidedLabel()
        set_font(self._title, scale=1.35, bold=True)
        self._about = ElidedLabel()
        set_faint(self._about)
        self.failure = SayingCard(theme, small=True)
        self.failure.hide()
        self._bar = BusyBar()
        self.done_button = QPushButton(done)
        self.done_button.setDefault(True)
        self.back_button = QPushButton(back)
        self.done_button.clicked.connect(self.done)
        self.back_button.clicked.connect(self.back)
        self.body = QVBoxLayout()
        self.body.setSpacing(2 * GRID)
        self._buttons = QHBoxLayout()
        self._scroll = QScrollArea()
        self._lay_out()

    def say_title(self, title: str, about: str = "") -> None:
        """Say what the form is for, and on whose account."""
        self._title.setText(title)
        self._about.setText(about)

    def add_button(self, button: QPushButton) -> None:
        """Put another button between the two."""
        self._buttons.insertWidget(self._buttons.count() - 1, button)

    def set_busy(self, *, busy: bool) -> None:
        """Show that something is under way, and take no second press."""
        self._bar.set_busy(busy=busy)
        self.done_button.setEnabled(not busy)
        self.back_button.setEnabled(not busy)  # what was sent cannot be taken back

    def show_failure(self, error: VoipdeskError | None) -> None:
        """Say what went wrong with the whole of it; None takes it back."""
        if error is not None:
            self.failure.show_saying(Saying(Tone.BAD, error.message, error.advice))
        self.failure.setVisible(error is not None)

    def show_error(self, fields: Mapping[str, FormField], error: VoipdeskError) -> None:
        """Say what went wrong at the field it is about, else for the whole of it."""
        if isinstance(error, BadInput) and error.field in fields:
            self.show_errors(fields, {error.field: str(error)})
        else:
            self.show_failure(error)

    def show_errors(self, fields: Mapping[str, FormField], errors: Mapping[str, str]) -> None:
        """Say at each field, by key, what is wrong, and go to the first."""
        for key, field in fields.items():
            field.set_error(errors.get(key, ""))
        first = next((field for key, field in fields.items() if key in errors), None)
        if first is not None:
            first.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            self._scroll.ensureWidgetVisible(first, 0, 4 * GRID)

    def scroll_to_top(self) -> None:
        """Show the form from its beginning."""
        self._scroll.verticalScrollBar().setValue(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Let Enter in a field press the button that goes on, as the default button of a dialog."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and isinstance(self.focusWidget(), QLineEdit):
            self.done_button.click()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        column.addLayout(self.body)
        column.addStretch()
        inner.setMaximumWidth(_WIDTH)
        inner.setAutoFillBackground(False)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inner)
        self._scroll.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        head = QVBoxLayout()
        head.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, GRID)
        head.setSpacing(0)
        head.addWidget(self._title)
        head.addWidget(self._about)
        buttons = self._buttons
        buttons.setSpacing(GRID)
        buttons.addStretch()
        buttons.addWidget(self.back_button)
        buttons.addWidget(self.done_button)
        foot = QVBoxLayout()
        foot.setContentsMargins(3 * GRID, GRID, 3 * GRID, 2 * GRID)
        foot.setSpacing(GRID)
        foot.addWidget(self._bar)
        foot.addWidget(self.failure)
        foot.addLayout(buttons)
        foot_box = QWidget()
        foot_box.setLayout(foot)
        foot_box.setMaximumWidth(_WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)
        column.addWidget(foot_box)
