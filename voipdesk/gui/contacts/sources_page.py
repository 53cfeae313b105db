"""The files that contacts came from and the folders that are watched."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from voipdesk.core.language import _, shown_number
from voipdesk.gui.theme import GRID
from voipdesk.gui.widgets.faces import EmptyFace
from voipdesk.gui.widgets.labels import heading
from voipdesk.gui.widgets.record_model import Record, RecordModel, folded, one_line
from voipdesk.gui.widgets.record_table import RecordTable
from voipdesk.gui.words import sample_time, when

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voipdesk.core.contacts import ContactSource
    from voipdesk.gui.theme import Theme


class SourcesPage(QWidget):
    """Says what is to be read again, forgotten or watched."""

    back = Signal()
    watch_asked = Signal()
    again_asked = Signal(str)
    """Import a file again, by the id of its source."""
    forget_asked = Signal(str)
    """Forget a source by its id."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._sources: dict[str, ContactSource] = {}
        self.watch = QPushButton(_("&Watch a folder…"))
        self.again = QPushButton(_("Import &again"))
        self.forget = QPushButton(_("&Forget…"))
        self.back_button = QPushButton(_("&Back to contacts"))
        theme.set_icon(self.watch, "add")
        theme.set_icon(self.again, "refresh")
        theme.set_icon(self.forget, "remove")
        self.watch.setToolTip(_("Follow the vCard and CSV files in a folder as long as voipdesk is open"))
        self.forget.setToolTip(_("Remove what came from this file alone, or watch this folder no more"))
        self._model = RecordModel((_("File or folder"), _("Contacts"), _("Read"), _("State")))
        self.table = RecordTable(_("Files and folders"), self._model, (50, "000,000", sample_time(), 40))
        empty = EmptyFace(
            theme,
            "import",
            _("No file was imported yet"),
            _("Import a file, or watch a folder: files that appear or change in it are taken over by themselves."),
            _("Watch a folder…"),
        )
        empty.begun.connect(self.watch_asked)
        self._faces = QStackedWidget()
        self._faces.addWidget(empty)
        self._faces.addWidget(self.table)
        self.watch.clicked.connect(self.watch_asked)
        self.again.clicked.connect(lambda: self.again_asked.emit(self.table.current))
        self.forget.clicked.connect(lambda: self.forget_asked.emit(self.table.current))
        self.back_button.clicked.connect(self.back)
        self.table.current_changed.connect(lambda _id: self._allow())
        self._lay_out()
        self._allow()

    def source(self, source_id: str) -> ContactSource | None:
        """Give a source that is listed."""
        return self._sources.get(source_id)

    def show_sources(self, sources: Sequence[ContactSource]) -> None:
        """List these."""
        self._sources = {str(source.id): source for source in sources}
        self._model.show_records([_record(source) for source in sources])
        self._faces.setCurrentIndex(1 if sources else 0)
        self._allow()

    def _allow(self) -> None:
        source = self._sources.get(self.table.current)
        self.again.setEnabled(source is not None and not source.is_folder)
        self.forget.setEnabled(source is not None)

    def _lay_out(self) -> None:
        title = heading(_("Files and folders"), 1.35)
        title.setWordWrap(False)
        top = QHBoxLayout()
        top.setSpacing(GRID)
        top.addWidget(title)
        top.addStretch(1)
        top.addWidget(self.back_button)
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        for button in (self.watch, self.again, self.forget):
            buttons.addWidget(button)
        buttons.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(3 * GRID, 3 * GRID, 2 * GRID, GRID)
        whole.setSpacing(GRID)
        whole.addLayout(top)
        whole.addLayout(buttons)
        whole.addWidget(self._faces, 1)


def _record(source: ContactSource) -> Record:
    read = "" if source.read_at is None else when(datetime.fromtimestamp(source.read_at / 1000, UTC))
    state = source.problem or (_("watched") if source.is_folder else "")
    number = "" if source.is_folder else shown_number(source.contacts)
    cells = (one_line(source.place), number, read, one_line(state))
    keys = (folded(source.place), f"{source.contacts:09}", f"{source.read_at or 0:015}", folded(state))
    return Record(str(source.id), cells, keys, folded(source.place), ", ".join(filter(None, cells)))
