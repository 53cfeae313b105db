"""The line at the window's foot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from voipdesk.core.language import _
from voipdesk.gui.theme import GRID
from voipdesk.gui.widgets.account_choice import AccountChoice
from voipdesk.gui.widgets.labels import ElidedLabel

if TYPE_CHECKING:
    from collections.abc import Sequence


class StatusLine(QFrame):
    """Shows an account's budget on one side and its log's freshness on the other."""

    account_picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._account = AccountChoice(_("Account shown in the status line"))
        self._account.setToolTip(_("Whose requests and call log this line shows"))
        self._account.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._account.setMaximumWidth(24 * GRID)
        self._budget = ElidedLabel()
        self._log = ElidedLabel()
        self._log.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, GRID // 2, 2 * GRID, GRID // 2)
        row.setSpacing(2 * GRID)
        row.addWidget(self._account)
        row.addWidget(self._budget, 3)
        row.addWidget(self._log, 2)
        self._account.picked.connect(self.account_picked)
        self.show_accounts((), "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(4 * GRID)

    def show_accounts(self, accounts: Sequence[tuple[str, str]], current: str) -> None:
        """Offer these (id, name); a single one needs no choice."""
        self._account.offer(accounts, current)

    def pick(self, account_id: str) -> None:
        """Choose one of those offered, as the person could."""
        self._account.setCurrentIndex(self._account.findData(account_id))

    def show_budget(self, text: str) -> None:
        """Say how many requests are left and what happens next."""
        self._set(self._budget, text)

    def show_log(self, text: str) -> None:
        """Say how fresh and how complete the call log is."""
        self._set(self._log, text)

    @staticmethod
    def _set(label: ElidedLabel, text: str) -> None:
        if label.text() != text:
            label.setText(text)
