"""The report of a bug: where it happened, without telephone numbers and secrets."""

from __future__ import annotations

import platform
import re
import traceback
from pathlib import Path

from PySide6 import __version__ as pyside_version

from voipdesk import __version__

_NUMBERS = re.compile(r"\+?\d(?:[\d\s().\-/]{1,}\d){1,}")
_TOKENS = re.compile(r"\S{12,}")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")


def bug_report(bug: BaseException) -> str:
    """Say what happened and where.

    Messages of exceptions may quote anything, so what is quoted, looks like a number or is a long word is blanked
    there; the lines of code are our own and stay.
    """
    lines = [
        f"voipdesk {__version__}, Python {platform.python_version()}, PySide6 {pyside_version}",  # NON-NLS: for support
        platform.platform(),
    ]
    chain: list[BaseException] = []
    following: BaseException | None = bug
    while following is not None and following not in chain:
        chain.append(following)
        following = following.__cause__ or following.__context__
    for link in reversed(chain):
        lines.append("")
        lines += [line.rstrip() for line in traceback.format_tb(link.__traceback__)]
        lines.append(f"{type(link).__name__}: {blanked(str(link))}")
    return "\n".join(lines).replace(str(Path.home()), "~")


def blanked(text: str) -> str:
    """Put … for what may be a name, a number or a secret."""
    for pattern in (_QUOTED, _TOKENS, _NUMBERS):
        text = pattern.sub("…", text)
    return text
