"""Copying a secret: for half a minute, and marked so that clipboard histories leave it out."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QMimeData, QObject, QTimer, Signal
from PySide6.QtGui import QClipboard, QGuiApplication

KEPT_MS = 30_000
"""How long a secret stays on the clipboard."""
_MARKS = {
    "x-kde-passwordManagerHint": b"secret",  # KDE's Klipper, and what follows it
    # Microsoft, "Clipboard Formats": the first is enough by being there, the others are the number 0
    "ExcludeClipboardContentFromMonitorProcessing": b"\0\0\0\0",
    "CanIncludeInClipboardHistory": b"\0\0\0\0",
    "CanUploadToCloudClipboard": b"\0\0\0\0",
    "org.nspasteboard.ConcealedType": b"",  # nspasteboard.org, for macOS
}


class SecretClipboard(QObject):
    """Puts a secret on the clipboard and takes it off again, unless something else was copied meanwhile.

    Whether it is still there is told by whose data it is: to read what another program put there would wait for that
    program. `forget` is to be called at the end of the program: desktops keep what a program leaves behind.
    """

    cleared = Signal()
    """It is no longer ours to clear: the time is up, or something else was copied."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ours: QMimeData | None = None
        self._timer = QTimer(self, singleShot=True, interval=KEPT_MS)
        self._timer.timeout.connect(self.forget)
        _clipboard().dataChanged.connect(self._look)

    def copy(self, secret: str) -> None:
        """Copy `secret` and begin to count."""
        data = QMimeData()
        data.setText(secret)
        for name, mark in _MARKS.items():
            data.setData(name, QByteArray(mark))
        self._ours = None  # what was ours is replaced here, by the next line
        _clipboard().setMimeData(data)
        self._ours = data
        self._timer.start()

    @property
    def holds(self) -> bool:
        """Whether the secret is on the clipboard."""
        return self._ours is not None and _clipboard().mimeData() is self._ours

    def forget(self) -> None:
        """Take the secret off the clipboard, now, if it is still there."""
        if self.holds:
            _clipboard().clear()
            self._look()  # some platforms tell of the change later

    def _look(self) -> None:
        if self._ours is not None and not self.holds:
            self._ours = None
            self._timer.stop()
            self.cleared.emit()


def _clipboard() -> QClipboard:
    return QGuiApplication.clipboard()
