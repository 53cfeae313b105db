"""The calls that nobody took and nobody has seen or returned yet, from the archive alone."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from voipdesk.services.events import Event

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from voipdesk.archive.missed_calls import MissedCallArchive
    from voipdesk.core.missed_calls import MissedCall
    from voipdesk.services.call_log import CallLog
    from voipdesk.services.dial import Dial

REACH = timedelta(days=7)
"""How old a call may be and still wait for somebody."""
MOST = 300
"""Rows that are looked at, the newest of each outcome."""


class MissedCalls:
    """Lists them, and remembers in the archive which were seen. Asks no service. Raises StorageFailed.

    `changed` says that the list may be another: calls came, a number was called, calls were seen.
    """

    def __init__(
        self,
        archive: MissedCallArchive,
        call_log: CallLog,
        dial: Dial,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.changed: Event[None] = Event()
        self._archive = archive
        self._dial = dial
        self._clock = clock
        call_log.changed.subscribe(lambda _change: self.changed.emit(None))
        dial.dialled.subscribe(lambda _record: self.changed.emit(None))

    async def waiting(self) -> list[MissedCall]:
        """Give the calls that wait for somebody, newest first."""
        from voipdesk.core.missed_calls import waiting
        from voipdesk.core.number_spellings import number_key, number_spellings

        region = self._dial.region
        spellings = partial(number_spellings, region=region)
        found = await self._archive.unseen(self._clock() - REACH, spellings, MOST)
        key = partial(number_key, region=region)
        return await asyncio.to_thread(waiting, found.missed, found.others, found.dialled, key)

    async def see(self, calls: Iterable[MissedCall]) -> None:
        """Note that somebody has seen these."""
        ids = [id_ for call in calls for id_ in call.ids]
        if ids:
            await self._archive.see(ids)
            self.changed.emit(None)

    async def see_all(self) -> None:
        """Note that somebody has seen all of them."""
        if await self._archive.see_all(self._clock() - REACH):
            self.changed.emit(None)
