"""A global key on X11: the X server sends the key to us, whoever has the keyboard (X Protocol, GrabKey)."""

# NON-NLS: names of keys; what people read is marked all the same
from __future__ import annotations

import asyncio
from contextlib import suppress
from itertools import chain, combinations
from typing import TYPE_CHECKING, Any

import xcffib
from xcffib import keysymdef, xproto

from voipdesk.core.language import _
from voipdesk.core.shortcut import ShortcutState
from voipdesk.desktop.hotkey import WayMissing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from voipdesk.core.keys import Keys

_MASK = xproto.ModMask
_MODIFIERS = {"Ctrl": _MASK.Control, "Alt": _MASK._1, "Shift": _MASK.Shift, "Meta": _MASK._4}  # noqa: SLF001
"""As all keyboards have them by default: Alt is the first of the numbered modifiers, the system's key the fourth."""
_KEYS = {"Space": "space", "PgUp": "Prior", "PgDown": "Next"}


class X11Hotkey:
    """Grabs the key on the display's root window; one that another program has is said to be taken."""

    def __init__(self, display: str | None = None) -> None:
        self.pressed: Callable[[str], None] = lambda _token: None
        self.changed: Callable[[ShortcutState], None] = lambda _state: None
        self._display = display
        self._connection: xcffib.Connection | None = None
        self._keys: Keys | None = None

    async def grab(self, keys: Keys) -> ShortcutState:
        """Grab the key; WayMissing without an X server."""
        await self.release()
        try:
            self._connection = await asyncio.to_thread(xcffib.connect, self._display)
        except xcffib.ConnectionException as error:
            raise WayMissing(_("There is no X server.")) from error
        self._keys = keys
        state = await asyncio.to_thread(self._grab, self._connection, keys)
        if state.problem:
            await self.release()
            return state
        asyncio.get_running_loop().add_reader(self._connection.get_file_descriptor(), self._read)
        self._read()  # what came before anybody listened
        return state

    async def release(self) -> None:
        """Give the key back: the server does it when the connection ends."""
        connection, self._connection = self._connection, None
        if connection is not None:
            asyncio.get_running_loop().remove_reader(connection.get_file_descriptor())
            with suppress(xcffib.ConnectionException):
                connection.disconnect()  # type: ignore[no-untyped-call]

    def _grab(self, connection: xcffib.Connection, keys: Keys) -> ShortcutState:
        try:
            codes = list(_codes(connection, _symbol(keys)))
            if not codes:
                return ShortcutState(problem=_("This keyboard has no key {key}.", key=keys.key))
            root = connection.get_setup().roots[connection.pref_screen].root
            held = 0
            for name in keys.modifiers:
                held |= _MODIFIERS[name]
            for code in codes:
                for locks in _locks(connection):
                    how = True, root, held | locks, code, xproto.GrabMode.Async, xproto.GrabMode.Async
                    _core(connection).GrabKeyChecked(*how).check()
        except xproto.AccessError:
            return ShortcutState(
                problem=_("{keys} is taken: another program, or the desktop itself, has it.", keys=keys)
            )
        except xcffib.XcffibException as error:
            return ShortcutState(
                problem=_("The X server does not give {keys}: {reason}.", keys=keys, reason=type(error).__name__)
            )
        return ShortcutState(str(keys))

    def _read(self) -> None:
        connection = self._connection
        if connection is None:
            return
        try:
            while (event := connection.poll_for_event()) is not None:
                if isinstance(event, xproto.KeyPressEvent):
                    self.pressed(f"_TIME{event.time}")
                elif isinstance(event, xproto.MappingNotifyEvent) and self._keys is not None:
                    self._grab_anew(connection, self._keys)
        except xcffib.ConnectionException:
            asyncio.get_running_loop().remove_reader(connection.get_file_descriptor())
            self._connection = None
            self.changed(ShortcutState(problem=_("The X server is gone.")))

    def _grab_anew(self, connection: xcffib.Connection, keys: Keys) -> None:
        """Follow another layout of the keyboard: the same key may have another code there."""
        root = connection.get_setup().roots[connection.pref_screen].root
        _core(connection).UngrabKey(xproto.Grab.Any, root, _MASK.Any)
        self.changed(self._grab(connection, keys))


def _core(connection: xcffib.Connection) -> Any:  # noqa: ANN401 - made when it connects, which types do not see
    return connection.core  # type: ignore[has-type]


def _symbol(keys: Keys) -> int:
    name = keys.key.lower() if len(keys.key) == 1 else _KEYS.get(keys.key, keys.key)
    return int(getattr(keysymdef, f"XK_{name}"))


def _codes(connection: xcffib.Connection, symbol: int) -> Iterator[int]:
    """Give the codes of the keys that have a symbol on them, without a modifier."""
    setup = connection.get_setup()
    count = setup.max_keycode - setup.min_keycode + 1
    mapping = _core(connection).GetKeyboardMapping(setup.min_keycode, count).reply()
    width = mapping.keysyms_per_keycode
    for place in range(count):
        if width and mapping.keysyms[place * width] == symbol:
            yield setup.min_keycode + place


def _locks(connection: xcffib.Connection) -> list[int]:
    """Give all states of the locks that a key works in: Caps Lock and Num Lock are modifiers to the server."""
    num_lock = 0
    mapping = _core(connection).GetModifierMapping().reply()
    codes = set(_codes(connection, keysymdef.XK_Num_Lock))
    for place, code in enumerate(mapping.keycodes):
        if code in codes:
            num_lock |= 1 << (place // mapping.keycodes_per_modifier)
    single = [_MASK.Lock, *([num_lock] if num_lock else [])]
    return [sum(some) for some in chain.from_iterable(combinations(single, n) for n in range(len(single) + 1))]
