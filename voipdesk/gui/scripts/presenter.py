"""What the call scripts pane's buttons do: the pane as the window knows it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from voipdesk.core.errors import BadInput, VoipdeskError
from voipdesk.core.language import N_, _
from voipdesk.core.scripts import HasScripts
from voipdesk.gui.scripts import model
from voipdesk.gui.scripts.edit_presenter import EditPresenter
from voipdesk.gui.scripts.test_presenter import TestPresenter
from voipdesk.gui.scripts.view import ScriptsView
from voipdesk.gui.words import now

if TYPE_CHECKING:
    from voipdesk.core.accounts import Account
    from voipdesk.core.scripts import Script
    from voipdesk.gui.messages import Messages
    from voipdesk.gui.tasks import Tasks
    from voipdesk.gui.theme import Theme
    from voipdesk.services.accounts import Accounts
    from voipdesk.services.scripts import ScriptList, Scripts

_FRESH = timedelta(minutes=5)
"""A list younger than this is not read again by coming to the pane."""
_ACCOUNTS, _READ = "scripts: accounts", "scripts: read"
_TOPIC = "scripts"


class ScriptsPane:
    """Shows the scripts of one account; asks the service for nothing before it is shown."""

    key = "scripts"
    title = N_("Call scripts")
    icon = "scripts"
    badge = ""

    def __init__(self, scripts: Scripts, accounts: Accounts, tasks: Tasks, messages: Messages, theme: Theme) -> None:
        self._scripts = scripts
        self._accounts = accounts
        self._tasks = tasks
        self._messages = messages
        self._front = False
        self._reading: object = None
        """Stands for the list that is being read, None while none is."""
        self._account: Account | None = None
        self._list: ScriptList | None = None
        self.view = ScriptsView(theme)
        page = self._page = self.view.browse
        self._tests = TestPresenter(self.view, scripts, tasks)
        self._edits = EditPresenter(self.view, scripts, self._tests, tasks, messages, self._read_again)
        page.account_picked.connect(self._pick_account)
        page.refresh_asked.connect(self.refresh)
        page.new_asked.connect(self._begin)
        page.test_asked.connect(self._test)
        page.edit_asked.connect(self._edit)
        page.delete_asked.connect(self._delete)
        page.copy_asked.connect(self._copy)
        self._unsubscribe = (
            accounts.changed.subscribe(self._accounts_changed),
            scripts.changed.subscribe(self._changed),
        )

    # What the window asks

    @property
    def widget(self) -> ScriptsView:
        """What it shows."""
        return self.view

    @property
    def account(self) -> str:
        """The id of the account it shows."""
        return self._page.account

    def shown(self) -> None:
        """Read the list when there is none yet or it is old; give the focus to the search field."""
        self._front = True
        self._tasks.start(_ACCOUNTS, self._come)
        if self.view.page is self._page:
            self._page.begin()

    def hidden(self) -> None:
        """Keep what is there."""
        self._front = False

    def refresh(self) -> None:
        """Read the list again; a second press while it is read does nothing, and a form stays as it is."""
        if self.view.page is self._page and self._reading is None:
            self._read_again()

    def search(self) -> None:
        """Go to the list's search field; a form that is not finished waits."""
        self._edits.show_list()
        self._page.search.begin()

    def close(self) -> None:
        """Let go of the services."""
        for unsubscribe in self._unsubscribe:
            unsubscribe()

    # The list

    def _usable(self) -> list[Account]:
        """Give the accounts that have scripts; none while the settings cannot be read."""
        try:
            accounts = self._accounts.list()
        except BadInput:
            return []
        return [account for account in accounts if self._accounts.offers(account, HasScripts)]

    def _accounts_changed(self, _none: None) -> None:
        self._tasks.start(_ACCOUNTS, self._come)

    async def _come(self) -> None:
        """Follow what became of the accounts, and read what is not known or old."""
        usable, before = self._usable(), self._account
        account = next((a for a in usable if before is not None and a.id == before.id), usable[0] if usable else None)
        self._page.show_accounts([(a.id, a.name) for a in usable], account.id if account else "")
        if account != before:
            self._switch(account)
        elif self._front and account is not None and (self._list is None or now() - self._list.at > _FRESH):
            self.refresh()

    def _pick_account(self, account_id: str) -> None:
        account = next((account for account in self._usable() if account.id == account_id), None)
        if account is not None:
            self._switch(account)

    def _switch(self, account: Account | None) -> None:
        self._account, self._list = account, None
        self._set_reading(None)
        self._messages.dismiss(_TOPIC)
        self._page.clear()
        self._read_again()

    def _changed(self, account_id: str) -> None:
        if self._account is not None and self._account.id == account_id:
            self._read_again()

    def _read_again(self) -> None:
        if self._account is not None:
            self._tasks.start(_READ, self._read, self._account)

    async def _read(self, account: Account) -> None:
        mine = object()
        self._set_reading(mine)
        try:
            found = await self._scripts.list(account)
        except VoipdeskError as error:
            if account is self._account:
                self._show_failure(error)
            return
        finally:
            if self._reading is mine:  # no other list is read in its place
                self._set_reading(None)
        if account is not self._account:
            return
        self._list = found
        self._messages.dismiss(_TOPIC)
        records = [model.record(script) for script in found.scripts]
        self._page.show_records(records, model.as_of(account.name, len(records), found.at))
        if len(records) == 1:
            self._page.table.pick(records[0].id)

    def _set_reading(self, reading: object) -> None:
        self._reading = reading
        self._page.set_busy(busy=reading is not None)

    def _show_failure(self, error: VoipdeskError) -> None:
        if self._list is not None:
            self._messages.error(error, (_("Read again"), self.refresh), _TOPIC)
        else:
            self._page.show_failure(str(error))

    # The one that is chosen

    @property
    def _chosen(self) -> tuple[Account, Script] | None:
        scripts = self._list.scripts if self._list is not None else ()
        script = next((one for one in scripts if one.id == self._page.table.current), None)
        return (self._account, script) if self._account is not None and script is not None else None

    def _begin(self) -> None:
        if self._account is not None:
            self._edits.begin(self._account)

    def _test(self) -> None:
        if self._chosen is not None:
            account, script = self._chosen
            self._tests.open(account, script.url, self._back_to_list)

    def _back_to_list(self) -> None:
        self._edits.show_list()
        self._page.test.setFocus()

    def _edit(self) -> None:
        if self._chosen is not None:
            self._edits.edit(*self._chosen)

    def _delete(self) -> None:
        if self._chosen is not None:
            self._edits.delete(*self._chosen)

    def _copy(self) -> None:
        if self._chosen is not None:
            QGuiApplication.clipboard().setText(self._chosen[1].url)
