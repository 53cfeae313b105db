"""The form that SIP settings are typed into which no service here has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton

from voipdesk.core.language import _
from voipdesk.core.sip_settings import LONGEST, SipSettings, Transport
from voipdesk.gui.widgets.form_field import ChoiceField, TextField, lay_out_fields
from voipdesk.gui.widgets.form_page import FormPage

if TYPE_CHECKING:
    from voipdesk.gui.theme import Theme
    from voipdesk.gui.widgets.form_field import FormField


class SettingsForm(FormPage):
    """Takes what a phone signs in with, in the order of a softphone's own form; keeps it until it is left."""

    check_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, _("Set up a softphone…"), _("Cancel"))
        self.check = QPushButton(_("Check…"))
        self.check.setToolTip(_("See step by step whether a phone can sign in with this"))
        self.check.clicked.connect(self.check_asked)
        self.add_button(self.check)
        self.texts = {
            "domain": TextField(
                _("Domain"),
                theme,
                about=_("The SIP server, also called host or registrar, such as sip.example.com."),
            ),
            "username": TextField(_("User name"), theme, about=_("Also called SIP user or extension.")),
            "password": TextField(_("Password"), theme, secret=True, about=_("It goes nowhere but where you send it.")),
            "auth_username": TextField(
                _("Authentication name (optional)"),
                theme,
                about=_("Only where you were given one beside the user name."),
            ),
            "outbound_proxy": TextField(
                _("Outbound proxy (optional)"),
                theme,
                about=_("Only where you were given one, such as 192.0.2.7:4060."),
            ),
        }
        self.transport = ChoiceField(_("Transport"), theme, about=_("Leave it unless you were told otherwise."))
        self.transport.offer(
            (
                (str(Transport.UDP), _("UDP, the usual one")),
                (str(Transport.TCP), "TCP"),
                (str(Transport.TLS), _("TLS, encrypted")),
            )
        )
        self.texts["display_name"] = TextField(_("Display name (optional)"), theme, about=_("Whose phone it is."))
        fields = list(self.texts.values())
        self.body.addLayout(lay_out_fields([*fields[:-1], self.transport, fields[-1]]))
        self.fields: dict[str, FormField] = {**self.texts, "transport": self.transport}
        for key in ("domain", "outbound_proxy"):
            self.texts[key].line.setInputMethodHints(Qt.InputMethodHint.ImhUrlCharactersOnly)
        for field in self.texts.values():
            field.line.setMaxLength(LONGEST + 1)  # one more, so that what is too long is said to be
            field.edited.connect(lambda: self.show_failure(None))
        self.say_title(
            _("SIP settings from elsewhere"), _("What a telephone company or an administrator has given you.")
        )

    @property
    def settings(self) -> SipSettings:
        """What was entered; raises BadInput for what cannot be."""
        texts = {key: field.value for key, field in self.texts.items()}
        return SipSettings(
            texts["username"],
            texts["domain"],
            texts["password"],
            display_name=texts["display_name"],
            auth_username=texts["auth_username"],
            outbound_proxy=texts["outbound_proxy"],
            transport=Transport(self.transport.value),
        )

    def forget(self) -> None:
        """Hold nothing of what was typed any more, the password least of all."""
        for field in self.texts.values():
            field.set_value("")
        self.transport.set_value(str(Transport.UDP))
        self.show_errors(self.fields, {})
        self.show_failure(None)
        self.hide_password()

    def hide_password(self) -> None:
        """Show dots in place of the password."""
        show = self.texts["password"].show_secret
        if show is not None:
            show.setChecked(False)

    def take_focus(self) -> None:
        """Go to the first field."""
        self.texts["domain"].editor.setFocus(Qt.FocusReason.OtherFocusReason)
