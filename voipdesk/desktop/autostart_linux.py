"""The start at login on Linux: an entry in the autostart folder (Desktop Application Autostart Specification)."""

# NON-NLS: the keys of the format; what people read is marked all the same
from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from voipdesk.core.errors import StorageFailed
from voipdesk.core.language import _
from voipdesk.core.resources import resource
from voipdesk.desktop.entry_text import escaped, quoted, value
from voipdesk.settings.text_file import read_text, write_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ENTRY = "voipdesk.desktop"


class LinuxLoginStart:
    """Writes and removes the entry; one that a desktop's own settings switched off is off."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._command = command
        config = Path(environment.get("XDG_CONFIG_HOME", ""))
        if not config.is_absolute():
            config = Path(environment.get("HOME", "/")) / ".config"
        self._entry = config / "autostart" / ENTRY

    def is_on(self) -> bool:
        """Whether there is an entry that counts."""
        text = read_text(self._entry)
        off = value(text, "Hidden") == "true" or value(text, "X-GNOME-Autostart-enabled") == "false"
        return bool(value(text, "Exec")) and not off

    def set_on(self, on: bool) -> None:
        """Write the entry, or remove it."""
        try:
            if not on:
                self._entry.unlink(missing_ok=True)
                return
            self._entry.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageFailed(
                _("{file} could not be changed: {reason}.", file=self._entry, reason=error.strerror or error)
            ) from error
        write_text(self._entry, autostart_entry(self._command))


def autostart_entry(command: Sequence[str]) -> str:
    """Write the entry."""
    return f"""[Desktop Entry]
Type=Application
Name=voipdesk
Comment=Missed calls and dialling, from the tray
Comment[nl]=Gemiste gesprekken en bellen, vanuit het systeemvak
Exec={" ".join(map(quoted, command))}
Icon={escaped(str(resource("voipdesk.svg")))}
Terminal=false
X-GNOME-Autostart-enabled=true
"""  # NON-NLS: the desktop chooses the language
