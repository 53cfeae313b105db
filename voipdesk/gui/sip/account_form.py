"""The form a SIP account is created and changed with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from voipdesk.core.language import _
from voipdesk.core.sip import SipAccountFields
from voipdesk.gui.sip import model
from voipdesk.gui.widgets.form_field import TextField, lay_out_fields
from voipdesk.gui.widgets.form_page import FormPage

if TYPE_CHECKING:
    from voipdesk.core.sip import SipAccount
    from voipdesk.gui.theme import Theme

_LONGEST = 200


class AccountForm(FormPage):
    """Takes what can be set of a SIP account; keeps all that was typed until it is begun anew."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "", _("Cancel"))
        self.before: SipAccount | None = None
        """The SIP account that is changed, None while one is created."""
        self._username = TextField(_("User name"), theme, about=_about("username"))
        self.fields: dict[str, TextField] = {"username": self._username}
        for key in model.SET_FIELDS:
            label = _("{label} (optional)", label=model.set_field_label(key))
            self.fields[key] = TextField(label, theme, about=_about(key))
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
        self.say_title(_("New SIP account"), _("of {account}", account=account))
        self.done_button.setText(_("Create SIP account"))
        self._username.set_about(_about("username"))

    def open(self, sip: SipAccount, account: str) -> None:
        """Begin to change one as it was read."""
        self._show(sip)
        self.say_title(
            _("Edit {name}", name=model.sheet_title(sip)),
            _("{username} of {account}", username=sip.username, account=account),
        )
        self.done_button.setText(_("Review changes"))
        self._username.set_about(_("It stays: to change it, create another SIP account."))

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


def _about(key: str) -> str:
    return {
        "username": _("What the phone signs in with, such as ann.lee. It cannot be changed later."),
        "display_name": _("Whose phone it is, such as Ann Lee."),
        "internal_number": _("What colleagues see when this phone calls, such as 42."),
        "external_number": _("What everybody else sees, such as +31201234567."),
        "mailbox": _("The voicemail account whose waiting messages the phone shows."),
    }[key]
