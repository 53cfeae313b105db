"""The card that says whose SIP accounts are on the screen, another one to the eye while acting for a customer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from voipdesk.core.language import _
from voipdesk.gui.theme import GRID, Theme, Tone, mix
from voipdesk.gui.widgets.faces import BusyBar
from voipdesk.gui.widgets.labels import ElidedLabel, set_font

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from voipdesk.gui.sip.model import Whose

_ICON = 24
_BUSY_AFTER_MS = 150
"""What is done sooner shows no bar: it would only flicker, and be drawn while the answer is read."""


class WhoseCard(QFrame):
    """Shows a Whose: a customer's by colour, bar, drawing and words; it keeps its height."""

    left = Signal()
    """No longer act for the customer."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._acting = False
        self._icon = QLabel()
        self._icon.setFixedSize(_ICON, _ICON)
        self._title = ElidedLabel()
        set_font(self._title, scale=1.1, bold=True)
        self._detail = ElidedLabel()
        self.leave = QPushButton(_("Back to my own"))
        self.leave.setToolTip(_("Act for this customer no longer"))
        policy = self.leave.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.leave.setSizePolicy(policy)
        self.leave.clicked.connect(self.left)
        self._bar = BusyBar()
        self._soon_busy = QTimer(self, singleShot=True, interval=_BUSY_AFTER_MS)
        self._soon_busy.timeout.connect(lambda: self._bar.set_busy(busy=True))
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self._title)
        texts.addWidget(self._detail)
        row = QHBoxLayout()
        row.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        row.setSpacing(2 * GRID)
        row.addWidget(self._icon)
        row.addLayout(texts, 1)
        row.addWidget(self.leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row, 1)
        column.addWidget(self._bar)
        theme.changed.connect(self._draw)
        self._draw()

    def show_whose(self, whose: Whose) -> None:
        """Say it."""
        self._acting = bool(whose.acting_for)
        self._title.setText(whose.title)
        self._detail.setText(whose.detail)
        self.setAccessibleName(f"{whose.title}. {whose.detail}")
        self.leave.setVisible(self._acting)
        if whose.busy:
            self._soon_busy.start()
        else:
            self._soon_busy.stop()
            self._bar.set_busy(busy=False)
        self._draw()

    @property
    def words(self) -> str:
        """What it says."""
        return self._title.text()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, ARG002 - Qt's name
        """Draw the ground, with a bar at its beginning while acting for a customer."""
        tone = self._tone
        ground = self._theme.tint(tone)
        if not self._acting:
            ground = mix(ground, self.palette().base().color(), 0.5)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(mix(ground, self._theme.colour(tone), 0.6 if self._acting else 0.15))
        painter.setBrush(ground)
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), GRID // 2, GRID // 2)
        if self._acting:
            bar = self.rect()
            bar.setWidth(GRID // 2)
            if self.isRightToLeft():
                bar.moveRight(self.rect().right())
            painter.fillRect(bar, self._theme.colour(tone))

    @property
    def _tone(self) -> Tone:
        return Tone.WARNING if self._acting else Tone.FAINT

    def _draw(self) -> None:
        icon = "customers" if self._acting else "sip"
        self._icon.setPixmap(self._theme.pixmap(icon, self._tone, _ICON, self.devicePixelRatioF()))
        self.update()
