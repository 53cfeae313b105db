"""The contacts in the call log: their names beside the numbers in sight once they are painted, and the way there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.core.call_log import Direction
from voipdesk.gui.call_log.wording import other_number, other_side, withheld

if TYPE_CHECKING:
    from collections.abc import Callable

    from voipdesk.core.call_log import LoggedCall
    from voipdesk.core.contacts import ContactName
    from voipdesk.gui.call_log.model import CallTableModel
    from voipdesk.gui.call_log.reader import LogReader
    from voipdesk.gui.call_log.view import CallLogView
    from voipdesk.gui.tasks import Tasks
    from voipdesk.services.contacts import Contacts

_TASK = "call log: contacts"
_AROUND = 100
"""Rows above and below those in sight whose names are asked for with theirs."""
_MOST = 4_000
"""Numbers whose names are kept; a long scroll begins anew."""


class ContactNames:
    """Asks for the names of all numbers in sight at once; knows which were asked for, named or not."""

    def __init__(
        self,
        contacts: Callable[[], Contacts],
        model: CallTableModel,
        view: CallLogView,
        reader: LogReader,
        tasks: Tasks,
        open_contact: Callable[[str, str, int], None],
    ) -> None:
        """Take `contacts` as a function, since their service is loaded after the rows are there."""
        self._load = contacts
        self._contacts: Contacts | None = None
        self._model = model
        self._view = view
        self._reader = reader
        self._tasks = tasks
        self._open_contact = open_contact
        self._known: dict[str, ContactName | None] = {}
        self._era = 0
        self._unsubscribe: Callable[[], None] | None = None
        view.table.seen.connect(lambda _first, _last: self._look())
        view.contact_asked.connect(self._open)
        reader.loaded.connect(self._look)
        reader.filled.connect(self._look)
        reader.newer_calls.connect(lambda _calls: self._look())
        reader.chosen_changed.connect(self._show_chosen)

    def begin(self) -> None:
        """Ask for names from now on."""
        self._contacts = self._load()
        self._unsubscribe = self._contacts.changed.subscribe(lambda _none: self._begin_anew())
        self._look()

    def close(self) -> None:
        """Let go of the contacts."""
        if self._unsubscribe is not None:
            self._unsubscribe()

    def _look(self) -> None:
        """Ask for the names of the rows in sight that are not known yet."""
        if self._contacts is None:
            return
        first, last = self._view.table.rows_seen
        if any(number not in self._known for number in self._numbers(first, last)):
            self._tasks.restart(_TASK, self._read)

    def _begin_anew(self) -> None:
        """Ask anew for what is in sight; until the answer is there, the names stay as they are."""
        self._era += 1
        self._known = {}
        self._tasks.restart(_TASK, self._read)

    async def _read(self) -> None:
        if self._contacts is None:
            return
        first, last = self._view.table.rows_seen
        wanted = {n for n in self._numbers(first - _AROUND, last + _AROUND) if n not in self._known}
        if not wanted:  # asked for while the last answer was on its way
            return
        era = self._era
        named = await self._contacts.names(wanted)
        if era != self._era:
            return
        if len(self._known) > _MOST:
            self._known = {}
        self._known |= {number: named.get(number) for number in wanted}
        self._model.show_names({number: name.name for number, name in self._known.items() if name is not None})
        self._show_chosen()

    def _numbers(self, first: int, last: int) -> set[str]:
        calls = (self._model.call(row) for row in range(max(0, first), last + 1))
        return {number for logged in calls if logged for number in (logged.call.caller, logged.call.called) if number}

    def _show_chosen(self) -> None:
        chosen = self._reader.chosen
        named = self._model.named(chosen) if chosen else None
        self._view.show_call(chosen, named, has_contact=bool(chosen and self._contact_of(chosen)))

    def _contact_of(self, logged: LoggedCall) -> int:
        """Give the id of the contact who has the other side's number, 0 for none."""
        call = logged.call
        name = self._known.get(call.caller if call.direction is Direction.IN else call.called)
        return name.contact_id if name else 0

    def _open(self) -> None:
        chosen = self._reader.chosen
        if chosen is not None and (number := other_number(chosen.call)):
            name, _number = other_side(chosen.call, str)
            name = "" if name == withheld() else name
            self._open_contact(self._model.display(number), name, self._contact_of(chosen))
