"""A global key on a real X server, whose keys are pressed by xdotool."""

import pytest

from tests.fakes.x_display import XDisplay
from voipdesk.core.keys import read_keys
from voipdesk.desktop.hotkey import WayMissing
from voipdesk.desktop.hotkey_x11 import X11Hotkey


@pytest.fixture(scope="module")
def display():
    with XDisplay() as display:
        yield display


@pytest.fixture
async def hotkey(display):
    hotkey = X11Hotkey(display.name)
    hotkey.presses = []
    hotkey.pressed = hotkey.presses.append
    yield hotkey
    await hotkey.release()


@pytest.mark.parametrize(("keys", "typed"), [("Ctrl+Alt+D", "ctrl+alt+d"), ("Meta+F9", "super+F9"), ("F12", "F12")])
async def test_a_key_is_heard_whoever_has_the_keyboard(hotkey, display, until, keys, typed):
    state = await hotkey.grab(read_keys(keys))
    assert (state.active, state.problem) == (keys, "")
    display.press("a")
    display.press(typed)
    await until(lambda: hotkey.presses)
    assert len(hotkey.presses) == 1
    assert hotkey.presses[0].startswith("_TIME")


async def test_locks_make_no_difference(hotkey, display, until):
    await hotkey.grab(read_keys("Ctrl+Alt+D"))
    for lock in ("Num_Lock", "Caps_Lock"):
        display.press(lock)
        try:
            before = len(hotkey.presses)
            display.press("ctrl+alt+d")
            await until(lambda before=before: len(hotkey.presses) == before + 1)
        finally:
            display.press(lock)


async def test_a_key_that_another_program_has_is_said_to_be_taken(hotkey, display, until):
    other = X11Hotkey(display.name)
    assert (await other.grab(read_keys("Ctrl+Alt+D"))).active
    state = await hotkey.grab(read_keys("Ctrl+Alt+D"))
    assert state.active == ""
    assert state.problem == "Ctrl+Alt+D is taken: another program, or the desktop itself, has it."
    await other.release()

    async def given():
        return (await hotkey.grab(read_keys("Ctrl+Alt+D"))).active

    while not await given():  # the server takes the connection's end in its own time
        pass
    display.press("ctrl+alt+d")
    await until(lambda: hotkey.presses)


async def test_another_key_takes_the_place_of_the_one_before(hotkey, display, until):
    await hotkey.grab(read_keys("Ctrl+Alt+D"))
    await hotkey.grab(read_keys("Ctrl+Alt+E"))
    display.press("ctrl+alt+d")
    display.press("ctrl+alt+e")
    await until(lambda: hotkey.presses)
    assert len(hotkey.presses) == 1


async def test_without_an_x_server_there_is_another_way():
    with pytest.raises(WayMissing):
        await X11Hotkey(":9999").grab(read_keys("F12"))
