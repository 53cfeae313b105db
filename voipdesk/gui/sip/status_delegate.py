"""How the status of a SIP account is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette

from voipdesk.gui.sip.model import OPEN
from voipdesk.gui.theme import Theme, Tone
from voipdesk.gui.widgets.tinted_delegate import TintedDelegate

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget


class StatusDelegate(TintedDelegate):
    """Gives the words of a signed-in phone a colour; their mark and the words themselves say the same."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:  # noqa: N802
        """Choose the colour."""
        super().initStyleOption(option, index)
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        tone = Tone.GOOD if text.startswith(OPEN) else Tone.FAINT
        option.palette.setColor(QPalette.ColorRole.Text, self._theme.colour(tone))
