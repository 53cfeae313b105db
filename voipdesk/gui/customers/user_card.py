"""One user of a customer: who it is, what it signs in with, its password when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from voipdesk.core.language import _
from voipdesk.gui.customers import facts
from voipdesk.gui.theme import GRID
from voipdesk.gui.widgets.labels import ElidedLabel, set_faint, set_font
from voipdesk.gui.widgets.secret_field import SecretField
from voipdesk.gui.widgets.value_line import ValueLine

if TYPE_CHECKING:
    from voipdesk.core.customers import CustomerUser
    from voipdesk.gui.theme import Theme


class UserCard(QWidget):
    """Shows a user; the password stays hidden until its button is pressed, and is hidden again soon after."""

    def __init__(self, user: CustomerUser, theme: Theme) -> None:
        super().__init__()
        self._user = user
        name = ElidedLabel(facts.user_name(user))
        set_font(name, bold=True)
        about = ElidedLabel(facts.user_about(user))
        set_faint(about)
        email = ValueLine(_("E-mail of {name}", name=name.text()))
        email.show_value(user.email, _("no e-mail"))
        self.password = SecretField(_("Password of {name}", name=name.text()), theme, whose=name.text())
        self.password.set_available(available=facts.has_password(user))
        self.password.reveal_asked.connect(lambda: self.password.reveal(user.password))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 4)
        column.addWidget(name)
        if about.text():
            column.addWidget(about)
        column.addWidget(email)
        column.addWidget(self.password)
