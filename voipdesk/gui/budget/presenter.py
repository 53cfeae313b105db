"""Keeps the status line true: once a second from what is known, from the archive when something happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from voipdesk.gui.words import count, day, now, until, when

if TYPE_CHECKING:
    from voipdesk.core.accounts import Account
    from voipdesk.core.budget import Budget
    from voipdesk.gui.budget.view import StatusLine
    from voipdesk.gui.tasks import Tasks
    from voipdesk.services.desk import Desk
    from voipdesk.services.schedule import ScheduleState
    from voipdesk.services.status import StatusReport

_SECOND_MS = 1_000
_LOOK_EVERY = 10
"""Seconds between looks into the archive: other processes spend from the same budget."""


class BudgetPresenter(QObject):
    """Fills the status line for one account at a time."""

    def __init__(self, view: StatusLine, desk: Desk, tasks: Tasks) -> None:
        super().__init__(view)
        self._view = view
        self._desk = desk
        self._tasks = tasks
        self._known: dict[str, Account] = {}
        self._account: Account | None = None
        self._report: StatusReport | None = None
        self._ticks = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tick)
        view.account_picked.connect(self._pick)
        self._unsubscribe = [
            desk.accounts.changed.subscribe(lambda _none: self.show_accounts()),
            desk.schedule.changed.subscribe(lambda _state: self.look()),
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
        current = self._account.id if self._account else ""
        self._account = self._known.get(current) or (accounts[0] if accounts else None)
        self._report = None
        self._view.show_accounts(
            [(account.id, account.name) for account in accounts], self._account.id if self._account else ""
        )
        self.look()

    def look(self) -> None:
        """Read the account's budget and log state anew."""
        if self._account is None:
            self._view.show_budget("No account yet")
            self._view.show_log("")
        else:
            self._tasks.start("budget", self._look, self._account)

    async def _look(self, account: Account) -> None:
        self._report = await self._desk.status.report(account)
        self._show()

    def _pick(self, account_id: str) -> None:
        self._account = self._known.get(account_id)
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


def budget_words(budget: Budget, state: ScheduleState | None) -> str:
    """Say what is left and what comes next: "87 of 100 requests left · next refresh in 40 s"."""
    parts = [f"{budget.left} of {count(budget.limit.requests, 'request', 'requests')} left"]
    if budget.closed_until is not None and budget.closed_until > now():
        parts = [f"the service takes no requests until {when(budget.closed_until)}"]
    if state is None:
        return parts[0]
    if state.running:
        parts.append(state.running)
    elif state.waiting_for:
        parts.append(state.waiting_for)
    if not state.running and state.next_at is not None:
        parts.append(f"next refresh {until(state.next_at)}")
    return " · ".join(parts)


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
