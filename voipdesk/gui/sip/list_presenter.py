"""What reads a list of SIP accounts and shows it, of the one who is chosen and of nobody else."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

from voipdesk.core.errors import VoipdeskError
from voipdesk.gui.sip import model
from voipdesk.gui.words import now
from voipdesk.services.events import Event

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voipdesk.core.sip import SipAccount
    from voipdesk.gui.messages import Messages
    from voipdesk.gui.sip.browse import BrowsePage
    from voipdesk.gui.sip.choice import Choice
    from voipdesk.gui.tasks import Tasks
    from voipdesk.services.customers import Customers
    from voipdesk.services.sip import Sip, SipList

_FRESH = timedelta(minutes=5)
"""A list younger than this is not read again by coming to the pane."""
STATUSES_AFTER_S = 0.03
"""Seconds by which the list's request goes ahead of that for the statuses."""
TOPIC = "sip"
_READ, _STATUSES = "sip: read", "sip: statuses"


class ListPresenter:
    """Reads the list of a choice; `listed` tells each time it was read, with the id that is chosen in it."""

    def __init__(self, page: BrowsePage, sip: Sip, customers: Customers, tasks: Tasks, messages: Messages) -> None:
        self.listed: Event[str] = Event()
        self._page = page
        self._sip = sip
        self._customers = customers
        self._tasks = tasks
        self._messages = messages
        self._list: SipList | None = None
        self._by_id: dict[str, SipAccount] = {}
        self.choice: Choice | None = None
        self.statuses: Mapping[str, str] = {}

    @property
    def chosen(self) -> SipAccount | None:
        """The SIP account that is chosen in the list."""
        return self._by_id.get(self._page.table.current)

    @property
    def old(self) -> bool:
        """Whether there is no list, or not one of late."""
        return self._list is None or now() - self._list.at > _FRESH

    def account(self, sip_id: str) -> SipAccount | None:
        """Find a SIP account of the list."""
        return self._by_id.get(sip_id)

    def keep(self, sip: SipAccount) -> None:
        """Take one that was read whole in place of the one of the list."""
        if sip.id in self._by_id:
            self._by_id[sip.id] = sip

    def clear(self) -> None:
        """Show nobody's."""
        self._forget(None)
        self._page.show_whose(model.NOBODY)

    def switch(self, choice: Choice) -> None:
        """Show nothing of the choice before from now on, and begin at once to read what was chosen."""
        self._forget(choice)
        self._messages.dismiss(TOPIC)
        self._page.acting.show_name(choice.acting_for)
        self._read(choice)

    def refresh(self) -> None:
        """Read again whose list it is; a second press while it is read does nothing."""
        if self.choice is not None and not self._tasks.running(_READ):
            self._read(self.choice)

    def _forget(self, choice: Choice | None) -> None:
        self._tasks.cancel(_STATUSES)
        self.choice, self._list, self._by_id, self.statuses = choice, None, {}, {}
        self._page.clear()

    def _read(self, choice: Choice) -> None:
        if self._list is None:
            whose = model.reading(choice.acting_for, choice.account.name)
        else:
            whose = self._whose(self._list, choice, busy=True)
        self._page.show_whose(whose)
        self._tasks.start(_READ, self._read_list, choice)
        self._tasks.start(_STATUSES, self._read_statuses, choice)

    async def _read_list(self, choice: Choice) -> None:
        try:
            found = await self._sip.list(choice.account, acting_for=choice.acting_for)
        except VoipdeskError as error:
            if choice is self.choice:
                self._tasks.cancel(_STATUSES)
                await self._show_failure(choice, error)
            return
        if choice is not self.choice:
            return
        self._list = found
        self._by_id = {account.id: account for account in found.accounts}
        self._messages.dismiss(TOPIC)
        self._page.show_whose(self._whose(found, choice))
        self._show_rows()
        if len(found.accounts) != 1 or self._page.table.current:
            self.listed.emit(self._page.table.current)
            return
        await asyncio.sleep(0)  # the list is painted before the sheet is laid out
        if choice is self.choice:
            self._page.table.pick(found.accounts[0].id)

    async def _show_failure(self, choice: Choice, error: VoipdeskError) -> None:
        if self._list is not None:
            self._page.show_whose(self._whose(self._list, choice))
            self._messages.error(error, ("Read again", self.refresh), TOPIC)
            return
        known = self._customers.known(choice.account) if choice.acting_for else None
        names = [customer.name for customer in known.customers] if known is not None else []
        whose = model.unread(choice.acting_for, choice.account.name)
        self._page.show_whose(whose)
        text = await asyncio.to_thread(model.why, error, choice.acting_for, names)
        if choice is self.choice:
            self._page.show_failure(whose.title, text)

    async def _read_statuses(self, choice: Choice) -> None:
        # What it takes to send this request would hold up the other one's answer.
        await asyncio.sleep(STATUSES_AFTER_S)
        try:
            statuses = await self._sip.statuses(choice.account, acting_for=choice.acting_for)
        except VoipdeskError as error:
            if choice is self.choice:
                self._page.status_note.setText(f"The status of the phones is not known: {error.message}")
            return
        if choice is self.choice:
            self.statuses = statuses
            self._page.status_note.setText("")
            if self._list is not None:
                self._show_rows()

    def _whose(self, found: SipList, choice: Choice, *, busy: bool = False) -> model.Whose:
        return model.read(choice.acting_for, choice.account.name, len(found.accounts), found.at, busy=busy)

    def _show_rows(self) -> None:
        rows = [model.record(sip, self.statuses.get(sip.id, "")) for sip in self._by_id.values()]
        self._page.show_records(rows, model.nobody(self.choice.acting_for if self.choice else ""))
