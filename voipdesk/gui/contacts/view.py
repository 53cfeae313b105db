"""The contacts pane's pages, and the dialogs that ask for a file or a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QStackedLayout, QWidget

from voipdesk.core.language import _
from voipdesk.gui.contacts.browse import BrowsePage
from voipdesk.gui.contacts.columns_page import ColumnsPage
from voipdesk.gui.contacts.edit_form import EditForm
from voipdesk.gui.contacts.preview_page import PreviewPage
from voipdesk.gui.contacts.sources_page import SourcesPage

if TYPE_CHECKING:
    from voipdesk.gui.theme import Theme


class ContactsView(QWidget):
    """Shows one page at a time; the others keep what is in them."""

    file_chosen = Signal(str)
    """A file to be imported."""
    target_chosen = Signal(str)
    """A file to be written."""
    folder_chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.browse = BrowsePage(theme)
        self.edit = EditForm(theme)
        self.columns = ColumnsPage(theme)
        self.preview = PreviewPage(theme)
        self.sources = SourcesPage(theme)
        self._stack = QStackedLayout(self)
        for page in (self.browse, self.edit, self.columns, self.preview, self.sources):
            self._stack.addWidget(page)

    def show_page(self, page: QWidget) -> None:
        """Bring a page to the front."""
        self._stack.setCurrentWidget(page)

    @property
    def page(self) -> QWidget | None:
        """The page at the front."""
        return self._stack.currentWidget()

    def choose_file(self) -> None:
        """Ask for a file to import; `file_chosen` follows unless it is cancelled."""
        dialog = self._dialog(_("Import contacts"), _("Contacts (*.vcf *.vcard *.csv *.tsv *.txt);;All files (*)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.file_chosen)
        dialog.open()

    def choose_folder(self) -> None:
        """Ask for a folder to watch; `folder_chosen` follows unless it is cancelled."""
        dialog = self._dialog(_("Watch a folder"), "")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.folder_chosen)
        dialog.open()

    def choose_target(self) -> None:
        """Ask where to write; `target_chosen` follows unless it is cancelled."""
        dialog = self._dialog(_("Export contacts"), _("vCard (*.vcf);;Table (*.csv)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("vcf")
        dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix("csv" if "csv" in chosen else "vcf"))
        dialog.selectFile("contacts.vcf")
        dialog.fileSelected.connect(self.target_chosen)
        dialog.open()

    def _dialog(self, title: str, filters: str) -> QFileDialog:
        dialog = QFileDialog(self, title, "", filters)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog
