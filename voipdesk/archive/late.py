"""Modules loaded when they are first used: what needs SQLAlchemy is, on the archive's own thread.

SQLAlchemy takes 0.3 s to load, longer than a bare window takes to its first paint.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any


class Late:
    """Stands for a module; the first look at anything in it loads it."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:  # noqa: ANN401 - the module's own types are declared where it is used
        return getattr(import_module(self._name), attribute)
