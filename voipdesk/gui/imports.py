"""Leaves imports to Python, which PySide puts itself between."""

import builtins
import linecache

import PySide6.QtCore  # noqa: F401 - puts itself there


def leave_imports_to_python() -> None:
    """Take PySide out of every import to come; to be called before the modules of the window are loaded.

    For the sake of `from __feature__ import …`, which nobody here uses, it reads the source of every module that is
    loaded, and `linecache` keeps it: 15 MiB in the end, and a tenth of the time to the first paint. It also exchanges
    `__import__` for a moment each time, while other threads import.
    """
    if builtins.__import__ is getattr(builtins, "__feature_import__", None):
        builtins.__import__ = builtins.__orig_import__  # type: ignore[attr-defined] # PySide's
        linecache.clearcache()
