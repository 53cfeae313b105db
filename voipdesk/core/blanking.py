"""Blanking the secrets in a service's own objects before they are shown, printed or exported."""

from __future__ import annotations

import re

BLANK = "••••••"
_SECRET = re.compile(
    r"pass(?:word|wd|code|phrase|key)?s?$|secret|token|credential|(?:api|private)_?key|(?:^|_)pin(?:_?code)?$",
    re.IGNORECASE,
)


def is_secret(field: str) -> bool:
    """Tell by its name whether a field holds a secret: user_password, password, client_secret, pin."""
    return _SECRET.search(field) is not None


def blanked(value: object) -> object:
    """Give a copy of decoded JSON in which every non-empty value of a secret field is BLANK, however deep."""
    if isinstance(value, dict):
        return {
            key: BLANK if is_secret(str(key)) and inner not in (None, "") else blanked(inner)
            for key, inner in value.items()
        }
    if isinstance(value, list | tuple):
        return [blanked(inner) for inner in value]
    return value
