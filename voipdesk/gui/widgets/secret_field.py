"""A password that is hidden until it is asked for, and hidden again soon after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from voipdesk.core.language import _, ngettext
from voipdesk.gui.theme import GRID
from voipdesk.gui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from voipdesk.gui.theme import Theme

SHOWN_MS = 30_000
"""How long a secret is shown."""
_HIDDEN = "••••••••"
"""As long for every secret: its length is a secret, too."""
_BREAK_EVERY = 4
_BREAK = "\u200b"
_AS_IN_A_LINE = 2
"""Pixels that an editor leaves before its text."""


class SecretField(QWidget):
    """Shows dots and a button; knows the secret only while it is shown.

    It cannot be selected: what is selected goes to X11's other clipboard, where nothing takes it away again.
    """

    reveal_asked = Signal()
    """Show was pressed: `reveal` is to follow."""
    hidden = Signal()

    def __init__(self, name: str, theme: Theme, whose: str = "") -> None:
        """Say `name` before the password; `whose` tells its button from those of other people's passwords."""
        super().__init__()
        self._name = name
        self._whose = whose
        self._text = PlainLabel()
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.button = QToolButton()
        self.button.setCheckable(True)
        self.button.setAutoRaise(True)
        theme.set_icon(self.button, "eye")
        self.button.clicked.connect(self._press)
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._timer.timeout.connect(self.hide_secret)
        row = QHBoxLayout(self)
        row.setContentsMargins(_AS_IN_A_LINE, 0, 0, 0)
        row.setSpacing(GRID // 2)
        row.addWidget(self._text, 1)
        row.addWidget(self.button)
        self.setFocusProxy(self.button)
        self._draw("")

    @property
    def shown(self) -> bool:
        """Whether the secret can be read now."""
        return self._timer.isActive()

    def reveal(self, secret: str) -> None:
        """Show it for a while; a secret that is empty is said to be."""
        self._draw(secret or _("empty"))
        self._timer.start()

    def hide_secret(self) -> None:
        """Show dots."""
        was_shown = self.shown
        self._timer.stop()
        self._draw("")
        if was_shown:
            self.hidden.emit()

    def set_available(self, *, available: bool) -> None:
        """Say whether there is a secret to be shown; without one there are no dots either."""
        self.hide_secret()
        self.button.setEnabled(available)
        self._text.setText(_HIDDEN if available else "–")

    def _press(self) -> None:
        if self.shown:
            self.hide_secret()
        else:
            self.button.setChecked(False)  # until it is there
            self.reveal_asked.emit()

    def _draw(self, secret: str) -> None:
        parts = (secret[at : at + _BREAK_EVERY] for at in range(0, len(secret), _BREAK_EVERY))
        self._text.setText(_BREAK.join(parts) or _HIDDEN)
        said = secret or _("hidden")
        self._text.setAccessibleName(f"{self._name}: {said}")
        self.button.setChecked(bool(secret))
        self.button.setAccessibleName(self._button_name(shown=bool(secret)))
        seconds = ngettext("Show it for {n} second", "Show it for {n} seconds", SHOWN_MS // 1000)
        self.button.setToolTip(_("Hide it") if secret else seconds)

    def _button_name(self, *, shown: bool) -> str:
        if self._whose:
            return (
                _("Hide the password of {person}", person=self._whose)
                if shown
                else _("Show the password of {person}", person=self._whose)
            )
        return _("Hide the password") if shown else _("Show the password")
