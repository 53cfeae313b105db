"""What was found out about this computer: one finding for each thing that the program uses."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How a thing does."""

    GOOD = "good"
    NOTE = "note"
    """Works without it, or by the person's choice."""
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """How one thing does, and what to do about it; sentences in plain text."""

    topic: str
    """Marked for translation and not translated: other programs know it by its English name."""
    verdict: Verdict
    text: str
    advice: str = ""
    of: str = ""
    """What stands for {of} in the topic: an account's name, a link's scheme."""
