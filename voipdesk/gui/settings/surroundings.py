"""What the section of telephone links needs to know of this computer; the composition root tells it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from voipdesk.core.links import TelLinks


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The program's side of the operating system."""

    links: TelLinks
    selection_command: str
    """What to bind to a key, to dial what is selected in any program."""
