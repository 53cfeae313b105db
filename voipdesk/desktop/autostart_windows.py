"""The start at login on Windows: a value of the user's Run key (Microsoft, “Run and RunOnce Registry Keys”)."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Any

from voipdesk.core.errors import StorageFailed
from voipdesk.core.language import _

if TYPE_CHECKING:
    from collections.abc import Sequence

RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
NAME = "voipdesk"


class WindowsLoginStart:
    """Writes below HKEY_CURRENT_USER alone; `registry` is the module winreg."""

    def __init__(self, command: Sequence[str], registry: Any) -> None:  # noqa: ANN401 - winreg is no type on Linux
        self._command = command
        self._registry = registry

    def is_on(self) -> bool:
        """Whether there is a value."""
        try:
            with self._registry.OpenKey(self._registry.HKEY_CURRENT_USER, RUN) as key:
                return bool(self._registry.QueryValueEx(key, NAME)[0])
        except OSError:
            return False

    def set_on(self, on: bool) -> None:
        """Write the value, or remove it."""
        registry = self._registry
        try:
            with registry.CreateKeyEx(registry.HKEY_CURRENT_USER, RUN, 0, registry.KEY_WRITE) as key:
                if on:
                    registry.SetValueEx(key, NAME, 0, registry.REG_SZ, subprocess.list2cmdline(self._command))
                    return
                try:
                    registry.DeleteValue(key, NAME)
                except FileNotFoundError:
                    return
        except OSError as error:
            raise StorageFailed(
                _("The registry could not be changed: {reason}.", reason=error.strerror or error)
            ) from error
