"""The field above a list where one types a part of what is looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QSizePolicy

from voipdesk.gui.theme import GRID

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from voipdesk.gui.theme import Theme

_LONGEST = 200
"""Characters of a search; no name is longer, and a pasted book would be."""
_BESIDE = 6 * GRID
"""Room for the icon and the frame beside the text."""


class SearchField(QLineEdit):
    """Says by `textChanged` what is looked for; Esc clears it, Enter and the arrow down go to the list."""

    left = Signal()
    """The list is to have the focus."""

    def __init__(self, theme: Theme, placeholder: str, accessible_name: str) -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(accessible_name)
        self.setClearButtonEnabled(True)
        self.setMaxLength(_LONGEST)
        self.setMinimumWidth(max(16 * GRID, self.fontMetrics().horizontalAdvance(placeholder) + _BESIDE))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        action = self.addAction(theme.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        theme.changed.connect(lambda: action.setIcon(theme.icon("search")))
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, context=Qt.ShortcutContext.WidgetShortcut)
        self._escape.activated.connect(self._clear_and_leave)

    def begin(self) -> None:
        """Take the focus, to be typed over."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def type_into(self, text: str) -> None:
        """Take the focus and what was typed on the list."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.setText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Leave for the list by Enter or the arrow down."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down}:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _clear_and_leave(self) -> None:
        self.clear()
        self.left.emit()
