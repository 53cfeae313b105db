"""A table as high as its rows, for a page that scrolls as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.gui.theme import GRID
from voipdesk.gui.widgets.data_table import DataTable

if TYPE_CHECKING:
    from collections.abc import Sequence


class PlainTable(DataTable):
    """Scrolls by itself only when it has more than `rows_shown`."""

    def __init__(self, name: str, headings: Sequence[str], *, rows_shown: int = 12) -> None:
        super().__init__(name, headings, row_padding=GRID // 2)
        self._rows_shown = rows_shown

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show these texts, and take the height they need."""
        super().show_rows(rows)
        header = self.horizontalHeader()
        shown = min(len(rows), self._rows_shown) * self.verticalHeader().defaultSectionSize()
        self.setFixedHeight((0 if header.isHidden() else header.sizeHint().height()) + shown + 2)
