"""What can be chosen about the window: whether it stays in the tray, and whether it is there from login on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from voipdesk.core.language import _
from voipdesk.gui.theme import GRID
from voipdesk.gui.widgets.labels import PlainLabel, set_faint


class WindowView(QWidget):
    """Two switches."""

    keep_chosen = Signal(bool)
    login_chosen = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._keep = QCheckBox(_("&Keep voipdesk in the tray when the window is closed"))
        self._login = QCheckBox(_("&Start voipdesk in the tray when I log in"))
        self._about = PlainLabel()
        set_faint(self._about)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        for widget in (self._keep, self._about, self._login):
            column.addWidget(widget)
        self._keep.clicked.connect(self.keep_chosen)
        self._login.clicked.connect(self.login_chosen)

    def show_keep(self, *, on: bool, tray: bool) -> None:
        """Show whether it stays, and whether there is a tray for it."""
        self._keep.setChecked(on)
        self._about.setText(
            _("To end voipdesk, choose Quit in the icon's menu or press Ctrl+Q.")
            if tray
            else _("This desktop shows no tray icons just now, so closing the window ends voipdesk.")
        )

    def show_login(self, *, on: bool) -> None:
        """Show whether it starts at login."""
        self._login.setChecked(on)
