"""The keys that open the quick-dial box from anywhere: pressed or written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QKeyCombination, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from voipdesk.core.desktop_choices import DEFAULT_SHORTCUT
from voipdesk.core.language import _
from voipdesk.gui.theme import GRID, Tone
from voipdesk.gui.widgets.labels import PlainLabel, set_faint
from voipdesk.gui.widgets.saying import Saying
from voipdesk.gui.widgets.saying_card import SayingCard

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from voipdesk.core.shortcut import ShortcutState
    from voipdesk.gui.theme import Theme

_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class ShortcutView(QWidget):
    """A field for the keys, a button that asks for them, and what came of it."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._field = _KeysField()
        self._field.setAccessibleName(_("Keys that open the quick-dial box"))
        self._field.setPlaceholderText(_("none, or such as {keys}", keys=DEFAULT_SHORTCUT))
        self._field.setClearButtonEnabled(True)
        self._use = QPushButton(_("&Use these keys"))
        self._state = SayingCard(theme, small=True)
        self._state.hide()
        about = PlainLabel(
            _(
                "Keys that open a small box for a number or a name, whatever program you are in. Press them in the "
                "field, or write them; an empty field means none."
            )
        )
        set_faint(about)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self._field, 1)
        row.addWidget(self._use)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(row)
        column.addWidget(about)
        column.addWidget(self._state)
        self._use.clicked.connect(self._choose)
        self._field.returnPressed.connect(self._choose)

    def show_wished(self, keys: str) -> None:
        """Show which keys are asked for."""
        if not self._field.hasFocus() or not self._field.isModified():
            self._field.setText(keys)

    def show_state(self, state: ShortcutState) -> None:
        """Say what came of it."""
        self._state.setVisible(bool(state.active or state.problem))
        if state.problem:
            self._state.show_saying(Saying(Tone.WARNING, state.problem))
        elif state.active:
            more = _("The desktop's own settings can change them.") if state.chosen_by_desktop else ""
            self._state.show_saying(Saying(Tone.GOOD, _("It works: {keys}", keys=state.active), more))

    def _choose(self) -> None:
        self._field.setModified(False)
        self.chosen.emit(self._field.text().strip())


class _KeysField(QLineEdit):
    """Takes keys that are held together as their names; what is typed stays text."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Write down keys that could be a shortcut, and leave those to the field that edit text."""
        key, held = Qt.Key(event.key()), event.modifiers()
        alone = key in {Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_Shift, Qt.Key.Key_AltGr}
        is_shortcut = bool(held & _HELD) or Qt.Key.Key_F1 <= key <= Qt.Key.Key_F24
        edits = any(event.matches(standard) for standard in _EDITING)
        if alone or edits or not is_shortcut:
            super().keyPressEvent(event)
            return
        held &= ~Qt.KeyboardModifier.KeypadModifier
        self.setText(QKeySequence(QKeyCombination(held, key)).toString(QKeySequence.SequenceFormat.PortableText))
        self.setModified(True)


_EDITING = (
    *(QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.Cut, QKeySequence.StandardKey.Paste),
    *(QKeySequence.StandardKey.SelectAll, QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo),
)
