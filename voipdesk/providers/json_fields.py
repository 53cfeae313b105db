"""Fields of a service's JSON, whatever shape they come in: numbers as texts, objects within objects (no I/O)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def text(fields: Mapping[str, object], *keys: str) -> str:
    """Give the first of the named fields that says something, numbers as digits."""
    for key in keys:
        if said := text_of(fields.get(key)):
            return said
    return ""


def text_of(value: object) -> str:
    """Give a text as it is and a number as its digits; anything else says nothing."""
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def is_deeper(value: object, levels: int) -> bool:
    """Tell whether there are objects or lists within each other to more than so many levels."""
    level = [value]
    for _ in range(levels):
        inner = [v.values() if isinstance(v, dict) else v for v in level if isinstance(v, dict | list)]
        level = [v for values in inner for v in values]
    return bool(level)
