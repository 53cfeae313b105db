"""The moment in which a table has painted rows for the first time: what is dear to load waits for it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTableView


class FirstRows(QObject):
    """Watches a table until it has painted a row."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        self._painted = asyncio.Event()
        table.viewport().installEventFilter(self)

    async def painted(self, at_most_s: float) -> None:
        """Wait until it has; no longer than so many seconds, since there may be no rows."""
        try:
            async with asyncio.timeout(at_most_s):
                await self._painted.wait()
        except TimeoutError:
            return

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """See a paint event coming; the event itself comes after this."""
        if event.type() is QEvent.Type.Paint and self._table.model().rowCount():
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._painted.set)
        return False
