"""What is set about telephone links is so at once, and what could not be set is said."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPushButton

from tests.fakes.tel_links import FakeTelLinks
from voipdesk.gui.settings.links_section import LinksSection
from voipdesk.gui.settings.presenter import SettingsPane
from voipdesk.gui.settings.surroundings import Surroundings

AT_ONCE = "Dial the number of a link at once, without asking"


@pytest.fixture
def links():
    return FakeTelLinks()


@pytest.fixture
async def pane(qtbot, desk, links, tasks, theme, until):
    surroundings = Surroundings(links, "voipdesk dial --selection --ask")
    pane = SettingsPane([LinksSection(surroundings, desk.dial, tasks, theme)])
    qtbot.addWidget(pane.widget)
    pane.widget.resize(900, 600)
    pane.widget.show()
    pane.shown()
    await until(lambda: not tasks.names)
    yield pane
    pane.close()


def texts(pane):
    return [label.text() for label in pane.widget.findChildren(QLabel) if label.isVisible()]


async def test_who_opens_each_link_is_shown(pane, links, find):
    tel = find(pane.widget, QCheckBox, "tel: links")
    assert (tel.isChecked(), tel.accessibleDescription()) == (False, "now opened with Calls <b>1</b>")
    assert find(pane.widget, QCheckBox, "sips: links").accessibleDescription() == "opened with nothing yet"


async def test_a_tick_takes_the_links_and_its_going_gives_them_back(pane, links, find, until, qtbot):
    tel = find(pane.widget, QCheckBox, "tel: links")
    qtbot.mouseClick(tel, Qt.MouseButton.LeftButton, pos=tel.rect().center() - tel.rect().center() / 2)
    await until(lambda: links.ours == {"tel"} and tel.isEnabled())
    assert tel.isChecked()
    tel.click()
    await until(lambda: links.ours == set() and tel.isEnabled())
    assert tel.accessibleDescription() == "now opened with Calls <b>1</b>"


async def test_what_is_left_to_do_is_said(pane, links, find, until):
    links.left_to_do = "Choose voipdesk in your desktop's settings."
    find(pane.widget, QCheckBox, "sip: links").click()
    await until(lambda: links.left_to_do in texts(pane))


async def test_what_could_not_be_set_is_said_and_not_shown_as_set(pane, links, find, until):
    links.broken = "The file could not be written."
    box = find(pane.widget, QCheckBox, "sip: links")
    box.click()
    await until(lambda: links.broken in texts(pane) and box.isEnabled())
    assert not box.isChecked()


async def test_links_are_dialled_at_once_only_where_the_person_says_so(pane, desk, find, until, tasks):
    box = find(pane.widget, QCheckBox, AT_ONCE)
    assert not box.isChecked()
    box.click()
    await until(lambda: desk.dial.links_at_once)
    desk.preferences.set("dial_links_at_once", False)  # as in the settings file
    pane.refresh()
    await until(lambda: not box.isChecked() and not tasks.names)


async def test_a_settings_file_that_is_broken_is_said(pane, desk, find, until, messages):
    desk.paths.settings_file.write_text("not [ toml")
    box = find(pane.widget, QCheckBox, AT_ONCE)
    box.click()
    await until(lambda: messages.current is not None and not box.isChecked())


async def test_the_command_for_a_key_can_be_copied(pane, find):
    assert find(pane.widget, QLineEdit, "Command that dials what is selected").isReadOnly()
    find(pane.widget, QPushButton, "Copy command").click()
    assert QGuiApplication.clipboard().text() == "voipdesk dial --selection --ask"
