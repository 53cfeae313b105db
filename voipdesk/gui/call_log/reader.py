"""Brings the rows of the log that are seen into the model, and keeps both true while calls arrive."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from voipdesk.core.call_log import CallFilter
from voipdesk.core.errors import VoipdeskError
from voipdesk.gui.call_log.window import BLOCK, FIRST, at_or_before

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from voipdesk.core.call_log import CallTotals, LoggedCall
    from voipdesk.gui.call_log.model import CallTableModel
    from voipdesk.gui.call_log.table import CallTable
    from voipdesk.gui.tasks import Tasks
    from voipdesk.services.call_log import CallLog

_LOAD, _PAGES, _FOLLOW = "call log: load", "call log: pages", "call log: follow"
_TYPING_S = 0.04
"""How long the first page is left alone before totals are asked for: the next letter may be on its way."""
ANCHORS_AFTER_S = 0.6
"""How long the anchors of a log, 0.1 s of work for a million calls, are left unread where nobody scrolls far: a window
opens and the next letter is typed without them."""
_FOLLOW_EVERY_S = 0.3
"""The least time between two looks at what changed: a back-fill tells of every page."""


class LogReader(QObject):
    """Loads what a filter matches in the order in which it is missed: first page, totals, anchors, pages seen.

    A later filter supersedes an earlier one at any point; nothing of the earlier is shown then.
    """

    loaded = Signal()
    """The first page of another filter is in the model."""
    settled = Signal()
    """What the filter's log shows at first is here: its newest rows and its totals."""
    totalled = Signal(object)
    """CallTotals of the filter."""
    filled = Signal()
    """Rows of the model are others than before."""
    newer_calls = Signal(int)
    """That many calls came above the row that was the newest."""
    chosen_changed = Signal()
    """Another call is chosen, or the chosen one was updated."""
    busy = Signal(bool)

    def __init__(
        self,
        call_log: CallLog,
        model: CallTableModel,
        table: CallTable,
        tasks: Tasks,
        failed: Callable[[VoipdeskError], None],
    ) -> None:
        super().__init__()
        self._call_log = call_log
        self._model = model
        self._table = table
        self._tasks = tasks
        self._failed = failed
        self._wanted: CallFilter | None = None
        self._chosen: LoggedCall | None = None
        self._loading: asyncio.Task[None] | None = None
        self._fetching: asyncio.Task[None] | None = None
        self._following: asyncio.Task[None] | None = None
        self._far = asyncio.Event()
        self._changes = self._changes_seen = 0
        self.filter = CallFilter()
        """The filter whose rows are in the model."""
        table.seen.connect(self._fetch_seen)
        table.current_changed.connect(self._note_chosen)

    @property
    def wanted(self) -> CallFilter | None:
        """The filter that is shown or on its way; None before the first."""
        return self._wanted

    @property
    def chosen(self) -> LoggedCall | None:
        """The call of the current row; None when there is none, or it is not loaded yet."""
        return self._chosen

    def show(self, wanted: CallFilter) -> None:
        """Show what a filter matches, from the newest on; the rows of before stay until the new ones are here."""
        self._wanted = wanted
        self._tasks.cancel(_PAGES)
        self._tasks.cancel(_FOLLOW)
        self._loading = self._tasks.start(_LOAD, self._load, wanted)

    def go_on(self, wanted: CallFilter) -> None:
        """Show a filter whose newest rows the model has already."""
        self._wanted = wanted
        self._loading = self._tasks.start(_LOAD, self._load, wanted, begun=True)

    def close(self) -> None:
        """Fetch nothing any more."""
        self._wanted = None

    def follow(self) -> None:
        """Look at what changed in the log, now or after what is under way."""
        self._changes += 1
        if self._wanted is not None and _idle(self._loading) and _idle(self._following):
            self._following = self._tasks.start(_FOLLOW, self._follow)

    async def _load(self, wanted: CallFilter, *, begun: bool = False) -> None:
        self.busy.emit(True)
        self._changes_seen = self._changes
        try:
            if not begun:
                rows = await self._call_log.page(wanted, limit=FIRST)
                if wanted is not self._wanted:  # superseded, by a reader that could not be interrupted
                    return
                self._begin(wanted, rows)
            if wanted.search:
                await asyncio.sleep(_TYPING_S)
            totals = await self._call_log.totals(wanted)
            if wanted is not self._wanted:
                return
            self._model.set_count(totals.count)
            self.totalled.emit(totals)
            self.settled.emit()
            if totals.count > FIRST:
                await self._until_scrolled_far(wanted)
                self._model.set_anchors(await self._call_log.anchors(wanted, BLOCK))
                self._fetch_seen()
        except VoipdeskError as error:
            self._failed(error)
            return
        finally:
            if wanted is self._wanted:
                self.busy.emit(False)
        if self._changes != self._changes_seen or self._model.window.drifted:
            self._following = self._tasks.start(_FOLLOW, self._follow)

    async def _until_scrolled_far(self, wanted: CallFilter) -> None:
        """Wait until rows are seen that only an anchor leads to, but not for long: somebody may scroll far soon."""
        self._far.clear()
        self._fetch_seen()
        self.busy.emit(False)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(ANCHORS_AFTER_S):
                await self._far.wait()
        if wanted is self._wanted:
            self.busy.emit(True)

    def _begin(self, wanted: CallFilter, rows: Sequence[LoggedCall]) -> None:
        """Put the first page in; the chosen call stays chosen when it is on it."""
        chosen = self._chosen
        self.filter = wanted
        self._model.begin(rows, whole=len(rows) < FIRST)
        self._table.jump_to_top()
        self._chosen = None
        if chosen is not None:
            self._table.choose(next((i for i, row in enumerate(rows) if row.id == chosen.id), -1))
            self._note_chosen()
        self.loaded.emit()
        self.filled.emit()

    # Pages

    def _fetch_seen(self) -> None:
        seen, window = self._table.rows_seen, self._model.window
        if not window.reachable and any(window.row(row) is None for row in seen):
            self._far.set()
        if self._wanted is not None and window.want(*seen) is not None and _idle(self._fetching):
            self._fetching = self._tasks.start(_PAGES, self._fetch)

    async def _fetch(self) -> None:
        """Fetch what the rows in sight lack, looking anew after each page: what was scrolled past is not fetched."""
        window = self._model.window
        while (request := window.want(*self._table.rows_seen)) is not None:
            rows = await self._call_log.page(
                self.filter, before=request.before, after=request.after, limit=request.limit
            )
            if self._table.current_row in self._model.put(request, rows):
                self._note_chosen()
            self.filled.emit()
        if window.drifted:
            self.follow()

    # What changes

    async def _follow(self) -> None:
        while True:
            self._changes_seen = self._changes
            await self._look()
            await asyncio.sleep(_FOLLOW_EVERY_S)
            if self._changes == self._changes_seen:
                return

    async def _look(self) -> None:
        """Bring the model to where the log is now, leaving the rows in sight and the chosen call where they are."""
        window, era, asked = self._model.window, self._model.window.era, self.filter
        totals = await self._call_log.totals(asked)
        top = window.top
        if top is None:
            if totals.count:
                self.show(asked)
            self.totalled.emit(totals)
            return
        newer = await self._call_log.count_newer(asked, top)
        only_above = window.counted and not window.drifted and totals.count == window.count + newer
        if only_above and window.reachable and window.arrived + newer <= BLOCK:
            rows = await self._call_log.page(asked, after=top, limit=newer) if newer else []
            if era != window.era:
                return
            self._model.mark_stale()
            self._model.prepend(rows)
        else:
            await self._read_anew(asked, totals, era)
        if newer:
            self.newer_calls.emit(newer)
        self.totalled.emit(totals)
        self._fetch_seen()

    async def _read_anew(self, asked: CallFilter, totals: CallTotals, era: int) -> None:
        """Take over a log that changed anywhere: read the anchors, find the top row in sight and the chosen call."""
        log, model, table = self._call_log, self._model, self._table
        anchors = await log.anchors(asked, BLOCK)
        first, last = table.rows_seen
        top_call = None if table.at_top else model.call(first)
        now_first = first if top_call is None else await log.count_newer(asked, top_call.key)
        chosen = self._chosen
        chosen_row = -1 if chosen is None else await self._row_of(asked, chosen)
        blocks: dict[int, Sequence[LoggedCall]] = {
            number: await log.page(asked, before=at_or_before(anchors[number]), limit=BLOCK)
            for number in sorted({now_first // BLOCK, (now_first + last - first) // BLOCK})
            if number < len(anchors)
        }
        if era != model.window.era:
            return
        model.replace(totals.count, anchors, blocks, now_first - first)
        if chosen is self._chosen:
            table.choose(chosen_row)
        self._note_chosen()
        self.filled.emit()

    async def _row_of(self, asked: CallFilter, call: LoggedCall) -> int:
        """Find a call's row; -1 when the filter no longer matches it."""
        found = await self._call_log.page(asked, before=at_or_before(call.key), limit=1)
        if not found or found[0].id != call.id:
            return -1
        return await self._call_log.count_newer(asked, call.key)

    def _note_chosen(self, _row: int = -1) -> None:
        self._chosen = self._model.call(self._table.current_row)
        self.chosen_changed.emit()


def _idle(task: asyncio.Task[None] | None) -> bool:
    return task is None or task.done()
