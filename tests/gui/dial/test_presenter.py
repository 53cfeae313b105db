import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QMessageBox, QPushButton, QTableWidget

from voipdesk.core.accounts import Account
from voipdesk.core.dial import Phone
from voipdesk.gui.dial import model
from voipdesk.gui.dial.presenter import DialPane
from voipdesk.gui.theme import Tone


def reading(pane):
    return pane.view._reading._text.text()


def state(pane):
    return pane.view._state.accessibleName()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("020 7946 0958", "Will dial +44 20 7946 0958 · United Kingdom"),
        ("7042", "Will dial the internal number 7042"),
        ("999", "emergency"),
        ("0906 123 4567", "Premium rate"),
        ("0207 946 0000 ext 12", "extension 12"),
        ("0800 CALL NOW", ""),
    ],
)
async def test_what_will_be_dialled_is_said_as_it_is_typed(pane, number, qtbot, until, typed, said):
    qtbot.keyClicks(number, typed)
    await until(lambda: said in reading(pane) and "Enter dials" not in reading(pane))


async def test_the_country_of_national_numbers_is_chosen_here_and_kept(pane, number, qtbot, until, desk, find):
    qtbot.keyClicks(number, "06 1234 5678")
    country = find(pane.widget, QComboBox, "Country of numbers without a country code")
    assert country.currentText() == "United Kingdom"
    country.setCurrentIndex(country.findText("Netherlands"))
    country.activated.emit(country.currentIndex())
    await until(lambda: reading(pane) == "Will dial +31 6 12345678 · Netherlands")
    assert desk.preferences.region == "NL"


async def test_enter_dials_and_says_whose_phone_rings(pane, number, qtbot, until, demo, find):
    qtbot.keyClicks(number, "020 7946 0958")
    qtbot.keyClick(number, Qt.Key.Key_Return)
    await until(lambda: "Your phone 7040 is ringing. Pick it up, and the PBX calls +44 20 7946 0958." in state(pane))
    assert demo.state().dials_accepted == 1
    table = await until(lambda: find(pane.widget, QTableWidget, "Numbers dialled last"))
    assert table.item(0, 0).text() == "+44 20 7946 0958"
    assert find(pane.widget, QPushButton, "Call +44 20 7946 0958")


async def test_a_second_press_while_dialling_sends_nothing(pane, number, qtbot, until, demo, find):
    demo.fault("slow", operation="call-to-number", seconds=0.5)
    qtbot.keyClicks(number, "020 7946 0958")
    call = find(pane.widget, QPushButton, "Call")
    call.click()
    await until(lambda: "Asking" in state(pane))
    assert not call.isEnabled()
    qtbot.keyClick(number, Qt.Key.Key_Return)
    pane.call("07700 900123")
    await until(lambda: "is ringing" in state(pane))
    assert demo.state().dials_accepted == 1
    assert call.isEnabled()


async def test_a_lost_answer_leaves_the_decision_to_the_person_and_dials_the_same_again(
    pane, number, qtbot, until, demo, find
):
    demo.fault("cut_after_act", next=1)
    qtbot.keyClicks(number, "020 7946 0958")
    qtbot.keyClick(number, Qt.Key.Key_Return)
    await until(lambda: "Your phone 7040 may be ringing." in state(pane))
    assert demo.state().dials_accepted == 1
    number.clear()
    qtbot.keyClicks(number, "7041")
    find(pane.widget, QPushButton, "Dial again").click()
    await until(lambda: "PBX calls +44 20 7946 0958" in state(pane))


async def test_an_emergency_number_is_refused_with_advice(pane, number, qtbot, until, demo):
    qtbot.keyClicks(number, "999")
    qtbot.keyClick(number, Qt.Key.Key_Return)
    await until(lambda: pane._said is not None and pane._said.tone is Tone.BAD)
    assert "phone" in state(pane)
    assert demo.state().dials_accepted == 0


@pytest.mark.parametrize(("pressed", "dials"), [("Call, it may cost extra", 1), ("Cancel", 0)])
async def test_a_premium_number_asks_first(pane, number, qtbot, until, demo, tasks, pressed, dials):
    qtbot.keyClicks(number, "0906 123 4567")
    qtbot.keyClick(number, Qt.Key.Key_Return)
    box = await until(
        lambda: next((w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox) and w.isVisible()), None)
    )
    next(button for button in box.buttons() if button.text().replace("&", "") == pressed).click()
    await until(lambda: not tasks.running("dial"))
    assert demo.state().dials_accepted == dials


async def test_a_wrong_key_offers_the_accounts(pane, number, qtbot, until, secrets, find):
    secrets.set_for_run("demo", "api_key", "wrong")
    qtbot.keyClicks(number, "020 7946 0958")
    qtbot.keyClick(number, Qt.Key.Key_Return)
    await until(lambda: pane._said is not None and pane._said.button == "Open accounts")
    find(pane.widget, QPushButton, "Open accounts").click()
    assert pane.asked == ["accounts"]


async def test_a_recent_number_is_dialled_by_enter(pane, number, qtbot, until, demo, find, tasks):
    pane.call("020 7946 0958")
    await until(lambda: "is ringing" in state(pane))
    table = await until(lambda: find(pane.widget, QTableWidget, "Numbers dialled last"))
    table.setFocus()
    table.selectRow(0)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "+442079460958"
    qtbot.keyClick(table, Qt.Key.Key_Return)
    await until(lambda: demo.state().dials_accepted == 2 and not tasks.running("dial"))


async def test_a_link_fills_the_field_and_dials_nothing(pane, demo, until):
    pane.fill("tel:+44-20-7946-0000")
    await until(lambda: "+44 20 7946 0000" in reading(pane))
    await asyncio.sleep(0)
    assert demo.state().dials_accepted == 0


async def test_the_log_tells_what_became_of_the_call(pane, until, desk, demo, demo_account):
    pane.call("020 7946 0958")
    await until(lambda: "is ringing" in state(pane))
    demo.tick(300)
    await desk.sync.refresh(demo_account)
    await until(lambda: "ended" in state(pane) or "did not answer" in state(pane))


async def test_without_an_account_dialling_says_where_to_add_one(qtbot, desk, tasks, messages, theme, until):
    pane = DialPane(desk.dial, desk.accounts, desk.call_log, tasks, messages, theme, desk.contacts, lambda: None)
    qtbot.addWidget(pane.widget)
    pane.call("020 7946 0958")
    await until(lambda: "Add one under Accounts" in state(pane))
    pane.close()


@pytest.fixture
async def reseller(pane, desk, secrets, demo, until):
    """An account beside the other whose service tells which phones there are; chosen in the pane."""
    yay = demo.yay
    settings = {"reseller": yay.reseller, "user": yay.user, "base_url": demo.base_url}
    secrets.set_for_run("yay", "password", yay.password)
    desk.preferences.save_account(Account("yay", "Demo reseller", "yay", yay.my_number, settings))
    desk.accounts.changed.emit(None)
    choice = pane.view._account
    await until(lambda: choice.count() == 2)

    def choose(name):
        choice.setCurrentIndex(choice.findText(name))

    return choose


def offered(pane):
    mine = pane.view._mine
    return [mine.itemText(place) for place in range(mine.count())]


def phones_asked(demo):
    return [seen for seen in demo.yay.state().seen if seen.path == "/voip/user"]


async def test_the_phones_of_the_account_are_offered_by_number_and_name(pane, reseller, demo, until, tasks, qtbot):
    assert phones_asked(demo) == []
    reseller("Demo reseller")
    await until(lambda: len(offered(pane)) == len(demo.yay.sip_users()) and not tasks.names)
    sip = next(sip for sip in demo.yay.sip_users() if str(sip.extension) == demo.yay.my_number)
    assert pane.view._mine.currentText() == f"{sip.extension} {sip.display_name}"
    assert pane.view.my_number == demo.yay.my_number
    other = demo.yay.sip_users()[3]
    pane.view._mine.setCurrentIndex(pane.view._mine.findData(str(other.extension)))
    pane.call("020 7946 0958")
    await until(lambda: f"Your phone {other.extension} is ringing" in state(pane))
    reseller("Demo office")
    await until(lambda: pane.view.my_number == "7040" and not tasks.running("dial: phones"))
    reseller("Demo reseller")
    await until(lambda: len(offered(pane)) > 1 and not tasks.running("dial: phones"))
    pane.hidden()
    pane.shown()
    await until(lambda: not tasks.running("dial: phones"))
    assert len([seen for seen in phones_asked(demo) if not seen.query]) <= 2  # to offer them, and to dial


async def test_phones_that_cannot_be_read_are_typed_and_it_is_said_why(pane, reseller, demo, until, tasks, qtbot):
    demo.fault("server_error", operation="sip-users")
    mine = pane.view._mine
    reseller("Demo reseller")
    await until(lambda: "could not be read" in mine.accessibleDescription() and not tasks.names)
    assert "could not be read" in mine._failed.toolTip()
    assert mine._failed in mine.edit.actions()
    assert pane.view.my_number == demo.yay.my_number
    demo.clear_faults()
    pane.shown()
    await until(lambda: mine.accessibleDescription() == "" and len(offered(pane)) > 2)
    assert mine._failed not in mine.edit.actions()


async def test_what_is_typed_stays_when_the_phones_come(pane, reseller, demo, until, tasks, qtbot):
    demo.fault("slow", operation="sip-users", seconds=0.3)
    reseller("Demo reseller")
    await until(lambda: pane.view.my_number == demo.yay.my_number)
    pane.view._mine.edit.clear()
    qtbot.keyClicks(pane.view._mine.edit, "1099")
    await until(lambda: len(offered(pane)) > 2 and not tasks.names)
    assert pane.view.my_number == "1099"


async def test_a_phone_chosen_before_the_others_come_stays_chosen(pane, reseller, demo, until, tasks):
    demo.fault("slow", operation="sip-users", seconds=0.3)
    reseller("Demo reseller")
    await until(lambda: pane.view.my_number == demo.yay.my_number)
    mine = pane.view._mine
    mine.addItem("1005", "1005")
    mine.setCurrentIndex(mine.count() - 1)
    mine.activated.emit(mine.count() - 1)
    await until(lambda: len(offered(pane)) > 2 and not tasks.names)
    assert pane.view.my_number == "1005"
    assert mine.currentText().startswith("1005 ")


def test_phones_are_the_own_one_those_used_and_all_others_each_once():
    phones = model.my_phones("1002", ["1009", "1002"], [Phone("1001", "Ann"), Phone("1002", "Bob")])
    assert phones == [Phone("1002", "Bob"), Phone("1009"), Phone("1001", "Ann")]
    assert model.my_phones("", [], []) == []
