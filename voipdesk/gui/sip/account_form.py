"""The form a SIP account is created and changed with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from voipdesk.core.sip import SipAccountFields
from voipdesk.gui.sip import model
from voipdesk.gui.widgets.form_field import TextField, lay_out_fields
from voipdesk.gui.widgets.form_page import FormPage

if TYPE_CHECKING:
    from voipdesk.core.sip import SipAccount
    from voipdesk.gui.theme import Theme

_ABOUT = {
    "username": "What the phone signs in with, such as ann.lee. It cannot be changed later.",
    "display_name": "Whose phone it is, such as Ann Lee.",
    "internal_number": "What colleagues see when this phone calls, such as 42.",
    "external_number": "What everybody else sees, such as +31201234567.",
    "mailbox": "The voicemail account whose waiting messages the phone shows.",
}
_FIXED = "It stays: to change it, create another SIP account."
_LONGEST = 200


class AccountForm(FormPage):
    """Takes what can be set of a SIP account; keeps all that was typed until it is begun anew."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "", "Cancel")
        self.before: SipAccount | None = None
        """The SIP account that is changed, None while one is created."""
        self._username = TextField("User name", theme, about=_ABOUT["username"])
        self.fields: dict[str, TextField] = {"username": self._username}
        for key, label in model.SET_FIELDS.items():
            self.fields[key] = TextField(f"{label} (optional)", theme, about=_ABOUT[key])
        for key, field in self.fields.items():
            field.line.setMaxLength(_LONGEST)
            field.edited.connect(lambda: self.show_failure(None))
            if key.endswith("number"):
                field.line.setInputMethodHints(Qt.InputMethodHint.ImhDialableCharactersOnly)
        self._shown: dict[str, str] = {}
        self.body.addLayout(lay_out_fields(self.fields.values()))

    @property
    def username(self) -> str:
        """The user name that was entered."""
        return self._username.value.strip()

    @property
    def values(self) -> SipAccountFields:
        """What was entered of the rest; what was not touched is as it was read."""
        values = {}
        for key in model.SET_FIELDS:
            value = self.fields[key].value
            values[key] = getattr(self.before, key, "") if value == self._shown[key] else value.strip()
        return SipAccountFields(**values)

    @property
    def typed(self) -> bool:
        """Whether anything was entered that would be lost."""
        return any(field.value != self._shown.get(key, "") for key, field in self.fields.items())

    def begin(self, account: str) -> None:
        """Begin to create one, with nothing entered."""
        self._show(None)
        self.say_title("New SIP account", f"of {account}")
        self.done_button.setText("Create SIP account")
        self._username.set_about(_ABOUT["username"])

    def open(self, sip: SipAccount, account: str) -> None:
        """Begin to change one as it was read."""
        self._show(sip)
        self.say_title(f"Edit {model.sheet_title(sip)}", f"{sip.username} of {account}")
        self.done_button.setText("Review changes")
        self._username.set_about(_FIXED)

    def take_focus(self) -> None:
        """Go to the first field that can be filled in."""
        key = "display_name" if self.before is not None else "username"
        self.fields[key].editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, sip: SipAccount | None) -> None:
        self.before = sip
        for key, field in self.fields.items():
            field.set_value(getattr(sip, key, ""))
            self._shown[key] = field.value  # a line of text has made one line of it
        self._username.line.setReadOnly(sip is not None)
        self.show_errors(self.fields, {})
        self.show_failure(None)
        self.set_busy(busy=False)
        self.scroll_to_top()
