"""The global key on Windows, at functions by hand that stand for Windows' own."""

import ctypes
import queue
from types import SimpleNamespace

import pytest

from voipdesk.core.keys import read_keys
from voipdesk.desktop.hotkey_windows import WindowsHotkey, key_code

HOTKEY, QUIT = 0x0312, 0x0012


class FakeWindows:
    """One thread's messages, and the key that is registered; `taken` is one that another program has."""

    def __init__(self):
        self.messages = queue.Queue()
        self.registered = None
        self.taken = None
        self.kernel32 = SimpleNamespace(GetCurrentThreadId=lambda: 7)
        self.user32 = SimpleNamespace(
            RegisterHotKey=self.register,
            UnregisterHotKey=self.unregister,
            GetMessageW=self.get_message,
            PostThreadMessageW=lambda thread, message, _w, _l: self.messages.put(message),
        )

    def register(self, _window, _id, held, code):
        if (held, code) == self.taken:
            return 0
        self.registered = held, code
        return 1

    def unregister(self, _window, _id):
        self.registered = None

    def get_message(self, message, _window, _least, _most):
        number = self.messages.get(timeout=30)
        ctypes.memmove(ctypes.addressof(message) + ctypes.sizeof(ctypes.c_void_p), number.to_bytes(4, "little"), 4)
        return 0 if number == QUIT else 1


@pytest.fixture
def windows():
    return FakeWindows()


async def test_a_key_is_heard_until_it_is_given_back(windows, until):
    hotkey, presses = WindowsHotkey(windows), []
    hotkey.pressed = presses.append
    state = await hotkey.grab(read_keys("Ctrl+Alt+D"))
    assert (state.active, windows.registered) == ("Ctrl+Alt+D", (0x4003, ord("D")))
    for message in (0x0113, HOTKEY):
        windows.messages.put(message)
    await until(lambda: presses)
    assert presses == [""]
    await hotkey.grab(read_keys("F9"))
    assert windows.registered == (0x4000, 0x78)
    await hotkey.release()
    assert windows.registered is None


async def test_a_key_that_another_program_has_is_said_to_be_taken(windows):
    windows.taken = 0x4008, 0x20
    state = await WindowsHotkey(windows).grab(read_keys("Meta+Space"))
    assert state.problem == "Meta+Space is taken: another program, or Windows itself, has it."


@pytest.mark.parametrize(("keys", "code"), [("Ctrl+7", 0x37), ("F1", 0x70), ("F24", 0x87), ("Alt+PgDown", 0x22)])
def test_keys_have_the_codes_of_windows(keys, code):
    assert key_code(read_keys(keys)) == code
