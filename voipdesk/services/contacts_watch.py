"""Folders whose files of contacts are followed: what is new or changed is taken over, and nothing is lost by itself."""

from __future__ import annotations

import asyncio
import os
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from voipdesk.core.errors import BadInput, StorageFailed, VoipdeskError
from voipdesk.core.language import _
from voipdesk.services.contacts import FILE_GONE
from voipdesk.services.events import Event
from voipdesk.services.whole_file import in_thread

if TYPE_CHECKING:
    from voipdesk.archive.contacts import ContactArchive
    from voipdesk.core.contacts import ContactSource, ImportCounts
    from voipdesk.services.contacts import Contacts
    from voipdesk.services.contacts_import import ContactImports

EVERY_S = 5.0
_MOST_FILES = 1_000


class WatchNews(msgspec.Struct, frozen=True):
    """What became of a file in a watched folder."""

    place: str
    """The file, or the folder that cannot be read; "" where none could be looked into."""
    counts: ImportCounts | None = None
    """What was taken over. `removed` tells how many are no longer in the file, and still there."""
    problem: str = ""
    """Why it could not be read; its contacts stay as they are."""


class ContactsWatch:
    """Looks into the watched folders now and then; `told` says what was taken over and what could not be."""

    def __init__(self, archive: ContactArchive, contacts: Contacts, imports: ContactImports) -> None:
        self.told: Event[WatchNews] = Event()
        self._archive = archive
        self._contacts = contacts
        self._imports = imports
        self._settling: dict[str, str] = {}

    async def add(self, folder: Path) -> list[WatchNews]:
        """Watch a folder from now on, and take over what is in it; BadInput when it is none."""
        place = await in_thread(_folder, folder)
        await self._archive.watch(place)
        self._contacts.changed.emit(None)
        return await self.look(settled=True)

    async def check_forgetting(self, source: ContactSource) -> None:
        """Raise BadInput for a file that would come back at once, because its folder is watched."""
        folder = str(Path(source.place).parent)
        watched = any(each.is_folder and each.place == folder for each in await self._contacts.sources(counted=False))
        if watched and source.place in await in_thread(_files, folder):
            raise BadInput(
                _("{file} lies in a watched folder, which would bring it back.", file=Path(source.place).name),
                advice=_("Watch the folder no more first, or move the file elsewhere."),
            )

    async def run(self) -> None:
        """Look until cancelled; also notices what other processes change. What fails is told, and tried again."""
        problem = ""
        while True:
            try:
                await self.look()
                await self._contacts.look_for_changes()
                problem = ""
            except StorageFailed as error:
                if problem != str(error):
                    problem = str(error)
                    self.told.emit(WatchNews("", problem=problem))
            await asyncio.sleep(EVERY_S)

    async def look(self, *, settled: bool = False) -> list[WatchNews]:
        """Look once. A file that may still be written is left for the next time, unless all are `settled`."""
        news: list[WatchNews] = []
        sources = await self._contacts.sources(counted=False)
        known = {source.place: source for source in sources}
        for folder in [source for source in sources if source.is_folder]:
            try:
                files = await in_thread(_files, folder.place)
            except VoipdeskError as error:
                news += await self._problem(folder, folder.place, error.message, "")
                continue
            if folder.problem:
                await self._archive.note_problem(folder.place, "", "")
            for place, seen in files.items():
                news += await self._follow(known.get(place), place, seen, settled=settled)
            for source in sources:
                inside = not source.is_folder and Path(source.place).parent == Path(folder.place)
                if inside and source.place not in files and not await in_thread(os.path.exists, source.place):
                    news += await self._problem(source, source.place, FILE_GONE, "")
        for each in news:
            self.told.emit(each)
        return news

    async def _follow(self, source: ContactSource | None, place: str, seen: str, *, settled: bool) -> list[WatchNews]:
        _, before = await self._archive.format_of(place) if source is not None else ("", "")
        if before == seen:
            return []
        if not settled and self._settling.get(place) != seen:
            self._settling[place] = seen
            return []
        self._settling.pop(place, None)
        try:
            counts = await self._take_over(Path(place))
        except (BadInput, StorageFailed) as error:
            return await self._problem(source, place, str(error), seen)
        return [WatchNews(place, counts)]

    async def _take_over(self, path: Path) -> ImportCounts:
        look = await self._imports.look(path)
        if look is not None:
            roles = set(look.format.roles)
            named = roles & {"name", "first", "last", "organisation"}
            if not look.format.has_heading or not named or not roles & {"number", "work", "mobile", "home"}:
                raise BadInput(_("It is not known what its columns mean."), advice=_("Import it once by hand."))
        preview = await self._imports.read(path)
        done = await self._imports.take_over(preview, remove=False)
        return msgspec.structs.replace(done, removed=preview.counts.removed if preview.sound else 0)

    async def _problem(self, source: ContactSource | None, place: str, problem: str, seen: str) -> list[WatchNews]:
        """Note a problem and tell it, once; a folder's may have been noted in another language."""
        before = source.problem if source is not None else ""
        told = _(problem) if problem == FILE_GONE else problem  # NON-NLS: marked where it is written
        if before == told and not seen:
            return []
        await self._archive.note_problem(place, problem, seen)
        return [] if before and source is not None and source.is_folder else [WatchNews(place, problem=told)]


def _folder(folder: Path) -> str:
    try:
        found = folder.expanduser().resolve()
        if not found.is_dir():
            raise BadInput(_("There is no folder “{folder}”.", folder=folder), advice=_("Look at its name."))
    except (OSError, RuntimeError) as error:
        raise StorageFailed(_("“{path}” cannot be read: {reason}.", path=folder, reason=error)) from error
    return str(found)


def _files(folder: str) -> dict[str, str]:
    """List a folder's files of contacts with what changes when they do; not those of folders in it."""
    from voipdesk.contact_files.reading import SUFFIXES, fingerprint

    found: dict[str, str] = {}
    try:
        paths = (path for path in sorted(Path(folder).iterdir()) if path.suffix.lower() in SUFFIXES)
        for path in islice((p for p in paths if not p.name.startswith((".", "~")) and p.is_file()), _MOST_FILES):
            found[str(path)] = fingerprint(path)
    except OSError as error:
        raise StorageFailed(
            _("The folder {folder} cannot be read: {reason}.", folder=folder, reason=error.strerror or error)
        ) from error
    return found
