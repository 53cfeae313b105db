"""What a connection test found, step by step, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from voipdesk.gui.theme import GRID
from voipdesk.gui.widgets.saying import Saying
from voipdesk.gui.widgets.saying_card import SayingCard

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voipdesk.gui.theme import Theme


class TestReportView(QWidget):
    """Shows sentences below one another, those of a kind on one card."""

    __test__ = False  # or pytest takes it for a test class

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GRID // 2)
        self.sayings: tuple[Saying, ...] = ()
        self.hide()

    def show_sayings(self, sayings: Sequence[Saying]) -> None:
        """Show these."""
        self.sayings = tuple(sayings)
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for saying in together(sayings):
            card = SayingCard(self._theme, small=True)
            card.show_saying(saying)
            self._column.addWidget(card)
        self.setVisible(bool(sayings))

    def clear(self) -> None:
        """Show nothing."""
        self.show_sayings(())


def together(sayings: Sequence[Saying]) -> list[Saying]:
    """Put neighbours of one tone that say nothing but their sentence into one, each on its line."""
    joined: list[Saying] = []
    for saying in sayings:
        last = joined[-1] if joined else None
        if last is not None and last.tone is saying.tone and _is_plain(last) and _is_plain(saying):
            joined[-1] = Saying(last.tone, f"{last.text}\n{saying.text}")
        else:
            joined.append(saying)
    return joined


def _is_plain(saying: Saying) -> bool:
    return not (saying.advice or saying.button or saying.busy)
