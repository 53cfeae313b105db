"""A secret in memory that does not show itself when the object around it is printed."""

from __future__ import annotations

_SHORTEST = 8
"""Characters of a secret that is blanked: to blank a shorter one would tell which common word it is."""


class SecretText:
    """A secret's text, to be had only by asking for it."""

    __slots__ = ("_before", "_value")

    def __init__(self, value: str, *, before: str = "") -> None:
        """Keep a secret; what stands before it where it is sent, such as "Bearer ", is none."""
        self._value = value
        self._before = before

    def reveal(self) -> str:
        """Give the secret, for the request that needs it."""
        return self._before + self._value

    def redact(self, text: str) -> str:
        """Blank the secret where a service or a library repeats it."""
        return text.replace(self._value, "•••") if len(self._value) >= _SHORTEST else text

    def __repr__(self) -> str:
        return "SecretText(•••)"
