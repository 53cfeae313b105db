"""The hand-over of a file to a phone by an address that is valid once: how long, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

HANDOVER_S = 600
"""How long an address is valid."""


@dataclass(frozen=True, slots=True)
class Place:
    """An address of this computer that a file can be fetched from."""

    host: str
    about: str
    """Who can reach it, in a sentence."""
    this_computer_only: bool = False


@dataclass(frozen=True, slots=True)
class Fetched:
    """The file was fetched, and the address is no longer valid."""

    at: datetime
    by: str
    """The address of whoever fetched it."""
    whole: bool = True
    """False where the connection broke before all of it was sent."""
