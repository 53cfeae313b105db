"""The settings pane's page: every section has the room that its text takes."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from voipdesk.gui.settings.view import SettingsView
from voipdesk.gui.widgets.labels import PlainLabel


def test_a_section_is_as_high_as_its_text_at_the_width_that_it_has(qtbot, theme):
    sections = []
    for words in range(100, 140, 4):  # some of them take a line more at the widest than in the width of the page
        section = QWidget()
        QVBoxLayout(section).addWidget(PlainLabel("woorden " * words))
        sections.append(section)
    view = SettingsView(("Title", section) for section in sections)
    qtbot.addWidget(view)
    view.resize(1000, 400)
    view.show()
    assert all(section.height() >= section.heightForWidth(section.width()) for section in sections)
