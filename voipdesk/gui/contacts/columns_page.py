"""How a table is written and what its columns mean: guessed, and for the person to change."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QWidget

from voipdesk.contact_files.encodings import OFFERED
from voipdesk.contact_files.table import LEFT_OUT, ROLES, SEPARATORS, TableFormat, role_title, separator_name
from voipdesk.core.language import _
from voipdesk.gui.theme import GRID
from voipdesk.gui.widgets.form_field import ChoiceField, lay_out_fields
from voipdesk.gui.widgets.form_page import FormPage
from voipdesk.gui.widgets.labels import ElidedLabel, heading, set_faint

if TYPE_CHECKING:
    from voipdesk.contact_files.table import TableLook
    from voipdesk.gui.theme import Theme

_EXAMPLES = 3


class ColumnsPage(FormPage):
    """A line for each column: its heading, what stands below it, and what it means."""

    format_changed = Signal()
    """The file is to be looked at anew, as `format` says."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, _("Go on"), _("Cancel"))
        self._look: TableLook | None = None
        self.encoding = ChoiceField(
            _("Encoding"), theme, about=_("Another one, if letters with accents look wrong below.")
        )
        self.separator = ChoiceField(_("Separator"), theme)
        self.has_heading = QCheckBox(_("The first row names the columns"))
        self.roles: list[QComboBox] = []
        self._box = QWidget()
        self.body.addLayout(lay_out_fields((self.separator, self.encoding)))
        self.body.addWidget(self.has_heading)
        self.body.addWidget(heading(_("What the columns mean")))
        self.body.addWidget(self._box)
        self.separator.edited.connect(self.format_changed)
        self.encoding.edited.connect(self.format_changed)
        self.has_heading.toggled.connect(lambda _on: self.format_changed.emit())

    @property
    def format(self) -> TableFormat:
        """What is chosen."""
        roles = tuple(str(combo.currentData()) for combo in self.roles)
        return TableFormat(self.encoding.value, self.separator.value, self.has_heading.isChecked(), roles)

    def show_look(self, look: TableLook, file: str) -> None:
        """Show how a table is written and the beginning of it."""
        self._look = look
        self.say_title(
            _("Import {file}", file=file),
            _("See to it that name and numbers are where they belong; the rest may be left out."),
        )
        asked = look.format
        self.encoding.offer((name, name) for name in dict.fromkeys((asked.encoding, *OFFERED)))
        self.encoding.set_value(asked.encoding)
        self.separator.offer((c, separator_name(c)) for c in dict.fromkeys((*SEPARATORS, asked.separator)))
        self.separator.set_value(asked.separator)
        with QSignalBlocker(self.has_heading):
            self.has_heading.setChecked(asked.has_heading)
        self._show_columns(look)
        self.show_failure(None)
        self.set_busy(busy=False)
        self._note_roles()

    def with_format(self) -> TableFormat:
        """Give what is chosen, its columns to be guessed anew where the table falls apart otherwise."""
        asked = self.format
        before = self._look.format if self._look else asked
        same = (asked.separator, asked.has_heading) == (before.separator, before.has_heading)
        return asked if same else msgspec.structs.replace(asked, roles=())

    def _show_columns(self, look: TableLook) -> None:
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(GRID)
        grid.setColumnStretch(1, 1)
        self.roles = []
        for place, (title, role) in enumerate(zip(look.titles, look.format.roles, strict=True)):
            combo = QComboBox()
            for key in ROLES:
                combo.addItem(role_title(key), key)
            combo.setCurrentIndex(max(0, combo.findData(role)))
            combo.setAccessibleName(_("What {column} means", column=title))
            combo.currentIndexChanged.connect(lambda _index: self._note_roles())
            combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            combo.wheelEvent = partial(_pass_over, combo)  # type: ignore[method-assign]
            examples = ElidedLabel(" · ".join(row[place] for row in look.examples[:_EXAMPLES] if row[place]))
            set_faint(examples)
            name = ElidedLabel(title)
            name.setFixedWidth(24 * GRID)
            grid.addWidget(name, place, 0)
            grid.addWidget(examples, place, 1)
            grid.addWidget(combo, place, 2)
            self.roles.append(combo)
        self.body.replaceWidget(self._box, box)
        self._box.hide()
        self._box.deleteLater()
        self._box = box

    def _note_roles(self) -> None:
        self.done_button.setEnabled(any(combo.currentData() != LEFT_OUT for combo in self.roles))


def _pass_over(_combo: QComboBox, event: object) -> None:
    """Let the page scroll: passing over a choice must not change it."""
    event.ignore()  # type: ignore[attr-defined]
