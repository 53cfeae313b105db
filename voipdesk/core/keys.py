"""Keys that are to work in all programs, as they are written: modifiers and one key."""

from __future__ import annotations

from dataclasses import dataclass

from voipdesk.core.errors import BadInput
from voipdesk.core.language import _

MODIFIERS = ("Ctrl", "Alt", "Shift", "Meta")  # NON-NLS: keys are written in one way, as in the settings file
_FUNCTION_KEYS = frozenset(f"F{number}" for number in range(1, 25))
_NAMED = frozenset(
    {"Space", "Return", "Insert", "Home", "End", "PgUp", "PgDown", "Pause", "Up", "Down", "Left", "Right"}  # NON-NLS
)
_OTHER_NAMES = {"super": "Meta", "win": "Meta"}  # NON-NLS
_NO_TEXT = frozenset({"Pause"}) | _FUNCTION_KEYS  # NON-NLS
"""Keys that nobody types with."""


@dataclass(frozen=True, slots=True)
class Keys:
    """A key and what is held down with it."""

    key: str
    """A letter in capitals, a digit, F1 to F24, or one of a few names, as Qt writes them."""
    modifiers: frozenset[str] = frozenset()
    """Of `MODIFIERS`; Meta is the key with the system's sign."""

    def __str__(self) -> str:
        return "+".join([*(name for name in MODIFIERS if name in self.modifiers), self.key])


def read_keys(text: str) -> Keys:
    """Read keys as "Ctrl+Alt+D"; BadInput for what cannot be, or would take a key away from typing."""
    *modifiers, key = (part.strip() for part in text.strip().split("+"))
    names = {name.lower(): name for name in (*MODIFIERS, *_NAMED, *_FUNCTION_KEYS)} | _OTHER_NAMES
    held = [names.get(modifier.lower(), "") for modifier in modifiers]
    key = names.get(key.lower(), key.upper())
    known = key in _NAMED | _FUNCTION_KEYS or (len(key) == 1 and key.isascii() and key.isalnum())
    if not known or any(name not in MODIFIERS for name in held) or len(set(held)) != len(held):
        raise BadInput(
            _("“{keys}” cannot be a global shortcut.", keys=text[:40]), advice=_("Choose keys such as Ctrl+Alt+D.")
        )
    if not set(held) - {"Shift"} and key not in _NO_TEXT:  # NON-NLS
        raise BadInput(
            _("{keys} is needed for typing.", keys=text[:40]), advice=_("Hold Ctrl, Alt or the system's key with it.")
        )
    return Keys(key, frozenset(held))
