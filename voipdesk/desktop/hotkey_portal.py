"""A global key by the desktop portal: org.freedesktop.portal.GlobalShortcuts, where Wayland has no other way."""

# NON-NLS: names of keys, methods and signals; what people read is marked all the same
from __future__ import annotations

import asyncio
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from jeepney import DBusAddress

from voipdesk.core.language import _
from voipdesk.core.shortcut import ShortcutState
from voipdesk.desktop.hotkey import WayMissing
from voipdesk.desktop.session_bus import BusError

if TYPE_CHECKING:
    from collections.abc import Callable

    from voipdesk.core.keys import Keys
    from voipdesk.desktop.session_bus import SessionBus, Signal

_NAME, _PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
PORTAL = DBusAddress(_PATH, _NAME, "org.freedesktop.portal.GlobalShortcuts")
_REGISTRY = DBusAddress(_PATH, _NAME, "org.freedesktop.host.portal.Registry")
_REQUEST, _SESSION = "org.freedesktop.portal.Request", "org.freedesktop.portal.Session"
_ID = "quick-dial"
_ANSWERED_WITHIN_S = 300.0
"""The user may be asked by the desktop, and has to find the dialog first."""
_MODIFIERS = {"Ctrl": "CTRL", "Alt": "ALT", "Shift": "SHIFT", "Meta": "LOGO"}
_KEYS = {"Space": "space", "PgUp": "Prior", "PgDown": "Next"}


class PortalHotkey:
    """Asks the desktop to bind the key; the user may be asked, and may choose another one there."""

    def __init__(self, bus: SessionBus) -> None:
        self.pressed: Callable[[str], None] = lambda _token: None
        self.changed: Callable[[ShortcutState], None] = lambda _state: None
        self._bus = bus
        self._portal = ""
        """The unique name of the portal."""
        self._session = ""
        self._registered = False
        self._ends: list[Callable[[], None]] = []

    async def grab(self, keys: Keys) -> ShortcutState:
        """Ask for the keys; WayMissing without a portal that can bind any."""
        await self.release()  # of a dialog that nobody waits for any more
        try:
            await self._bus.get_property(PORTAL, "version")
            await self._open_session()
        except BusError as error:
            await self.release()
            raise WayMissing(_("There is no such portal.")) from error
        wished = {"description": ("s", _("Open the quick-dial box")), "preferred_trigger": ("s", trigger(keys))}
        try:
            code, results = await self._request("BindShortcuts", "oa(sa{sv})sa{sv}", self._session, [(_ID, wished)], "")
        except BusError as error:
            await self.release()
            return ShortcutState(
                problem=_("The desktop did not bind the key: {reason}", reason=error.message), chosen_by_desktop=True
            )
        if code:
            await self.release()
            return ShortcutState(problem=_("No key was chosen in the desktop's dialog."), chosen_by_desktop=True)
        return self._state(results.get("shortcuts", ("", []))[1])

    async def release(self) -> None:
        """Close the session: the desktop forgets the key."""
        for end in self._ends:
            end()
        self._ends.clear()
        session, self._session = self._session, ""
        if session:
            with suppress(BusError):
                await self._bus.call(DBusAddress(session, _NAME, _SESSION), "Close")

    async def _open_session(self) -> None:
        if not self._registered:
            self._registered = True
            with suppress(BusError):  # portals before 1.20 know the program by other means, or not at all
                await self._bus.call(_REGISTRY, "Register", "sa{sv}", ("voipdesk", {}))
        self._portal = await self._bus.owner(_NAME)
        self._ends.append(await self._bus.on_signal(self._heard, interface=PORTAL.interface))
        self._ends.append(await self._bus.on_signal(self._closed, interface=_SESSION, member="Closed"))
        self._ends.append(await self._bus.on_owner(_NAME, self._portal_changed))
        token = {"session_handle_token": ("s", _token())}
        code, results = await self._request("CreateSession", "a{sv}", options=token)
        if code:
            raise BusError(_("The portal opens no session."))
        self._session = str(results["session_handle"][1])

    async def _request(
        self,
        method: str,
        signature: str,
        *arguments: object,
        options: dict[str, Any] | None = None,
    ) -> tuple[int, dict[str, Any]]:
        """Call a method that answers later, by a signal of the request's own object (portal documentation, Request)."""
        token = _token()
        path = f"{_PATH}/request/{self._bus.name[1:].replace('.', '_')}/{token}"
        answer: asyncio.Future[tuple[int, dict[str, Any]]] = asyncio.get_running_loop().create_future()

        def heard(signal: Signal) -> None:
            if signal.sender == self._portal and not answer.done():
                answer.set_result((int(signal.body[0]), signal.body[1]))

        end = await self._bus.on_signal(heard, interface=_REQUEST, member="Response", path=path)
        try:
            body = (*arguments, {**(options or {}), "handle_token": ("s", token)})
            await self._bus.call(PORTAL, method, signature, body)
            return await asyncio.wait_for(answer, _ANSWERED_WITHIN_S)
        except TimeoutError as error:
            raise BusError(_("Nobody answered the desktop's dialog.")) from error
        finally:
            end()

    def _heard(self, signal: Signal) -> None:
        if signal.sender != self._portal or not signal.body or signal.body[0] != self._session:
            return
        if signal.member == "Activated" and signal.body[1] == _ID:
            _type, token = signal.body[3].get("activation_token", ("s", ""))
            self.pressed(str(token))
        elif signal.member == "ShortcutsChanged":
            self.changed(self._state(signal.body[1]))

    def _closed(self, signal: Signal) -> None:
        if signal.sender == self._portal and signal.path == self._session:
            self._lost()

    def _portal_changed(self, owner: str) -> None:
        if owner != self._portal and self._session:
            self._lost()

    def _lost(self) -> None:
        self._session = ""
        self.changed(ShortcutState(problem=_("The desktop has ended the global shortcut."), chosen_by_desktop=True))

    def _state(self, shortcuts: list[tuple[str, dict[str, Any]]]) -> ShortcutState:
        for id_, values in shortcuts:
            if id_ == _ID:
                _type, described = values.get("trigger_description", ("s", ""))
                return ShortcutState(
                    str(described)[:60] or _("chosen in the desktop's settings"), chosen_by_desktop=True
                )
        return ShortcutState(problem=_("The desktop bound no key."), chosen_by_desktop=True)


def trigger(keys: Keys) -> str:
    """Write keys as the portal wants them (XDG Desktop Specifications, “shortcuts”): "CTRL+ALT+d"."""
    held = [name for key, name in _MODIFIERS.items() if key in keys.modifiers]
    key = keys.key.lower() if len(keys.key) == 1 else _KEYS.get(keys.key, keys.key)
    return "+".join([*held, key])


def _token() -> str:
    return f"voipdesk{secrets.token_hex(8)}"
