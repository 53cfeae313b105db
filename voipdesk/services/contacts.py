"""The contacts as window and command line ask for them: names for numbers, search, changes that can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from voipdesk.core.errors import BadInput
from voipdesk.core.language import N_, _
from voipdesk.services.events import Event
from voipdesk.services.whole_file import in_thread

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from voipdesk.archive.contacts import ContactArchive
    from voipdesk.archive.contacts_write import Card
    from voipdesk.core.contact_keys import NumberKeys
    from voipdesk.core.contacts import Contact, ContactName, ContactSource, StoredContact
    from voipdesk.settings.preferences import Preferences

_KEYS_KEPT = 20_000
FILE_GONE = N_("The file is gone; its contacts are kept.")
"""A source's problem as the archive has it, whichever language is spoken; the others are kept as they were said."""


@dataclass(frozen=True, slots=True)
class Undo:
    """What takes a change back."""

    cards: Sequence[Card]


class Contacts:
    """Reads and changes the archive's contacts; all texts in them are plain. Raises StorageFailed.

    `changed` follows every change, here or by another process once it is noticed.
    """

    def __init__(self, archive: ContactArchive, preferences: Preferences) -> None:
        self.changed: Event[None] = Event()
        self._archive = archive
        self._preferences = preferences
        self._keys: dict[str, NumberKeys] = {}
        self._keys_region = ""
        self._count: int | None = None
        self._seen: tuple[int, int] | None = None
        self.changed.subscribe(lambda _none: self._forget())

    @property
    def region(self) -> str:
        """The country that numbers without a country code are read in."""
        return self._preferences.region

    # Reading

    async def count(self) -> int:
        """Count the contacts."""
        if self._count is None:
            self._count = await self._archive.count()
        return self._count

    async def find(self, text: str = "") -> list[int]:
        """Give the ids of the contacts that have every word of a text, or the digits of a number, by name."""
        return await self._archive.find(text)

    async def page(self, ids: Sequence[int]) -> list[StoredContact]:
        """Give contacts by their ids; those that are gone are left out."""
        return await self._archive.page(ids)

    async def get(self, contact_id: int) -> StoredContact | None:
        """Give one contact, None when it is gone."""
        return next(iter(await self._archive.page([contact_id])), None)

    async def suggest(self, text: str, limit: int = 8) -> list[StoredContact]:
        """Give contacts to dial for what is being typed, the likeliest first; none for nothing."""
        if not text.strip() or not await self.count():
            return []
        return await self._archive.suggest(text, limit)

    async def names(self, numbers: Iterable[str]) -> dict[str, ContactName]:
        """Give whose the numbers are, as services send them: by E.164, then by the national significant number.

        For what is shown: ask for all numbers of a page at once.
        """
        wanted = dict.fromkeys(number for number in numbers if any(c.isdecimal() for c in number))
        if not wanted or not await self.count():
            return {}
        await self.ready()
        keys = await in_thread(self._keys_for, tuple(wanted))
        return await self._archive.names(keys)

    async def sources(self, *, counted: bool = True) -> list[ContactSource]:
        """Give the files and watched folders that contacts come from, with how many came from each if asked for.

        Their problems are for people: one that the archive has in words of its own is in the language spoken.
        """
        from msgspec.structs import replace

        sources = await self._archive.sources(counted=counted)
        gone = _(FILE_GONE)  # NON-NLS: marked above
        return [replace(each, problem=gone) if each.problem == FILE_GONE else each for each in sources]

    # Changing

    async def add(self, contact: Contact) -> int:
        """Keep a contact entered by hand and give its id; BadInput when it says nothing."""
        self._check(contact)
        await self.ready()
        id_ = await self._archive.add(contact, self.keys_of)
        self.changed.emit(None)
        return id_

    async def edit(self, contact_id: int, contact: Contact) -> tuple[int, Undo]:
        """Change a contact; gives its id from now on and what takes it back. BadInput when it is gone.

        What a file says is kept beside it: a later import of the file does not undo the change.
        """
        self._check(contact)
        await self.ready()
        id_, cards = await self._archive.edit(contact_id, contact, self.keys_of)
        if not id_:
            raise BadInput(_("This contact is not there any more."), advice=_("Look for it again."))
        self.changed.emit(None)
        return id_, Undo(cards)

    async def remove(self, ids: Sequence[int]) -> Undo:
        """Remove contacts and give what brings them back; a later import of their file does not."""
        cards = await self._archive.remove(ids)
        self.changed.emit(None)
        return Undo(cards)

    async def undo(self, undo: Undo) -> None:
        """Take a change or a removal back."""
        await self._archive.restore(undo.cards, self.keys_of)
        self.changed.emit(None)

    async def forget_source(self, source: ContactSource) -> int:
        """Remove all that came from a file alone, but what the user changed; gives how many contacts that were."""
        gone = await self._archive.forget_source(source.id)
        self.changed.emit(None)
        return gone

    async def look_for_changes(self) -> None:
        """Notice what another process has changed, but for a note or the case of letters alone."""
        seen = await self._archive.stamp()
        if self._seen is not None and seen != self._seen:
            self.changed.emit(None)
        self._seen = seen

    # Numbers

    async def ready(self) -> None:
        """See to it that all numbers are read in the country of the user's choice."""
        region = self.region
        if await self._archive.numbered_in() != region:
            await self._archive.renumber(region, self.keys_of)

    def keys_of(self, contact: Contact) -> list[NumberKeys]:
        """Give what a contact's numbers are found by; takes some 40 µs for each: for a thread."""
        from voipdesk.core.contact_keys import number_keys

        region = self.region
        return [number_keys(number.written, region) for number in contact.numbers]

    def _keys_for(self, numbers: Sequence[str]) -> dict[str, NumberKeys]:
        from voipdesk.core.contact_keys import number_keys

        region = self.region
        if self._keys_region != region or len(self._keys) > _KEYS_KEPT:
            self._keys, self._keys_region = {}, region
        known = self._keys
        for number in numbers:
            if number not in known:
                known[number] = number_keys(number, region)
        return {number: known[number] for number in numbers}

    def _check(self, contact: Contact) -> None:
        if contact.is_empty:
            raise BadInput(_("A contact needs a name or a number."), advice=_("Enter one of them."))

    def _forget(self) -> None:
        self._count = None
