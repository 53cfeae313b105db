"""What the SIP accounts pane's buttons do."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from voipdesk.core.accounts import FieldKind
from voipdesk.core.errors import BadInput, VoipdeskError
from voipdesk.core.sip import HasSipAccounts
from voipdesk.gui.sip import model
from voipdesk.gui.sip.view import SipView
from voipdesk.gui.widgets.secret_clipboard import KEPT_MS, SecretClipboard
from voipdesk.gui.words import now

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from voipdesk.core.accounts import Account
    from voipdesk.core.sip import SipAccount
    from voipdesk.gui.messages import Messages
    from voipdesk.gui.tasks import Tasks
    from voipdesk.gui.theme import Theme
    from voipdesk.services.accounts import Accounts
    from voipdesk.services.customers import CustomerList, Customers
    from voipdesk.services.sip import Sip, SipList

_FRESH = timedelta(minutes=5)
"""A list younger than this is not read again by coming to the pane."""
STATUSES_AFTER_S = 0.03
"""Seconds by which the list's request goes ahead of that for the statuses."""
_TOPIC = "sip"


@dataclass(frozen=True, slots=True, eq=False)
class _Choice:
    """Whose SIP accounts are wanted; each time they are chosen it is another one, so that late answers are known."""

    account: Account
    acting_for: str = ""


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
        self._customers = customers
        self._accounts = accounts
        self._tasks = tasks
        self._messages = messages
        self._choice: _Choice | None = None
        self._list: SipList | None = None
        self._by_id: dict[str, SipAccount] = {}
        self._statuses: Mapping[str, str] = {}
        self._offered: CustomerList | None = None
        """Whose names can be chosen."""
        self._front = False
        self.view = SipView(theme)
        self.clipboard = SecretClipboard(self.view)
        self._bind()
        self._unsubscribe = (
            accounts.changed.subscribe(lambda _none: self._start("sip: accounts", self._come)),
            customers.changed.subscribe(lambda _id: self._offer_known_names()),
        )

    # What the window asks

    @property
    def widget(self) -> SipView:
        """What it shows."""
        return self.view

    @property
    def account(self) -> str:
        """The id of the account it shows."""
        return self.view.account

    def shown(self) -> None:
        """Read the list when there is none yet or it is old; give the focus to the search field."""
        self._front = True
        self._start("sip: accounts", self._come)
        self.view.search.setFocus()

    def hidden(self) -> None:
        """Hide what is secret; a list under way is kept."""
        self._front = False
        self._tasks.cancel("sip: password")
        self.view.sheet.password.hide_secret()

    def refresh(self) -> None:
        """Read again whose list it is; a second press while it is read does nothing."""
        if self._choice is not None and not self._tasks.running("sip: read"):
            self._read(self._choice)

    def search(self) -> None:
        """Give the focus to the search field."""
        self.view.search.begin()

    def act_for(self, account_id: str, customer_name: str) -> None:
        """Show the SIP accounts of a customer of an account."""
        account = next((account for account in self._usable() if account.id == account_id), None)
        if account is not None:
            self._offer(account)
            self._switch(account, customer_name)

    def close(self) -> None:
        """Let go of the services, and leave no password on the clipboard."""
        self.clipboard.forget()
        for unsubscribe in self._unsubscribe:
            unsubscribe()

    # Whose list

    def _bind(self) -> None:
        view = self.view
        view.account_picked.connect(self._pick_account)
        view.acting.picked.connect(self._pick_customer)
        view.acting.names_wanted.connect(self._want_names)
        view.refresh_asked.connect(self.refresh)
        view.again_asked.connect(self.refresh)
        view.table.current_changed.connect(self._pick)
        view.sheet.reveal_asked.connect(lambda: self._start("sip: password", self._reveal))
        view.sheet.copy_asked.connect(self._copy)
        self.clipboard.cleared.connect(lambda: view.sheet.say(""))

    def _start(self, name: str, function: Callable[[], Awaitable[None]]) -> None:
        self._tasks.start(name, function)

    def _usable(self) -> list[Account]:
        """Give the accounts that have SIP accounts; none while the settings cannot be read."""
        try:
            accounts = self._accounts.list()
        except BadInput:
            return []
        return [account for account in accounts if self._accounts.offers(account, HasSipAccounts)]

    async def _come(self) -> None:
        """Follow what became of the accounts, and read what is not known or old."""
        usable = self._usable()
        before = self._choice
        account = next((a for a in usable if before is not None and a.id == before.account.id), None)
        if account is None and usable:
            account = usable[0]
        self._offer(account)
        if account is None:
            self._choice, self._list, self._by_id = None, None, {}
            self.view.clear()
            self.view.show_whose(model.NOBODY)
        elif before is None or account != before.account:
            same = before is not None and account.id == before.account.id
            self._switch(account, before.acting_for if before is not None and same else "")
        elif self._front and (self._list is None or now() - self._list.at > _FRESH):
            self.refresh()

    def _offer(self, account: Account | None) -> None:
        self.view.show_accounts([(a.id, a.name) for a in self._usable()], account.id if account else "")
        self.view.show_acting(offered=account is not None and self._sip.can_act_for(account))

    def _pick_account(self, account_id: str) -> None:
        account = next((account for account in self._usable() if account.id == account_id), None)
        if account is not None:
            self._offer(account)
            self._switch(account, "")

    def _pick_customer(self, name: str) -> None:
        if self._choice is not None:
            self._switch(self._choice.account, name)

    def _switch(self, account: Account, acting_for: str) -> None:
        """Show nothing of the choice before from now on, and begin at once to read what was chosen."""
        self._choice = choice = _Choice(account, acting_for)
        for name in ("sip: password", "sip: statuses", "sip: names"):
            self._tasks.cancel(name)
        self._list, self._by_id, self._statuses = None, {}, {}
        self._messages.dismiss(_TOPIC)
        self.view.clear()
        self.view.acting.show_name(acting_for)
        self._offer_known_names()
        self._read(choice)

    def _read(self, choice: _Choice) -> None:
        if self._list is None:
            whose = model.reading(choice.acting_for, choice.account.name)
        else:
            whose = self._whose(self._list, choice, busy=True)
        self.view.show_whose(whose)
        self._tasks.start("sip: read", self._read_list, choice)
        self._tasks.start("sip: statuses", self._read_statuses, choice)

    async def _read_list(self, choice: _Choice) -> None:
        try:
            found = await self._sip.list(choice.account, acting_for=choice.acting_for)
        except VoipdeskError as error:
            if choice is self._choice:
                self._tasks.cancel("sip: statuses")
                await self._show_failure(choice, error)
            return
        if choice is not self._choice:
            return
        self._list = found
        self._by_id = {account.id: account for account in found.accounts}
        self._messages.dismiss(_TOPIC)
        self.view.show_whose(self._whose(found, choice))
        self._show_rows()
        if len(found.accounts) != 1 or self.view.table.current:
            self._show_sheet(self.view.table.current)
            return
        await asyncio.sleep(0)  # the list is painted before the sheet is laid out
        if choice is self._choice:
            self.view.table.pick(found.accounts[0].id)

    async def _show_failure(self, choice: _Choice, error: VoipdeskError) -> None:
        if self._list is not None:
            self.view.show_whose(self._whose(self._list, choice))
            self._messages.error(error, ("Read again", self.refresh), _TOPIC)
            return
        known = self._customers.known(choice.account) if choice.acting_for else None
        names = [customer.name for customer in known.customers] if known is not None else []
        whose = model.unread(choice.acting_for, choice.account.name)
        self.view.show_whose(whose)
        text = await asyncio.to_thread(model.why, error, choice.acting_for, names)
        if choice is self._choice:
            self.view.show_failure(whose.title, text)

    async def _read_statuses(self, choice: _Choice) -> None:
        # What it takes to send this request would hold up the other one's answer.
        await asyncio.sleep(STATUSES_AFTER_S)
        try:
            statuses = await self._sip.statuses(choice.account, acting_for=choice.acting_for)
        except VoipdeskError as error:
            if choice is self._choice:
                self.view.status_note.setText(f"The status of the phones is not known: {error.message}")
            return
        if choice is self._choice:
            self._statuses = statuses
            self.view.status_note.setText("")
            if self._list is not None:
                self._show_rows()

    def _whose(self, found: SipList, choice: _Choice, *, busy: bool = False) -> model.Whose:
        return model.read(choice.acting_for, choice.account.name, len(found.accounts), found.at, busy=busy)

    def _show_rows(self) -> None:
        rows = [model.record(sip, self._statuses.get(sip.id, "")) for sip in self._by_id.values()]
        self.view.show_records(rows, model.nobody(self._choice.acting_for if self._choice else ""))

    # The names of customers

    def _want_names(self) -> None:
        choice = self._choice
        if choice is None or self._customers.known(choice.account) is not None:
            self._offer_known_names()
        elif not self._tasks.running("sip: names"):
            self._tasks.start("sip: names", self._read_names, choice)

    async def _read_names(self, choice: _Choice) -> None:
        await self._customers.list(choice.account)
        if self._choice is not None and self._choice.account == choice.account:
            self._offer_known_names()

    def _offer_known_names(self) -> None:
        choice = self._choice
        known = self._customers.known(choice.account) if choice and self._sip.can_act_for(choice.account) else None
        if known is not self._offered:  # thousands of them are not given anew at every switch
            self._offered = known
            self.view.acting.offer(sorted(customer.name for customer in known.customers) if known is not None else ())

    # The sheet

    def _pick(self, sip_id: str) -> None:
        self._tasks.cancel("sip: password")
        self._show_sheet(sip_id)

    def _show_sheet(self, sip_id: str) -> None:
        sip = self._by_id.get(sip_id)
        if sip is None or self._choice is None:
            self.view.sheet.clear()
            return
        fields = model.sheet(sip, self._domain_setting(self._choice.account))
        self.view.show_sheet(model.sheet_title(sip), fields, has_password=True)

    def _domain_setting(self, account: Account) -> str:
        """Give the label of the setting that the domain comes from, "" where the account has none."""
        vendor = next((vendor for vendor in self._accounts.vendors() if vendor.key == account.vendor), None)
        fields = vendor.fields if vendor is not None else ()
        return next((field.label for field in fields if field.kind is FieldKind.HOST), "")

    async def _reveal(self) -> None:
        sip = await self._with_password()
        if sip is not None and self._front:
            self.view.sheet.password.reveal(sip.password)

    async def _copy_password(self) -> None:
        sip = await self._with_password()
        if sip is not None:
            self.clipboard.copy(sip.password)
            self.view.sheet.say(f"Password copied. It is taken off the clipboard after {KEPT_MS // 1000} seconds.")

    async def _with_password(self) -> SipAccount | None:
        """Give the chosen SIP account with its password; None when it is no longer the chosen one, or has none."""
        choice, sip = self._choice, self._by_id.get(self.view.table.current)
        if choice is None or sip is None:
            return None
        if not sip.password:
            sip = await self._sip.get(choice.account, sip.id, acting_for=choice.acting_for)
            if choice is not self._choice or sip.id != self.view.table.current:
                return None
            self._by_id[sip.id] = sip
        if not sip.password:
            self.view.sheet.say("The service does not tell this password.")
            return None
        return sip

    def _copy(self, key: str) -> None:
        if key == model.PASSWORD:
            self._start("sip: password", self._copy_password)
            return
        line = self.view.sheet.values.get(key)
        if line is not None and line.text():
            self.view.copy(line.text())
            self.view.sheet.say(f"{line.accessibleName()} copied.")
