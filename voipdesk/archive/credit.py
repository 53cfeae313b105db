"""The journal of credit transfers: each one, and what became of it, never changed and never deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from voipdesk.archive.store import Store


class CreditJournal:
    """Written before a request goes out, so that even a transfer that was cut off by a power failure is known."""

    def __init__(self, store: Store) -> None:
        self._store = store
