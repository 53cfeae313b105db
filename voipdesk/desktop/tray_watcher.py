"""Whether the desktop on Linux has a tray: a StatusNotifierWatcher on the session bus with a host that shows icons."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from jeepney import DBusAddress

from voipdesk.desktop.session_bus import BusError

if TYPE_CHECKING:
    from collections.abc import Callable

    from voipdesk.desktop.session_bus import SessionBus, Signal

WATCHER = DBusAddress("/StatusNotifierWatcher", "org.kde.StatusNotifierWatcher", "org.kde.StatusNotifierWatcher")


class TrayWatcher:
    """Follows the watcher and its hosts as they come and go; `changed` is told whether icons are shown."""

    def __init__(self, bus: SessionBus, changed: Callable[[bool], None]) -> None:
        self._bus = bus
        self._changed = changed
        self._ends: list[Callable[[], None]] = []
        self._look: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Begin, with how it stands now."""
        self._ends.append(await self._bus.on_owner(WATCHER.bus_name, lambda _owner: self._again()))
        self._ends.append(await self._bus.on_signal(self._heard, interface=WATCHER.interface))
        await self._ask()

    def close(self) -> None:
        """Follow no longer."""
        for end in self._ends:
            end()
        self._ends.clear()
        if self._look is not None:
            self._look.cancel()

    def _heard(self, signal: Signal) -> None:
        if signal.member in {"StatusNotifierHostRegistered", "StatusNotifierHostUnregistered"}:
            self._again()

    def _again(self) -> None:
        if self._look is not None:
            self._look.cancel()
        self._look = asyncio.get_running_loop().create_task(self._ask())

    async def _ask(self) -> None:
        try:
            there = bool(await self._bus.get_property(WATCHER, "IsStatusNotifierHostRegistered"))
        except BusError as error:
            there = False
            if error.late:  # as while a desktop starts: it is there, and will answer
                self._look = asyncio.get_running_loop().create_task(self._ask())
        self._changed(there)
