"""What the customers pane's buttons do: the pane as the window knows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from voipdesk.core.credit import CanMoveCredit
from voipdesk.core.customers import CanActFor, HasCustomers
from voipdesk.core.errors import BadInput
from voipdesk.core.language import N_, _
from voipdesk.core.sip import HasSipAccounts
from voipdesk.gui.customers.create_presenter import CreatePresenter
from voipdesk.gui.customers.credit_page import CreditPage
from voipdesk.gui.customers.credit_presenter import CreditPresenter
from voipdesk.gui.customers.details_presenter import DetailsPresenter
from voipdesk.gui.customers.edit_presenter import EditPresenter
from voipdesk.gui.customers.facts import title
from voipdesk.gui.customers.lists_presenter import ListsPresenter
from voipdesk.gui.customers.view import CustomersView
from voipdesk.gui.messages import Level
from voipdesk.gui.theme import Tone
from voipdesk.gui.widgets.saying import Saying

if TYPE_CHECKING:
    from collections.abc import Callable

    from voipdesk.core.accounts import Account
    from voipdesk.core.customers import Customer
    from voipdesk.gui.messages import Messages
    from voipdesk.gui.tasks import Tasks
    from voipdesk.gui.theme import Theme
    from voipdesk.services.accounts import Accounts
    from voipdesk.services.credit import Credit
    from voipdesk.services.customers import Customers

_TOPIC = "customers"


class CustomersPane:
    """Ties the pages together; asks the service for nothing before it is shown."""

    key = "customers"
    title = N_("Customers")
    icon = "customers"
    badge = ""

    def __init__(
        self,
        customers: Customers,
        credit: Credit,
        accounts: Accounts,
        tasks: Tasks,
        messages: Messages,
        theme: Theme,
        act_for: Callable[[str, str], None],
    ) -> None:
        self._accounts = accounts
        self._tasks = tasks
        self._messages = messages
        self._act_for = act_for
        self._front = False
        self._offered: dict[str, Account] = {}
        self.view = view = CustomersView(theme)
        browse = view.browse
        self._lists = ListsPresenter(browse, customers, tasks, messages, lambda: self._account)
        self._details = DetailsPresenter(browse.details, customers, credit, tasks)
        self._create = CreatePresenter(view.create_form, customers, tasks, self._created, self._to_list)
        self._edit = EditPresenter(view, customers, tasks, messages, self._edited)
        self._credit_page = CreditPage(theme)
        view.add_page(self._credit_page)
        self._credit = CreditPresenter(
            self._credit_page, credit, customers, tasks, messages, lambda: self._edited(changed=True)
        )
        browse.account_picked.connect(self._change_account)
        browse.new_asked.connect(self._begin_create)
        browse.draft_asked.connect(self._to_draft)
        browse.copy_asked.connect(self._copy_name)
        browse.customers.table.current_changed.connect(self._pick)
        browse.details.edit_asked.connect(self._begin_edit)
        browse.details.credit_asked.connect(self._begin_credit)
        browse.details.sip_asked.connect(self._to_sip)
        self._unsubscribe = (
            accounts.changed.subscribe(self._accounts_changed),
            customers.changed.subscribe(self._changed),
        )

    # What the window asks

    @property
    def widget(self) -> CustomersView:
        """What it shows."""
        return self.view

    @property
    def account(self) -> str:
        """The id of the account it shows."""
        return self.view.browse.account

    def shown(self) -> None:
        """List the customers, if they were not read yet; a form that is not finished stays in front."""
        self._front = True
        self._offer()
        if self.view.page is self.view.browse:
            self._lists.load(fresh=False)
            self.view.browse.begin()

    def hidden(self) -> None:
        """Hide passwords; keep the rest."""
        self._front = False
        self.view.browse.details.hide_secrets()

    def refresh(self) -> None:
        """Read anew what is in front; a form stays as it is."""
        browse = self.view.browse
        if self.view.page is not browse:
            return
        if browse.list is browse.stores:
            self._lists.load_stores(fresh=True)
        else:
            self._lists.load(fresh=True)
            self._details.again()

    def search(self) -> None:
        """Go to the list's search field; a form that is not finished waits."""
        self._to_list()

    def close(self) -> None:
        """Let go of the services."""
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        self._credit.close()

    # Accounts

    @property
    def _account(self) -> Account | None:
        return self._offered.get(self.view.browse.account)

    def _offer(self) -> None:
        """Offer the accounts that have customers; none while the settings cannot be read, as the accounts pane says."""
        try:
            accounts = self._accounts.list()
        except BadInput:
            accounts = ()
        able = [account for account in accounts if self._accounts.offers(account, HasCustomers)]
        self._offered = {account.id: account for account in able}
        browse = self.view.browse
        browse.show_accounts([(account.id, account.name) for account in able], browse.account)
        self._offer_abilities()

    def _accounts_changed(self, _none: None) -> None:
        self._tasks.start("customers: accounts", self._offer_anew)

    async def _offer_anew(self) -> None:
        before = self.view.browse.account
        self._offer()
        if self.view.browse.account != before:
            self._change_account()

    def _offer_abilities(self) -> None:
        self.view.browse.details.offer(
            credit=self._offers(CanMoveCredit), sip=self._offers(CanActFor) and self._offers(HasSipAccounts)
        )

    def _offers(self, capability: type) -> bool:
        account = self._account
        return account is not None and self._accounts.offers(account, capability)

    def _change_account(self) -> None:
        self._offer_abilities()
        self._details.pick_none()
        self._lists.load(fresh=False)
        if self.view.browse.list is self.view.browse.stores:
            self._lists.load_stores(fresh=False)

    def _changed(self, account_id: str) -> None:
        if self._front and self.view.page is self.view.browse:
            self._lists.follow(account_id)

    # The list and the one that is picked

    def _pick(self, customer_id: str) -> None:
        account, listed = self._account, self._lists.customer(customer_id)
        if account is None or listed is None:
            self._details.pick_none()
        else:
            self._details.pick(account, listed, with_balance=self._offers(CanMoveCredit))

    def _copy_name(self) -> None:
        if self._details.picked is not None:
            QGuiApplication.clipboard().setText(self._details.picked.name)

    def _to_sip(self) -> None:
        account, picked = self._account, self._details.picked
        if account is not None and picked is not None:
            self._act_for(account.id, picked.name)

    def _to_list(self) -> None:
        self.view.show_page(self.view.browse)
        self._show_draft()
        self._lists.load(fresh=False)
        self.view.browse.begin()

    # Forms

    def _begin_create(self) -> None:
        if self._account is not None:
            self._create.open(self._account)
            self.view.show_page(self.view.create_form)

    def _created(self, account: Account, customer: Customer) -> None:
        self._messages.show(
            Level.GOOD, _("The customer {name} is there.", name=title(customer)), customer.name, topic=_TOPIC
        )
        self.view.show_page(self.view.browse)
        self._show_draft()
        if account is self._account:
            self._lists.load(fresh=False, pick=customer.id)

    def _begin_edit(self) -> None:
        if self._account is not None and self._details.customer is not None:
            self._edit.open(self._account, self._details.customer)

    def _begin_credit(self) -> None:
        if self._account is not None and self._details.customer is not None:
            self._credit.open(self._account, self._details.customer)
            self.view.show_page(self._credit_page)

    def _edited(self, changed: bool) -> None:
        """Go back to the list; what changed is read anew."""
        self.view.show_page(self.view.browse)
        self._show_draft()
        picked = self._details.picked
        self._lists.load(fresh=False, pick=picked.id if picked else "")
        if changed:
            self._details.again()

    def _show_draft(self) -> None:
        kept, back = _("What you typed is kept until you cancel it."), _("Back to the form")
        if self._create.unfinished:
            saying = Saying(Tone.TEXT, _("A new customer is not created yet."), kept, back)
        elif whom := self._edit.unfinished:
            saying = Saying(Tone.TEXT, _("Your changes of {name} are not saved.", name=whom), kept, back)
        else:
            saying = None
        self.view.browse.show_draft(saying)

    def _to_draft(self) -> None:
        if self._create.unfinished:
            self.view.show_page(self.view.create_form)
        else:
            self._edit.go_on()
