"""A global key by the desktop portal, at one by hand on a real session bus."""

import pytest

from tests.fakes.shortcut_portal import ShortcutPortal
from voipdesk.core.keys import read_keys
from voipdesk.desktop.hotkey import WayMissing
from voipdesk.desktop.hotkey_portal import PortalHotkey, trigger


@pytest.fixture
async def hotkey(bus):
    hotkey = PortalHotkey(bus)
    hotkey.presses, hotkey.states = [], []
    hotkey.pressed, hotkey.changed = hotkey.presses.append, hotkey.states.append
    yield hotkey
    await hotkey.release()


async def test_the_desktop_binds_the_key_and_tells_when_it_is_pressed(hotkey, bus_address, until):
    async with ShortcutPortal(bus_address, chosen="Press Super+F9") as portal:
        state = await hotkey.grab(read_keys("Ctrl+Alt+D"))
        assert (state.active, state.problem, state.chosen_by_desktop) == ("Press Super+F9", "", True)
        assert portal.wished["quick-dial"]["preferred_trigger"] == ("s", "CTRL+ALT+d")
        await portal.press("another")
        await portal.press(session="/org/freedesktop/portal/desktop/session/1_2/other")
        await portal.press()
        await until(lambda: hotkey.presses)
        assert hotkey.presses == ["token-1"]
        changed = [("quick-dial", {"trigger_description": ("s", "Press F9")})]
        await portal.signal("ShortcutsChanged", "oa(sa{sv})", (portal.sessions[0], changed))
        await until(lambda: hotkey.states)
        assert hotkey.states[-1].active == "Press F9"
        await hotkey.release()
        assert portal.sessions == []
        await portal.press(session="/x")
        assert hotkey.presses == ["token-1"]


async def test_who_says_no_in_the_dialog_has_no_key(hotkey, bus_address):
    async with ShortcutPortal(bus_address, code=1) as portal:
        state = await hotkey.grab(read_keys("Ctrl+Alt+D"))
        assert (state.active, state.problem) == ("", "No key was chosen in the desktop's dialog.")
        assert portal.sessions == []


async def test_a_desktop_without_such_a_portal_has_another_way(hotkey, bus_address):
    with pytest.raises(WayMissing):
        await hotkey.grab(read_keys("Ctrl+Alt+D"))

    class Older(ShortcutPortal):
        def do_Get(self, _message):  # noqa: N802 - the method's name
            return "org.freedesktop.DBus.Error.InvalidArgs"

    async with Older(bus_address):
        with pytest.raises(WayMissing):
            await hotkey.grab(read_keys("Ctrl+Alt+D"))


async def test_another_program_cannot_press_the_key(hotkey, bus_address, until):
    class Liar(ShortcutPortal):
        name = "com.example.Liar"

    async with ShortcutPortal(bus_address) as portal, Liar(bus_address) as liar:
        await hotkey.grab(read_keys("Ctrl+Alt+D"))
        await liar.press(session=portal.sessions[0], token="lie")
        await portal.press()
        await until(lambda: hotkey.presses)
        assert hotkey.presses == ["token-1"]


async def test_a_portal_that_ends_takes_the_key_along_and_that_is_said(hotkey, bus_address, until):
    async with ShortcutPortal(bus_address):
        await hotkey.grab(read_keys("Ctrl+Alt+D"))
    await until(lambda: hotkey.states)
    assert hotkey.states[-1].problem == "The desktop has ended the global shortcut."


def test_keys_are_written_as_the_specification_has_them():
    written = {keys: trigger(read_keys(keys)) for keys in ("Ctrl+Shift+5", "Meta+PgUp", "F12", "Alt+Space")}
    assert written == {
        "Ctrl+Shift+5": "CTRL+SHIFT+5",
        "Meta+PgUp": "LOGO+Prior",
        "F12": "F12",
        "Alt+Space": "ALT+space",
    }
