"""The cards of facts, side by side as far as there is room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from voipdesk.gui.status.fact_tile import FactTile
from voipdesk.gui.theme import GRID

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from voipdesk.gui.status.model import Fact
    from voipdesk.gui.theme import Theme

_CHARACTERS = 40
"""What a card has room for at least; where there is less, four of them stand in two rows."""
_ROW = 3


class FactTiles(QWidget):
    """Shows three or four facts."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.tiles = [FactTile(theme) for _ in range(_ROW)]
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(2 * GRID)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._arrange()

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show these, each on a card."""
        while len(self.tiles) < len(facts):
            self.tiles.append(FactTile(self._theme))
        while len(self.tiles) > len(facts):
            tile = self.tiles.pop()
            tile.hide()
            tile.deleteLater()
        for tile, fact in zip(self.tiles, facts, strict=True):
            tile.show_fact(fact)
        self._columns = 0
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Stand in two rows where one is too narrow."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        number = len(self.tiles)
        room = self.width() >= number * _CHARACTERS * self.fontMetrics().averageCharWidth()
        columns = number if number <= _ROW or room else (number + 1) // 2
        if columns == self._columns:
            return
        self._columns = columns
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        for place, tile in enumerate(self.tiles):
            self._grid.addWidget(tile, place // columns, place % columns)
            self._grid.setColumnStretch(place % columns, 1)
            tile.setVisible(True)
