"""What an import will do, before it is done: progress while the file is read, then counts and names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QProgressBar

from voipdesk.core.contacts import Change, number_text
from voipdesk.core.language import N_, _, ngettext
from voipdesk.gui.widgets.form_field import ChoiceField, lay_out_fields
from voipdesk.gui.widgets.form_page import FormPage
from voipdesk.gui.widgets.labels import PlainLabel
from voipdesk.gui.widgets.plain_table import PlainTable

if TYPE_CHECKING:
    from voipdesk.core.contacts import ContactSource, ImportCounts
    from voipdesk.gui.theme import Theme
    from voipdesk.services.contacts_import import ImportProgress, Preview

_EACH = 50
_WORDS = {
    Change.REMOVED: N_("No longer there"),
    Change.CHANGED: N_("Changed"),
    Change.ADDED: N_("New"),
    Change.MERGED: N_("Same as another"),
    Change.UNCHANGED: N_("As it was"),
}
"""In this order: what goes first, what stays last."""
NEW = "new"


class PreviewPage(FormPage):
    """Import takes it over; Cancel stops the reading, or forgets what was read."""

    source_changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, _("Import"), _("Cancel"))
        self.progress = QProgressBar()
        self.progress.setRange(0, 1000)
        self.progress.setAccessibleName(_("How much of the file is read"))
        self.summary = PlainLabel()
        self.source = ChoiceField(_("This file is"), theme)
        self.remove = QCheckBox()
        self.table = PlainTable(_("What will be done"), ("", _("Name"), _("Organisation"), _("Numbers")), rows_shown=14)
        self.body.addWidget(self.progress)
        self.body.addWidget(self.summary)
        self.body.addLayout(lay_out_fields((self.source,)))
        self.body.addWidget(self.remove)
        self.body.addWidget(self.table)
        self.source.edited.connect(self.source_changed)

    @property
    def source_id(self) -> int | None:
        """Of which source the file is a newer copy, None for a new one."""
        return int(self.source.value) if self.source.value.isdecimal() else None

    def begin(self, file: str) -> None:
        """Show that a file is being read."""
        self.say_title(
            _("Import {file}", file=file), _("The file is read first; nothing is changed until you press Import.")
        )
        self.show_failure(None)
        self.progress.setValue(0)
        self.progress.show()
        self.summary.setText(_("Reading …"))
        for widget in (self.remove, self.table):
            widget.hide()
        self.source.set_shown(shown=False)
        self.done_button.setEnabled(False)

    def show_progress(self, progress: ImportProgress) -> None:
        """Show how far the reading is."""
        self.progress.setValue(round(progress.share * 1000))
        self.summary.setText(ngettext("{n} record read so far …", "{n} records read so far …", progress.records))

    def show_preview(self, preview: Preview, sources: list[ContactSource]) -> None:
        """Show what will be done."""
        self.progress.hide()
        counts = preview.counts
        self.summary.setText(_summary(counts, sound=preview.sound))
        files = [source for source in sources if not source.is_folder]
        entries = [(str(source.id), _("a newer copy of {file}", file=Path(source.place).name)) for source in files]
        self.source.offer([(NEW, _("a new one")), *entries])
        self.source.set_value(str(preview.source) if preview.source is not None else NEW)
        self.source.set_shown(shown=bool(files))
        removable = counts.removed if preview.sound else 0
        self.remove.setText(
            ngettext(
                "Remove the {n} contact that is no longer in this file",
                "Remove the {n} contacts that are no longer in this file",
                removable,
            )
        )
        self.remove.setVisible(removable > 0)
        self.remove.setChecked(False)
        rows = []
        for kind, words in _WORDS.items():
            said = _(words)  # NON-NLS: marked in its table
            of_kind = [contact for change, contact in preview.examples if change is kind][:_EACH]
            rows += [(said, c.name, c.organisation, ", ".join(map(number_text, c.numbers))) for c in of_kind]
        self.table.show_rows(rows)
        self.table.setVisible(bool(rows))
        self.done_button.setEnabled(True)
        self.back_button.setEnabled(True)


def _summary(counts: ImportCounts, *, sound: bool) -> str:
    parts = [
        ngettext("{n} new contact", "{n} new contacts", counts.added) if counts.added else "",
        ngettext("{n} changed", "{n} changed", counts.changed) if counts.changed else "",
        ngettext("{n} as it was", "{n} as they were", counts.unchanged) if counts.unchanged else "",
    ]
    said = ", ".join(filter(None, parts))
    lines = [f"{said}."] if counts.added or counts.changed else [_("Nothing is new or changed.")]
    if counts.merged:
        lines.append(
            ngettext(
                "{n} is exactly the same as another contact and will be one with it.",
                "{n} are exactly the same as another contact and will be one with it.",
                counts.merged,
            )
        )
    if counts.kept:
        lines.append(
            ngettext(
                "{n} was changed or removed by you: your version stays.",
                "{n} were changed or removed by you: your version stays.",
                counts.kept,
            )
        )
    if counts.removed:
        lines.append(
            ngettext(
                "{n} contact is no longer in this file.", "{n} contacts are no longer in this file.", counts.removed
            )
        )
    if counts.unreadable:
        lines.append(
            ngettext(
                "{n} line or record could not be read.", "{n} lines or records could not be read.", counts.unreadable
            )
        )
    if not sound:
        lines.append(_("The file is damaged or breaks off: nothing will be removed."))
    return "\n".join(lines)
