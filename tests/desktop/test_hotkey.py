"""The first way to a global key that a desktop has."""

from functools import partial

import pytest

from voipdesk.core.errors import BadInput
from voipdesk.core.keys import read_keys
from voipdesk.core.shortcut import ShortcutState
from voipdesk.desktop.hotkey import DesktopShortcut, WayMissing


class FakeWay:
    def __init__(self, *, missing=False):
        self.missing = missing
        self.held = ""

    async def grab(self, keys):
        if self.missing:
            raise WayMissing("It is not there.")
        self.held = str(keys)
        return ShortcutState(self.held)

    async def release(self):
        self.held = ""


@pytest.fixture
def shortcut():
    shortcut = DesktopShortcut("voipdesk --pane quick-dial")
    shortcut.told = []
    shortcut.changed = shortcut.told.append
    return shortcut


async def test_the_next_way_is_taken_where_one_is_missing(shortcut):
    ways = FakeWay(missing=True), FakeWay(), FakeWay()
    shortcut.begin([partial(list.__getitem__, list(ways), place) for place in range(3)])
    presses = []
    shortcut.pressed = presses.append
    await shortcut.wish("Ctrl+Alt+D")
    assert [way.held for way in ways] == ["", "Ctrl+Alt+D", ""]
    ways[1].pressed("token")
    assert presses == ["token"]
    await shortcut.wish("F9")
    await shortcut.wish("")
    assert shortcut.told == [ShortcutState("Ctrl+Alt+D"), ShortcutState("F9"), ShortcutState()]
    assert ways[1].held == ""
    await shortcut.wish("F9")
    await shortcut.close()
    assert ways[1].held == ""


async def test_without_any_way_it_is_said_which_command_to_bind(shortcut):
    shortcut.begin([lambda: FakeWay(missing=True)])
    await shortcut.wish("Ctrl+Alt+D")
    assert shortcut.state.active == ""
    assert shortcut.state.problem.endswith("bind a key to “voipdesk --pane quick-dial”.")


async def test_what_are_no_keys_is_said_and_those_before_are_let_go(shortcut):
    way = FakeWay()
    shortcut.begin([lambda: way])
    await shortcut.wish("F9")
    await shortcut.wish("Ctrl+Ä")
    assert (way.held, shortcut.state.active) == ("", "")
    assert "cannot be a global shortcut" in shortcut.state.problem


@pytest.mark.parametrize(
    ("written", "read"),
    [("ctrl+alt+d", "Ctrl+Alt+D"), (" Super + F9 ", "Meta+F9"), ("F12", "F12"), ("Alt+Ctrl+space", "Ctrl+Alt+Space")],
)
def test_keys_are_read_as_they_are_written(written, read):
    assert str(read_keys(written)) == read


@pytest.mark.parametrize(
    "written", ["", "+", "D", "Shift+D", "Ctrl", "Ctrl+Ctrl+D", "Ctrl+", "Hyper+D", "F99", "Ctrl+Alt+Del"]
)
def test_what_cannot_be_a_global_key_is_refused(written):
    with pytest.raises(BadInput):
        read_keys(written)
