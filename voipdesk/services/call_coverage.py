"""What is known to be complete of a call log, in words: said with every export."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from voipdesk.core.call_log import Source

if TYPE_CHECKING:
    from datetime import date

    from voipdesk.archive.sync_state import SyncProgress

LOGS = {Source.USER: "user calls", Source.QUEUE: "queue calls", Source.RING_GROUP: "ring-group calls"}


class Coverage(msgspec.Struct, frozen=True):
    """How much of one log of one account is known to be complete."""

    account_name: str
    source: Source
    progress: SyncProgress

    @property
    def text(self) -> str:
        """One sentence; days are ISO 8601, the time is this computer's."""
        known = self.progress
        log = f"{self.account_name}, {LOGS[self.source]}:"
        as_of = f", read until {known.refreshed_at.astimezone():%Y-%m-%d %H:%M}" if known.refreshed_at else ""
        if known.complete_to is None:
            return f"{log} no day is known complete{as_of}." if as_of else f"{log} not read yet."
        if known.whole:
            return f"{log} complete from its beginning to {known.complete_to}{as_of}."
        text = f"{log} complete from {known.complete_from} to {known.complete_to}{as_of}"
        if known.gaps:
            return f"{text}; older days are missing, such as {_days(*known.gaps[0])}."
        return f"{text}; older calls were not read yet."


def _days(first: date, last: date) -> str:
    return f"{first}" if first == last else f"{first} to {last}"
