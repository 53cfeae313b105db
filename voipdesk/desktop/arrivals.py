"""All that is opened with voipdesk while its window is open, from whichever side the system brings it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSocketNotifier, QUrl
from PySide6.QtGui import QFileOpenEvent

from voipdesk.desktop.message import LONGEST_TEXT, Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication

    from voipdesk.desktop.hand_over import Claim
    from voipdesk.desktop.single_instance import Receiver

_AS_SENT = QUrl.ComponentFormattingOption.FullyEncoded


class DesktopArrivals(QObject):
    """Links from other starts (Linux, Windows) and from the system's own event (macOS)."""

    def __init__(self, app: QApplication, claim: Claim | None) -> None:
        super().__init__(app)
        self._claim = claim
        self._receiver: Receiver | None = None
        self._knock: QSocketNotifier | None = None
        self._take: Callable[[str, str, str], None] | None = None
        self._kept: list[Message] = []
        if sys.platform == "darwin":  # pragma: no cover - elsewhere it would look at every event in vain
            app.installEventFilter(self)

    def deliver_to(self, take: Callable[[str, str, str], None] | None) -> None:
        """Call `take(link, pane, token)` for what comes and what has come; None keeps it."""
        self._take = take
        if take is None:
            return
        if self._knock is None and self._receiver is None and self._claim is not None:
            if self._claim.listener is None:  # pragma: no cover - Windows
                self._receive()
            else:  # who receives is loaded when somebody comes, which is seldom: Qt's network takes 3 MiB
                self._knock = QSocketNotifier(self._claim.listener.fileno(), QSocketNotifier.Type.Read, self)
                self._knock.activated.connect(self._receive)
        kept, self._kept = self._kept, []
        for message in kept:
            self._came(message)

    def close(self) -> None:
        """Take no more; what is not answered yet looks for another window."""
        self._take = None
        if self._knock is not None:
            self._knock.setEnabled(False)
        if self._receiver is not None:
            self._receiver.close()
        elif self._claim is not None and self._claim.listener is not None:
            self._claim.listener.close()
        self._claim = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """See a link that macOS opens with the application."""
        if event.type() is QEvent.Type.FileOpen and isinstance(event, QFileOpenEvent):
            # what Qt cannot read as an address, such as "tel://+44 20", comes as if it were a file's name
            link = event.file() if event.url().isLocalFile() else event.url().toString(_AS_SENT)
            self._came(Message(link[:LONGEST_TEXT]))
            return True
        return super().eventFilter(watched, event)

    def _receive(self) -> None:
        """Let those in who wait at the door, and all after them."""
        from voipdesk.desktop.single_instance import Receiver

        assert self._claim is not None
        if self._knock is not None:
            self._knock.setEnabled(False)
        self._receiver = Receiver(self._claim, self._came)
        self._receiver.answer()

    def _came(self, message: Message) -> None:
        if self._take is None:
            self._kept.append(message)
        else:
            self._take(message.link, message.pane, message.token)
