"""Where one of several accounts is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal

from voipdesk.core.language import _
from voipdesk.gui.widgets.elided_choice import ElidedChoice

if TYPE_CHECKING:
    from collections.abc import Sequence


class AccountChoice(ElidedChoice):
    """A list of accounts by name; it hides while there is nothing to choose."""

    picked = Signal(str)
    """The id of the account that the person chose, or that `setCurrentIndex` did."""

    def __init__(self, accessible_name: str = "") -> None:
        super().__init__()
        name = accessible_name or _("Account")
        self.setAccessibleName(name)
        self.setAccessibleDescription(name)  # on Unix, Qt tells a choice's value as its name
        self.currentIndexChanged.connect(lambda: self.picked.emit(self.account))

    @property
    def account(self) -> str:
        """The id of the account chosen, "" when there is none."""
        return str(self.currentData() or "")

    def offer(self, accounts: Sequence[tuple[str, str]], current: str) -> None:
        """Offer these (id, name) and choose one of them, the first where `current` is none; nothing is `picked`."""
        with QSignalBlocker(self):
            self.clear()
            for account_id, name in accounts:
                self.addItem(name, account_id)
            self.setCurrentIndex(max(0, self.findData(current)))
        self.setVisible(len(accounts) > 1)
