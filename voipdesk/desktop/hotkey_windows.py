"""A global key on Windows: RegisterHotKey, whose messages come to the thread that asked for it.

Source: Microsoft, “RegisterHotKey function (winuser.h)”.
"""

# NON-NLS: names of keys; what people read is marked all the same
from __future__ import annotations

import asyncio
import ctypes
import threading
from typing import TYPE_CHECKING, Any

from voipdesk.core.language import _
from voipdesk.core.shortcut import ShortcutState

if TYPE_CHECKING:
    from collections.abc import Callable

    from voipdesk.core.keys import Keys

_MODIFIERS = {"Alt": 0x1, "Ctrl": 0x2, "Shift": 0x4, "Meta": 0x8}
_NO_REPEAT = 0x4000
_KEYS = {
    "Space": 0x20,
    "PgUp": 0x21,
    "PgDown": 0x22,
    "End": 0x23,
    "Home": 0x24,
    "Left": 0x25,
    "Up": 0x26,
    "Right": 0x27,
    "Down": 0x28,
    "Insert": 0x2D,
    "Return": 0x0D,
    "Pause": 0x13,
}
_F1 = 0x70
_HOTKEY, _QUIT = 0x0312, 0x0012
_ID = 1


class WindowsHotkey:
    """Keeps one thread that waits for the key; `api` is ctypes.windll."""

    def __init__(self, api: Any) -> None:  # noqa: ANN401 - windll is no type on Linux
        self.pressed: Callable[[str], None] = lambda _token: None
        self.changed: Callable[[ShortcutState], None] = lambda _state: None
        self._api = api
        self._thread: threading.Thread | None = None
        self._thread_id = 0

    async def grab(self, keys: Keys) -> ShortcutState:
        """Register the key; one that another program has is said to be taken."""
        await self.release()
        loop = asyncio.get_running_loop()
        registered: asyncio.Future[bool] = loop.create_future()
        self._thread = threading.Thread(target=self._wait, args=(keys, loop, registered), daemon=True, name="hotkey")
        self._thread.start()
        if await registered:
            return ShortcutState(str(keys))
        return ShortcutState(problem=_("{keys} is taken: another program, or Windows itself, has it.", keys=keys))

    async def release(self) -> None:
        """Give the key back: its thread ends."""
        thread, self._thread = self._thread, None
        if thread is not None:
            self._api.user32.PostThreadMessageW(self._thread_id, _QUIT, 0, 0)
            await asyncio.to_thread(thread.join)

    def _wait(self, keys: Keys, loop: asyncio.AbstractEventLoop, registered: asyncio.Future[bool]) -> None:
        self._thread_id = self._api.kernel32.GetCurrentThreadId()
        held = sum(_MODIFIERS[name] for name in keys.modifiers) | _NO_REPEAT
        taken = bool(self._api.user32.RegisterHotKey(None, _ID, held, key_code(keys)))
        loop.call_soon_threadsafe(registered.set_result, taken)
        if not taken:
            return
        message = ctypes.create_string_buffer(64)  # a MSG, whose second field is the message's number
        while self._api.user32.GetMessageW(message, None, 0, 0) > 0:
            place = ctypes.sizeof(ctypes.c_void_p)
            if int.from_bytes(message.raw[place : place + 4], "little") == _HOTKEY:
                loop.call_soon_threadsafe(self.pressed, "")
        self._api.user32.UnregisterHotKey(None, _ID)


def key_code(keys: Keys) -> int:
    """Give a key's virtual code (Microsoft, “Virtual-Key Codes”): that of a letter or digit is its character's."""
    if keys.key in _KEYS:
        return _KEYS[keys.key]
    return ord(keys.key) if len(keys.key) == 1 else _F1 + int(keys.key[1:]) - 1
