"""The start of the program at login, hidden in the tray; each system has a module of its own."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from voipdesk.desktop.tel_links import launch_command

if TYPE_CHECKING:
    from voipdesk.core.shortcut import LoginStart


def login_start(home: Path | None) -> LoginStart:
    """Give what starts the program for this user, with the home this window has."""
    command = [*launch_command(home), "--hidden"]
    if sys.platform == "win32":  # pragma: no cover - Windows
        import winreg

        from voipdesk.desktop.autostart_windows import WindowsLoginStart

        return WindowsLoginStart(command, winreg)
    if sys.platform == "darwin":  # pragma: no cover - macOS
        from voipdesk.desktop.autostart_macos import MacLoginStart

        return MacLoginStart(command, Path.home())
    from voipdesk.desktop.autostart_linux import LinuxLoginStart

    return LinuxLoginStart(command, os.environ)
