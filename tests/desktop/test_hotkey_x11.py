"""A global key on a real X server, whose keys are pressed by xdotool."""

import os
import subprocess

import pytest

from voipdesk.core.keys import read_keys
from voipdesk.desktop.hotkey import WayMissing
from voipdesk.desktop.hotkey_x11 import X11Hotkey


@pytest.fixture(scope="module")
def display():
    """An X server of its own, with a window manager."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "640x480x24", "-nolisten", "tcp", "-noreset"],
        pass_fds=[write],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as said:
        name = f":{said.readline().strip()}"
    manager = subprocess.Popen(
        ["openbox"], env={**os.environ, "DISPLAY": name}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    yield name
    for process in (manager, server):
        process.terminate()
        process.wait(timeout=30)


@pytest.fixture
async def hotkey(display):
    hotkey = X11Hotkey(display)
    hotkey.presses = []
    hotkey.pressed = hotkey.presses.append
    yield hotkey
    await hotkey.release()


def press(display, *keys):
    subprocess.run(["xdotool", "key", *keys], env={**os.environ, "DISPLAY": display}, check=True, timeout=30)


@pytest.mark.parametrize(("keys", "typed"), [("Ctrl+Alt+D", "ctrl+alt+d"), ("Meta+F9", "super+F9"), ("F12", "F12")])
async def test_a_key_is_heard_whoever_has_the_keyboard(hotkey, display, until, keys, typed):
    state = await hotkey.grab(read_keys(keys))
    assert (state.active, state.problem) == (keys, "")
    press(display, "a")
    press(display, typed)
    await until(lambda: hotkey.presses)
    assert len(hotkey.presses) == 1
    assert hotkey.presses[0].startswith("_TIME")


async def test_locks_make_no_difference(hotkey, display, until):
    await hotkey.grab(read_keys("Ctrl+Alt+D"))
    for lock in ("Num_Lock", "Caps_Lock"):
        press(display, lock)
        try:
            before = len(hotkey.presses)
            press(display, "ctrl+alt+d")
            await until(lambda before=before: len(hotkey.presses) == before + 1)
        finally:
            press(display, lock)


async def test_a_key_that_another_program_has_is_said_to_be_taken(hotkey, display, until):
    other = X11Hotkey(display)
    assert (await other.grab(read_keys("Ctrl+Alt+D"))).active
    state = await hotkey.grab(read_keys("Ctrl+Alt+D"))
    assert state.active == ""
    assert state.problem == "Ctrl+Alt+D is taken: another program, or the desktop itself, has it."
    await other.release()

    async def given():
        return (await hotkey.grab(read_keys("Ctrl+Alt+D"))).active

    while not await given():  # the server takes the connection's end in its own time
        pass
    press(display, "ctrl+alt+d")
    await until(lambda: hotkey.presses)


async def test_another_key_takes_the_place_of_the_one_before(hotkey, display, until):
    await hotkey.grab(read_keys("Ctrl+Alt+D"))
    await hotkey.grab(read_keys("Ctrl+Alt+E"))
    press(display, "ctrl+alt+d")
    press(display, "ctrl+alt+e")
    await until(lambda: hotkey.presses)
    assert len(hotkey.presses) == 1


async def test_without_an_x_server_there_is_another_way():
    with pytest.raises(WayMissing):
        await X11Hotkey(":9999").grab(read_keys("F12"))
