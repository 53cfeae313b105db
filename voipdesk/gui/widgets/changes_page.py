"""Pages that say what is changed: before a change is sent, after it was read back, and when others were quicker."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from voipdesk.core.language import _
from voipdesk.gui.theme import GRID
from voipdesk.gui.widgets.form_page import FormPage
from voipdesk.gui.widgets.labels import PlainLabel, breakable, heading, set_faint, set_font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voipdesk.gui.theme import Theme


class Line(NamedTuple):
    """One change: what, its text before and after."""

    label: str
    before: str
    after: str


class ChangesPage(FormPage):
    """A sentence, then what was before beside what is after, under a heading for each group of lines."""

    def __init__(self, theme: Theme, done: str, back: str) -> None:
        super().__init__(theme, done, back)
        self._text = PlainLabel()
        self._box = QWidget()
        self.body.addWidget(self._text)
        self.body.addWidget(self._box)

    @property
    def text(self) -> str:
        """The sentence shown."""
        return self._text.text()

    def show_changes(self, text: str, *groups: tuple[str, Sequence[Line]]) -> None:
        """Show these; a group without lines is left out."""
        self._text.setText(text)
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        for title, lines in groups:
            if lines:
                if title:
                    column.addWidget(heading(title))
                column.addLayout(_grid(lines))
                column.addSpacing(GRID)
        self.body.replaceWidget(self._box, box)
        self._box.hide()
        self._box.deleteLater()
        self._box = box
        self.show_failure(None)
        self.set_busy(busy=False)
        self.scroll_to_top()


def _grid(lines: Sequence[Line]) -> QGridLayout:
    nothing = _("nothing")
    grid = QGridLayout()
    grid.setHorizontalSpacing(2 * GRID)
    grid.setVerticalSpacing(GRID)
    grid.setColumnMinimumWidth(0, 18 * GRID)
    grid.setColumnStretch(1, 1)
    grid.setColumnStretch(3, 1)
    for row, line in enumerate(lines):
        what, before, arrow, after = (
            PlainLabel(text)
            for text in (line.label, breakable(line.before or nothing), "→", breakable(line.after or nothing))
        )
        before.setAccessibleName(_("{what} before: {value}", what=line.label, value=line.before or nothing))
        after.setAccessibleName(_("{what} after: {value}", what=line.label, value=line.after or nothing))
        set_faint(before)
        set_font(after, bold=True)
        for column, label in enumerate((what, before, arrow, after)):
            label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
            grid.addWidget(label, row, column)
    return grid
