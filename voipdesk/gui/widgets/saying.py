"""A sentence with a tone, as several panes say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from voipdesk.gui.theme import Tone


class Saying(msgspec.Struct, frozen=True):
    """A sentence, its tone, what to do about it, and the label of a button that does it. Plain text."""

    tone: Tone
    text: str
    advice: str = ""
    button: str = ""
    busy: bool = False
    """Something is under way."""
