"""Keeps the status line true: once a second from what is known, from the archive when something happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from voipdesk.core.errors import OverBudget
from voipdesk.core.language import _, ngettext, shown_number
from voipdesk.gui.words import day, now, until, when

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from voipdesk.archive.sync_state import SyncProgress
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
            desk.connections.budget_changed.subscribe(self._budget_changed),
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
        topic = f"schedule {state.account_id}"  # NON-NLS: a topic
        if state.error is None or isinstance(state.error, OverBudget):
            self._messages.dismiss(topic)
        elif self._failed.get(state.account_id) is not state.error:
            self._messages.error(state.error, (_("Open accounts"), self._open_accounts), topic)
        self._failed[state.account_id] = state.error
        self.look()

    def _budget_changed(self, account_id: str) -> None:
        if account_id == self._account_id:
            self.look()

    def look(self) -> None:
        """Read the account's budget and log state anew."""
        if self._account is None:
            self._view.show_budget(_("No account yet"))
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
        left = _("no requests before {time}", time=when(budget.closed_until))
    else:
        left = ngettext(
            "{left} of {n} request left",
            "{left} of {n} requests left",
            budget.limit.requests,
            left=shown_number(budget.left),
        )
    if state.running:
        return f"{left} · {_running(state)}"
    if state.next_at is None:
        return left
    refresh = _("next refresh {when}", when=until(state.next_at))
    why = state.waiting_for.strip().rstrip(".")
    return f"{left} · {refresh}: {_after_colon(why)}" if why else f"{left} · {refresh}"


def _after_colon(sentence: str) -> str:
    """Begin a sentence small, unless it begins with a word such as "API" or a name in quotes."""
    return sentence if sentence[1:2].isupper() else f"{sentence[0].lower()}{sentence[1:]}"


def _running(state: ScheduleState) -> str:
    if state.running == "refresh":
        return _("refreshing …")
    oldest = state.progress.oldest if state.progress else None
    if oldest is None:
        return _("reading older calls …")
    return _("reading older calls, back to {day}", day=day(oldest.astimezone().date()))


def log_words(report: StatusReport) -> str:
    """Say how fresh the log is by its oldest source: "call log as of 14:02 · complete"."""
    progress = list(report.sync.values())
    known = [source.refreshed_at for source in progress if source.refreshed_at is not None]
    if not known:
        return _("call log not fetched yet") if progress else ""
    as_of = _("call log as of {time}", time=when(min(known)))
    return f"{as_of} · {_completeness(progress)}"


def _completeness(progress: Sequence[SyncProgress]) -> str:
    if any(source.refreshed_at is None for source in progress):
        return _("partly")
    if all(source.whole for source in progress):
        return _("complete")
    starts = [source.complete_from for source in progress]
    firm = [start for start in starts if start is not None]
    if len(firm) < len(starts):
        return _("incomplete")
    return _("complete since {day}", day=day(max(firm)))
