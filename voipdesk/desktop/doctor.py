"""What the desktop has for voipdesk: a tray, notifications, portals, a way to what is selected."""

from __future__ import annotations

import os
import sys
from shutil import which
from typing import TYPE_CHECKING

from voipdesk.core.doctor import Finding, Verdict
from voipdesk.core.language import N_, _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voipdesk.desktop.session_bus import SessionBus

TRAY, NOTIFICATIONS, PORTALS, SHORTCUTS, SELECTION = (
    N_("Tray"),
    N_("Notifications"),
    N_("Desktop portals"),
    N_("Global shortcuts"),
    N_("Selected numbers"),
)
_ITSELF = {"win32": "Windows", "darwin": "macOS"}  # NON-NLS: names


async def look_at_desktop(platform: str, environment: Mapping[str, str], address: str = "SESSION") -> list[Finding]:
    """Ask the session bus, on Linux; Windows and macOS have all of it themselves."""
    if platform in _ITSELF:
        text = _("{system} has it.", system=_ITSELF[platform])
        return [Finding(topic, Verdict.GOOD, text) for topic in (TRAY, NOTIFICATIONS, SELECTION)]
    from voipdesk.desktop.session_bus import BusError, SessionBus

    selection = _selection(environment)
    try:
        bus = await SessionBus.open(address)
    except BusError as error:
        advice = _("Run this in your desktop session, or start one with dbus-run-session.")
        return [
            *(Finding(topic, Verdict.BAD, error.message, advice) for topic in (TRAY, NOTIFICATIONS, PORTALS)),
            selection,
        ]
    try:
        return [await _tray(bus), await _notifications(bus), *await _portals(bus), selection]
    finally:
        await bus.close()


async def look_here() -> list[Finding]:
    """Look at the desktop that this process runs in."""
    return await look_at_desktop(sys.platform, os.environ)


async def _tray(bus: SessionBus) -> Finding:
    from jeepney import DBusAddress

    from voipdesk.desktop.session_bus import BusError

    name = "org.kde.StatusNotifierWatcher"
    watcher = DBusAddress("/StatusNotifierWatcher", name, name)
    advice = _("On GNOME, install the extension “AppIndicator and KStatusNotifierItem Support”.")
    try:
        if await bus.get_property(watcher, "IsStatusNotifierHostRegistered"):
            return Finding(TRAY, Verdict.GOOD, _("There is one."))
    except BusError:
        return Finding(TRAY, Verdict.NOTE, _("The desktop shows no tray icons (StatusNotifierWatcher)."), advice)
    return Finding(TRAY, Verdict.NOTE, _("There is one, and nothing that shows it."), advice)


async def _notifications(bus: SessionBus) -> Finding:
    from jeepney import DBusAddress

    from voipdesk.desktop.session_bus import BusError

    name = "org.freedesktop.Notifications"
    try:
        (abilities,) = await bus.call(DBusAddress("/org/freedesktop/Notifications", name, name), "GetCapabilities")
    except (BusError, ValueError):
        advice = _("Start a notification server, such as dunst; most desktops bring their own.")
        return Finding(NOTIFICATIONS, Verdict.NOTE, _("The desktop shows no notifications."), advice)
    if "actions" in abilities:
        return Finding(NOTIFICATIONS, Verdict.GOOD, _("The desktop shows them, with buttons."))
    return Finding(NOTIFICATIONS, Verdict.GOOD, _("The desktop shows them, without buttons, such as “Call back”."))


async def _portals(bus: SessionBus) -> list[Finding]:
    from jeepney import DBusAddress

    from voipdesk.desktop.session_bus import BusError

    async def version(interface: str) -> object:
        name = "org.freedesktop.portal.Desktop"
        try:
            return await bus.get_property(
                DBusAddress("/org/freedesktop/portal/desktop", name, f"org.freedesktop.portal.{interface}"), "version"
            )
        except BusError:
            return None

    shortcuts = await version("GlobalShortcuts")
    there = (
        shortcuts is not None
        or await version("OpenURI") is not None
        or await version("Settings") is not None  # NON-NLS: an interface
    )
    install = _("Install xdg-desktop-portal and the part for your desktop, such as xdg-desktop-portal-gnome.")
    findings = [
        Finding(PORTALS, Verdict.GOOD, _("They are there."))
        if there
        else Finding(PORTALS, Verdict.NOTE, _("There are none."), install)
    ]
    if shortcuts is not None:
        return [*findings, Finding(SHORTCUTS, Verdict.GOOD, _("The desktop's portal offers them."))]
    bind = _("Bind “voipdesk dial --selection --ask” to a key in your desktop's keyboard settings.")
    return [*findings, Finding(SHORTCUTS, Verdict.NOTE, _("The desktop's portal does not offer them."), bind)]


def _selection(environment: Mapping[str, str]) -> Finding:
    if environment.get("WAYLAND_DISPLAY"):
        if which("wl-paste", path=environment.get("PATH")) is None:
            return Finding(
                SELECTION, Verdict.NOTE, _("wl-paste is not there, which reads them."), _("Install wl-clipboard.")
            )
        return Finding(SELECTION, Verdict.GOOD, _("wl-paste reads them."))
    if environment.get("DISPLAY"):
        return Finding(SELECTION, Verdict.GOOD, _("They are read from the X server."))
    return Finding(SELECTION, Verdict.NOTE, _("There is no display here."))
