"""Contacts in the dial pane: found by name, one of several numbers chosen, shown before anything is dialled."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget

from voipdesk.core.contacts import Contact, ContactNumber


@pytest.fixture
async def ann(desk):
    numbers = (ContactNumber("020 7946 0958", "work"), ContactNumber("07700 900123", "mobile"))
    await desk.contacts.add(Contact("Ann <b>Lee</b>", "Acme", numbers))
    await desk.contacts.add(Contact("Bob", numbers=(ContactNumber("1003"),)))


@pytest.fixture
def offered(pane):
    return pane.view.findChild(QListWidget)


def texts(offered):
    return [offered.item(row).text() for row in range(offered.count())] if offered.isVisible() else []


async def test_a_name_offers_its_numbers_and_dials_nothing_by_itself(ann, pane, number, offered, qtbot, until, demo):
    qtbot.keyClicks(number, "lee")
    await until(lambda: len(texts(offered)) == 2)
    assert pane.view._reading._text.text() == "2 numbers of contacts: choose one"
    assert texts(offered)[0] == "Ann <b>Lee</b> · Acme · 020 7946 0958 (work)"
    qtbot.keyClick(number, Qt.Key.Key_Return)  # there are two: the list is gone to
    assert offered.hasFocus()
    qtbot.keyClick(offered, Qt.Key.Key_Down)
    qtbot.keyClick(offered, Qt.Key.Key_Return)
    assert number.text() == "07700 900123"
    await until(
        lambda: pane.view._reading._text.text() == "Will dial +44 7700 900123 · Ann <b>Lee</b> · United Kingdom"
    )
    assert demo.state().dials_accepted == 0
    assert texts(offered) == []
    qtbot.keyClick(number, Qt.Key.Key_Return)
    await until(lambda: "is ringing" in pane.view._state.accessibleName())
    recent = pane.view._recent._table
    await until(lambda: recent.rowCount() == 1)
    assert recent.item(0, 0).text() == "+44 7700 900123 · Ann <b>Lee</b>"


async def test_enter_takes_the_only_number_and_a_second_enter_dials_it(ann, pane, number, offered, qtbot, until, demo):
    qtbot.keyClicks(number, "bob")
    await until(lambda: texts(offered) == ["Bob · 1003"])
    assert pane.view._reading._text.text() == "One contact's number: Enter takes it, and dials nothing yet"
    qtbot.keyClick(number, Qt.Key.Key_Return)
    assert number.text() == "1003"
    assert demo.state().dials_accepted == 0
    qtbot.keyClick(number, Qt.Key.Key_Return)
    await until(lambda: "is ringing" in pane.view._state.accessibleName())
    assert demo.state().dials_accepted == 1


async def test_escape_takes_the_list_away_and_typing_on_goes_to_the_field(ann, pane, number, offered, qtbot, until):
    qtbot.keyClicks(number, "an")
    await until(lambda: len(texts(offered)) == 2)
    qtbot.keyClick(number, Qt.Key.Key_Down)
    assert offered.hasFocus()
    qtbot.keyClicks(offered, "n")
    assert number.text() == "ann"
    assert number.hasFocus()
    await until(lambda: len(texts(offered)) == 2)
    qtbot.keyClick(number, Qt.Key.Key_Escape)
    assert texts(offered) == []
    number.clear()
    qtbot.keyClicks(number, "lee")
    await until(lambda: len(texts(offered)) == 2)
    qtbot.mouseClick(
        offered.viewport(), Qt.MouseButton.LeftButton, pos=offered.visualItemRect(offered.item(1)).center()
    )
    assert number.text() == "07700 900123"


async def test_a_number_or_a_link_offers_no_names(ann, pane, number, offered, qtbot, until, tasks):
    for text in ("020 7946 0958", "tel:+442079460958"):
        number.clear()
        qtbot.keyClicks(number, text)
        await until(lambda: not tasks.running("dial: contacts") and not tasks.running("dial: read"))
        assert texts(offered) == []
