"""The quick-dial box: what it offers, what it says, and that one Enter is one call."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget

from voipdesk.core.contacts import Contact, ContactNumber, StoredContact
from voipdesk.core.dial import DialOutcome
from voipdesk.gui.dial.presenter import DialPane
from voipdesk.gui.quick_dial.presenter import QuickDial
from voipdesk.gui.words import now

ANN = StoredContact(1, Contact("Ann <b>Lee</b>", numbers=(ContactNumber("020 7946 0001", "work"),)), "ann")


class Quick:
    def __init__(self, presenter, find, qtbot):
        self.presenter, self.box, self._find, self._qtbot = presenter, presenter.box, find, qtbot

    @property
    def field(self):
        return self._find(self.box, QLineEdit, "Number or name to dial")

    @property
    def rows(self):
        rows = self._find(self.box, QListWidget, "Numbers to choose from")
        return [rows.item(place).text() for place in range(rows.count())]

    @property
    def said(self):
        return {label.text() for label in self.box.findChildren(QLabel) if label.isVisible()}

    def type(self, text):
        self._qtbot.keyClicks(self.field, text)

    def press(self, key):
        self._qtbot.keyClick(self.field, key)


@pytest.fixture
async def quick(desk, demo_account, tasks, messages, theme, find, qtbot, until):
    journal = desk.dial._journal
    for number in ("+442079460111", "7042"):
        entry = await journal.begin("demo", number, "7040", now())
        await journal.end(entry, DialOutcome.ACCEPTED)

    async def names(numbers):
        return {number: "Bob Ray" for number in numbers if number.endswith("0111")}

    async def contacts(text):
        return [ANN] if text.casefold() in "ann" else []

    services = desk.dial, desk.accounts, desk.call_log, tasks, messages, theme, desk.contacts
    pane = DialPane(*services, lambda: None)
    presenter = QuickDial(desk.dial, lambda: pane, tasks, theme, contacts=contacts, names=names)
    presenter.open()
    await until(lambda: not tasks.names)
    yield Quick(presenter, find, qtbot)
    presenter.close()
    pane.close()
    pane.view.deleteLater()


async def test_it_opens_with_the_numbers_dialled_last_and_the_keyboard(quick, until):
    await until(lambda: quick.rows == ["7042 · dialled before", "Bob Ray · +44 20 7946 0111 · dialled before"])
    await until(quick.field.hasFocus)


async def test_what_is_typed_is_read_as_in_the_dial_pane_and_enter_dials_once(quick, demo, until):
    quick.type("020 7946 0123")
    await until(lambda: any(text.startswith("Will dial +44 20 7946 0123") for text in quick.said))
    quick.press(Qt.Key.Key_Return)
    quick.press(Qt.Key.Key_Return)
    await until(lambda: "Your phone 7040 is ringing." in quick.said, 30)
    assert [dial.number_to_call for dial in demo.state().dials] == ["+442079460123"]


async def test_a_name_finds_contacts_and_numbers_dialled_before(quick, demo, until):
    quick.type("ann")
    await until(lambda: quick.rows == ["Ann <b>Lee</b> · +44 20 7946 0001 · work"])
    quick.field.clear()
    quick.type("bob")
    await until(lambda: quick.rows == ["Bob Ray · +44 20 7946 0111 · dialled before"])
    quick.press(Qt.Key.Key_Down)
    await until(lambda: any(text.startswith("Will dial +44 20 7946 0111") for text in quick.said))
    quick.press(Qt.Key.Key_Return)
    await until(lambda: "Your phone 7040 is ringing." in quick.said, 30)
    assert [dial.number_to_call for dial in demo.state().dials] == ["+442079460111"]


async def test_what_is_typed_after_a_row_was_chosen_counts(quick, until):
    await until(lambda: len(quick.rows) == 2)
    quick.press(Qt.Key.Key_Down)
    await until(lambda: quick.box.text == "7042")
    quick.press(Qt.Key.Key_Up)
    await until(lambda: quick.box.text == "")
    quick.press(Qt.Key.Key_Down)
    quick.type("0207")
    assert quick.box.text == "0207"


async def test_an_emergency_number_is_refused_and_nothing_is_sent(quick, demo, until):
    quick.type("112")
    await until(lambda: any("emergency number" in text for text in quick.said))
    quick.press(Qt.Key.Key_Return)
    await until(lambda: any("not dialled from here" in text for text in quick.said))
    assert demo.state().dials == []


async def test_several_numbers_are_listed_to_choose_from(quick, demo, until):
    quick.type("020 7946 0123 or 020 7946 0456")
    await until(lambda: [row.partition(" · ")[0] for row in quick.rows] == ["+44 20 7946 0123", "+44 20 7946 0456"])
    quick.press(Qt.Key.Key_Return)
    assert demo.state().dials == []
    quick.press(Qt.Key.Key_Down)
    quick.press(Qt.Key.Key_Return)
    await until(lambda: demo.state().dials, 30)
    assert [dial.number_to_call for dial in demo.state().dials] == ["+442079460123"]


async def test_a_text_that_is_no_number_is_said_not_to_be_one(quick, demo, until):
    quick.type("zzz")
    await until(lambda: quick.rows == [])
    quick.press(Qt.Key.Key_Return)
    await until(lambda: any("zzz" in text for text in quick.said))
    assert demo.state().dials == []


async def test_esc_closes_it_and_it_opens_anew(quick, until):
    quick.type("0207")
    quick.press(Qt.Key.Key_Escape)
    await until(lambda: not quick.box.isVisible())
    quick.presenter.open()
    assert quick.field.text() == ""


async def test_without_an_account_that_is_said(quick, until):
    quick.presenter._pane = lambda: None
    quick.type("7042")
    quick.press(Qt.Key.Key_Return)
    await until(lambda: "There is no account to dial with yet." in quick.said)
