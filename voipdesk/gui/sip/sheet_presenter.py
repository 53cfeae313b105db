"""What the buttons of the sheet do: show and copy what a phone signs in with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.core.accounts import FieldKind
from voipdesk.gui.sip import model
from voipdesk.gui.widgets.secret_clipboard import KEPT_MS, SecretClipboard

if TYPE_CHECKING:
    from voipdesk.core.accounts import Account
    from voipdesk.core.sip import SipAccount
    from voipdesk.gui.sip.browse import BrowsePage
    from voipdesk.gui.sip.list_presenter import ListPresenter
    from voipdesk.gui.tasks import Tasks
    from voipdesk.services.accounts import Accounts
    from voipdesk.services.sip import Sip

PASSWORD_TASK = "sip: password"  # noqa: S105 - the name of a task


class SheetPresenter:
    """Shows the SIP account that is chosen; its password while it is asked for, and to nobody who has left."""

    def __init__(self, page: BrowsePage, lists: ListPresenter, sip: Sip, accounts: Accounts, tasks: Tasks) -> None:
        self._page = page
        self._sheet = page.sheet
        self._lists = lists
        self._sip = sip
        self._accounts = accounts
        self._tasks = tasks
        self.front = False
        """Whether the pane can be seen."""
        self.clipboard = SecretClipboard(page)
        lists.listed.subscribe(self.show)
        page.table.current_changed.connect(self._pick)
        self._sheet.reveal_asked.connect(lambda: tasks.start(PASSWORD_TASK, self._reveal))
        self._sheet.copy_asked.connect(self._copy)
        self.clipboard.cleared.connect(lambda: self._sheet.say(""))

    def show(self, sip_id: str) -> None:
        """Show a SIP account of the list, its password hidden."""
        sip, choice = self._lists.account(sip_id), self._lists.choice
        if sip is None or choice is None:
            self._sheet.clear()
            return
        fields = model.sheet(sip, self._domain_setting(choice.account))
        self._page.show_sheet(model.sheet_title(sip), fields, has_password=True)

    def hide(self) -> None:
        """Hide what is secret."""
        self.front = False
        self._tasks.cancel(PASSWORD_TASK)
        self._sheet.password.hide_secret()

    def _pick(self, sip_id: str) -> None:
        self._tasks.cancel(PASSWORD_TASK)
        self.show(sip_id)

    def _domain_setting(self, account: Account) -> str:
        """Give the label of the setting that the domain comes from, "" where the account has none."""
        vendor = next((vendor for vendor in self._accounts.vendors() if vendor.key == account.vendor), None)
        fields = vendor.fields if vendor is not None else ()
        return next((field.label for field in fields if field.kind is FieldKind.HOST), "")

    async def _reveal(self) -> None:
        sip = await self._with_password()
        if sip is not None and self.front:
            self._sheet.password.reveal(sip.password)

    async def _copy_password(self) -> None:
        sip = await self._with_password()
        if sip is not None:
            self.clipboard.copy(sip.password)
            self._sheet.say(f"Password copied. It is taken off the clipboard after {KEPT_MS // 1000} seconds.")

    async def _with_password(self) -> SipAccount | None:
        """Give the chosen SIP account with its password; None when it is no longer the chosen one, or has none."""
        choice, sip = self._lists.choice, self._lists.chosen
        if choice is None or sip is None:
            return None
        if not sip.password:
            sip = await self._sip.get(choice.account, sip.id, acting_for=choice.acting_for)
            if choice is not self._lists.choice or sip.id != self._page.table.current:
                return None
            self._lists.keep(sip)
        if not sip.password:
            self._sheet.say("The service does not tell this password.")
            return None
        return sip

    def _copy(self, key: str) -> None:
        if key == model.PASSWORD:
            self._tasks.start(PASSWORD_TASK, self._copy_password)
            return
        line = self._sheet.values.get(key)
        if line is not None and line.text():
            self._page.copy(line.text())
            self._sheet.say(f"{line.accessibleName()} copied.")
