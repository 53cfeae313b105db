"""The CSV export of everything the filters match: asks where, writes, says how much and what is known complete."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from voipdesk.core.language import _, ngettext
from voipdesk.gui.messages import Level

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from voipdesk.core.call_log import CallFilter
    from voipdesk.gui.call_log.view import CallLogView
    from voipdesk.gui.messages import Messages
    from voipdesk.gui.tasks import Tasks
    from voipdesk.services.call_log import CallLog

_TASK = "call log: export"
_TOPIC = "export"


class Export:
    """Runs one export at a time."""

    def __init__(
        self,
        call_log: CallLog,
        view: CallLogView,
        tasks: Tasks,
        messages: Messages,
        asked: Callable[[], CallFilter],
        today: Callable[[], date],
    ) -> None:
        self._call_log = call_log
        self._view = view
        self._tasks = tasks
        self._messages = messages
        self._asked = asked
        self._today = today
        view.export_asked.connect(self.begin)
        view.file_chosen.connect(self._write_to)
        view.export_line.pressed.connect(lambda: tasks.cancel(_TASK))

    def begin(self) -> None:
        """Ask for the file, unless an export is under way already."""
        if self._tasks.running(_TASK):
            self._messages.show(Level.INFO, _("An export is under way."), _("Wait for it or cancel it."), topic=_TOPIC)
        else:
            self._view.choose_file(_("calls {date}.csv", date=self._today().isoformat()))

    def _write_to(self, file: str) -> None:
        self._tasks.start(_TASK, self._write, Path(file), self._asked())

    async def _write(self, path: Path, asked: CallFilter) -> None:
        line = self._view.export_line
        if await asyncio.to_thread(path.exists):
            question = _("“{file}” is there already. Its contents will be lost.", file=path.name)
            if not await self._messages.confirm(self._view, _("Replace the file?"), question, _("Replace")):
                return
        self._messages.dismiss(_TOPIC)
        line.say(_("Writing {file} …", file=path.name), _("Cancel"))
        try:
            written = await self._call_log.export_file(
                asked,
                path,
                spreadsheet=True,
                progress=lambda rows: line.say(_so_far(path, rows), _("Cancel")),
            )
        except asyncio.CancelledError:
            self._messages.show(Level.INFO, _("The export was cancelled."), _("No file was written."), topic=_TOPIC)
            raise
        finally:
            line.hide()
        known = " ".join(coverage.text for coverage in await self._call_log.coverage(asked))
        done = ngettext("{n} call written to {file}.", "{n} calls written to {file}.", written, file=path)
        self._messages.show(Level.GOOD, done, known, topic=_TOPIC)


def _so_far(path: Path, rows: int) -> str:
    return ngettext("Writing {file}: {n} call so far", "Writing {file}: {n} calls so far", rows, file=path.name)
