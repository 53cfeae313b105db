"""The form a script is created and changed with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton

from voipdesk.core.language import _
from voipdesk.gui.scripts import model
from voipdesk.gui.widgets.form_field import TextField, lay_out_fields
from voipdesk.gui.widgets.form_page import FormPage

if TYPE_CHECKING:
    from voipdesk.core.scripts import Script
    from voipdesk.gui.theme import Theme


class ScriptForm(FormPage):
    """Takes address and name; keeps what was typed until it is begun anew."""

    test_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "", _("Cancel"))
        self.before: Script | None = None
        """The script that is changed, None while one is created."""
        about = _(
            "It answers with XML, and must be reachable from the internet, such as https://www.example.com/script.xml."
        )
        self._url = TextField(_("Address"), theme, about=about)
        self._url.line.setInputMethodHints(Qt.InputMethodHint.ImhUrlCharactersOnly)
        self._url.line.setPlaceholderText("https://")  # NON-NLS
        self._name = TextField(_("Name (optional)"), theme, about=_("To find it again."))
        self.fields = {"url": self._url, "name": self._name}
        self.test = QPushButton(_("&Test first"))
        self.test.setToolTip(_("See what the address answers; nothing is created or changed"))
        self.test.clicked.connect(self.test_asked)
        self.add_button(self.test)
        self._shown: dict[str, str] = {}
        for field in self.fields.values():
            field.edited.connect(lambda: self.show_failure(None))
        self.body.addLayout(lay_out_fields(self.fields.values()))

    @property
    def url(self) -> str:
        """The address that was entered."""
        url = self._url.value.strip()
        return self.before.url if self.before is not None and self._url.value == self._shown["url"] else url

    @property
    def name(self) -> str:
        """The name that was entered."""
        name = self._name.value.strip()
        return self.before.name if self.before is not None and self._name.value == self._shown["name"] else name

    @property
    def typed(self) -> bool:
        """Whether anything was entered that would be lost."""
        return any(field.value != self._shown.get(key, "") for key, field in self.fields.items())

    def begin(self, account: str) -> None:
        """Begin to create one, with nothing entered."""
        self._show(None)
        self.say_title(_("New call script"), _("of {account}", account=account))
        self.done_button.setText(_("Create script"))

    def open(self, script: Script, account: str) -> None:
        """Begin to change one as it was read."""
        self._show(script)
        self.say_title(_("Edit {name}", name=model.title(script)), _("of {account}", account=account))
        self.done_button.setText(_("Review changes"))

    def take_focus(self) -> None:
        """Go to the address."""
        self._url.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def say_missing(self) -> None:
        """Say that nothing can be done without an address."""
        self.show_errors(self.fields, {"url": _("A script needs a web address.")})

    def _show(self, script: Script | None) -> None:
        self.before = script
        for key, field in self.fields.items():
            field.set_value(getattr(script, key, ""))
            self._shown[key] = field.value
        self.show_errors(self.fields, {})
        self.show_failure(None)
        self.set_busy(busy=False)
