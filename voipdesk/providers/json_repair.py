"""JSON that is nearly right, read as far as it goes."""

from __future__ import annotations

import json
import math

import msgspec

BROKEN = (msgspec.DecodeError, ValueError, RecursionError)
"""What a text that is no JSON raises; ValidationError is a DecodeError, bad UTF-8 a ValueError."""
DAMAGED = "\N{REPLACEMENT CHARACTER}"
"""Stands in a repaired text where something could not be read."""


def decode(text: bytes) -> object:
    """Decode JSON, repaired where that is needed; raise one of BROKEN where that is not enough."""
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, ValueError):
        return msgspec.json.decode(repair(text))


def _number(digits: str) -> float | str:
    return number if math.isfinite(number := float(digits)) else DAMAGED


def repair(body: bytes) -> bytes:
    """Write JSON again that msgspec refuses for a character or number: half an emoji, bad UTF-8, a BOM, NaN, 1e999."""
    value = json.loads(body.decode("utf-8-sig", "replace"), parse_constant=lambda _name: None, parse_float=_number)
    text = json.dumps(value, ensure_ascii=False)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()
