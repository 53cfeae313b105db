"""What reads a list of SIP accounts and shows it, of the one who is chosen and of nobody else."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from voipdesk.core.errors import VoipdeskError
from voipdesk.core.language import _
from voipdesk.gui.sip import model
from voipdesk.gui.words import now
from voipdesk.services.events import Event

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from voipdesk.core.sip import SipAccount
    from voipdesk.gui.messages import Messages
    from voipdesk.gui.sip.browse import BrowsePage
    from voipdesk.gui.sip.choice import Choice
    from voipdesk.gui.tasks import Tasks
    from voipdesk.gui.widgets.record_model import Record
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
        self.learnt: Event[str] = Event()
        """Something more is known of one, by its id."""
        self._page = page
        self._sip = sip
        self._customers = customers
        self._tasks = tasks
        self._messages = messages
        self._list: SipList | None = None
        self._by_id: dict[str, SipAccount] = {}
        self.choice: Choice | None = None
        self.one_by_one = False
        """Whether the service tells of each phone by itself, and not of all at once."""
        self.statuses: Mapping[str, str] = {}
        self.status_of: Callable[[str], tuple[str, str]] = lambda sip_id: (self.statuses.get(sip_id, ""), "")
        """Gives the status of one and, while it is not known, what stands in its place."""
        self._created: dict[str, SipAccount] = {}
        self._next = ""

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
            self._by_id[sip.id] = self._with_password(sip)
            self.learnt.emit(sip.id)

    def learn(self, sip_id: str, domain: str) -> None:
        """Take what was told of one by itself, and show its row and its sheet by it."""
        sip = self._by_id.get(sip_id)
        if sip is None:
            return
        if domain and domain != sip.domain:
            sip = self._by_id[sip_id] = replace(sip, domain=domain)
            self.learnt.emit(sip_id)
        self._page.show_record(self._record(sip))

    def add(self, sip: SipAccount) -> None:
        """Take in and choose one that was just created; its password stays known, for it may never be told again."""
        self._created[sip.id] = sip
        self._by_id[sip.id] = sip
        self._show_rows()
        self._page.search.clear()
        self._page.table.pick(sip.id)

    def choose_next(self, sip_id: str) -> None:
        """Choose this one when the next list is there."""
        self._next = sip_id

    def clear(self) -> None:
        """Show nobody's."""
        self._forget(None)
        self._page.show_nobody()
        self._page.show_whose(model.no_account())

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

    def read_again(self) -> None:
        """Read the list anew, also where it is being read: something has changed meanwhile."""
        if self.choice is not None:
            self._read(self.choice)

    def _forget(self, choice: Choice | None) -> None:
        self._tasks.cancel(_STATUSES)
        self.choice, self._list, self._by_id, self.statuses, self._created = choice, None, {}, {}, {}
        self._page.clear()

    def _read(self, choice: Choice) -> None:
        if self._list is None:
            whose = model.reading(choice.acting_for, choice.account.name)
        else:
            whose = self._whose(self._list, choice, busy=True)
        self._page.show_whose(whose)
        self._tasks.start(_READ, self._read_list, choice)
        if not self.one_by_one:
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
        self._by_id = {account.id: self._with_password(account) for account in found.accounts}
        self._messages.dismiss(TOPIC)
        self._page.show_whose(self._whose(found, choice))
        self._show_rows()
        self.listed.emit(self._page.table.current)
        only = found.accounts[0].id if len(found.accounts) == 1 else ""
        pick, self._next = self._next or only, ""
        if not pick or self._page.table.current:
            return
        await asyncio.sleep(0)  # the list is painted before the sheet is laid out
        if choice is self.choice:
            self._page.table.pick(pick)

    async def _show_failure(self, choice: Choice, error: VoipdeskError) -> None:
        if self._list is not None:
            self._page.show_whose(self._whose(self._list, choice))
            self._messages.error(error, (_("Read again"), self.refresh), TOPIC)
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
                text = _("The status of the phones is not known: {error}", error=error.message)
                self._page.status_note.setText(text)
            return
        if choice is self.choice:
            self.statuses = statuses
            self._page.status_note.setText("")
            if self._list is not None:
                self._show_rows()

    def _whose(self, found: SipList, choice: Choice, *, busy: bool = False) -> model.Whose:
        return model.read(choice.acting_for, choice.account.name, len(found.accounts), found.at, busy=busy)

    def _show_rows(self) -> None:
        rows = [self._record(sip) for sip in self._by_id.values()]
        self._page.show_records(rows, model.nobody(self.choice.acting_for if self.choice else ""))

    def _record(self, sip: SipAccount) -> Record:
        return model.record(sip, *self.status_of(sip.id))

    def _with_password(self, sip: SipAccount) -> SipAccount:
        created = self._created.get(sip.id)
        return replace(sip, password=created.password) if created is not None and not sip.password else sip
