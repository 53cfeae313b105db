"""The settings pane: what is chosen is kept, and shown as it stands."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox

from tests.fakes.calls import make_call
from voipdesk.archive.call_log import CallLogArchive
from voipdesk.core.call_log import Source
from voipdesk.gui.settings.notices_section import NoticesSection
from voipdesk.gui.settings.presenter import SettingsPane


@pytest.fixture
async def pane(desk, tasks, qtbot):
    pane = SettingsPane([NoticesSection(desk.desktop_settings, desk.call_log, tasks)])
    qtbot.addWidget(pane.widget)
    pane.widget.resize(700, 500)
    pane.widget.show()
    pane.shown()
    yield pane
    pane.close()


async def test_switches_are_kept_and_follow_what_is_changed_elsewhere(pane, desk, tasks, find, until, qtbot):
    missed = find(pane.widget, QCheckBox, "Notices of missed calls")
    assert missed.isChecked()
    qtbot.keyClick(missed, Qt.Key.Key_Space)
    await until(lambda: not desk.desktop_settings.choices.notify_missed)
    await until(lambda: not find(pane.widget, QComboBox, "Whose missed calls").isEnabled())
    quiet = find(pane.widget, QCheckBox, "Do not disturb: show no notices for now")
    await desk.desktop_settings.choose(do_not_disturb=True)
    assert quiet.isChecked()
    await until(lambda: not tasks.names)
    qtbot.keyClick(quiet, Qt.Key.Key_Space)
    await until(lambda: not desk.desktop_settings.choices.do_not_disturb)
    await until(lambda: not tasks.names)


async def test_whose_calls_are_meant_is_chosen_from_the_log(pane, desk, tasks, find, until, qtbot):
    calls = [make_call(name="Ann Lee"), make_call(1, name="Bob <b>Ray</b>")]
    await CallLogArchive(desk.store).write("a", calls, [0, 0], source=Source.USER)
    sales = make_call(2, name="Sales", source=Source.QUEUE)
    await CallLogArchive(desk.store).write("a", [sales], [0], source=Source.QUEUE)
    pane.refresh()
    of = find(pane.widget, QComboBox, "Whose missed calls")
    await until(lambda: of.count() == 3)
    assert [of.itemText(place) for place in range(3)] == ["everybody", "Ann Lee", "Bob <b>Ray</b>"]
    qtbot.keyClicks(of, "Bob")
    of.activated.emit(of.currentIndex())
    await until(lambda: desk.desktop_settings.choices.missed_of == "Bob <b>Ray</b>")
    await until(lambda: not tasks.names)


async def test_a_settings_file_that_cannot_be_written_is_said_and_the_switch_goes_back(
    pane, desk, find, until, qtbot, messages
):
    desk.paths.settings_file.write_text("this is [no TOML")
    quiet = find(pane.widget, QCheckBox, "Do not disturb: show no notices for now")
    qtbot.keyClick(quiet, Qt.Key.Key_Space)
    await until(lambda: messages.current)
    assert "settings.toml" in messages.current.text
    assert not quiet.isChecked()
