"""Both balances, side by side at two moments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from voipdesk.core.language import _
from voipdesk.gui.theme import GRID
from voipdesk.gui.widgets.labels import ElidedLabel, PlainLabel, set_faint, set_font

if TYPE_CHECKING:
    from voipdesk.gui.customers.credit_model import Figures

_UNKNOWN = "–"
_END = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter


class CreditFigures(QWidget):
    """A row for the account and one for the customer, with what each has in two columns."""

    def __init__(self) -> None:
        super().__init__()
        self._heads = (PlainLabel(wraps=False), PlainLabel(wraps=False))
        self._names = (ElidedLabel(), ElidedLabel())
        self._cells = tuple((PlainLabel(wraps=False), PlainLabel(wraps=False)) for _ in self._names)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(3 * GRID)
        grid.setVerticalSpacing(GRID // 2)
        grid.setColumnMinimumWidth(0, 18 * GRID)
        grid.setColumnMinimumWidth(1, 12 * GRID)
        grid.setColumnMinimumWidth(2, 12 * GRID)
        grid.setColumnStretch(3, 1)
        for column, head in enumerate(self._heads, start=1):
            set_faint(head)
            head.setAlignment(_END)
            grid.addWidget(head, 0, column)
        for row, (name, cells) in enumerate(zip(self._names, self._cells, strict=True), start=1):
            grid.addWidget(name, row, 0)
            for column, cell in enumerate(cells, start=1):
                cell.setAlignment(_END)
                set_font(cell, bold=True)
                grid.addWidget(cell, row, column)

    def show_names(self, own: str, customer: str) -> None:
        """Say whose balances these are, and that nothing is known of them yet."""
        for label, name in zip(self._names, (own, customer), strict=True):
            label.setText(name)
        self._fill(("", ""), (("", ""), ("", "")))

    def show_figures(self, figures: Figures) -> None:
        """Show them."""
        self._fill((figures.first, figures.second), (figures.own, figures.customer))

    @property
    def text(self) -> str:
        """All of it in words."""
        rows = zip(self._names, self._cells, strict=True)
        return "; ".join(f"{name.text()} {cells[0].text()} {cells[1].text()}" for name, cells in rows)

    def _fill(self, heads: tuple[str, str], rows: tuple[tuple[str, str], tuple[str, str]]) -> None:
        for label, head in zip(self._heads, heads, strict=True):
            label.setText(head)
        for name, cells, texts in zip(self._names, self._cells, rows, strict=True):
            for cell, text, head in zip(cells, texts, heads, strict=True):
                cell.setText(text or _UNKNOWN)
                said = text or _("not known")
                cell.setAccessibleName(f"{name.text()}, {head}: {said}")
