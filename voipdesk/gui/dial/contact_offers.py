"""The contacts in the dial pane: found by name as one types, and named where their number stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.gui.dial import model

if TYPE_CHECKING:
    from collections.abc import Iterable

    from voipdesk.core.number import Number
    from voipdesk.gui.dial.view import DialView
    from voipdesk.gui.tasks import Tasks
    from voipdesk.services.contacts import Contacts

_LONGEST = 100
_MOST = 20


class ContactOffers:
    """Offers numbers for a name, never for what is a number already."""

    def __init__(self, contacts: Contacts, view: DialView, tasks: Tasks) -> None:
        self._contacts = contacts
        self._view = view
        self._tasks = tasks
        view.number_entered.connect(lambda text: tasks.start("dial: contacts", self._offer, text.strip()))

    def say_name(self, number: Number) -> None:
        """Say whose number will be dialled, once it is known."""
        self._tasks.start("dial: name", self._say_name, number, self._view.number)

    def say_none(self) -> None:
        """Say no name: there is no number."""
        self._tasks.cancel("dial: name")

    async def names(self, numbers: Iterable[str]) -> dict[str, str]:
        """Give the names of the contacts who have these numbers."""
        found = await self._contacts.names(numbers)
        return {number: name.name for number, name in found.items()}

    async def _offer(self, text: str) -> None:
        is_name = any(c.isalpha() for c in text) and len(text) <= _LONGEST and not model.is_link(text)
        found = await self._contacts.suggest(text) if is_name else []
        offers = [model.suggestion(each.contact, number) for each in found for number in each.contact.numbers]
        self._view.show_suggestions(offers[:_MOST])
        if offers and self._view.number.strip() == text:
            self._view.show_reading(model.naming(len(offers)))

    async def _say_name(self, number: Number, text: str) -> None:
        names = await self.names([number.dialled])
        if names and self._view.number == text:
            self._view.show_reading(model.reading(number, names[number.dialled]))
