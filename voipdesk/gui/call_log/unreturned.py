"""Which missed calls nobody has returned, for the sentences of a screen reader: asked for as a whole, never by row."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtGui import QAccessible

if TYPE_CHECKING:
    from collections.abc import Callable

    from voipdesk.gui.call_log.model import CallTableModel
    from voipdesk.gui.tasks import Tasks
    from voipdesk.services.missed_calls import MissedCalls

_TASK = "call log: unreturned"
_AFTER_S = 1
"""After what is seen; a back-fill tells of every page."""


class Unreturned:
    """Keeps the model's list true as long as something listens on the accessibility bus."""

    def __init__(self, missed_calls: Callable[[], MissedCalls], model: CallTableModel, tasks: Tasks) -> None:
        self._get_service = missed_calls
        self._service: MissedCalls | None = None
        self._model = model
        self._tasks = tasks
        self._unsubscribe: Callable[[], None] | None = None

    def follow(self) -> None:
        """Begin, where somebody listens and it has not begun."""
        if self._service is None and QAccessible.isActive():
            self._service = self._get_service()
            self._unsubscribe = self._service.changed.subscribe(lambda _none: self._look())
            self._look()

    def close(self) -> None:
        """Let go of the service."""
        if self._unsubscribe is not None:
            self._unsubscribe()

    def _look(self) -> None:
        self._tasks.restart(_TASK, self._read)

    async def _read(self) -> None:
        await asyncio.sleep(_AFTER_S)
        if self._service is not None:
            calls = await self._service.waiting()
            self._model.set_unreturned(frozenset(id_ for call in calls for id_ in call.ids))
