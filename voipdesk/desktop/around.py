"""All that the desktop around the window offers, put together for the system this runs on."""

from __future__ import annotations

import shlex
import sys
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

from voipdesk.desktop.autostart import login_start
from voipdesk.desktop.hotkey import DesktopShortcut
from voipdesk.desktop.notifications_tray import TrayNotifications
from voipdesk.desktop.tel_links import launch_command
from voipdesk.desktop.tray import DesktopTray

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QIcon

    from voipdesk.core.notices import Notice, Notifier, Press
    from voipdesk.desktop.hotkey import Way
    from voipdesk.desktop.session_bus import SessionBus


def load() -> None:
    """Load the modules that talk to the desktop of this system; on any thread."""
    if sys.platform.startswith("linux"):
        for module in ("notifications_linux", "tray_watcher"):
            import_module(f"voipdesk.desktop.{module}")


def _portal(bus: SessionBus) -> Way:
    from voipdesk.desktop.hotkey_portal import PortalHotkey

    return PortalHotkey(bus)


def _x11() -> Way:
    from voipdesk.desktop.hotkey_x11 import X11Hotkey

    return X11Hotkey()


def _windows() -> Way:  # pragma: no cover - Windows
    import ctypes

    from voipdesk.desktop.hotkey_windows import WindowsHotkey

    return WindowsHotkey(ctypes.windll)  # type: ignore[attr-defined]


class _Presence(Protocol):
    """What tells whether there is a tray."""

    async def open(self) -> None:
        """Begin."""
        ...

    def close(self) -> None:
        """End."""
        ...


class DesktopAround:
    """Tray, notices, key and login start; on Linux by the session bus, where there is one."""

    def __init__(self, icon: QIcon, home: Path | None, platform: str) -> None:
        """Begin with nothing; `platform` is Qt's name of the window system, such as "xcb" or "wayland"."""
        self.tray = DesktopTray(icon)
        self.notifier = Notices()
        self.shortcut = DesktopShortcut(shlex.join([*launch_command(home), "--pane", "quick-dial"]))
        self.login = login_start(home)
        self._platform = platform
        self._bus: SessionBus | None = None
        self._presence: _Presence | None = None

    async def open(self) -> None:
        """Connect with what there is."""
        ways: list[Callable[[], Way]] = []
        if sys.platform.startswith("linux"):
            await self._open_bus(ways)
        else:  # pragma: no cover - Windows and macOS
            from voipdesk.desktop.tray_plain import TrayPoll

            self._presence = TrayPoll(self.tray.set_there)
            self.notifier.use(TrayNotifications(self.tray))
        if self._presence is not None:
            await self._presence.open()
        if self._platform == "xcb":
            ways.append(_x11)
        if sys.platform == "win32":  # pragma: no cover - Windows
            ways.append(_windows)
        self.shortcut.begin(ways)

    async def close(self) -> None:
        """Leave nothing behind."""
        if self._presence is not None:
            self._presence.close()
        self.tray.close()
        await self.shortcut.close()
        await self.notifier.close()
        if self._bus is not None:
            await self._bus.close()

    async def _open_bus(self, ways: list[Callable[[], Way]]) -> None:
        from voipdesk.desktop.notifications_linux import BusNotifications
        from voipdesk.desktop.session_bus import BusError, SessionBus
        from voipdesk.desktop.tray_watcher import TrayWatcher

        try:
            self._bus = await SessionBus.open()
        except BusError:  # a session without a desktop
            return
        self._presence = TrayWatcher(self._bus, self.tray.set_there)
        self.notifier.use(BusNotifications(self._bus))
        ways.append(partial(_portal, self._bus))


class Notices:
    """Stands for the way in which notices are shown, which is known once the desktop was looked at."""

    def __init__(self) -> None:
        self.pressed: Callable[[str, Press, str], None] = lambda _tag, _press, _token: None
        self._way: Notifier | None = None

    def use(self, way: Notifier) -> None:
        """Show them this way from now on."""
        self._way = way
        way.pressed = self._pressed

    async def show(self, notice: Notice) -> bool:
        """Show a notice, if there is a way."""
        return self._way is not None and await self._way.show(notice)

    async def withdraw(self, tag: str) -> None:
        """Take a notice back."""
        if self._way is not None:
            await self._way.withdraw(tag)

    async def close(self) -> None:
        """Take all back."""
        if self._way is not None:
            await self._way.close()

    def _pressed(self, tag: str, press: Press, token: str) -> None:
        self.pressed(tag, press, token)
