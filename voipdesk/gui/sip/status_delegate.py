"""How the status of a SIP account is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.gui.sip.model import OPEN
from voipdesk.gui.theme import Theme, Tone
from voipdesk.gui.widgets.record_delegate import RecordDelegate

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QStyleOptionViewItem

    from voipdesk.gui.widgets.record_model import RecordModel
    from voipdesk.gui.widgets.record_table import RecordTable


class StatusDelegate(RecordDelegate):
    """Gives the words of a signed-in phone a colour; their mark and the words themselves say the same."""

    def __init__(self, model: RecordModel, theme: Theme, table: RecordTable) -> None:
        super().__init__(model, table)
        self._theme = theme
        self._table = table
        theme.changed.connect(self.refresh)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Choose the colour, and draw."""
        self.selected_row = self._table.currentIndex().row()
        signed_in = self._model.record(index.row()).cells[index.column()].startswith(OPEN)
        self._text = self._theme.colour(Tone.GOOD if signed_in else Tone.FAINT)
        super().paint(painter, option, index)
