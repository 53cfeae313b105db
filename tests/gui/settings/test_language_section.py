"""The language is chosen in the settings pane, for the program's next start."""

import pytest
from PySide6.QtWidgets import QComboBox

from voipdesk.gui.settings.language_section import LanguageSection
from voipdesk.settings.language import chosen_language


@pytest.fixture
async def section(desk, tasks, qtbot):
    section = LanguageSection(desk.desktop_settings, tasks)
    qtbot.addWidget(section.widget)
    section.widget.show()
    section.shown()
    yield section
    section.close()


@pytest.fixture
def languages(section, find):
    return find(section.widget, QComboBox, "Language of texts")


def choose(languages, place):
    languages.setCurrentIndex(place)
    languages.activated.emit(place)


async def test_it_is_kept_for_the_next_start_and_can_be_left_to_the_computer(languages, desk, tasks, until):
    assert [languages.itemText(place) for place in range(3)] == ["as this computer", "English", "Nederlands"]
    assert languages.currentIndex() == 0
    choose(languages, 2)
    await until(lambda: chosen_language(desk.paths.home) == "nl")
    await until(lambda: not tasks.names)
    assert languages.currentText() == "Nederlands"
    choose(languages, 0)
    await until(lambda: chosen_language(desk.paths.home) == "")
    await until(lambda: not tasks.names)


async def test_a_file_that_cannot_be_written_is_said_and_the_list_goes_back(languages, desk, messages, until):
    desk.paths.settings_file.write_text("this is [no TOML")
    choose(languages, 2)
    await until(lambda: messages.current)
    assert "settings.toml" in messages.current.text
    assert languages.currentIndex() == 0
