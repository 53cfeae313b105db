"""Yay.com's call history, as the log of its users."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec

from voipdesk.core.call_log import CallPage, Source, UnreadableRow
from voipdesk.core.errors import BadInput
from voipdesk.core.language import _
from voipdesk.providers.yay.door import Behind
from voipdesk.providers.yay.wire_call_log import PAGE_LIMIT, call_log_request, read_calls

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


class YayCallLog(Behind):
    """HasCallLog."""

    @property
    def call_page_limit(self) -> int:
        """The service names no limit; its own default is 10."""
        return PAGE_LIMIT

    @property
    def call_pages_aligned(self) -> bool:
        """True: it counts in pages, not in calls."""
        return True

    async def fetch_calls(
        self,
        source: Source,
        *,
        since: date | None = None,
        until: date | None = None,
        limit: int = 100,
        offset: int = 0,
        names: Sequence[str] = (),
    ) -> CallPage:
        """Fetch calls newest first; days are the service's own, both inclusive, and it cannot be asked for names."""
        if source is not Source.USER:
            raise BadInput(
                _("The service keeps no log of queue calls.")
                if source is Source.QUEUE
                else _("The service keeps no log of ring-group calls.")
            )
        if names:
            raise BadInput(
                _("The service cannot be asked for the calls of some names."), advice=_("Ask for all calls.")
            )
        zone, path = self._settings.zone, self._settings.history_path
        # Of days to come there are no calls, and the service wants to be told an end.
        last = until or self._door.clock().astimezone(zone).date() + timedelta(days=1)
        request = call_log_request(path, since=since, until=last, limit=limit, offset=offset)
        page = await self._door.ask(request, lambda answer: read_calls(answer, path, zone))
        redact = self._door.password.redact
        rows = [UnreadableRow(redact(row.raw), redact(row.reason)) for row in page.unreadable]
        return msgspec.structs.replace(page, unreadable=rows)
