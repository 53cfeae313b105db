"""The number beside the pane's title: calls missed since the log was last looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.core.call_log import CallFilter, CallKey
from voipdesk.gui.call_log.wording import MISSED

if TYPE_CHECKING:
    from voipdesk.gui.tasks import Tasks
    from voipdesk.services.call_log import CallLog

_TASK = "call log: badge"
_MOST = 99


class MissedBadge:
    """Counts missed calls newer than the newest call there was when the pane was left."""

    def __init__(self, call_log: CallLog, tasks: Tasks) -> None:
        self._call_log = call_log
        self._tasks = tasks
        self._seen: CallKey | None = None
        self._missed = 0

    @property
    def text(self) -> str:
        """The count as the side list shows it; "" for none."""
        return f"{_MOST}+" if self._missed > _MOST else str(self._missed or "")

    def begin(self) -> None:
        """Count from here on."""
        self._tasks.start(_TASK, self._mark)

    def count(self) -> None:
        """Count again."""
        self._tasks.start(_TASK, self._count)

    def clear(self) -> None:
        """Count nothing: the log is looked at."""
        self._tasks.cancel(_TASK)
        self._seen, self._missed = None, 0

    async def _mark(self) -> None:
        newest = await self._call_log.page(CallFilter(), limit=1)
        self._seen = newest[0].key if newest else None

    async def _count(self) -> None:
        if self._seen is not None:
            self._missed = await self._call_log.count_newer(CallFilter(outcomes=tuple(sorted(MISSED))), self._seen)
