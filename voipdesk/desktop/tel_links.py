"""Who opens telephone links on this computer, whichever system it has; each system has a module of its own."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from voipdesk.core.links import TelLinks


def tel_links(home: Path | None) -> TelLinks:
    """Give what registers links here; they open the window of `home`, else of VOIPDESK_HOME, else the platform's."""
    command = launch_command(home)
    if sys.platform == "win32":  # pragma: no cover - Windows
        import winreg

        from voipdesk.desktop.tel_links_windows import WindowsTelLinks

        return WindowsTelLinks(command, winreg)
    if sys.platform == "darwin":  # pragma: no cover - macOS
        from voipdesk.desktop.tel_links_macos import MacTelLinks

        return MacTelLinks(Path(sys.executable), Path.home())
    from voipdesk.desktop.tel_links_linux import LinuxTelLinks

    return LinuxTelLinks(command, os.environ)


def launch_command(home: Path | None) -> list[str]:
    """Give the command that starts this very program, as a list of arguments."""
    name = "voipdesk.exe" if sys.platform == "win32" else "voipdesk"
    script = Path(sys.executable).with_name(name)
    command = [str(script)] if script.is_file() else [sys.executable, "-m", "voipdesk"]
    if home is None and os.environ.get("VOIPDESK_HOME"):
        home = Path(os.environ["VOIPDESK_HOME"])
    return command if home is None else [*command, "--home", str(home.expanduser().absolute())]
