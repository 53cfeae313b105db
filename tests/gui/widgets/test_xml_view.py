import pytest
from PySide6.QtGui import QColor, QPalette

from voipdesk.gui.theme import Tone
from voipdesk.gui.widgets import xml_view
from voipdesk.gui.widgets.xml_view import XmlView

XML = """<?xml version="1.0"?>
<document>
  <!-- one
  <work/> two -->
  <speak voice="ann &amp; bob">Hello &lt;you&gt;</speak><!-- three -->
</document>"""


def colours(view):
    """The colour of each character, by its line."""
    document = view.document()
    found = []
    for number in range(document.blockCount()):
        block = document.findBlockByNumber(number)
        line = [""] * len(block.text())
        for part in block.layout().formats():
            for at in range(part.start, part.start + part.length):
                line[at] = part.format.foreground().color().name()
        found.append(line)
    return found


def colour_of(view, line, text):
    at = XML.splitlines()[line].index(text)
    found = set(colours(view)[line][at : at + len(text)])
    assert len(found) == 1, found
    return found.pop()


def ground_of_the_mark(view):
    marks = view.extraSelections()
    assert len(marks) == 1
    return marks[0].format.background().color().name()


def test_tags_attributes_and_comments_are_told_apart_by_the_theme_s_colours(qtbot, theme):
    view = XmlView("Answer", theme)
    qtbot.addWidget(view)
    view.show_text(XML)

    def tone(tone):
        return theme.colour(tone).name()

    assert colour_of(view, 1, "<document>") == tone(Tone.ACCENT)
    assert colour_of(view, 4, "voice") == tone(Tone.WARNING)
    assert colour_of(view, 4, '"ann ') == tone(Tone.GOOD)
    assert colour_of(view, 4, "&amp;") == tone(Tone.FAINT)
    assert colour_of(view, 4, "Hello") == ""
    assert colour_of(view, 4, "<!-- three -->") == tone(Tone.FAINT)
    assert colour_of(view, 2, "<!-- one") == tone(Tone.FAINT)
    assert colour_of(view, 3, "<work/> two -->") == tone(Tone.FAINT), "a comment goes on in the next line"
    assert colour_of(view, 5, "</document>") == tone(Tone.ACCENT)


def test_the_colours_follow_the_theme(qtbot, qapp, theme):
    view = XmlView("Answer", theme)
    qtbot.addWidget(view)
    view.show_text(XML, 2, 4)
    before, palette = colour_of(view, 1, "<document>"), qapp.palette()
    mark = ground_of_the_mark(view)
    dark = QPalette(QColor("#202020"))
    dark.setColor(QPalette.ColorRole.Accent, QColor("#123456"))
    try:
        qapp.setPalette(dark)
        theme.follow_palette()
        assert colour_of(view, 1, "<document>") == "#123456" != before
        assert ground_of_the_mark(view) != mark
    finally:
        qapp.setPalette(palette)
        theme.follow_palette()


def test_a_text_that_was_not_written_to_be_read_is_shown_without_being_searched(qtbot, theme):
    view = XmlView("Answer", theme)
    qtbot.addWidget(view)
    view.show_text("<a " * 50_000)
    assert colours(view)[0][:3] == ["", "", ""]
    view.show_text("short", 99, 99)
    assert view.textCursor().blockNumber() == 0


@pytest.mark.parametrize("text", ["a", "<!", "<?a", "a=", 'a="', "a ", "&", "&#", "</", "/", "a='b\""])
def test_no_text_makes_the_colouring_look_at_the_same_place_again_and_again(text):
    long = text * 1_000_000  # fifty times what is coloured: hours, if each place meant a look at all that follows
    for pattern in (xml_view._TAG, xml_view._ATTRIBUTE, xml_view._OTHER):
        assert sum(len(match[0]) for match in pattern.finditer(long)) <= len(long)
