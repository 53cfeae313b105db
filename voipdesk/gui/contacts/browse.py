"""The contacts pane's first page: the list, searched as one types, and the contact that is picked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from voipdesk.core.language import _, ngettext, shown_number
from voipdesk.gui.contacts.details import DetailsPanel
from voipdesk.gui.contacts.model import ContactModel
from voipdesk.gui.theme import GRID
from voipdesk.gui.widgets.faces import EmptyFace
from voipdesk.gui.widgets.labels import ElidedLabel, heading, set_faint
from voipdesk.gui.widgets.menu_text import with_key
from voipdesk.gui.widgets.progress_line import ProgressLine
from voipdesk.gui.widgets.record_table import RecordTable
from voipdesk.gui.widgets.rule import Rule
from voipdesk.gui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

    from voipdesk.core.contacts import StoredContact
    from voipdesk.gui.theme import Theme


class BrowsePage(QWidget):
    """Says what the person wants to do with the contacts."""

    new_asked = Signal()
    import_asked = Signal()
    export_asked = Signal()
    sources_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._picked: StoredContact | None = None
        self.new = QPushButton(_("&New contact"))
        self.import_ = QPushButton(_("&Import…"))
        self.export = QPushButton(_("E&xport…"))
        self.sources = QPushButton(_("&Files and folders"))
        for button, icon, asked in (
            (self.new, "add", self.new_asked),
            (self.import_, "import", self.import_asked),
            (self.export, "export", self.export_asked),
            (self.sources, "contacts", self.sources_asked),
        ):
            theme.set_icon(button, icon)
            button.clicked.connect(asked)
        self.export.setToolTip(_("Save the contacts listed as a vCard file or a table (Ctrl+E)"))
        self.sources.setToolTip(_("The files that contacts came from, and the folders that are watched"))
        self.search = SearchField(theme, _("Name, organisation or number"), _("Search contacts"))
        self.model = ContactModel()
        self.table = RecordTable(_("Contacts"), self.model, (34, 26, 40))
        self.totals = ElidedLabel()
        set_faint(self.totals)
        self.line = ProgressLine()
        self.details = DetailsPanel(theme)
        self._beside = QWidget()
        self._empty = EmptyFace(
            theme,
            "contacts",
            _("No contacts yet"),
            _("Names you keep here stand beside the numbers in the call log, and can be dialled by name."),
            _("Import a vCard or CSV file"),
        )
        self._no_match = EmptyFace(
            theme, "search", _("No contact has that"), _("Try a shorter text."), _("Clear the search")
        )
        self._faces = QStackedWidget()
        for face in (self.table, self._empty, self._no_match):
            self._faces.addWidget(face)
        self._empty.begun.connect(self.import_asked)
        self._no_match.begun.connect(self.search.clear)
        self.search.left.connect(self._go_to_rows)
        self.table.text_typed.connect(self.search.type_into)
        self.table.entered.connect(lambda _id: self.details.take_focus())
        self.table.copy_asked.connect(lambda _id: self._copy())
        self.table.menu_asked.connect(self._fill_menu)
        self._lay_out()

    def show_total(self, shown: int, total: int) -> None:
        """Say how many are listed of how many, and show what stands for none."""
        self._faces.setCurrentWidget(self.table if shown else self._no_match if total else self._empty)
        self.totals.setText(
            ngettext("{n} contact", "{n} contacts", total)
            if shown == total
            else ngettext("{shown} of {n} contact", "{shown} of {n} contacts", total, shown=shown_number(shown))
        )
        self.export.setEnabled(shown > 0)
        self._beside.setVisible(total > 0)

    def show_contact(self, stored: StoredContact | None) -> None:
        """Show the contact that is picked."""
        self._picked = stored
        self.details.show_contact(stored)

    def _go_to_rows(self) -> None:
        if self.model.rowCount():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _copy(self) -> None:
        if self._picked is not None and self._picked.contact.numbers:
            QGuiApplication.clipboard().setText(self._picked.contact.numbers[0].written)

    def _fill_menu(self, menu: QMenu) -> None:
        if self._picked is None:
            return
        for number in self._picked.contact.numbers:
            text = _("Call {number}", number=number.written).replace("&", "&&")
            menu.addAction(text, partial(self.details.call_asked.emit, number.written))
        if self._picked.contact.numbers:
            menu.addAction(with_key(_("Copy number"), QKeySequence.StandardKey.Copy), self._copy)
            menu.addSeparator()
        menu.addAction(_("Edit…"), self.details.edit_asked.emit)
        menu.addAction(_("Remove"), self.details.remove_asked.emit)

    def _lay_out(self) -> None:
        title = heading(_("Contacts"), 1.35)
        title.setWordWrap(False)
        top = QHBoxLayout()
        top.setSpacing(GRID)
        top.addWidget(title)
        top.addStretch(1)
        for button in (self.new, self.import_, self.export, self.sources):
            top.addWidget(button)
        second = QHBoxLayout()
        second.setSpacing(2 * GRID)
        second.addWidget(self.search, 1)
        second.addWidget(self.totals)
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(GRID)
        left.addLayout(second)
        left.addWidget(self._faces, 1)
        left.addWidget(self.line)
        list_ = QWidget()
        list_.setLayout(left)
        beside = QHBoxLayout()
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        beside.addWidget(Rule(vertical=True))
        beside.addWidget(self.details, 1)
        self._beside.setLayout(beside)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(list_)
        split.addWidget(self._beside)
        split.setStretchFactor(0, 1)
        split.setSizes([70 * GRID, 44 * GRID])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(3 * GRID, 3 * GRID, 2 * GRID, GRID)
        whole.setSpacing(GRID)
        whole.addLayout(top)
        whole.addWidget(split, 1)
