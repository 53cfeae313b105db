"""The sections on tray, login and global keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPushButton

from tests.fakes.around import FakeAround
from voipdesk.core.errors import StorageFailed
from voipdesk.core.shortcut import ShortcutState
from voipdesk.gui.settings.presenter import SettingsPane
from voipdesk.gui.settings.shortcut_section import ShortcutSection
from voipdesk.gui.settings.window_section import WindowSection

KEEP = "Keep voipdesk in the tray when the window is closed"
LOGIN = "Start voipdesk in the tray when I log in"
CTRL_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


@pytest.fixture
def around():
    return FakeAround()


@pytest.fixture
async def pane(desk, tasks, theme, around, qtbot, until):
    settings = desk.desktop_settings
    unsubscribe = settings.changed.subscribe(
        lambda choices: tasks.start("wish", around.shortcut.wish, choices.shortcut)
    )
    pane = SettingsPane([ShortcutSection(settings, around, tasks, theme), WindowSection(settings, around, tasks)])
    qtbot.addWidget(pane.widget)
    pane.widget.resize(700, 500)
    pane.widget.show()
    pane.shown()
    await until(lambda: not tasks.names)
    yield pane
    await until(lambda: not tasks.names)
    pane.close()
    unsubscribe()


def texts(pane):
    return {label.text() for label in pane.widget.findChildren(QLabel) if label.isVisible()}


async def test_staying_in_the_tray_is_a_choice_and_without_a_tray_that_is_said(
    pane, desk, around, tasks, find, until, qtbot
):
    keep = find(pane.widget, QCheckBox, KEEP)
    assert keep.isChecked()
    assert any("choose Quit" in text for text in texts(pane))
    qtbot.keyClick(keep, Qt.Key.Key_Space)
    await until(lambda: not desk.desktop_settings.choices.keep_in_tray)
    around.tray.there = False
    pane.refresh()
    assert any("shows no tray icons just now" in text for text in texts(pane))
    await until(lambda: not tasks.names)


async def test_the_start_at_login_is_what_the_desktop_has_it_to_be(pane, around, tasks, find, until, qtbot, messages):
    login = find(pane.widget, QCheckBox, LOGIN)
    qtbot.keyClick(login, Qt.Key.Key_Space)
    await until(lambda: around.login.on)
    around.login.on = False
    pane.refresh()
    await until(lambda: not login.isChecked())
    around.login.fails = StorageFailed("The entry could not be written.")
    qtbot.keyClick(login, Qt.Key.Key_Space)
    await until(lambda: messages.current)
    assert messages.current.text == "The entry could not be written."
    await until(lambda: not login.isChecked())
    await until(lambda: not tasks.names)


async def test_keys_are_pressed_or_written_and_what_comes_of_them_is_said(
    pane, desk, around, tasks, find, until, qtbot
):
    field = find(pane.widget, QLineEdit, "Keys that open the quick-dial box")
    assert field.text() == ""
    qtbot.keyClick(field, Qt.Key.Key_D, CTRL_ALT)
    assert field.text() == "Ctrl+Alt+D"
    qtbot.mouseClick(find(pane.widget, QPushButton, "Use these keys"), Qt.MouseButton.LeftButton)
    await until(lambda: "It works: Ctrl+Alt+D" in texts(pane))
    assert desk.desktop_settings.choices.shortcut == "Ctrl+Alt+D"
    around.shortcut.taken = "F9"
    qtbot.keyClick(field, Qt.Key.Key_F9)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    await until(lambda: "F9 is taken." in texts(pane))
    around.shortcut.taken = ""
    qtbot.keyClick(field, Qt.Key.Key_Return)
    await until(lambda: "It works: F9" in texts(pane))
    qtbot.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    await until(lambda: around.shortcut.wished[-1] == "")
    await until(lambda: "It works: F9" not in texts(pane))
    await until(lambda: not tasks.names)


async def test_where_the_desktop_chose_other_keys_these_are_shown(pane, around, until):
    around.shortcut.changed(ShortcutState("Press Super+F9", chosen_by_desktop=True))
    assert {"It works: Press Super+F9", "The desktop's own settings can change them."} <= texts(pane)
