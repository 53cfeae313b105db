"""A sentence with a tone, as several panes say it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from voipdesk.gui.theme import Tone


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence, its tone, what to do about it, and the label of a button that does it. Plain text."""

    tone: Tone
    text: str
    advice: str = ""
    button: str = ""
    busy: bool = False
    """Something is under way."""
