"""Fields of Yay.com's objects, read in the shapes they come in: numbers as texts, flags as numbers (no I/O)."""

from __future__ import annotations

import re
from decimal import Decimal

import msgspec

from voipdesk.providers.json_fields import text_of
from voipdesk.providers.json_repair import BROKEN

_RAW_FIELDS = msgspec.json.Decoder(dict[str, msgspec.Raw])
_YES = frozenset({"1", "true", "yes", "y", "on"})
_NO = frozenset({"0", "false", "no", "n", "off"})


def flag_of(value: object) -> bool | None:
    """Give a yes or no, however it is written; None where it says neither."""
    if isinstance(value, bool):
        return value
    word = text_of(value).strip().lower()
    return True if word in _YES else False if word in _NO else None


def objects(value: object) -> list[dict[str, object]]:
    """Give the objects in a list; nothing else is one."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def amount(raw: bytes) -> Decimal | None:
    """Read an amount of money from its JSON, a text or a number, exactly; None for anything else."""
    number = re.fullmatch(rb'"?\s*(-?[0-9]{1,15}(?:\.[0-9]{1,15})?)\s*"?', raw)
    return Decimal(number[1].decode()) if number else None


def raw_field(raw: bytes, key: str) -> bytes:
    """Give a field of an object as it came, b"" where there is none: decoded, a number would lose its digits."""
    try:
        return bytes(_RAW_FIELDS.decode(raw).get(key, b""))
    except BROKEN:
        return b""
