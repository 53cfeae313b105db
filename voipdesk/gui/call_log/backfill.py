"""Shows how far the reading of older calls is, and lets it be stopped and taken up again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.core.language import _, ngettext
from voipdesk.gui.words import day
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
                self._view.backfill_line.say(_words(account, state), _("Stop") if running else _("Go on"))
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
        return _("{account}: reading older calls is stopped; what was read is kept.", account=account.name)
    progress = state.progress
    if progress is None:
        return _("{account}: reading older calls …", account=account.name)
    if progress.oldest is None:
        return ngettext(
            "{account}: reading older calls, {n} row so far",
            "{account}: reading older calls, {n} rows so far",
            progress.read,
            account=account.name,
        )
    return ngettext(
        "{account}: reading older calls, {n} row so far, back to {day}",
        "{account}: reading older calls, {n} rows so far, back to {day}",
        progress.read,
        account=account.name,
        day=day(progress.oldest.astimezone().date()),
    )
