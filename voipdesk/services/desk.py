"""Everything the program does, built once: the bundle that the window and the command line share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from voipdesk.services.accounts import Accounts
from voipdesk.services.connections import Connections
from voipdesk.services.dial import Dial
from voipdesk.services.status import Status
from voipdesk.settings.paths import Paths
from voipdesk.settings.preferences import Preferences
from voipdesk.settings.secrets import Secrets

if TYPE_CHECKING:
    from pathlib import Path

    from voipdesk.archive.store import Store
    from voipdesk.services.call_log import CallLog
    from voipdesk.services.schedule import Schedule
    from voipdesk.services.sync import Sync


@dataclass
class Desk:
    """The services and what they stand on; `close` when done."""

    paths: Paths
    preferences: Preferences
    secrets: Secrets
    store: Store
    accounts: Accounts
    connections: Connections
    dial: Dial
    call_log: CallLog
    sync: Sync
    schedule: Schedule
    status: Status
    _closed: bool = field(default=False, repr=False)

    @classmethod
    async def open(cls, home: Path | None, *, secrets: Secrets | None = None) -> Desk:
        """Open the archive and build the services; no keyring, HTTP or telephone-number library is loaded yet.

        `home` as for Paths.find. Raises StorageFailed when folders or archive cannot be made or read.
        """
        raise NotImplementedError

    async def close(self) -> None:
        """Close connections, then the archive they note their requests in; harmless a second time."""
        if self._closed:
            return
        self._closed = True
        try:
            await self.connections.close()
        finally:
            await self.store.close()
