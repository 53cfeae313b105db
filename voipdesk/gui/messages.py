"""What the program tells the person: messages above the pane, and questions that are awaited without blocking."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QWidget

    from voipdesk.core.errors import VoipdeskError

Action = tuple[str, Callable[[], None]]
"""What a button beside a message says and does."""


class Level(StrEnum):
    """How much a message matters."""

    INFO = "info"
    GOOD = "good"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Message:
    """One message; all of it plain text."""

    level: Level
    text: str
    advice: str = ""
    details: str = ""
    """For support; shown by "Copy details" alone."""
    action: Action | None = None
    topic: str = ""
    """What it is about: a later message of the same topic takes its place."""


class Messages(QObject):
    """Keeps what has been said and not yet closed; the newest is the one shown."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept: dict[str, Message] = {}

    @property
    def current(self) -> Message | None:
        """The message to show."""
        return next(reversed(self._kept.values()), None)

    def show(self, level: Level, text: str, advice: str = "", action: Action | None = None, topic: str = "") -> None:
        """Say something."""
        self._keep(Message(level, text, advice, action=action, topic=topic))

    def error(self, error: VoipdeskError, action: Action | None = None, topic: str = "") -> None:
        """Say what went wrong and what to do about it."""
        self._keep(Message(Level.ERROR, error.message, error.advice, error.details, action, topic))

    def dismiss(self, topic: str) -> None:
        """Take back what was said about `topic`, for it is no longer so."""
        if self._kept.pop(topic, None) is not None:
            self.changed.emit()

    def close_current(self) -> None:
        """Take away the message shown; one that was said before comes back."""
        if self._kept:
            self._kept.popitem()
            self.changed.emit()

    def _keep(self, message: Message) -> None:
        self._kept.pop(message.topic, None)
        self._kept[message.topic] = message
        self.changed.emit()

    async def confirm(self, parent: QWidget, title: str, text: str, yes_label: str) -> bool:
        """Ask whether to go on; "Cancel" is what Enter and Escape give."""
        return await self.choose(parent, title, text, {"yes": yes_label}) == "yes"

    async def choose(self, parent: QWidget, title: str, text: str, choices: Mapping[str, str]) -> str:
        """Ask which of `choices` (label by key) to take and give its key, "" for "Cancel"."""
        box = QMessageBox(QMessageBox.Icon.Question, title, title, parent=parent)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setInformativeText(text)
        for label in box.findChildren(QLabel):
            label.setTextFormat(Qt.TextFormat.PlainText)  # the box sets the first one's alone
        keys: dict[QPushButton, str] = {}
        for key, choice in choices.items():
            keys[box.addButton(choice, QMessageBox.ButtonRole.AcceptRole)] = key
        cancel = box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(cancel)
        box.setEscapeButton(cancel)
        import asyncio  # here, since the window is painted before it is loaded

        answer: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        def finished() -> None:
            if not answer.done():
                answer.set_result(None)

        box.finished.connect(finished)
        try:
            box.open()
            await answer
            clicked = box.clickedButton()
            return next((key for button, key in keys.items() if button is clicked), "")
        finally:
            box.close()
            box.deleteLater()
