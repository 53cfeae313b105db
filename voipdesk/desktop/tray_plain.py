"""Whether there is a tray, where Qt has to be asked: Windows and macOS, which tell no change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QSystemTrayIcon

if TYPE_CHECKING:
    from collections.abc import Callable

_EVERY_MS = 5_000


class TrayPoll(QObject):
    """Asks now and then."""

    def __init__(self, changed: Callable[[bool], None]) -> None:
        super().__init__()
        self._changed = changed
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self._ask)

    async def open(self) -> None:
        """Begin, with how it stands now."""
        self._ask()
        self._timer.start()

    def close(self) -> None:
        """Ask no longer."""
        self._timer.stop()

    def _ask(self) -> None:
        self._changed(QSystemTrayIcon.isSystemTrayAvailable())
