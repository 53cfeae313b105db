"""What the SIP accounts pane's buttons do: the pane as the window knows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.core.errors import BadInput
from voipdesk.core.sip import HasSipAccounts
from voipdesk.gui.sip.choice import Choice
from voipdesk.gui.sip.list_presenter import ListPresenter
from voipdesk.gui.sip.names_presenter import NAMES, NamesPresenter
from voipdesk.gui.sip.sheet_presenter import PASSWORD_TASK, SheetPresenter
from voipdesk.gui.sip.view import SipView

if TYPE_CHECKING:
    from voipdesk.core.accounts import Account
    from voipdesk.gui.messages import Messages
    from voipdesk.gui.tasks import Tasks
    from voipdesk.gui.theme import Theme
    from voipdesk.services.accounts import Accounts
    from voipdesk.services.customers import Customers
    from voipdesk.services.sip import Sip

_ACCOUNTS = "sip: accounts"


class SipPane:
    """Shows SIP accounts of one account or of the customer it acts for, never of another than it says."""

    key = "sip"
    title = "SIP accounts"
    icon = "sip"
    badge = ""

    def __init__(
        self, sip: Sip, customers: Customers, accounts: Accounts, tasks: Tasks, messages: Messages, theme: Theme
    ) -> None:
        self._sip = sip
        self._accounts = accounts
        self._tasks = tasks
        self.view = SipView(theme)
        page = self._page = self.view.browse
        self._lists = ListPresenter(page, sip, customers, tasks, messages)
        self._sheet = SheetPresenter(page, self._lists, sip, accounts, tasks)
        self._names = NamesPresenter(page, self._lists, sip, customers, tasks)
        page.account_picked.connect(self._pick_account)
        page.acting.picked.connect(self._pick_customer)
        page.refresh_asked.connect(self.refresh)
        page.again_asked.connect(self.refresh)
        self._unsubscribe = (
            accounts.changed.subscribe(self._accounts_changed),
            customers.changed.subscribe(lambda _id: self._names.offer_known()),
        )

    # What the window asks

    @property
    def widget(self) -> SipView:
        """What it shows."""
        return self.view

    @property
    def account(self) -> str:
        """The id of the account it shows."""
        return self._page.account

    def shown(self) -> None:
        """Read the list when there is none yet or it is old; give the focus to the search field."""
        self._sheet.front = True
        self._tasks.start(_ACCOUNTS, self._come)
        self._page.search.setFocus()

    def hidden(self) -> None:
        """Hide what is secret; a list under way is kept."""
        self._sheet.hide()

    def refresh(self) -> None:
        """Read again whose list it is; a second press while it is read does nothing."""
        self._lists.refresh()

    def search(self) -> None:
        """Give the focus to the search field."""
        self._page.search.begin()

    def act_for(self, account_id: str, customer_name: str) -> None:
        """Show the SIP accounts of a customer of an account."""
        account = next((account for account in self._usable() if account.id == account_id), None)
        if account is not None:
            self._offer(account)
            self._switch(account, customer_name)

    def close(self) -> None:
        """Let go of the services, and leave no password on the clipboard."""
        self._sheet.clipboard.forget()
        for unsubscribe in self._unsubscribe:
            unsubscribe()

    # Whose list

    def _usable(self) -> list[Account]:
        """Give the accounts that have SIP accounts; none while the settings cannot be read."""
        try:
            accounts = self._accounts.list()
        except BadInput:
            return []
        return [account for account in accounts if self._accounts.offers(account, HasSipAccounts)]

    def _accounts_changed(self, _none: None) -> None:
        self._tasks.start(_ACCOUNTS, self._come)

    async def _come(self) -> None:
        """Follow what became of the accounts, and read what is not known or old."""
        usable = self._usable()
        before = self._lists.choice
        account = next((a for a in usable if before is not None and a.id == before.account.id), None)
        if account is None and usable:
            account = usable[0]
        self._offer(account)
        if account is None:
            self._lists.clear()
        elif before is None or account != before.account:
            same = before is not None and account.id == before.account.id
            self._switch(account, before.acting_for if before is not None and same else "")
        elif self._sheet.front and self._lists.old:
            self.refresh()

    def _offer(self, account: Account | None) -> None:
        self._page.show_accounts([(a.id, a.name) for a in self._usable()], account.id if account else "")
        self._page.show_acting(offered=account is not None and self._sip.can_act_for(account))

    def _pick_account(self, account_id: str) -> None:
        account = next((account for account in self._usable() if account.id == account_id), None)
        if account is not None:
            self._offer(account)
            self._switch(account, "")

    def _pick_customer(self, name: str) -> None:
        choice = self._lists.choice
        if choice is not None:
            self._switch(choice.account, name)

    def _switch(self, account: Account, acting_for: str) -> None:
        for name in (PASSWORD_TASK, NAMES):
            self._tasks.cancel(name)
        self._lists.switch(Choice(account, acting_for))
        self._names.offer_known()
