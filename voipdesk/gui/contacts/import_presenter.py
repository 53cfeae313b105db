"""The way of a file into the contacts: chosen, looked at, read, compared, and taken over at a yes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from voipdesk.core.errors import BadInput, VoipdeskError
from voipdesk.core.language import ngettext
from voipdesk.gui.messages import Level

if TYPE_CHECKING:
    from collections.abc import Callable

    from voipdesk.contact_files.table import TableFormat
    from voipdesk.gui.contacts.view import ContactsView
    from voipdesk.gui.messages import Messages
    from voipdesk.gui.tasks import Tasks
    from voipdesk.services.contacts import Contacts
    from voipdesk.services.contacts_import import ContactImports, Preview

_TASK, _DROP = "contacts: import", "contacts: drop"
_TOPIC = "contacts import"


class ImportPresenter:
    """Runs one import at a time; leaving it at any point changes nothing."""

    def __init__(
        self,
        view: ContactsView,
        contacts: Contacts,
        imports: ContactImports,
        tasks: Tasks,
        messages: Messages,
        done: Callable[[], None],
    ) -> None:
        self._view = view
        self._contacts = contacts
        self._imports = imports
        self._tasks = tasks
        self._messages = messages
        self._done = done
        self._path = Path()
        self._preview: Preview | None = None
        view.file_chosen.connect(lambda file: self.open(Path(file)))
        columns, page = view.columns, view.preview
        columns.format_changed.connect(lambda: tasks.start(_TASK, self._look, columns.with_format()))
        columns.done.connect(lambda: tasks.start(_TASK, self._read, columns.format))
        columns.back.connect(self._leave)
        page.source_changed.connect(lambda: tasks.start(_TASK, self._compare))
        page.done.connect(lambda: tasks.start(_TASK, self._take_over))
        page.back.connect(self._leave)

    def open(self, path: Path) -> None:
        """Begin with a file."""
        self._path = path
        self._messages.dismiss(_TOPIC)
        self._tasks.start(_TASK, self._look, None)

    async def _look(self, asked: TableFormat | None) -> None:
        try:
            look = await self._imports.look(self._path, asked)
        except VoipdeskError as error:
            if self._view.page is self._view.columns:
                self._view.columns.show_failure(error)
            else:
                self._messages.error(error, topic=_TOPIC)
            return
        if look is None:
            await self._read(None)
        else:
            self._view.columns.show_look(look, self._path.name)
            self._view.show_page(self._view.columns)

    async def _read(self, asked: TableFormat | None) -> None:
        page = self._view.preview
        page.begin(self._path.name)
        self._view.show_page(page)
        await self._forget()
        try:
            self._preview = await self._imports.read(self._path, asked, progress=page.show_progress)
        except VoipdeskError as error:
            if asked is not None and isinstance(error, BadInput):
                self._view.columns.show_failure(error)
                self._view.show_page(self._view.columns)
            else:
                self._messages.error(error, topic=_TOPIC)
                self._done()
            return
        page.show_preview(self._preview, await self._contacts.sources(counted=False))

    async def _compare(self) -> None:
        if self._preview is not None:
            self._preview = await self._imports.compare(self._preview, self._view.preview.source_id)
            self._view.preview.show_preview(self._preview, await self._contacts.sources(counted=False))

    async def _take_over(self) -> None:
        page, preview = self._view.preview, self._preview
        if preview is None:
            return
        page.set_busy(busy=True)
        try:
            counts = await self._imports.take_over(preview, remove=page.remove.isChecked())
        except VoipdeskError as error:
            page.show_failure(error)
            return
        finally:
            page.set_busy(busy=False)
        self._preview = None
        parts = [
            ngettext("{n} contact imported", "{n} contacts imported", counts.added + counts.merged),
            ngettext("{n} changed", "{n} changed", counts.changed),
        ]
        if counts.removed:
            parts.append(ngettext("{n} removed", "{n} removed", counts.removed))
        self._messages.show(Level.GOOD, f"{', '.join(parts)}.", self._path.name, topic=_TOPIC)
        self._done()

    def _leave(self) -> None:
        self._tasks.cancel(_TASK)
        self._tasks.start(_DROP, self._forget)
        self._done()

    async def _forget(self) -> None:
        preview, self._preview = self._preview, None
        if preview is not None:
            await self._imports.drop(preview)
