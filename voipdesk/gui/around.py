"""What the window knows of the desktop around it: tray, notices, a global key, the start at login."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from voipdesk.core.notices import Notifier
    from voipdesk.core.shortcut import GlobalShortcut, LoginStart
    from voipdesk.core.tray import Tray


class Around(Protocol):
    """All of it; nothing is there before `open`."""

    @property
    def tray(self) -> Tray:
        """The icon and its menu."""
        ...

    @property
    def notifier(self) -> Notifier:
        """What shows notices."""
        ...

    @property
    def shortcut(self) -> GlobalShortcut:
        """The key that works in all programs."""
        ...

    @property
    def login(self) -> LoginStart:
        """The start at login."""
        ...

    async def open(self) -> None:
        """Look what the desktop offers; what it does not is no error."""
        ...

    async def close(self) -> None:
        """Leave nothing behind: no icon, no notice, no key."""
        ...


class AroundMaker(Protocol):
    """Makes it, once the window is painted."""

    def load(self) -> None:
        """Load the modules that it takes; on a thread of its own, since that takes longer than a frame."""
        ...

    def __call__(self) -> Around:
        """Give it; the same one every time."""
        ...
