"""A small chart of how long a service took to answer, look by look."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from voipdesk.core.language import _, ngettext, shown_number
from voipdesk.gui.theme import GRID, Theme, Tone, mix
from voipdesk.gui.widgets.labels import plain_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

_HEIGHT = 9 * GRID
_BAR = GRID
_GAP = GRID // 2


class Bar(NamedTuple):
    """One look: its answer time, None for no answer, and its words."""

    milliseconds: int | None
    tip: str


class HistoryChart(QWidget):
    """Draws bars, the newest at the end; a look without an answer is a full bar in another colour with a cross."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._bars: tuple[Bar, ...] = ()
        self.setFixedHeight(_HEIGHT + self.fontMetrics().height())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show these, oldest first."""
        self._bars = tuple(bars)
        failures = sum(bar.milliseconds is None for bar in self._bars)
        answered = [bar.milliseconds for bar in self._bars if bar.milliseconds is not None]
        told = [_("slowest answer {milliseconds} ms", milliseconds=shown_number(max(answered)))] if answered else []
        told.append(ngettext("{n} without an answer", "{n} without an answer", failures))
        times = ngettext("Answer times of {n} look", "Answer times of {n} looks", len(self._bars))
        self.setAccessibleName(f"{times}: {', '.join(told)}")
        self.update()

    def event(self, event: QEvent) -> bool:
        """Tell the words of the bar under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            for place, bar in enumerate(self._shown()):
                if self._column(place).contains(event.pos()):
                    QToolTip.showText(event.globalPos(), plain_tip(bar.tip), self)
                    return True
            QToolTip.hideText()
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, ARG002 - Qt's name
        """Draw the bars over a base line, with the scale beside them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = self._shown()
        top = max((bar.milliseconds for bar in shown if bar.milliseconds is not None), default=0)
        accent, bad = self._theme.colour(Tone.ACCENT), self._theme.colour(Tone.BAD)
        painter.setPen(Qt.PenStyle.NoPen)
        for place, bar in enumerate(shown):
            column = self._column(place)
            share = 1.0 if bar.milliseconds is None else max(0.06, bar.milliseconds / max(1, top))
            painter.setBrush(bad if bar.milliseconds is None else accent)
            drawn = QRectF(column)
            drawn.setTop(column.bottom() - share * (_HEIGHT - GRID))
            painter.drawRoundedRect(drawn, 2, 2)
            if bar.milliseconds is None:
                painter.setPen(self._theme.tint(Tone.BAD))
                painter.drawText(drawn, int(Qt.AlignmentFlag.AlignCenter), "×")
                painter.setPen(Qt.PenStyle.NoPen)
        text = self._theme.colour(Tone.FAINT)
        painter.setPen(mix(text, self.palette().base().color(), 0.6))
        painter.drawLine(0, _HEIGHT, self.width(), _HEIGHT)
        painter.setPen(text)
        under = QRectF(0, _HEIGHT, self.width(), self.height() - _HEIGHT)
        painter.drawText(under, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), self._legend(top))

    def _legend(self, top: int) -> str:
        if not top:
            return _("no answer yet")
        return _("slowest answer {milliseconds} ms, the newest look last", milliseconds=shown_number(top))

    def _shown(self) -> tuple[Bar, ...]:
        room = max(1, self.width() // (_BAR + _GAP))
        return self._bars[-room:]

    def _column(self, place: int) -> QRectF:
        return QRectF(place * (_BAR + _GAP), 0, _BAR, _HEIGHT)
