"""Notifications of the desktop on Linux: org.freedesktop.Notifications (Desktop Notifications Specification 1.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jeepney import DBusAddress, HeaderFields

from voipdesk.core.language import _
from voipdesk.core.notices import Notice, Press
from voipdesk.desktop.session_bus import BusError, SessionBus, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

SERVER = DBusAddress("/org/freedesktop/Notifications", "org.freedesktop.Notifications", "org.freedesktop.Notifications")
_BUTTON, _DEFAULT = "button", "default"
_LONGEST = 300
"""Characters of a text, which comes from outside; no bubble has room for more."""


class BusNotifications:
    """Shows notices at the server there is; one that starts later, or anew, is used as well."""

    def __init__(self, bus: SessionBus) -> None:
        self.pressed: Callable[[str, Press, str], None] = lambda _tag, _press, _token: None
        self._bus = bus
        self._ids: dict[str, int] = {}
        self._server = ""
        self._abilities: frozenset[str] = frozenset()
        self._token = ""
        self._asking = 0
        """Notices whose number the server has not told yet."""
        self._early: list[Signal] = []
        """What was heard meanwhile of numbers that may be theirs."""
        self._ends: list[Callable[[], None]] = []

    async def show(self, notice: Notice) -> bool:
        """Show a notice, or put it in the place of the one of its tag; one that is quiet is dropped without that."""
        try:
            await self._listen()
            if notice.quiet and notice.tag not in self._ids:
                return False
            await self._notify(notice)
        except BusError:  # a desktop without notifications; the list in the window has it all
            self._ids.clear()
            return False
        return True

    async def withdraw(self, tag: str) -> None:
        """Take a notice back, if it is still there."""
        number = self._ids.pop(tag, None)
        if number is not None:
            try:
                await self._bus.call(SERVER, "CloseNotification", "u", (number,))
            except BusError:  # it is gone already, and its server may be
                return

    async def close(self) -> None:
        """Take all back: a button pressed later would do nothing."""
        for tag in tuple(self._ids):
            await self.withdraw(tag)
        for end in self._ends:
            end()
        self._ends.clear()

    async def _listen(self) -> None:
        if self._ends:
            return
        self._ends.append(await self._bus.on_signal(self._heard, interface=SERVER.interface))
        self._ends.append(await self._bus.on_owner(SERVER.bus_name, self._server_changed))

    async def _notify(self, notice: Notice) -> None:
        if not self._server:
            answer = await self._bus.ask(SERVER, "GetCapabilities")
            self._server = str(answer.header.fields.get(HeaderFields.sender, ""))
            self._abilities = frozenset(map(str, answer.body[0]))
        actions = []
        if "actions" in self._abilities:
            actions = [_DEFAULT, _("Show")] + ([_BUTTON, notice.button] if notice.button else [])
        hints = {"desktop-entry": ("s", "voipdesk"), "category": ("s", "call.unanswered"), "urgency": ("y", 1)}
        if notice.quiet:
            hints["suppress-sound"] = ("b", True)
        title, body = self._texts(notice)
        replaces = self._ids.get(notice.tag, 0)
        values = ("voipdesk", replaces, "voipdesk", title, body, actions, hints, -1)
        self._asking += 1
        try:
            (number,) = await self._bus.call(SERVER, "Notify", "susssasa{sv}i", values)  # NON-NLS
        finally:
            self._asking -= 1
            early, self._early = self._early, []
        self._ids[notice.tag] = int(number)
        for signal in early:
            self._heard(signal)

    def _texts(self, notice: Notice) -> tuple[str, str]:
        """Give title and body as this server reads them: the title is always plain, the body may be markup."""
        title, body = _short(notice.title), _short(notice.body)
        if "body" not in self._abilities:
            return " · ".join(filter(None, (title, body))), ""
        if "body-markup" not in self._abilities:
            return title, body
        from html import escape  # 0.4 MiB for a table of entities, which is not needed before there is a notice

        return title, escape(body, quote=False)

    def _heard(self, signal: Signal) -> None:
        if signal.sender != self._server or not signal.body:
            return
        tag = next((tag for tag, number in self._ids.items() if number == signal.body[0]), None)
        if tag is None:
            if self._asking:
                self._early.append(signal)
            return
        if signal.member == "NotificationClosed":
            del self._ids[tag]
        elif signal.member == "ActivationToken":
            self._token = str(signal.body[1])
        elif signal.member == "ActionInvoked":
            token, self._token = self._token, ""
            press = {_BUTTON: Press.BUTTON, _DEFAULT: Press.NOTICE}.get(str(signal.body[1]))
            if press is not None:
                self.pressed(tag, press, token)

    def _server_changed(self, owner: str) -> None:
        if owner != self._server:  # its numbers mean nothing to another one
            self._server = ""
            self._ids.clear()


def _short(text: str) -> str:
    """Keep a text from outside on one line, without what cannot be printed, and within bounds."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text[: 2 * _LONGEST]).split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
