"""Numbers that come from outside, or several at once: shown, asked for, and dialled by the person alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton

from tests.cli.test_dial import DIALLING_TABLE
from voipdesk.gui.dial import link_offers


def dials(demo):
    return [dial.number_to_call for dial in demo.state().dials]


@pytest.fixture
def at_once(desk):
    desk.preferences.set("dial_links_at_once", True)


async def rest(until, tasks):
    await until(lambda: not [name for name in tasks.names if name.startswith("dial") and name != "dial: rings"])


async def test_a_link_fills_the_field_and_asks(pane, number, reading, state, until, demo, tasks):
    pane.fill("tel:+44-20-7946-0958")
    await until(lambda: state().startswith("A link asks you to call +44 20 7946 0958, United Kingdom."))
    assert number.text() == "tel:+44-20-7946-0958"
    assert reading() == "Will dial +44 20 7946 0958 · United Kingdom"
    await rest(until, tasks)
    assert dials(demo) == []


async def test_a_key_on_its_way_to_another_window_dials_nothing(pane, number, state, until, demo, qtbot, find, tasks):
    call = find(pane.widget, QPushButton, "Call")
    pane.fill("tel:+44-20-7946-0958")
    qtbot.keyClick(number, Qt.Key.Key_Return)
    assert not call.isEnabled()
    await until(call.isEnabled)
    assert dials(demo) == []
    qtbot.keyClick(number, Qt.Key.Key_Return)
    await until(lambda: "is ringing" in state())
    assert dials(demo) == ["+442079460958"]


async def test_what_the_link_asked_is_gone_once_something_else_is_typed(pane, number, state, until, qtbot):
    pane.fill("tel:7042")
    await until(lambda: "A link asks" in state())
    number.clear()
    qtbot.keyClicks(number, "7043")
    await until(lambda: "A link asks" not in state())


@pytest.mark.parametrize("link", ["accounts", "--demo", "file:///etc/passwd", "tel:*21*7042%23", "sip:ann@example.com"])
async def test_what_holds_no_number_is_text_in_the_field(
    pane, number, reading, state, until, demo, at_once, link, tasks
):
    pane.fill(link)
    await until(lambda: number.text() == link and reading() and "Will dial" not in reading())
    await rest(until, tasks)
    assert (dials(demo), state()) == ([], "Your phone rings first. Pick it up, and the PBX calls the number.")


async def test_a_link_does_not_hide_what_becomes_of_a_call(pane, state, until, demo, tasks):
    pane.call("7042")
    await until(lambda: "is ringing" in state())
    pane.fill("tel:7043")
    await rest(until, tasks)
    assert "is ringing" in state()
    assert dials(demo) == ["7042"]


async def test_links_are_dialled_at_once_where_the_person_said_so_and_never_in_a_row(
    pane, at_once, state, until, demo, tasks, monkeypatch
):
    pane.fill("tel:7042")
    await until(lambda: "Your phone 7040 is ringing." in state())
    tasks.cancel("dial: rings")
    pane.fill("tel:7043")
    await until(lambda: "A link asks you to call 7043." in state())
    assert dials(demo) == ["7042"]
    monkeypatch.setattr(link_offers, "APART_S", 0)
    pane.fill("tel:7044")
    await until(lambda: dials(demo) == ["7042", "7044"])
    await rest(until, tasks)


async def test_what_costs_extra_asks_in_any_case(pane, at_once, state, until, demo, tasks):
    pane.fill("tel:09061234567")
    await until(lambda: "A link asks" in state())
    await rest(until, tasks)
    assert not pane.widget.window().findChildren(QMessageBox)
    assert dials(demo) == []


async def test_links_are_not_dialled_at_once_by_themselves(desk):
    assert desk.dial.links_at_once is False
    await desk.dial.set_links_at_once(True)
    assert desk.dial.links_at_once is True
    assert "dial_links_at_once = true" in desk.paths.settings_file.read_text()


@pytest.mark.parametrize(("written", "dialled", "extension"), DIALLING_TABLE)
async def test_the_dialling_table_in_the_field(pane, desk, until, demo, state, written, dialled, extension, tasks):
    """Typed or filled in from a link, selection or clipboard: what is shown is what is dialled."""
    pane.fill(written)
    await until(lambda: "A link asks" in state())
    assert (f"extension {extension}" in pane.view._reading._text.text()) == (extension is not None)
    pane._press()
    await until(lambda: "is ringing" in state())
    assert dials(demo) == [dialled]


async def test_of_several_numbers_the_person_chooses_one(pane, number, reading, until, demo, find, qtbot, tasks):
    number.setText("020 7946 0958 or +31 6 12345678 ext 12")
    choice = await until(lambda: find(pane.widget, QPushButton, "Take +31 6 12345678 ext 12 · Netherlands"))
    assert reading() == "There are 2 numbers in this text: choose one"
    qtbot.keyClick(number, Qt.Key.Key_Return)
    await rest(until, tasks)
    assert dials(demo) == []
    qtbot.mouseClick(choice, Qt.MouseButton.LeftButton)
    await until(lambda: reading().startswith("Will dial +31 6 12345678 · Netherlands · then ask for extension 12"))
    assert not [b for b in pane.widget.findChildren(QPushButton) if b.isVisible() and b.text().startswith("+31")]
    qtbot.keyClick(number, Qt.Key.Key_Return)
    await until(lambda: dials(demo) == ["+31612345678"])
    await rest(until, tasks)
