import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QLineEdit, QMenu, QPushButton, QTableView

from voipdesk.core.accounts import Account
from voipdesk.core.credit import CanMoveCredit
from voipdesk.core.customers import CanActFor, Customer
from voipdesk.core.errors import BadInput, Unreachable
from voipdesk.gui.messages import Level

TOTALS = "201 customers · as of "


def rows(pane):
    model = pane.view.browse.customers.model
    return [model.record(row).cells for row in range(model.rowCount())]


async def test_customers_are_listed_by_contact_with_their_store_and_since_when(filled):
    assert rows(filled)[0] == ("c-abbey", "Abbey Catering", "+441414960622", "Harbour Voice", "2021-07-01")
    assert rows(filled)[1][1] == "Contact 0000"
    assert filled.view.browse.customers.totals.text().startswith(TOTALS)
    assert filled.view.browse.customers.search.hasFocus() or not filled.widget.isActiveWindow()


async def test_coming_back_asks_for_nothing_and_f5_reads_anew(filled, service, until, tasks):
    filled.hidden()
    filled.shown()
    await until(lambda: not tasks.names)
    assert service.asked == []
    service.of["r1"].append(Customer("new", "c-new", "Aa"))
    filled.refresh()
    await until(lambda: rows(filled)[0][0] == "c-new")
    assert service.asked == ["list r1"]


async def test_what_is_typed_narrows_the_list_and_escape_gives_it_back(filled, qtbot, find):
    search = find(filled.widget, QLineEdit, "Search customers")
    qtbot.keyClicks(search, "0161 496 0012")
    assert [row[0] for row in rows(filled)] == ["c-0012"]
    assert filled.view.browse.customers.totals.text().startswith("1 of 201 customers")
    search.setText("zzz")
    assert rows(filled) == []
    find(filled.widget, QPushButton, "Clear the search").click()
    assert len(rows(filled)) == 201
    qtbot.keyClick(search, Qt.Key.Key_Return)
    filled.view.browse.customers.table.text_typed.emit("ab")
    assert search.text() == "ab"


async def test_enter_on_nothing_found_stays_in_the_field(filled, qtbot, find):
    search = find(filled.widget, QLineEdit, "Search customers")
    search.setText("zzz")
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert filled.view.browse.customers.table.current == ""


async def test_a_failure_is_said_in_the_strip_with_a_way_to_try_again_and_the_rows_stay(
    filled, service, messages, until, tasks
):
    service.errors["list"] = Unreachable("No answer.")
    filled.refresh()
    await until(lambda: messages.current is not None)
    assert messages.current.level is Level.ERROR
    assert len(rows(filled)) == 201
    label, again = messages.current.action
    assert label == "Try again"
    again()
    await until(lambda: messages.current is None and not tasks.names)


async def test_while_rows_are_read_a_thin_bar_moves(pane, gate, until, tasks):
    answers = gate("list")
    pane.shown()
    browse = pane.view.browse
    await until(lambda: not browse.customers._bar.isHidden())
    assert browse.customers.busy
    answers.set()
    await until(lambda: rows(pane))
    assert not browse.customers.busy


async def test_an_account_without_customers_is_offered_the_first_one(pane, service, until, find):
    service.of["r1"] = []
    pane.shown()
    button = await until(lambda: find(pane.view.browse.customers, QPushButton, "New customer"))
    button.click()
    assert pane.view.page is pane.view.create_form


async def test_what_is_shown_is_never_another_account_s(filled, accounts, service, gate, until, find, tasks):
    accounts.accounts.append(Account("r2", "Reseller two", "fake"))
    service.of["r2"] = [Customer("other", "c-other", "Other")]
    filled.view.browse.customers.table.pick("id7")
    accounts.changed.emit(None)
    await until(lambda: not tasks.names)
    assert filled.view.browse.customers.table.current == "id7"
    answers = gate("list")
    choice = find(filled.widget, QComboBox, "Account")
    choice.setCurrentText("Reseller two")
    assert rows(filled) == []
    assert filled.view.browse.customers.totals.text() == ""
    assert filled._details.picked is None
    answers.set()
    await until(lambda: [row[0] for row in rows(filled)] == ["c-other"])
    accounts.accounts.pop()
    accounts.changed.emit(None)
    await until(lambda: len(rows(filled)) == 201)


async def test_settings_that_cannot_be_read_leave_no_account(pane, accounts, service):
    accounts.error = BadInput("The settings are broken.")
    pane.shown()
    pane.refresh()
    pane.view.browse.new_asked.emit()
    pane.view.browse.tabs.setCurrentIndex(1)
    assert service.asked == []
    assert pane.view.page is pane.view.browse


async def test_stores_are_listed_on_a_page_of_their_own(filled, service, until, find, tasks, messages):
    filled.view.browse.tabs.setCurrentIndex(1)
    model = filled.view.browse.stores.model
    await until(lambda: model.rowCount() == 2 and not tasks.names)
    assert model.record(0).cells == ("Elm Telecom", "elm.example", "s2")
    find(filled.widget, QLineEdit, "Search stores").setText("harbour")
    assert model.rowCount() == 1
    service.errors["stores"] = Unreachable("No answer.")
    filled.refresh()
    await until(lambda: messages.current is not None)
    messages.current.action[1]()
    await until(lambda: messages.current is None)
    assert service.asked.count("list r1") == 0


async def test_a_store_that_has_no_name_is_shown_by_its_id(pane, service, until):
    service.shops = ()
    pane.shown()
    await until(lambda: rows(pane) and not pane._tasks.names)
    assert rows(pane)[0][3] == "s1"


async def test_ctrl_c_copies_the_name_and_the_menu_does_what_the_buttons_do(picked, acted_for, find, qtbot):
    table = find(picked.widget, QTableView, "Customers")
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "c-abbey"
    table.customContextMenuRequested.emit(table.rect().center())
    menu = table.findChild(QMenu)
    next(action for action in menu.actions() if action.text() == "SIP accounts").trigger()
    assert acted_for == [("r1", "c-abbey")]
    menu.close()


async def test_what_the_service_cannot_do_is_not_offered(pane, accounts, until):
    accounts.without = {CanMoveCredit, CanActFor}
    pane.shown()
    details = pane.view.browse.details
    assert details.credit.isHidden()
    assert details.sip.isHidden()
    await until(lambda: not pane._tasks.names)


async def test_a_change_made_elsewhere_is_shown_when_the_list_is_seen(filled, service, until, tasks):
    service.of["r1"].append(Customer("new", "c-new", "Aa"))
    del service.lists["r1"]
    service.changed.emit("another account")
    assert service.asked == []
    service.changed.emit("r1")
    await until(lambda: rows(filled)[0][0] == "c-new")
    filled.hidden()
    del service.lists["r1"]
    service.of["r1"].append(Customer("newer", "c-newer", "Aaa"))
    service.changed.emit("r1")
    await until(lambda: not tasks.names)
    assert rows(filled)[1][0] != "c-newer"
    filled.shown()
    await until(lambda: rows(filled)[1][0] == "c-newer")


@pytest.mark.parametrize("tab", [0, 1])
async def test_search_gives_the_focus_to_the_list_in_front(filled, until, find, tab):
    filled.widget.activateWindow()
    await until(filled.widget.isActiveWindow)
    filled.view.browse.tabs.setCurrentIndex(tab)
    filled.search()
    await until(filled.view.browse.list.search.hasFocus)
