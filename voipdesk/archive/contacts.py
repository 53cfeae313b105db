"""The contacts in the archive: read, searched, changed, and taken over from files."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from voipdesk.archive.late import Late

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from voipdesk.archive import contacts_import as importing
    from voipdesk.archive import contacts_query as query
    from voipdesk.archive import contacts_write as writing
    from voipdesk.archive.contacts_import import Reading, Staged
    from voipdesk.archive.contacts_write import Card, KeysOf
    from voipdesk.archive.store import Store
    from voipdesk.core.contact_keys import NumberKeys
    from voipdesk.core.contacts import Change, Contact, ContactName, ContactSource, ImportCounts, StoredContact
else:
    importing = Late("voipdesk.archive.contacts_import")
    query = Late("voipdesk.archive.contacts_query")
    writing = Late("voipdesk.archive.contacts_write")


class ContactArchive:
    """All contacts; what needs their numbers in E.164 takes a function for it, since that depends on the country."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def count(self) -> int:
        """Count the contacts."""
        return await self._store.read(lambda connection: query.count(connection))  # noqa: PLW0108 - loaded on the archive's thread

    async def stamp(self) -> tuple[int, int]:
        """Give what is another when contacts were added or removed, or their names, numbers or addresses changed."""
        return await self._store.read(lambda connection: query.stamp(connection))  # noqa: PLW0108 - loaded on the archive's thread

    async def find(self, text: str) -> list[int]:
        """Give the ids of the contacts that have every word of a text, in the order of names."""
        return await self._store.read(lambda connection: query.find(connection, text))

    async def suggest(self, text: str, limit: int) -> list[StoredContact]:
        """Give contacts with a number that have every word of a text, the likeliest first."""
        return await self._store.read(lambda connection: query.suggest(connection, text, limit))

    async def page(self, ids: Sequence[int]) -> list[StoredContact]:
        """Give contacts by their ids."""
        return await self._store.read(lambda connection: query.page(connection, ids))

    async def names(self, keys: Mapping[str, NumberKeys]) -> dict[str, ContactName]:
        """Give whose the numbers are that some contact has."""
        return await self._store.read(lambda connection: query.names(connection, keys))

    async def numbered_in(self) -> str:
        """Tell in which country's form the contacts' numbers were read, "" when there are none."""
        return await self._store.read(lambda connection: query.numbered_in(connection))  # noqa: PLW0108 - loaded on the archive's thread

    async def renumber(self, region: str, keys_of: KeysOf) -> None:
        """Read all contacts' numbers anew, in another country's form."""
        await self._store.write(lambda connection: writing.renumber(connection, region, keys_of))

    async def add(self, contact: Contact, keys_of: KeysOf) -> int:
        """Keep a contact entered by hand; gives its id."""
        return await self._store.write(lambda connection: writing.add(connection, contact, keys_of))

    async def edit(self, contact_id: int, contact: Contact, keys_of: KeysOf) -> tuple[int, list[Card]]:
        """Change a contact; gives its id from now on, 0 when it is gone, and what takes the change back."""
        return await self._store.write(lambda connection: writing.edit(connection, contact_id, contact, keys_of))

    async def remove(self, ids: Sequence[int]) -> list[Card]:
        """Remove contacts; gives what brings them back."""
        return await self._store.write(lambda connection: writing.remove(connection, ids))

    async def restore(self, cards: Sequence[Card], keys_of: KeysOf) -> None:
        """Bring back what `edit` or `remove` gave."""
        await self._store.write(lambda connection: writing.restore(connection, cards, keys_of))

    # Sources

    async def sources(self, *, counted: bool = True) -> list[ContactSource]:
        """Give the files and folders that contacts come from, with how many came from each if that is asked for."""
        return await self._store.read(lambda connection: query.source_list(connection, counted=counted))

    async def format_of(self, place: str) -> tuple[str, str]:
        """Give how a source was written and its fingerprint when it was read, "" for what is not known."""
        return await self._store.read(lambda connection: query.format_of(connection, place))

    async def watch(self, folder: str) -> None:
        """Note a folder as watched."""
        await self._store.write(
            lambda connection: (
                writing.source_at(connection, folder) or writing.new_source(connection, folder, is_folder=True)
            )
        )

    async def note_problem(self, place: str, problem: str, fingerprint: str) -> None:
        """Note why a file could not be read; its contacts stay."""
        await self._store.write(lambda connection: importing.note_problem(connection, place, problem, fingerprint))

    async def forget_source(self, source: int) -> int:
        """Delete a source with what came from it alone; what the user changed is kept. Gives how many contacts went."""
        return await self._store.write(lambda connection: importing.forget_source(connection, source))

    # Imports

    async def begin_import(self) -> str:
        """Begin an import and give its id."""
        import_id = uuid4().hex
        await self._store.write(lambda connection: importing.begin(connection, import_id))
        return import_id

    async def stage(self, import_id: str, rows: Sequence[Staged]) -> None:
        """Make some records ready."""
        await self._store.write(lambda connection: importing.stage(connection, import_id, rows))

    async def drop_import(self, import_id: str) -> None:
        """Forget what was made ready, a part at a time, so that others are not kept waiting."""
        while not await self._store.write(lambda connection: importing.drop(connection, import_id)):
            pass

    async def likely_source(self, import_id: str, place: str) -> int | None:
        """Give the source that was read from this place, else the one that half of the import's ids are of."""
        return await self._store.read(
            lambda connection: writing.source_at(connection, place) or importing.likely_source(connection, import_id)
        )

    async def preview(
        self, import_id: str, source: int | None, unreadable: int, each: int
    ) -> tuple[ImportCounts, list[tuple[Change, Contact]]]:
        """Count what taking an import over will do, with some examples of each kind."""
        return await self._store.read(
            lambda connection: (
                importing.counts(connection, import_id, source or 0, unreadable),
                importing.examples(connection, import_id, source or 0, each),
            )
        )

    async def take_over(self, import_id: str, reading: Reading, source: int | None, *, remove: bool) -> None:
        """Take an import over, in one transaction; a new source is made for None."""
        return await self._store.write(
            lambda connection: importing.take_over(connection, import_id, reading, source, remove=remove)
        )
