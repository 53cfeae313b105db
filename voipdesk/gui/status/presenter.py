"""What the status pane's buttons do."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from voipdesk.core.credit import HasBalance
from voipdesk.core.errors import VoipdeskError
from voipdesk.core.language import N_, _
from voipdesk.core.status import HasStatus
from voipdesk.gui.status import model
from voipdesk.gui.status.view import StatusView
from voipdesk.gui.widgets.history_chart import Bar
from voipdesk.gui.words import now

if TYPE_CHECKING:
    from datetime import datetime

    from voipdesk.core.accounts import Account
    from voipdesk.core.credit import Balance
    from voipdesk.gui.messages import Messages
    from voipdesk.gui.tasks import Tasks
    from voipdesk.gui.theme import Theme
    from voipdesk.services.accounts import Accounts
    from voipdesk.services.events import Event
    from voipdesk.services.schedule import ScheduleState
    from voipdesk.services.status import Status, StatusReport

_FRESH = timedelta(minutes=5)
"""A look younger than this is not repeated by coming to the pane: requests are scarce."""
_TOPIC = "status"


class StatusPane:
    """Shows how one account's service is; looks again when asked, and when what is known is old."""

    key = "status"
    title = N_("Status")
    icon = "status"
    badge = ""

    def __init__(
        self,
        status: Status,
        accounts: Accounts,
        schedule_changed: Event[ScheduleState],
        tasks: Tasks,
        messages: Messages,
        theme: Theme,
    ) -> None:
        self._status = status
        self._accounts = accounts
        self._tasks = tasks
        self._messages = messages
        self._account_shown = ""
        self._balances: dict[str, tuple[Balance, datetime]] = {}
        """By account id, what was read in this run, and when."""
        self.view = StatusView(theme)
        self.view.look_asked.connect(self.refresh)
        self.view.account_picked.connect(lambda _id: self._come())
        self._front = False
        self._unsubscribe = (
            accounts.changed.subscribe(self._accounts_changed),
            schedule_changed.subscribe(self._schedule_changed),
        )

    @property
    def widget(self) -> StatusView:
        """What it shows."""
        return self.view

    @property
    def account(self) -> str:
        """The id of the account it shows."""
        return self.view.account

    def shown(self) -> None:
        """Show what is known, and look again if that is old."""
        self._front = True
        self._come()

    def hidden(self) -> None:
        """Rest; a look under way is kept."""
        self._front = False

    def refresh(self) -> None:
        """Ask the service; a second press while one is under way does nothing."""
        if not self._tasks.running("status: look"):
            self._tasks.start("status: look", self._look)

    def close(self) -> None:
        """Let go of the services."""
        for unsubscribe in self._unsubscribe:
            unsubscribe()

    def _accounts_changed(self, _none: None) -> None:
        self._tasks.start("status: accounts", self._offer)

    def _schedule_changed(self, state: ScheduleState) -> None:
        if self._front and state.account_id == self.view.account:
            self._tasks.restart("status: stored", self._show_stored)

    def _come(self) -> None:
        self._tasks.restart("status: stored", self._show_stored)

    async def _offer(self) -> Account | None:
        accounts = [account for account in self._accounts.list() if self._accounts.offers(account, HasStatus)]
        self.view.show_accounts([(account.id, account.name) for account in accounts], self.view.account)
        return next((account for account in accounts if account.id == self.view.account), None)

    async def _show_stored(self) -> None:
        account = await self._offer()
        if account is None:
            return
        report = await self._status.report(account)
        await self._show(account, report)
        old = report.sample is None or now() - report.sample.at > _FRESH
        if old and report.budget.left_for_background:
            self.refresh()

    async def _look(self) -> None:
        account = await self._offer()
        if account is None:
            return
        self.view.set_busy(busy=True)
        try:
            report = await self._status.look(account)
        except VoipdeskError as error:
            self._messages.error(error, (_("Look again"), self.refresh), _TOPIC)
            return
        finally:
            self.view.set_busy(busy=False)
        if account.id == self.view.account:
            await self._show(account, report)
        if report.error is not None:
            self._messages.error(report.error, (_("Look again"), self.refresh), _TOPIC)
        else:
            self._messages.dismiss(_TOPIC)

    async def _show(self, account: Account, report: StatusReport) -> None:
        self.view.show_facts([*model.facts(report), *self._balance(account, report)])
        self.view.show_sync(model.sync_rows(report))
        if report.service is not None:
            self.view.show_report(report.service.text, report.service.columns, report.service.rows)
        elif account.id != self._account_shown:
            self.view.show_report("", (), ())
        self._account_shown = account.id
        history = await self._status.history(account)
        bars = [
            Bar(sample.latency_ms if sample.answered else None, ", ".join(model.history_row(sample)[:2]))
            for sample in reversed(history)
        ]
        self.view.show_history([model.history_row(sample) for sample in history], bars)

    def _balance(self, account: Account, report: StatusReport) -> list[model.Fact]:
        if not self._accounts.offers(account, HasBalance):
            return []
        if report.balance is not None and report.sample is not None:
            self._balances[account.id] = (report.balance, report.sample.at)
        balance, at = self._balances.get(account.id, (None, None))
        return [model.balance_fact(balance, at, report.balance_error)]
