"""What the call log's buttons do: the pane as the window knows it."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from voipdesk.core.errors import BadInput, OverBudget, VoipdeskError
from voipdesk.core.language import N_, _, ngettext
from voipdesk.core.number import display_number
from voipdesk.gui.call_log.backfill import BackfillLine
from voipdesk.gui.call_log.badge import MissedBadge
from voipdesk.gui.call_log.contact_names import ContactNames
from voipdesk.gui.call_log.export import Export
from voipdesk.gui.call_log.first_look import DETAILS, WIDTHS
from voipdesk.gui.call_log.model import Column
from voipdesk.gui.call_log.reader import LogReader
from voipdesk.gui.call_log.unreturned import Unreturned
from voipdesk.gui.call_log.wording import other_number
from voipdesk.gui.messages import Level
from voipdesk.gui.words import span

if TYPE_CHECKING:
    from collections.abc import Callable

    from voipdesk.core.accounts import Account
    from voipdesk.core.call_log import CallTotals
    from voipdesk.gui.call_log.first_look import FirstLook
    from voipdesk.gui.call_log.view import CallLogView
    from voipdesk.gui.messages import Messages
    from voipdesk.gui.tasks import Tasks
    from voipdesk.services.accounts import Accounts
    from voipdesk.services.call_log import CallLog, CallsChanged
    from voipdesk.services.contacts import Contacts
    from voipdesk.services.missed_calls import MissedCalls
    from voipdesk.services.schedule import Schedule
    from voipdesk.settings.preferences import Preferences

_TOPIC = "call log"
_DAY_EVERY_MS = 20_000
"""How often the calendar is looked at: a computer that slept wakes on another day."""
_KEEP_AFTER_MS = 1_000
_NAMES_AFTER_S = 2


class CallLogPane(QObject):
    """Ties the view to the services; loads nothing before it is shown."""

    key = "call_log"
    title = N_("Call log")
    icon = "call-log"
    account = ""

    def __init__(
        self,
        call_log: CallLog,
        accounts: Accounts,
        schedule: Schedule,
        preferences: Preferences,
        tasks: Tasks,
        messages: Messages,
        look: FirstLook,
        *,
        contacts: Callable[[], Contacts],
        missed_calls: Callable[[], MissedCalls],
        call_back: Callable[[str], None],
        open_contact: Callable[[str, str, int], None],
        connect: Callable[[], None],
    ) -> None:
        super().__init__()
        self._call_log = call_log
        self._accounts = accounts
        self._schedule = schedule
        self._preferences = preferences
        self._tasks = tasks
        self._messages = messages
        self._call_back = call_back
        self._connect = connect
        self._visible = False
        self._settled = False
        self._newer = 0
        self._clock, self._model, self._view = look.clock, look.model, look.view
        self._unreturned = Unreturned(missed_calls, self._model, tasks)
        self._reader = LogReader(call_log, self._model, self._view.table, tasks, self._failed)
        self._export = Export(call_log, self._view, tasks, messages, lambda: self._reader.filter, self._clock.today)
        self._backfill = BackfillLine(schedule, self._account_list, self._view)
        self._contact_names = ContactNames(contacts, self._model, self._view, self._reader, tasks, open_contact)
        self._badge = MissedBadge(call_log, tasks)
        self._day = QTimer(self)
        self._day.timeout.connect(self._look_at_calendar)
        self._keep = QTimer(self, singleShot=True, interval=_KEEP_AFTER_MS)
        self._keep.timeout.connect(lambda: tasks.start("call log: keep", self._keep_preferences))
        self._bind()
        self._show_accounts()

    # What the window asks

    @property
    def widget(self) -> CallLogView:
        """What it shows."""
        return self._view

    @property
    def badge(self) -> str:
        """How many calls were missed since the log was last looked at."""
        return "" if self._visible else self._badge.text

    @property
    def shows_newest(self) -> bool:
        """Whether the newest calls of all are in view."""
        return self._visible and not self._view.filters.narrows and self._view.table.at_top

    def shown(self) -> None:
        """Load the log, or look at what changed while another pane was in front."""
        self._visible = True
        self._badge.clear()
        self._day.start(_DAY_EVERY_MS)
        if self._reader.wanted is None:
            # A window that opened with the newest calls goes on with them.
            filters = self._view.filters
            begin = self._reader.go_on if self._model.window.count and not filters.narrows else self._reader.show
            begin(filters.filter)
        else:
            self._look_at_calendar()
            self._reader.follow()
        self._view.filters.search.setFocus()

    def hidden(self) -> None:
        """Rest until shown again."""
        self._visible = False
        self._day.stop()
        self._badge.begin()

    def refresh(self) -> None:
        """Ask the service for new calls; says why when it may not be asked now."""
        self._tasks.start("call log: refresh", self._refresh)

    def search(self) -> None:
        """Give the search field the focus."""
        self._view.search()

    def export(self) -> None:
        """Ask for a file and write what the filters match."""
        self._export.begin()

    # Bindings

    def _bind(self) -> None:
        view, reader = self._view, self._reader
        view.filters.changed.connect(self._filter)
        view.call_back_asked.connect(self._ask_call_back)
        view.copy_number_asked.connect(lambda: self._tasks.start("call log: copy", self._copy_number))
        view.copy_row_asked.connect(self._copy_row)
        view.begin_asked.connect(self._begin)
        view.table.widths_changed.connect(self._keep.start)
        view.details.opened.connect(self._keep.start)
        view.table.seen.connect(self._note_seen)
        reader.loaded.connect(self._show_face)
        reader.settled.connect(self._settle)
        reader.totalled.connect(self._show_totals)
        reader.newer_calls.connect(self._count_newer)
        reader.busy.connect(view.show_busy)
        self._unsubscribe = (
            self._call_log.changed.subscribe(self._calls_changed),
            self._accounts.changed.subscribe(lambda _none: self._show_accounts()),
        )
        self.destroyed.connect(self.close)

    def close(self) -> None:
        """Let go of the services."""
        self._day.stop()
        if self._keep.isActive():
            self._keep.stop()
            self._write_preferences(self._view.table.widths, self._view.details.more.isChecked())
        self._reader.close()
        self._contact_names.close()
        self._backfill.close()
        self._unreturned.close()
        for unsubscribe in self._unsubscribe:
            unsubscribe()

    # Showing

    def _filter(self) -> None:
        self._view.clear.setEnabled(self._view.filters.narrows)
        self._newer = 0
        self._view.show_newer(0)
        self._reader.show(self._view.filters.filter)

    def _show_face(self) -> None:
        self._messages.dismiss(_TOPIC)
        if self._model.window.count:
            self._view.show_rows()
        elif self._view.filters.narrows:
            self._view.show_no_match()
        elif self._account_list():
            self._view.show_empty(
                _("Here you will find every call of your users, queues and ring groups, as the service reports them."),
                _("Read the call log"),
            )
        else:
            self._view.show_empty(
                _("Here you will find every call of your users, queues and ring groups. Connect your service first."),
                _("Connect a service"),
            )

    def _show_totals(self, totals: CallTotals) -> None:
        parts = [ngettext("{n} call", "{n} calls", totals.count)]
        if totals.missed:
            parts.append(ngettext("{n} missed", "{n} missed", totals.missed))
        if totals.talk_s:
            parts.append(_("talked {duration}", duration=span(totals.talk_s)))
        self._view.totals.setText(" · ".join(parts))
        self._show_face()

    def _count_newer(self, calls: int) -> None:
        self._newer = 0 if self._view.table.at_top else self._newer + calls
        self._view.show_newer(self._newer)

    def _note_seen(self, first: int, _last: int) -> None:
        if self._newer and not first:
            self._newer = 0
            self._view.show_newer(0)

    def _show_accounts(self) -> None:
        accounts = [(account.id, account.name) for account in self._account_list()]
        self._view.filters.set_accounts(accounts)
        self._view.show_account_column(shown=len(accounts) > 1)
        if self._reader.wanted is not None:
            self._reader.follow()

    def _account_list(self) -> tuple[Account, ...]:
        """List the accounts; none while the settings file is broken, which the accounts pane says."""
        try:
            return self._accounts.list()
        except BadInput:
            return ()

    def _settle(self) -> None:
        """Load what makes the rows better once they are there."""
        self._unreturned.follow()
        if not self._settled:
            self._settled = True
            self._tasks.start("call log: numbers", self._learn_numbers)
            self._tasks.start("call log: names", self._read_names)
            self._contact_names.begin()

    def _look_at_calendar(self) -> None:
        """On another day, say "yesterday" where it was "today", and move the periods that are counted from today."""
        if self._clock.turn():
            self._model.rewrite()
        if self._view.filters.filter != self._reader.wanted:
            self._filter()

    def _failed(self, error: VoipdeskError) -> None:
        self._messages.error(error, (_("Try again"), self._filter), _TOPIC)

    def _calls_changed(self, _change: CallsChanged) -> None:
        if self._visible:
            self._reader.follow()
            self._tasks.start("call log: names", self._read_names)
        else:
            self._badge.count()

    async def _read_names(self) -> None:
        await asyncio.sleep(_NAMES_AFTER_S)  # after what is seen; a back-fill tells of every page, the last one counts
        self._view.filters.set_names(await self._call_log.names())

    async def _learn_numbers(self) -> None:
        """Show numbers as they came until the library that groups them is loaded, off this thread."""
        display = partial(display_number, region=self._preferences.region)
        await asyncio.to_thread(display, "+442079460958")
        self._model.set_display(display)
        self._view.details.set_display(display)

    async def _keep_preferences(self) -> None:
        await asyncio.to_thread(self._write_preferences, self._view.table.widths, self._view.details.more.isChecked())

    def _write_preferences(self, widths: str, details: bool) -> None:
        self._preferences.set(WIDTHS, widths)
        self._preferences.set(DETAILS, details)

    # Acting

    def _ask_call_back(self) -> None:
        self._tasks.start("call log: call back", self._dial)

    async def _dial(self) -> None:
        if number := await self._number(_("This caller withheld the number: there is no way to call it back.")):
            self._call_back(number)

    async def _copy_number(self) -> None:
        if number := await self._number(_("This caller withheld the number: there is no way to copy it.")):
            self._view.copy(number)

    async def _number(self, why_none: str) -> str:
        """Give the chosen call's other number in international form, "" (and say why) where it has none."""
        chosen = self._reader.chosen
        if chosen is None:
            return ""
        number = other_number(chosen.call)
        if not number:
            self._messages.show(Level.INFO, why_none, topic=_TOPIC)
            return ""
        self._messages.dismiss(_TOPIC)
        return await asyncio.to_thread(display_number, number, self._preferences.region)

    def _copy_row(self) -> None:
        cells = self._model.cells(self._view.table.current_row)
        if cells is not None:
            shown = [c for c in Column if not self._view.table.isColumnHidden(c)]
            self._view.copy("\t".join(" ".join(filter(None, cells[c])) for c in shown))

    def _begin(self) -> None:
        if self._account_list():
            self.refresh()
        else:
            self._connect()

    async def _refresh(self) -> None:
        chosen = self._view.filters.account.value
        for account in self._account_list():
            if chosen in {None, account.id}:
                await self._refresh_one(account)

    async def _refresh_one(self, account: Account) -> None:
        try:
            await self._schedule.refresh_now(account)
        except OverBudget:
            raise
        except VoipdeskError as error:
            # The window says itself why a log is not kept up to date; once is enough.
            if self._schedule.state(account.id).error is not error:
                raise
