"""In which language the program is to speak."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from voipdesk.core.language import LANGUAGES, _
from voipdesk.gui.theme import GRID
from voipdesk.gui.widgets.labels import PlainLabel, set_faint


class LanguageView(QWidget):
    """A list of languages, each by its own name."""

    chosen = Signal(str)
    """A key of LANGUAGES, "" for the system's."""

    def __init__(self, spoken: str) -> None:
        super().__init__()
        self._spoken = LANGUAGES[spoken]
        self._languages = QComboBox()
        self._languages.addItem(_("as this computer"), "")
        for code, name in LANGUAGES.items():
            self._languages.addItem(name, code)
        self._languages.setAccessibleName(_("Language of texts"))
        label = PlainLabel(_("&Language of texts"))
        label.setBuddy(self._languages)
        self._about = PlainLabel()
        set_faint(self._about)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(label)
        row.addWidget(self._languages)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(row)
        column.addWidget(self._about)
        self._languages.activated.connect(lambda: self.chosen.emit(self._languages.currentData()))

    def show_choice(self, language: str) -> None:
        """Show what is chosen, and when it is spoken."""
        self._languages.setCurrentIndex(self._languages.findData(language))
        self._about.setText(
            _("The next start of voipdesk speaks it; this window speaks {language}.", language=self._spoken)
        )
