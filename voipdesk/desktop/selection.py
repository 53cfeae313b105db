"""What is selected on the screen or lies in the clipboard, read without changing either."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from voipdesk.core.errors import BadInput, StorageFailed
from voipdesk.core.language import _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LONGEST = 4_000
"""Characters that are read; a text with a number has far less."""
_WITHIN_S = 10


def read_selection() -> str:
    """Give the text that is selected; BadInput when there is none, StorageFailed when it cannot be read."""
    return _said(
        selection_command(sys.platform, os.environ), _("Nothing is selected."), _("Select a number, and try again.")
    )


def read_clipboard() -> str:
    """Give the text in the clipboard; raises as above."""
    return _said(
        clipboard_command(sys.platform, os.environ), _("The clipboard has no text."), _("Copy a number first.")
    )


def selection_command(platform: str, environment: Mapping[str, str]) -> list[str]:
    """Give the command that prints what is selected."""
    if platform == "win32":
        from voipdesk.desktop.selection_windows import COMMAND

        return COMMAND
    if platform == "darwin":
        from voipdesk.desktop.selection_macos import COMMAND

        return COMMAND
    from voipdesk.desktop.selection_linux import paste_command

    return paste_command("selection", environment)


def clipboard_command(platform: str, environment: Mapping[str, str]) -> list[str]:
    """Give the command that prints the clipboard's text: on Windows and macOS a small process with Qt."""
    if platform in {"win32", "darwin"}:
        return qt_command("clipboard")
    from voipdesk.desktop.selection_linux import paste_command

    return paste_command("clipboard", environment)


def qt_command(which: str) -> list[str]:
    """Give the command of a process with Qt, which the command line itself does without."""
    return [sys.executable, "-m", "voipdesk.desktop.clipboard_process", which]


def _said(command: Sequence[str], nothing: str, advice: str) -> str:
    try:
        ended = subprocess.run(  # noqa: S603 - fixed commands, and no shell
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=_WITHIN_S, check=False
        )
    except FileNotFoundError as error:
        raise StorageFailed(
            _("{command} is not there, which reads what is selected here.", command=command[0]),
            advice=_("Install it; wl-paste is in the package wl-clipboard."),
        ) from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise StorageFailed(_("What is selected could not be read: its program does not answer.")) from error
    text = ended.stdout.decode("utf-8", "replace")[:LONGEST].strip("\r\n\0")
    if not text.strip():
        raise BadInput(nothing, advice=advice, details=ended.stderr.decode("utf-8", "replace")[:LONGEST])
    return text
