"""Real telephones that the demo PBX can stand on: what is dialled then rings, and two people talk."""

from __future__ import annotations

from typing import Protocol


class Telephones(Protocol):
    """Told of each dial that is accepted, on the server's thread: it must not wait."""

    def connect(self, extension: str, number: str) -> None:
        """Ring the user with that extension and, once the telephone is picked up, call the number."""
        ...


class NoTelephones:
    """All calls are imagined, as in the demo without a switchboard behind it."""

    def connect(self, extension: str, number: str) -> None:
        """Ring nobody."""
