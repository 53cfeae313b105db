"""The start at login on macOS: a LaunchAgent of the user (Apple, “Creating Launch Daemons and Agents”)."""

# NON-NLS: the keys of the format; what people read is marked all the same
from __future__ import annotations

import plistlib
from typing import TYPE_CHECKING

from voipdesk.core.errors import StorageFailed
from voipdesk.core.language import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

LABEL = "com.voipdesk.voipdesk"


class MacLoginStart:
    """Writes and removes the agent's file, which counts from the next login on."""

    def __init__(self, command: Sequence[str], home: Path) -> None:
        self._command = command
        self._file = home / "Library" / "LaunchAgents" / f"{LABEL}.plist"

    def is_on(self) -> bool:
        """Whether there is an agent."""
        return self._file.is_file()

    def set_on(self, on: bool) -> None:
        """Write the agent, or remove it."""
        agent = {
            "Label": LABEL,
            "ProgramArguments": list(self._command),
            "RunAtLoad": True,
            "ProcessType": "Interactive",
        }
        try:
            if on:
                self._file.parent.mkdir(parents=True, exist_ok=True)
                self._file.write_bytes(plistlib.dumps(agent))
            else:
                self._file.unlink(missing_ok=True)
        except OSError as error:
            raise StorageFailed(
                _("{file} could not be changed: {reason}.", file=self._file, reason=error.strerror or error)
            ) from error
