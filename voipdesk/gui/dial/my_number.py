"""The choice of the phone that rings first: those the service knows, by number and name, or any number typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit

from voipdesk.core.language import _
from voipdesk.gui.theme import GRID, Tone
from voipdesk.gui.widgets.labels import plain_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QWheelEvent

    from voipdesk.core.dial import Phone
    from voipdesk.gui.theme import Theme


class MyNumber(QComboBox):
    """Offers phones as "1001 Pete Plumber", found by any part of that; its value is the number alone."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setEditable(True)
        self.setAccessibleName(_("My number, the phone that rings first"))
        self.setToolTip(_("The phone that rings first"))
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        self.edit.setPlaceholderText(_("extension"))
        self.edit.editingFinished.connect(self._show_beginning)
        self.activated.connect(self._note_choice)
        self._chosen = False
        self.edit.textEdited.connect(self._note_choice)
        self._failed = QAction(self)
        theme.set_icon(self._failed, "warning", Tone.WARNING)

    @property
    def edit(self) -> QLineEdit:
        """Where a number may be typed."""
        edit = self.lineEdit()
        assert edit is not None
        return edit

    @property
    def number(self) -> str:
        """The number chosen or typed."""
        text = self.currentText().strip()
        place = self.findText(text, Qt.MatchFlag.MatchFixedString)
        return text if place < 0 else str(self.itemData(place))

    def offer(self, phones: Sequence[Phone], number: str) -> None:
        """Offer these and show `number`, unless another one was chosen or typed meanwhile."""
        if self._chosen:
            number = self.number
        with QSignalBlocker(self):
            self.clear()
            for phone in phones:
                self.addItem(" ".join(filter(None, (phone.number, " ".join(phone.name.split())))), phone.number)
            place = self.findData(number)
            if place >= 0:
                self.setCurrentIndex(place)
            else:
                self.setEditText(number)
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + 3 * GRID if phones else 0)
        self._show_beginning()

    def begin_anew(self) -> None:
        """Forget what was chosen or typed: it was meant for another account."""
        self._chosen = False

    def say_why_none(self, text: str) -> None:
        """Say why the phones could not be read; "" takes it back. Numbers can be typed all the same."""
        tip = _("{why} Type the number.", why=text) if text else ""
        self.edit.removeAction(self._failed)  # one that is only hidden keeps its drawing
        if text:
            self.edit.addAction(self._failed, QLineEdit.ActionPosition.TrailingPosition)
        self._failed.setToolTip(plain_tip(tip) if tip else "")
        self.setToolTip(plain_tip(tip) if tip else _("The phone that rings first"))
        self.setAccessibleDescription(tip)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Choose no other phone by passing over it."""
        event.ignore()

    def _note_choice(self) -> None:
        self._chosen = True

    def _show_beginning(self) -> None:
        self.edit.setCursorPosition(0)
