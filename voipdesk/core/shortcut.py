"""A key that works in all programs, and the start of the program at login: what the desktop is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class ShortcutState:
    """How it stands; all texts are plain."""

    active: str = ""
    """The keys that work now, as the desktop calls them; "" when none do."""
    problem: str = ""
    """Why they do not, and what to do; "" when they do, or none are wished."""
    chosen_by_desktop: bool = False
    """The desktop lets the user choose the keys in its own settings."""


class GlobalShortcut(Protocol):
    """Brings the quick-dial box from anywhere; `pressed(token)` is called with what lets a window come forward."""

    pressed: Callable[[str], None]
    changed: Callable[[ShortcutState], None]

    @property
    def state(self) -> ShortcutState:
        """How it stands."""
        ...

    async def wish(self, keys: str) -> None:
        """Let these keys work from now on, as "Ctrl+Alt+D"; "" for none. What comes of it is told by `changed`."""
        ...


class LoginStart(Protocol):
    """Starts the program when the user logs in. Raises StorageFailed."""

    def is_on(self) -> bool:
        """Whether it does; reads files."""
        ...

    def set_on(self, on: bool) -> None:
        """Let it, or no longer; writes files."""
        ...
