"""What an import will do, before it is done: progress while the file is read, then counts and names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QProgressBar

from voipdesk.core.contacts import Change, number_text
from voipdesk.gui.widgets.form_field import ChoiceField, lay_out_fields
from voipdesk.gui.widgets.form_page import FormPage
from voipdesk.gui.widgets.labels import PlainLabel
from voipdesk.gui.widgets.plain_table import PlainTable
from voipdesk.gui.words import count

if TYPE_CHECKING:
    from voipdesk.core.contacts import ContactSource, ImportCounts
    from voipdesk.gui.theme import Theme
    from voipdesk.services.contacts_import import ImportProgress, Preview

_EACH = 50
_WORDS = {
    Change.REMOVED: "No longer there",
    Change.CHANGED: "Changed",
    Change.ADDED: "New",
    Change.MERGED: "Same as another",
    Change.UNCHANGED: "As it was",
}
"""In this order: what goes first, what stays last."""
NEW = "new"


class PreviewPage(FormPage):
    """Import takes it over; Cancel stops the reading, or forgets what was read."""

    source_changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Import", "Cancel")
        self.progress = QProgressBar()
        self.progress.setRange(0, 1000)
        self.progress.setAccessibleName("How much of the file is read")
        self.summary = PlainLabel()
        self.source = ChoiceField("This file is", theme)
        self.remove = QCheckBox()
        self.table = PlainTable("What will be done", ("", "Name", "Organisation", "Numbers"), rows_shown=14)
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
        self.say_title(f"Import {file}", "The file is read first; nothing is changed until you press Import.")
        self.show_failure(None)
        self.progress.setValue(0)
        self.progress.show()
        self.summary.setText("Reading …")
        for widget in (self.remove, self.table):
            widget.hide()
        self.source.set_shown(shown=False)
        self.done_button.setEnabled(False)

    def show_progress(self, progress: ImportProgress) -> None:
        """Show how far the reading is."""
        self.progress.setValue(round(progress.share * 1000))
        self.summary.setText(f"{count(progress.records, 'record', 'records')} read so far …")

    def show_preview(self, preview: Preview, sources: list[ContactSource]) -> None:
        """Show what will be done."""
        self.progress.hide()
        counts = preview.counts
        self.summary.setText(_summary(counts, sound=preview.sound))
        files = [source for source in sources if not source.is_folder]
        entries = [(str(source.id), f"a newer copy of {Path(source.place).name}") for source in files]
        self.source.offer([(NEW, "a new one"), *entries])
        self.source.set_value(str(preview.source) if preview.source is not None else NEW)
        self.source.set_shown(shown=bool(files))
        removable = counts.removed if preview.sound else 0
        words = count(removable, "contact that is", "contacts that are")
        self.remove.setText(f"Remove the {words} no longer in this file")
        self.remove.setVisible(removable > 0)
        self.remove.setChecked(False)
        rows = [
            (words, contact.name, contact.organisation, ", ".join(number_text(n) for n in contact.numbers))
            for kind, words in _WORDS.items()
            for contact in [contact for change, contact in preview.examples if change is kind][:_EACH]
        ]
        self.table.show_rows(rows)
        self.table.setVisible(bool(rows))
        self.done_button.setEnabled(True)
        self.back_button.setEnabled(True)


def _summary(counts: ImportCounts, *, sound: bool) -> str:
    parts = [
        count(counts.added, "new contact", "new contacts") if counts.added else "",
        f"{counts.changed:,} changed" if counts.changed else "",
        f"{counts.unchanged:,} as they were" if counts.unchanged else "",
    ]
    said = ", ".join(filter(None, parts))
    lines = [f"{said}."] if counts.added or counts.changed else ["Nothing is new or changed."]
    if counts.merged:
        lines.append(
            f"{count(counts.merged, 'is', 'are')} exactly the same as another contact and will be one with it."
        )
    if counts.kept:
        lines.append(f"{count(counts.kept, 'was', 'were')} changed or removed by you: your version stays.")
    if counts.removed:
        lines.append(f"{count(counts.removed, 'contact is', 'contacts are')} no longer in this file.")
    if counts.unreadable:
        lines.append(f"{count(counts.unreadable, 'line or record', 'lines or records')} could not be read.")
    if not sound:
        lines.append("The file is damaged or breaks off: nothing will be removed.")
    return "\n".join(lines)
