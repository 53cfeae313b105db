from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QCheckBox, QToolButton

from voipdesk.gui.theme import Tone, mix


def test_icons_and_colours_follow_the_palette(qapp, qtbot, theme):
    button = QToolButton()
    qtbot.addWidget(button)
    theme.set_icon(button, "close")
    before, light = button.icon().pixmap(QSize(16, 16)).toImage(), theme.colour(Tone.BAD)
    was = qapp.palette()
    told = []
    theme.changed.connect(lambda: told.append(1))
    try:
        qapp.setPalette(QPalette(QColor("#222222")))
        theme.follow_palette()
        theme.follow_palette()
        assert theme.dark
        assert told == [1]
        assert theme.colour(Tone.BAD) != light
        assert button.icon().pixmap(QSize(16, 16)).toImage() != before
    finally:
        qapp.setPalette(was)
        theme.follow_palette()
    assert not theme.dark


def test_a_drawing_is_as_sharp_as_the_screen(theme):
    large = theme.pixmap("call-log", Tone.TEXT, 48, 2.0)
    assert (large.width(), large.deviceIndependentSize().width()) == (96, 48)
    assert theme.pixmap("call-log", Tone.TEXT, 16, 1.0).width() == 16
    assert {size.width() for size in theme.icon("call-log").availableSizes()} == {16, 20}


def test_an_empty_check_box_can_be_told_from_a_dark_ground(qapp, qtbot, theme):
    was = qapp.palette()
    light = QCheckBox().palette().base().color()
    try:
        qapp.setPalette(QPalette(QColor("#2b2b2b")))
        theme.follow_palette()
        box = QCheckBox()
        qtbot.addWidget(box)
        assert abs(box.palette().base().color().lightness() - box.palette().window().color().lightness()) > 30
    finally:
        qapp.setPalette(was)
        theme.follow_palette()
    assert QCheckBox().palette().base().color() == light


def test_text_on_the_accent_colour_can_be_read(theme):
    accent, text = theme.colour(Tone.ACCENT), theme.colour(Tone.ON_ACCENT)
    assert abs(accent.lightness() - text.lightness()) > 80


def test_mixing_stays_between_two_colours():
    assert mix(QColor("black"), QColor("white"), 0.5).lightness() in range(126, 130)
