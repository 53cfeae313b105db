from PySide6.QtGui import QFont

from voipdesk.gui.widgets.labels import ElidedLabel, PlainLabel, plain_tip, set_font


def test_what_does_not_fit_is_in_the_tool_tip_and_never_markup(qtbot):
    label = ElidedLabel("<b>Llanfairpwllgwyngyll</b>\nReception" * 4)
    qtbot.addWidget(label)
    label.resize(80, 20)
    label.grab()
    assert "&lt;b&gt;" in label.toolTip()
    assert "\n" not in label.text()
    label.resize(4000, 20)
    label.grab()
    assert label.toolTip() == ""


def test_tool_tips_show_markup_as_it_is_written():
    assert plain_tip("<img src=x>") == "<span>&lt;img src=x&gt;</span>"


def test_text_grows_with_the_systems(qtbot):
    label = PlainLabel("x")
    qtbot.addWidget(label)
    label.setFont(QFont("Sans", 20))
    set_font(label, scale=1.5)
    assert label.font().pointSizeF() == 30
    font = QFont("Sans")
    font.setPixelSize(10)
    label.setFont(font)
    set_font(label, scale=2)
    assert label.font().pixelSize() == 20
