"""Desktop entries as text (Desktop Entry Specification 1.5): their values, and the command in Exec."""

from __future__ import annotations

from voipdesk.core.errors import BadInput
from voipdesk.core.language import _

_RESERVED = frozenset(" \t\n\"'\\><~|&;$*?#()`")
"""Characters that need quotes in an entry's Exec (Desktop Entry Specification 1.5, “The Exec key”)."""


def quoted(part: str) -> str:
    """Write a part of a command for Exec; BadInput for what no entry can hold."""
    if any(ord(character) < 0x20 for character in part):
        raise BadInput(_("The program's path has a line break in it, which no desktop entry can hold."))
    part = part.replace("%", "%%")
    if not _RESERVED & set(part):
        return part
    for character in '\\"`$':
        part = part.replace(character, f"\\{character}")
    return escaped(f'"{part}"')


def escaped(text: str) -> str:
    """Write a value."""
    return text.replace("\\", "\\\\")


def value(text: str, key: str) -> str:
    """Give a value of an entry's first group."""
    for line in text.splitlines():
        if line.startswith("[") and line.strip() != "[Desktop Entry]":  # NON-NLS
            break
        name, _, value = line.partition("=")
        if name.strip() == key:
            return value.strip()
    return ""
