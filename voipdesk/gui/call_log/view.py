"""The call log's widgets put together: filters, totals, the table, what is under way, the chosen call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from voipdesk.core.language import _, ngettext
from voipdesk.gui.call_log.details import DetailsPanel
from voipdesk.gui.call_log.filters import FilterBar
from voipdesk.gui.call_log.table import CallTable
from voipdesk.gui.theme import GRID
from voipdesk.gui.widgets.faces import BusyBar, EmptyFace
from voipdesk.gui.widgets.labels import ElidedLabel
from voipdesk.gui.widgets.menu_text import with_key
from voipdesk.gui.widgets.progress_line import ProgressLine
from voipdesk.gui.widgets.rule import Rule

if TYPE_CHECKING:
    from PySide6.QtCore import QLocale

    from voipdesk.core.call_log import LoggedCall
    from voipdesk.gui.call_log.model import CallTableModel
    from voipdesk.gui.call_log.wording import Clock
    from voipdesk.gui.theme import Theme


_BUSY_AFTER_MS = 150
"""What is done sooner shows no bar: it would only flicker."""


class CallLogView(QWidget):
    """What the receptionist sees; says what was pressed and shows what it is told."""

    call_back_asked = Signal()
    copy_number_asked = Signal()
    copy_row_asked = Signal()
    contact_asked = Signal()
    """Show whose the chosen call's number is, or add it to the contacts."""
    export_asked = Signal()
    file_chosen = Signal(str)
    begin_asked = Signal()
    """The one button of the empty log."""

    def __init__(self, model: CallTableModel, theme: Theme, clock: Clock, locale: QLocale) -> None:
        super().__init__()
        self._theme = theme
        self.filters = FilterBar(theme, clock.today, locale)
        self.table = CallTable(model, theme, clock.longest)
        self.details = DetailsPanel(theme, clock)
        self.export_line = ProgressLine()
        self.backfill_line = ProgressLine()
        self.totals = ElidedLabel()
        self.newer = QPushButton()
        self.newer.setFlat(True)
        self.newer.hide()
        self.clear = QPushButton(_("C&lear filters"))
        self.clear.setFlat(True)
        self.clear.setEnabled(False)
        self.export = QPushButton(_("&Export…"))
        self.export.setToolTip(_("Save every call that the filters match as a table (Ctrl+E)"))
        theme.set_icon(self.export, "export")
        self._busy = BusyBar()
        self._soon_busy = QTimer(self, singleShot=True, interval=_BUSY_AFTER_MS)
        self._soon_busy.timeout.connect(lambda: self._busy.set_busy(busy=True))
        self._faces = QStackedWidget()
        self._empty = EmptyFace(theme, "call-log", "", "")
        self._no_match = EmptyFace(
            theme,
            "search",
            _("No call matches"),
            _("Try a shorter text, a longer period, or take the filters back."),
            _("Clear filters"),
        )
        for face in (self.table, self._empty, self._no_match):
            self._faces.addWidget(face)
        self._rule = Rule()
        self._contact_title = _("Add to contacts…")
        self._lay_out()
        self._bind()

    def show_busy(self, busy: bool) -> None:
        """Move the thin bar while something is loaded that takes long enough to be seen."""
        if busy:
            self._soon_busy.start()
        else:
            self._soon_busy.stop()
            self._busy.set_busy(busy=False)

    def show_rows(self) -> None:
        """Show the table."""
        self._show_face(self.table)

    def show_no_match(self) -> None:
        """Say that nothing matches the filters."""
        self._show_face(self._no_match)

    def show_empty(self, text: str, button: str) -> None:
        """Say that there are no calls yet, what will be here and how it begins."""
        self._empty.say(_("No calls yet"), text, button)
        self._show_face(self._empty)

    def show_call(self, logged: LoggedCall | None, named: LoggedCall | None, *, has_contact: bool) -> None:
        """Show the chosen call, None for none, also with the contacts' names, and offer to show or add a contact."""
        self.details.show_call(logged, named)
        self._contact_title = _("Show contact") if has_contact else _("Add to contacts…")
        self.details.contact.setAccessibleName(self._contact_title)

    def show_newer(self, calls: int) -> None:
        """Say how many calls came above those in sight."""
        self.newer.setText(ngettext("↑ {n} new call", "↑ {n} new calls", calls))
        self.newer.setVisible(calls > 0)

    def show_account_column(self, *, shown: bool) -> None:
        """Have a column for the account where there is more than one."""
        self.table.show_account_column(shown=shown)

    def search(self) -> None:
        """Give the search field the focus."""
        self.filters.search.begin()

    def copy(self, text: str) -> None:
        """Put a text on the clipboard."""
        QGuiApplication.clipboard().setText(text)

    def choose_file(self, name: str) -> None:
        """Ask where to save; `file_chosen` follows unless it is cancelled."""
        dialog = QFileDialog(self, _("Export calls"), name, _("Table (*.csv)"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.selectFile(name)
        dialog.fileSelected.connect(self.file_chosen)
        dialog.open()

    def _lay_out(self) -> None:
        second = QHBoxLayout()
        second.setSpacing(GRID)
        second.addWidget(self.filters.dates)
        second.addWidget(self.totals, 1)
        for button in (self.newer, self.clear, self.export):
            second.addWidget(button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, GRID)
        whole.setSpacing(GRID)
        whole.addWidget(self.filters)
        whole.addLayout(second)
        rows = QVBoxLayout()
        rows.setSpacing(0)
        rows.addWidget(self._busy)
        rows.addWidget(self._faces, 1)
        whole.addLayout(rows, 1)
        whole.addWidget(self.backfill_line)
        whole.addWidget(self.export_line)
        whole.addWidget(self._rule)
        whole.addWidget(self.details)

    def _bind(self) -> None:
        table, details = self.table, self.details
        self.filters.left.connect(lambda: table.setFocus(Qt.FocusReason.OtherFocusReason))
        table.activated_row.connect(self.call_back_asked)
        table.details_asked.connect(details.toggle)
        table.text_typed.connect(self.filters.search.type_into)
        table.customContextMenuRequested.connect(self._show_menu)
        details.call_back_asked.connect(self.call_back_asked)
        details.copy_asked.connect(self.copy_number_asked)
        details.contact_asked.connect(self.contact_asked)
        self.newer.clicked.connect(table.jump_to_top)
        self.clear.clicked.connect(self.filters.clear)
        self._no_match.begun.connect(self.filters.clear)
        self._empty.begun.connect(self.begin_asked)
        self.export.clicked.connect(self.export_asked)
        copy = QAction(_("Copy number"), table, shortcut=QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(self.copy_number_asked)
        table.addAction(copy)

    def _show_face(self, face: QWidget) -> None:
        """Bring a face forward; what needs rows goes with them."""
        if self._faces.currentWidget() is not face:
            self._faces.setCurrentWidget(face)
        self.details.setVisible(face is not self._empty)
        self._rule.setVisible(face is not self._empty)
        self.export.setEnabled(face is self.table)
        if face is self._empty:
            self.totals.setText("")

    def _show_menu(self, at: QPoint) -> None:
        if self.table.current_row < 0:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        call_back = menu.addAction(with_key(_("Call back"), Qt.Key.Key_Return), self.call_back_asked.emit)
        copy_number = menu.addAction(
            with_key(_("Copy number"), QKeySequence.StandardKey.Copy), self.copy_number_asked.emit
        )
        menu.addAction(_("Copy row"), self.copy_row_asked.emit)
        contact = menu.addAction(self._contact_title, self.contact_asked.emit)
        menu.addSeparator()
        menu.addAction(with_key(_("Details"), Qt.Key.Key_Space), self.details.toggle)
        for action, name in ((call_back, "dial"), (copy_number, "copy"), (contact, "contacts")):
            self._theme.set_icon(action, name)
            action.setEnabled(self.details.call_back.isEnabled())
        menu.setDefaultAction(call_back)
        menu.popup(self._menu_place(at))

    def _menu_place(self, at: QPoint) -> QPoint:
        """Give the pointer's place, or for the keyboard's menu key the chosen row's."""
        viewport = self.table.viewport()
        row = self.table.visualRect(self.table.currentIndex())
        if not row.isEmpty() and not (row.top() <= at.y() <= row.bottom()):
            at = row.bottomLeft() + QPoint(4 * GRID, 0)
        return viewport.mapToGlobal(at)
