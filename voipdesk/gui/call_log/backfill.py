"""Shows how far the reading of older calls is, and lets it be stopped and taken up again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.gui.words import count
from voipdesk.services.backfill_loop import BackfillState

if TYPE_CHECKING:
    from collections.abc import Callable

    from voipdesk.core.accounts import Account
    from voipdesk.gui.call_log.view import CallLogView
    from voipdesk.services.schedule import Schedule, ScheduleState


class BackfillLine:
    """Keeps the view's line true to the schedule."""

    def __init__(self, schedule: Schedule, account_list: Callable[[], tuple[Account, ...]], view: CallLogView) -> None:
        self._schedule = schedule
        self._account_list = account_list
        self._view = view
        self._shown: ScheduleState | None = None
        self._unsubscribe = schedule.changed.subscribe(lambda _state: self._show())
        view.backfill_line.pressed.connect(self._press)

    def close(self) -> None:
        """Let go of the schedule."""
        self._unsubscribe()

    def _show(self) -> None:
        self._shown = None
        for account in self._account_list():
            state = self._schedule.state(account.id)
            if state.backfill is BackfillState.RUNNING or state.backfill is BackfillState.CANCELLED:
                self._shown = state
                running = state.backfill is BackfillState.RUNNING
                self._view.backfill_line.say(_words(account, state), "Stop" if running else "Go on")
                return
        self._view.backfill_line.hide()

    def _press(self) -> None:
        if self._shown is None:
            return
        if self._shown.backfill is BackfillState.RUNNING:
            self._schedule.cancel_backfill(self._shown.account_id)
        else:
            self._schedule.resume_backfill(self._shown.account_id)


def _words(account: Account, state: ScheduleState) -> str:
    if state.backfill is BackfillState.CANCELLED:
        return f"{account.name}: reading older calls is stopped; what was read is kept."
    progress = state.progress
    if progress is None:
        return f"{account.name}: reading older calls …"
    reached = f", back to {progress.oldest.astimezone():%x}" if progress.oldest else ""
    return f"{account.name}: reading older calls, {count(progress.read, 'row', 'rows')} so far{reached}"
