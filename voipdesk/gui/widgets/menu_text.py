"""How a menu writes what it does, and the key that does it as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence

if TYPE_CHECKING:
    from PySide6.QtCore import Qt


def with_key(text: str, key: Qt.Key | QKeySequence.StandardKey) -> str:
    """Write a key behind a text as the system writes it; the menu itself does not listen for it."""
    return f"{text}\t{QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)}"
