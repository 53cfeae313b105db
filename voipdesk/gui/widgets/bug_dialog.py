"""The dialog for what should not have happened."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from voipdesk.core.language import _
from voipdesk.gui.theme import GRID
from voipdesk.gui.widgets.labels import PlainLabel, heading


class BugDialog(QDialog):
    """Shows a report that can be copied; telephone numbers and secrets are blanked in it already."""

    def __init__(self, report: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Something went wrong in voipdesk"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._report = QPlainTextEdit(report)
        self._report.setReadOnly(True)
        self._report.setAccessibleName(_("Report"))
        self._report.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._report.setMinimumSize(72 * GRID, 24 * GRID)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton(_("Copy report"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self._copy)
        buttons.rejected.connect(self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(heading(_("This is a mistake in voipdesk, not yours.")))
        column.addWidget(
            PlainLabel(
                _(
                    "What was under way did not finish; everything else goes on. The report below helps to mend it. "
                    "Telephone numbers and secrets are blanked in it."
                )
            )
        )
        column.addWidget(self._report, 1)
        column.addWidget(buttons)
        self.setTabOrder(copy, buttons.button(QDialogButtonBox.StandardButton.Close))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report.toPlainText())
