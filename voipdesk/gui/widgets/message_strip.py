"""The strip above the pane that shows the newest message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from voipdesk.core.language import _, pgettext
from voipdesk.gui.messages import Level
from voipdesk.gui.theme import GRID, Tone
from voipdesk.gui.widgets.announce import announce
from voipdesk.gui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from voipdesk.gui.messages import Message, Messages
    from voipdesk.gui.theme import Theme

_TONES = {Level.INFO: Tone.ACCENT, Level.GOOD: Tone.GOOD, Level.WARNING: Tone.WARNING, Level.ERROR: Tone.BAD}


class MessageStrip(QFrame):
    """Shows `messages.current`: icon, text, advice, what can be done about it, and a way to close it."""

    def __init__(self, messages: Messages, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._messages = messages
        self._theme = theme
        self._icon = QLabel()
        self._text = PlainLabel()
        self._advice = PlainLabel()
        self._action = QPushButton()
        self._copy = QPushButton(_("Copy details"))
        self._close = QToolButton()
        self._close.setAutoRaise(True)
        self._close.setAccessibleName(_("Close this message"))
        self._close.setToolTip(_("Close this message"))
        theme.set_icon(self._close, "close")
        for label in (self._text, self._advice):
            label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        texts = QVBoxLayout()
        texts.setSpacing(GRID // 4)
        texts.addWidget(self._text)
        texts.addWidget(self._advice)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        row.setSpacing(GRID)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        for button in (self._copy, self._action, self._close):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self._action.clicked.connect(self._act)
        self._copy.clicked.connect(self._copy_details)
        self._close.clicked.connect(messages.close_current)
        messages.changed.connect(self._say_current)
        theme.changed.connect(self._show_current)
        self._show_current()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the tinted ground with a bar in the message's tone."""
        message = self._messages.current
        if message is None:
            return
        painter = QPainter(self)
        tone = _TONES[message.level]
        painter.fillRect(self.rect(), self._theme.tint(tone))
        bar = self.rect()
        bar.setWidth(GRID // 2)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            bar.moveRight(self.rect().right())
        painter.fillRect(bar, self._theme.colour(tone))
        painter.end()
        super().paintEvent(event)

    def _show_current(self) -> None:
        message = self._messages.current
        self.setVisible(message is not None)
        if message is None:
            return
        icon, tone = str(message.level), _TONES[message.level]
        self._icon.setPixmap(self._theme.pixmap(icon, tone, 20, self.devicePixelRatioF()))
        self._icon.setAccessibleName(_word(message.level))
        self._text.setText(message.text)
        self._advice.setText(message.advice)
        self._advice.setVisible(bool(message.advice))
        self._copy.setVisible(message.level is Level.ERROR)
        self._action.setVisible(message.action is not None)
        if message.action is not None:
            self._action.setText(message.action[0].replace("&", "&&"))
        self.setAccessibleName(f"{_word(message.level)}: {message.text} {message.advice}".strip())
        self.update()

    def _say_current(self) -> None:
        before = self.accessibleName() if self.isVisible() else ""
        self._show_current()
        if self.accessibleName() != before:
            announce(self, self.accessibleName())

    def _act(self) -> None:
        message = self._messages.current
        if message is not None and message.action is not None:
            self._messages.dismiss(message.topic)
            message.action[1]()

    def _copy_details(self) -> None:
        message = self._messages.current
        if message is not None:
            QGuiApplication.clipboard().setText(report_text(message))


def _word(level: Level) -> str:
    match level:
        case Level.INFO:
            return pgettext("message", "Note")
        case Level.GOOD:
            return _("Done")
        case Level.WARNING:
            return _("Warning")
        case Level.ERROR:
            return _("Error")


def report_text(message: Message) -> str:
    """Give what "Copy details" copies."""
    return "\n".join(part for part in (message.text, message.advice, message.details) if part)
