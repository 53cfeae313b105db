"""Importing contacts from files: read and compared first, taken over at a yes; cancelled before, nothing is done."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec

from voipdesk.core.errors import BadInput, StorageFailed
from voipdesk.core.language import _
from voipdesk.services.acting import to_the_end
from voipdesk.services.whole_file import in_thread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from voipdesk.archive.contacts import ContactArchive
    from voipdesk.archive.contacts_import import Staged
    from voipdesk.contact_files.reading import ContactFile
    from voipdesk.contact_files.record import FileRecord
    from voipdesk.contact_files.table import TableFormat, TableLook
    from voipdesk.core.contacts import Change, Contact, ImportCounts
    from voipdesk.services.contacts import Contacts

_AT_ONCE = 400
EXAMPLES = 200
"""Records of each kind that a preview names."""


class ImportProgress(msgspec.Struct, frozen=True):
    """How far a file is read."""

    share: float
    """From 0 to 1."""
    records: int


class Preview(msgspec.Struct, frozen=True):
    """A file that was read: what taking it over will do."""

    import_id: str
    place: str
    format: str
    fingerprint: str
    source: int | None
    """The source that it is a newer state of, None for a new one."""
    source_place: str
    """That source's path, "" for a new one."""
    counts: ImportCounts
    examples: tuple[tuple[Change, Contact], ...]
    sound: bool
    """False when the file breaks off or holds records that cannot be read: then nothing vanishes with it."""


class ContactImports:
    """Reads files on threads and makes them ready in the archive, some records at a time."""

    def __init__(self, archive: ContactArchive, contacts: Contacts) -> None:
        self._archive = archive
        self._contacts = contacts

    async def look(
        self, path: Path, asked: TableFormat | None = None, *, encoding: str = "", separator: str = ""
    ) -> TableLook | None:
        """Say how a table is written and what its columns may mean, as it was imported last; None for a vCard file.

        Raises BadInput or StorageFailed for a file that cannot be used.
        """
        place = await in_thread(_place, path)
        if asked is None and not encoding and not separator:
            asked = await self._format_of(place)

        def look() -> TableLook | None:
            file = _open(path)
            try:
                return file.look(asked, encoding=encoding, separator=separator)
            finally:
                file.close()

        return await in_thread(look)

    async def read(
        self, path: Path, asked: TableFormat | None = None, *, progress: Callable[[ImportProgress], None] | None = None
    ) -> Preview:
        """Read a file whole and compare it with what is there; `asked` says what a table's columns mean.

        Raises BadInput or StorageFailed, also for a file without a contact; then, and when cancelled, nothing stays.
        """
        await self._contacts.ready()
        file = await in_thread(_open, path)
        try:
            import_id = await self._archive.begin_import()
            try:
                return await self._stage(file, import_id, asked, progress)
            except BaseException:
                with suppress(StorageFailed):
                    await to_the_end(asyncio.ensure_future(self._archive.drop_import(import_id)))
                raise
        finally:
            await in_thread(file.close)

    async def compare(self, preview: Preview, source: int | None) -> Preview:
        """Compare with another source, or with none: the file is a new one."""
        place = await self._place_of(source)
        counts, examples = await self._archive.preview(preview.import_id, source, preview.counts.unreadable, EXAMPLES)
        return msgspec.structs.replace(
            preview, source=source, source_place=place, counts=counts, examples=tuple(examples)
        )

    async def take_over(self, preview: Preview, *, remove: bool) -> ImportCounts:
        """Take a file over, all of it or nothing; `remove` what is no longer in it, which a file must be sound for."""
        from voipdesk.archive.contacts_import import Reading

        reading = Reading(preview.place, preview.format, preview.fingerprint)
        remove = remove and preview.sound
        await self._archive.take_over(preview.import_id, reading, preview.source, remove=remove)
        self._contacts.changed.emit(None)
        with suppress(StorageFailed):  # it is done, and the next import clears away what stays
            await self._archive.drop_import(preview.import_id)
        return preview.counts if remove else msgspec.structs.replace(preview.counts, removed=0)

    async def drop(self, preview: Preview) -> None:
        """Forget what was read."""
        await self._archive.drop_import(preview.import_id)

    async def _stage(
        self,
        file: ContactFile,
        import_id: str,
        asked: TableFormat | None,
        progress: Callable[[ImportProgress], None] | None,
    ) -> Preview:
        place = await in_thread(_place, file.path)
        if asked is None and not file.is_vcard:
            asked = await self._format_of(place)
        look = None if file.is_vcard else await in_thread(file.look, asked)
        format_ = look.format if look is not None else None
        reader = _Reader(file.records(format_), self._contacts)
        while rows := await in_thread(reader.some):
            await self._archive.stage(import_id, rows)
            if progress:
                progress(ImportProgress(min(1.0, file.read / max(1, file.size)), reader.records))
        if not reader.records:
            raise BadInput(_("There is no contact in “{file}”.", file=file.path.name), advice=_no_contact(file))
        source = await self._archive.likely_source(import_id, place)
        counts, examples = await self._archive.preview(import_id, source, reader.unreadable, EXAMPLES)
        return Preview(
            import_id=import_id,
            place=place,
            format=msgspec.json.encode(format_).decode() if format_ is not None else "vcard",
            fingerprint=file.fingerprint,
            source=source,
            source_place=await self._place_of(source),
            counts=counts,
            examples=tuple(examples),
            sound=reader.sound,
        )

    async def _place_of(self, source: int | None) -> str:
        if source is None:
            return ""
        return next((each.place for each in await self._contacts.sources(counted=False) if each.id == source), "")

    async def _format_of(self, place: str) -> TableFormat | None:
        """Give the format in which a file was read the last time."""
        from voipdesk.contact_files.table import TableFormat

        kept, _ = await self._archive.format_of(place)
        try:
            return msgspec.json.decode(kept, type=TableFormat) if kept.startswith("{") else None
        except msgspec.DecodeError:
            return None


class _Reader:
    """Makes a file's records ready, some at a time; for one thread at a time."""

    def __init__(self, records: Iterator[FileRecord], contacts: Contacts) -> None:
        self._records = records
        self._contacts = contacts
        self._keys: Counter[str] = Counter()
        self.records = self.unreadable = 0
        self.sound = True

    def some(self) -> list[Staged]:
        """Give the next records, none at the end of the file."""
        rows: list[Staged] = []
        for record in self._records:
            self.unreadable += record.unreadable
            if record.contact is None or not record.whole:
                self.sound = False
            if record.contact is not None:
                rows.append(self._staged(record, record.contact))
            if len(rows) == _AT_ONCE:
                break
        return rows

    def _staged(self, record: FileRecord, contact: Contact) -> Staged:
        from voipdesk.archive.contacts_import import BY_UID, Staged
        from voipdesk.core.contact_keys import content_key, folded, found_by, own_key, sameness_key

        self.records += 1
        key = f"{BY_UID}{record.uid}" if record.uid else own_key(contact)
        key = key.encode("utf-8", "replace").decode()
        self._keys[key] += 1
        while self._keys[key] > 1:
            key = f"{key} {self._keys[key]}"
            self._keys[key] += 1
        numbers = self._contacts.keys_of(contact)
        data = msgspec.json.encode(contact).decode("utf-8", "replace")
        return Staged(
            key=key,
            place=self.records,
            uid=record.uid,
            content=content_key(contact),
            same=sameness_key(contact, numbers),
            sort=folded(contact.title),
            folded=found_by(contact),
            data=data,
            numbers=numbers,
        )


def _open(path: Path) -> ContactFile:
    from voipdesk.contact_files.reading import ContactFile

    return ContactFile(path)


def _place(path: Path) -> str:
    try:
        return str(path.expanduser().resolve())
    except (OSError, RuntimeError) as error:
        raise StorageFailed(_("“{path}” cannot be found: {reason}.", path=path, reason=error)) from error


def _no_contact(file: ContactFile) -> str:
    return _("Choose another file.") if file.is_vcard else _("Say which columns hold the name and the number.")
