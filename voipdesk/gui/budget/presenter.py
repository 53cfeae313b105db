"""Keeps the status line true: once a second from what is known, from the archive when something happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from voipdesk.core.errors import OverBudget
from voipdesk.gui.words import count, day, now, until, when

if TYPE_CHECKING:
    from collections.abc import Callable

    from voipdesk.core.accounts import Account
    from voipdesk.core.budget import Budget
    from voipdesk.core.errors import VoipdeskError
    from voipdesk.gui.budget.view import StatusLine
    from voipdesk.gui.messages import Messages
    from voipdesk.gui.tasks import Tasks
    from voipdesk.services.desk import Desk
    from voipdesk.services.schedule import ScheduleState
    from voipdesk.services.status import StatusReport

_SECOND_MS = 1_000
_LOOK_EVERY = 10
"""Seconds between looks into the archive: other processes spend from the same budget."""


class BudgetPresenter(QObject):
    """Fills the status line for one account at a time."""

    def __init__(
        self, view: StatusLine, desk: Desk, tasks: Tasks, messages: Messages, open_accounts: Callable[[], None]
    ) -> None:
        super().__init__(view)
        self._messages = messages
        self._open_accounts = open_accounts
        self._failed: dict[str, VoipdeskError | None] = {}
        self._view = view
        self._desk = desk
        self._tasks = tasks
        self._known: dict[str, Account] = {}
        self._account_id = ""
        self._report: StatusReport | None = None
        self._ticks = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tick)
        view.account_picked.connect(self._pick)
        self._unsubscribe = [
            desk.accounts.changed.subscribe(lambda _none: self.show_accounts()),
            desk.schedule.changed.subscribe(self._schedule_changed),
            desk.dial.dialled.subscribe(lambda _record: self.look()),
        ]

    def start(self) -> None:
        """Begin; to be called on the running loop."""
        self.show_accounts()
        self._timer.start(_SECOND_MS)

    def stop(self) -> None:
        """Let go of the services."""
        self._timer.stop()
        for unsubscribe in self._unsubscribe:
            unsubscribe()

    def show_accounts(self) -> None:
        """Offer the accounts there are; the one shown stays, where it is still there."""
        self._tasks.start("budget: accounts", self._show_accounts)

    async def _show_accounts(self) -> None:
        accounts = self._desk.accounts.list()
        self._known = {account.id: account for account in accounts}
        if self._account is None:
            self._account_id = accounts[0].id if accounts else ""
        self._report = None
        self._view.show_accounts([(account.id, account.name) for account in accounts], self._account_id)
        self.look()

    def _schedule_changed(self, state: ScheduleState) -> None:
        """Say above the pane why a log is not kept up to date; a budget used up is the line's own to say."""
        topic = f"schedule {state.account_id}"
        if state.error is None or isinstance(state.error, OverBudget):
            self._messages.dismiss(topic)
        elif self._failed.get(state.account_id) is not state.error:
            self._messages.error(state.error, ("Open accounts", self._open_accounts), topic)
        self._failed[state.account_id] = state.error
        self.look()

    def look(self) -> None:
        """Read the account's budget and log state anew."""
        if self._account is None:
            self._view.show_budget("No account yet")
            self._view.show_log("")
        else:
            self._tasks.restart("budget", self._look)

    async def _look(self) -> None:
        if (account := self._account) is not None:
            report = await self._desk.status.report(account)
            if account is self._account:
                self._report = report
                self._show()

    def follow(self, account_id: str) -> None:
        """Show an account, as soon as it is among those there are."""
        if account_id in self._known:
            self._view.pick(account_id)
        else:
            self._account_id = account_id

    @property
    def _account(self) -> Account | None:
        return self._known.get(self._account_id)

    def _pick(self, account_id: str) -> None:
        self._account_id = account_id
        self._report = None
        self.look()

    def _tick(self) -> None:
        self._ticks += 1
        if self._ticks % _LOOK_EVERY == 0:
            self.look()
        else:
            self._show()

    def _show(self) -> None:
        if self._account is None or self._report is None:
            return
        state = self._desk.schedule.state(self._account.id)
        self._view.show_budget(budget_words(self._report.budget, state))
        self._view.show_log(log_words(self._report))


def budget_words(budget: Budget, state: ScheduleState) -> str:
    """Say what is left and what comes next: "87 of 100 requests left · next refresh in 40 s"."""
    if budget.closed_until is not None and budget.closed_until > now():
        left = f"no requests before {when(budget.closed_until)}"
    else:
        left = f"{budget.left} of {count(budget.limit.requests, 'request', 'requests')} left"
    if state.running:
        return f"{left} · {_running(state)}"
    if state.next_at is None:
        return left
    why = state.waiting_for.strip().rstrip(".")
    return f"{left} · next refresh {until(state.next_at)}" + (f": {why[:1].lower()}{why[1:]}" if why else "")


def _running(state: ScheduleState) -> str:
    if state.running == "refresh":
        return "refreshing …"
    oldest = state.progress.oldest if state.progress else None
    return f"reading older calls, back to {day(oldest.astimezone().date())}" if oldest else "reading older calls …"


def log_words(report: StatusReport) -> str:
    """Say how fresh the log is by its oldest source: "call log as of 14:02 · complete"."""
    progress = list(report.sync.values())
    stamps = [source.refreshed_at for source in progress]
    known = [stamp for stamp in stamps if stamp is not None]
    if not known:
        return "call log not fetched yet" if progress else ""
    words = f"call log as of {when(min(known))}"
    if len(known) < len(stamps):
        return f"{words} · partly"
    if all(source.whole for source in progress):
        return f"{words} · complete"
    starts = [source.complete_from for source in progress]
    firm = [start for start in starts if start is not None]
    if len(firm) < len(starts):
        return f"{words} · incomplete"
    return f"{words} · complete since {day(max(firm))}"
