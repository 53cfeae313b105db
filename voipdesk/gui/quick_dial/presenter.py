"""What the quick-dial box does: it reads as the dial pane reads, and has that dial."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from msgspec.structs import replace

from voipdesk.core.errors import BadInput
from voipdesk.core.language import _
from voipdesk.core.number_search import SeveralNumbers
from voipdesk.gui.arrivals import come_forward
from voipdesk.gui.dial import model as dial_model
from voipdesk.gui.quick_dial import model
from voipdesk.gui.quick_dial.view import QuickDialBox
from voipdesk.gui.theme import Tone
from voipdesk.gui.widgets.saying import Saying

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from voipdesk.core.contacts import StoredContact
    from voipdesk.gui.dial.presenter import DialPane
    from voipdesk.gui.tasks import Tasks
    from voipdesk.gui.theme import Theme
    from voipdesk.services.dial import Dial

_TASK = "quick dial"
_RECENT = 50
_RINGS_S = 6.0
"""Seconds for which the box says that the phone rings, before it goes."""


class QuickDial:
    """Opens the box, fills it, and passes on what is to be dialled: one Enter is one request, as in the dial pane."""

    def __init__(
        self,
        dial: Dial,
        pane: Callable[[], DialPane | None],
        tasks: Tasks,
        theme: Theme,
        *,
        contacts: Callable[[str], Awaitable[Sequence[StoredContact]]],
        names: Callable[[Sequence[str]], Awaitable[dict[str, str]]],
    ) -> None:
        """Begin without a box; `pane` gives what dials, None while no account can."""
        self._dial = dial
        self._pane = pane
        self._tasks = tasks
        self._contacts = contacts
        self._names = names
        self._dials: DialPane | None = None
        self._unsubscribe: Callable[[], None] = lambda: None
        self._mine = False
        """What is said of a call is said of one placed here."""
        self.box = QuickDialBox(theme)
        self.box.entered.connect(lambda _text: tasks.start(_TASK, self._read))
        self.box.dial_asked.connect(self._call)
        self.box.closed.connect(self._closed)

    def open(self, token: str = "") -> None:
        """Bring the box to the front, empty; one that is there already keeps what was typed."""
        if not self.box.isVisible():
            self.box.open_anew()
            self._tasks.start(_TASK, self._read)
            self._pane()  # built now, it knows the account by the time of the first Enter
        come_forward(self.box, token)

    def close(self) -> None:
        """Close it for good."""
        self._unsubscribe()
        self.box.close()
        self.box.deleteLater()

    def _call(self, text: str) -> None:
        pane = self._pane()
        if pane is None:
            self.box.show_state(
                Saying(Tone.WARNING, _("There is no account to dial with yet."), _("Connect a service in the window."))
            )
            return
        try:
            self._dial.read(text)
        except BadInput as error:  # several numbers are listed already
            self.box.show_state(Saying(Tone.WARNING, error.message, error.advice))
            return
        if self._tasks.running("dial"):
            self.box.show_state(
                Saying(Tone.WARNING, _("A call is being placed already."), _("Wait until it is answered for."))
            )
            return
        if pane is not self._dials:
            self._unsubscribe()
            self._dials, self._unsubscribe = pane, pane.said.subscribe(self._said)
        self._mine = True
        pane.call(text, over=self.box)

    def _said(self, saying: Saying | None) -> None:
        if not (self._mine and self.box.isVisible()):
            return
        self.box.show_state(replace(saying, button="") if saying is not None else None)
        if saying is not None and saying.tone is Tone.GOOD:
            self._tasks.start("quick dial: goes", self._go)

    async def _go(self) -> None:
        await asyncio.sleep(_RINGS_S)
        self.box.close()

    def _closed(self) -> None:
        self._mine = False
        self._tasks.cancel("quick dial: goes")
        self._tasks.cancel(_TASK)

    async def _read(self) -> None:
        """Say what would be dialled, and offer what there is for what is typed."""
        chosen, typed = self.box.text.strip(), self.box.typed.strip()
        several: list[model.Suggestion] = []
        try:
            number = await asyncio.to_thread(self._dial.read, chosen) if chosen else None
            self.box.show_reading(dial_model.reading(number) if number else None)
        except SeveralNumbers as error:
            several = model.of_numbers(error.numbers)
            self.box.show_reading(dial_model.several(len(several)))
        except BadInput as error:
            is_name = any(map(str.isalpha, typed)) and not any(map(str.isdecimal, typed))
            self.box.show_reading(None if is_name else dial_model.misread(error))
        if chosen != typed:
            return  # a row of the list was chosen, which stays as it is
        self.box.show_suggestions(several or await self._suggestions(typed))

    async def _suggestions(self, typed: str) -> list[model.Suggestion]:
        records = await self._dial.recent(_RECENT)
        names = await self._names([record.number for record in records])
        found = await self._contacts(typed) if typed else ()
        region = self._dial.region
        return model.merged(model.of_recent(records, names, region, typed), model.of_contacts(found, region))
