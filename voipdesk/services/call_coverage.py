"""What is known to be complete of a call log, in words: said with every export."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from voipdesk.core.call_log import Source
from voipdesk.core.language import N_, _

if TYPE_CHECKING:
    from datetime import date

    from voipdesk.archive.sync_state import SyncProgress

LOGS = {Source.USER: N_("user calls"), Source.QUEUE: N_("queue calls"), Source.RING_GROUP: N_("ring-group calls")}


class Coverage(msgspec.Struct, frozen=True):
    """How much of one log of one account is known to be complete."""

    account_name: str
    source: Source
    progress: SyncProgress

    @property
    def text(self) -> str:
        """One sentence; days are ISO 8601, the time is this computer's."""
        known = self.progress
        parts = [_complete(known)]
        if known.refreshed_at:
            parts.append(_("read until {time}", time=f"{known.refreshed_at.astimezone():%Y-%m-%d %H:%M}"))
        log, text = _(LOGS[self.source]), ", ".join(parts)  # NON-NLS: marked in its table
        if known.complete_to is not None and not known.whole:
            text = f"{text}; {_missing(known)}"
        return f"{self.account_name}, {log}: {text}."


def _complete(known: SyncProgress) -> str:
    if known.complete_to is None:
        return _("no day is known complete") if known.refreshed_at else _("not read yet")
    if known.whole:
        return _("complete from its beginning to {last}", last=known.complete_to)
    return _("complete from {first} to {last}", first=known.complete_from, last=known.complete_to)


def _missing(known: SyncProgress) -> str:
    if known.gaps:
        return _("older days are missing, such as {days}", days=_days(*known.gaps[0]))
    return _("older calls were not read yet")


def _days(first: date, last: date) -> str:
    return f"{first}" if first == last else _("{first} to {last}", first=first, last=last)
