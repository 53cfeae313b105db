"""What the SIP accounts pane's buttons do: the pane as the window knows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.core.errors import BadInput
from voipdesk.core.language import N_
from voipdesk.core.sip import CanManageSipAccounts, HasSipAccounts, HasSipRegistration
from voipdesk.gui.sip.account_presenter import AccountPresenter
from voipdesk.gui.sip.check_presenter import CheckPresenter
from voipdesk.gui.sip.choice import Choice
from voipdesk.gui.sip.handover_presenter import HandoverPresenter
from voipdesk.gui.sip.list_presenter import ListPresenter
from voipdesk.gui.sip.names_presenter import NAMES, NamesPresenter
from voipdesk.gui.sip.registration_presenter import RegistrationPresenter
from voipdesk.gui.sip.setup_presenter import SetupPresenter
from voipdesk.gui.sip.sheet_presenter import PASSWORD_TASK, SheetPresenter
from voipdesk.gui.sip.softphone_presenter import SETTINGS, SoftphonePresenter
from voipdesk.gui.sip.view import SipView

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from voipdesk.core.accounts import Account
    from voipdesk.core.budget import Budget
    from voipdesk.gui.messages import Messages
    from voipdesk.gui.tasks import Tasks
    from voipdesk.gui.theme import Theme
    from voipdesk.services.accounts import Accounts
    from voipdesk.services.customers import Customers
    from voipdesk.services.sip import Sip
    from voipdesk.services.sip_check import SipCheck
    from voipdesk.services.sip_setup import SipSetup

_ACCOUNTS = "sip: accounts"


class SipPane:
    """Shows SIP accounts of one account or of the customer it acts for, never of another than it says."""

    key = "sip"
    title = N_("SIP accounts")
    icon = "sip"
    badge = ""

    def __init__(
        self,
        sip: Sip,
        customers: Customers,
        accounts: Accounts,
        budget: Callable[[Account], Awaitable[Budget]],
        setup: Callable[[], SipSetup],
        check: Callable[[], SipCheck],
        tasks: Tasks,
        messages: Messages,
        theme: Theme,
    ) -> None:
        self._sip = sip
        self._accounts = accounts
        self._tasks = tasks
        self.view = SipView(theme)
        page = self._page = self.view.browse
        self._lists = ListPresenter(page, sip, customers, tasks, messages)
        self._sheet = SheetPresenter(page, self._lists, sip, accounts, tasks)
        self._names = NamesPresenter(page, self._lists, sip, customers, tasks)
        self._registrations = RegistrationPresenter(page, self._lists, sip, tasks, budget)
        self._lists.status_of = self._registrations.status_of
        self._changes = AccountPresenter(self.view, self._lists, self._sheet, sip, tasks, messages)
        view = self.view
        self._handover = HandoverPresenter(view.handover, setup, tasks, messages, lambda: view.show_page(view.handover))
        self._setup = SetupPresenter(
            view.setup, setup, tasks, messages, lambda: view.show_page(view.setup), self._handover.open
        )
        self._check = CheckPresenter(view.check, check, tasks, messages, lambda: view.show_page(view.check))
        self._softphones = SoftphonePresenter(
            self.view,
            self._lists,
            self._sheet,
            sip,
            tasks,
            messages,
            set_up=self._setup.open,
            check=self._check.open,
        )
        view.handover.left.connect(self._leave_handover)
        for page_left in (view.setup.left, view.check.left):
            page_left.connect(self._leave)
        page.account_picked.connect(self._pick_account)
        page.acting.picked.connect(self._pick_customer)
        page.refresh_asked.connect(self.refresh)
        page.again_asked.connect(self.refresh)
        self._unsubscribe = (
            accounts.changed.subscribe(self._accounts_changed),
            customers.changed.subscribe(lambda _id: self._names.offer_known()),
            sip.changed.subscribe(self._changed),
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
        self._registrations.show()
        if self.view.page is self._page:
            self._page.begin()

    def hidden(self) -> None:
        """Hide what is secret; a list under way is kept."""
        self._sheet.hide()
        self.view.settings.hide_password()
        self._registrations.hide()

    def refresh(self) -> None:
        """Read again whose list it is; a second press while it is read does nothing, and a form stays as it is."""
        if self.view.page is self._page:
            self._lists.refresh()

    def search(self) -> None:
        """Go to the list's search field; a form that is not finished waits, and a check or a hand-over ends."""
        self._to_list()
        self._page.search.begin()

    def act_for(self, account_id: str, customer_name: str) -> None:
        """Show the SIP accounts of a customer of an account."""
        account = next((account for account in self._usable() if account.id == account_id), None)
        if account is not None:
            self._to_list()
            self._offer(account)
            self._switch(account, customer_name)

    def close(self) -> None:
        """Let go of the services, and leave no password on the clipboard."""
        self._sheet.clipboard.forget()
        for unsubscribe in self._unsubscribe:
            unsubscribe()

    def _leave_handover(self) -> None:
        self._handover.forget()
        self.view.show_page(self.view.setup)
        self.view.setup.hand_over.setFocus()

    def _leave(self) -> None:
        """Go back to where a softphone was to be set up or checked."""
        self._forget()
        self._softphones.back()

    def _to_list(self) -> None:
        self._forget()
        self._changes.show_list()

    def _forget(self) -> None:
        """End what goes on for a softphone, and keep no password for it."""
        for part in (self._setup, self._handover, self._check):
            part.forget()

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
            self._lists.refresh()

    def _changed(self, account_id: str) -> None:
        choice = self._lists.choice
        if choice is not None and choice.account.id == account_id:
            self._lists.read_again()

    def _offer(self, account: Account | None) -> None:
        self._page.show_accounts([(a.id, a.name) for a in self._usable()], account.id if account else "")
        self._page.show_acting(offered=account is not None and self._sip.can_act_for(account))
        managed = account is not None and self._accounts.offers(account, CanManageSipAccounts)
        self._lists.one_by_one = account is not None and self._accounts.offers(account, HasSipRegistration)
        self._page.offer(managed=managed, asks_status=self._lists.one_by_one)

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
        for name in (PASSWORD_TASK, NAMES, SETTINGS):
            self._tasks.cancel(name)
        self._lists.switch(Choice(account, acting_for))
        self._names.offer_known()
