"""The key that brings the quick-dial box from anywhere: by the first way that this desktop has."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol

from voipdesk.core.errors import BadInput, VoipdeskError
from voipdesk.core.keys import Keys, read_keys
from voipdesk.core.language import _
from voipdesk.core.shortcut import ShortcutState

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class WayMissing(VoipdeskError):
    """The desktop does not have this way."""


class Way(Protocol):
    """One way to a global key."""

    pressed: Callable[[str], None]
    changed: Callable[[ShortcutState], None]

    async def grab(self, keys: Keys) -> ShortcutState:
        """Let the keys work, in place of those before; WayMissing when the desktop does not have this way."""
        ...

    async def release(self) -> None:
        """Let no key work."""
        ...


class DesktopShortcut:
    """Tries its ways in turn."""

    def __init__(self, command: str) -> None:
        """Begin without a way; `command` opens the box in the running window, for a user to bind."""
        self._command = command
        self.pressed: Callable[[str], None] = lambda _token: None
        self.changed: Callable[[ShortcutState], None] = lambda _state: None
        self.state = ShortcutState()
        self._makers: Sequence[Callable[[], Way]] = ()
        self._ways: Sequence[Way] | None = None
        self._used: Way | None = None

    def begin(self, makers: Sequence[Callable[[], Way]]) -> None:
        """Take these ways, the preferred one first; each is made, on another thread, once a key is wished."""
        self._makers = makers

    async def wish(self, keys: str) -> None:
        """Let these keys work from now on, "" for none."""
        if self._used is not None:
            await self._used.release()
            self._used = None
        if not keys:
            self._tell(ShortcutState())
            return
        try:
            wished = read_keys(keys)
        except BadInput as error:
            self._tell(ShortcutState(problem=str(error)))
            return
        if self._ways is None:
            self._ways = [await asyncio.to_thread(make) for make in self._makers]
            for way in self._ways:
                way.pressed, way.changed = self._pressed, self._tell
        for way in self._ways:
            try:
                state = await way.grab(wished)
            except WayMissing:
                continue
            self._used = way
            self._tell(state)
            return
        problem = _(
            "This desktop lets no program ask for a key. In its keyboard settings, bind a key to “{command}”.",
            command=self._command,
        )
        self._tell(ShortcutState(problem=problem))

    async def close(self) -> None:
        """Let no key work any more, and tell nobody."""
        self.changed = lambda _state: None
        if self._used is not None:
            await self._used.release()

    def _pressed(self, token: str) -> None:
        self.pressed(token)

    def _tell(self, state: ShortcutState) -> None:
        self.state = state
        self.changed(state)
