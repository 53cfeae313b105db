import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QToolButton

from tests.fakes.sip_service import FakeBudget, FakeCustomers, FakeSip, ResellerAccounts
from voipdesk.core.accounts import Account
from voipdesk.core.errors import BadInput, NotFound, Unreachable
from voipdesk.core.sip import SipAccount
from voipdesk.gui.sip import list_presenter
from voipdesk.gui.sip.presenter import SipPane
from voipdesk.gui.theme import Tone
from voipdesk.gui.widgets import secret_clipboard, secret_field
from voipdesk.services.sip_check import SipCheck
from voipdesk.services.sip_setup import SipSetup

OFFICE, SECOND = Account("a", "Office", "fake"), Account("b", "Second", "fake")
SECRET = "s3cr3t-one"


def sip_account(number, prefix, **more):
    given = {"password": SECRET, "display_name": f"Person {number}", "extension": str(number)} | more
    return SipAccount(f"{prefix}{number}", f"{prefix}_user_{number}", **given)


@pytest.fixture
def sip():
    sip = FakeSip()
    sip.of = {
        "": tuple(sip_account(n, "own") for n in (1003, 1001, 20)),
        "my_customer": tuple(sip_account(n, "mc", domain="sip.mc.example", encrypted=True) for n in (1001, 1002)),
        "other": (sip_account(7, "other", encrypted=False),),
    }
    sip.states = {"own1001": "open", "own1003": "closed", "mc1001": "open"}
    return sip


@pytest.fixture
def customers():
    return FakeCustomers("other", "my_customer", "third")


@pytest.fixture
def accounts():
    return ResellerAccounts(OFFICE)


@pytest.fixture
async def pane(qtbot, sip, customers, accounts, tasks, messages, theme):
    pane = SipPane(sip, customers, accounts, FakeBudget(), SipSetup, SipCheck, tasks, messages, theme)
    qtbot.addWidget(pane.widget, before_close_func=lambda _widget: pane.close())
    pane.widget.resize(1000, 640)
    pane.widget.show()
    return pane


@pytest.fixture
async def read(pane, until, tasks):
    """The pane with the list of the account itself, statuses included."""
    pane.shown()
    await until(lambda: rows(pane) and not tasks.names)
    return pane


def rows(pane):
    model = pane.view.browse.table.model()
    return [model.record(row).cells for row in range(model.rowCount())]


def whose(pane):
    return pane.view.browse.whose.accessibleName()


def everything(pane):
    """All text there is on the pane, seen or not."""
    labels = [w.text() for kind in (QLineEdit,) for w in pane.widget.findChildren(kind)]
    return " ".join(
        [whose(pane), *labels, *(" ".join(row) for row in rows(pane)), *(p.text() for p in texts(pane)), names_of(pane)]
    )


def texts(pane):
    from PySide6.QtWidgets import QLabel

    return pane.widget.findChildren(QLabel)


def names_of(pane):
    from PySide6.QtWidgets import QWidget

    return " ".join(w.accessibleName() + w.toolTip() for w in pane.widget.findChildren(QWidget))


async def test_the_accounts_own_sip_accounts_are_read_when_one_comes_to_the_pane(read, sip):
    assert rows(read) == [
        ("20", "Person 20", "own_user_20", ""),
        ("1001", "Person 1001", "own_user_1001", "● open"),
        ("1003", "Person 1003", "own_user_1003", "○ closed"),
    ]
    assert whose(read).startswith("Your own SIP accounts, read at ")
    assert "Office · 3 SIP accounts" in whose(read)
    assert sip.asked == ["list", "statuses"]


async def test_coming_back_soon_asks_nothing_and_later_reads_again(read, sip, monkeypatch, until, tasks):
    read.hidden()
    read.shown()
    await until(lambda: not tasks.names)
    assert len(sip.asked) == 2
    monkeypatch.setattr(list_presenter, "_FRESH", timedelta(0))
    read.shown()
    await until(lambda: len(sip.asked) == 4 and not tasks.names)
    assert len(rows(read)) == 3


async def test_a_customer_is_found_by_typing_and_acted_for(read, sip, customers, find, qtbot, until, tasks):
    choice = find(read.widget, QComboBox, "Acting for")
    edit = choice.lineEdit()
    assert edit.text() == "Myself (reseller)"
    choice.names_wanted.emit()
    await until(lambda: choice.completer().model().rowCount() == 4)
    edit.selectAll()
    qtbot.keyClicks(edit, "MY_cust")
    assert choice.completer().currentCompletion() == "my_customer"
    edit.selectAll()
    qtbot.keyClicks(edit, "MY_CUSTOMER")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    await until(lambda: "my_customer" in whose(read) and rows(read) and not tasks.names)
    assert sip.asked[2:] == ["list my_customer", "statuses my_customer"]
    assert edit.text() == "my_customer"
    assert whose(read).startswith("SIP accounts of my_customer, read at ")
    assert "You act for this customer through Office" in whose(read)
    find(read.widget, QPushButton, "Back to my own").click()
    await until(lambda: len(rows(read)) == 3 and not tasks.names)
    assert sip.asked[4:] == ["list", "statuses"]
    assert not read.view.browse.whose.leave.isVisible()


async def test_the_names_are_asked_for_once_and_only_by_who_comes_to_choose(read, customers, until, tasks):
    assert customers.asked == 0
    read.view.browse.acting.names_wanted.emit()
    read.view.browse.acting.names_wanted.emit()
    await until(lambda: customers.asked == 1 and not tasks.names)
    read.view.browse.acting.names_wanted.emit()
    await until(lambda: not tasks.names)
    assert customers.asked == 1
    customers.names = (*customers.names, "fourth")
    await customers.list(OFFICE)
    customers.changed.emit(OFFICE.id)
    assert "fourth" in read.view.browse.acting.completer().model().stringList()


async def test_switching_shows_at_once_nothing_of_the_customer_before(pane, sip, until, tasks):
    pane.shown()
    pane.act_for("a", "my_customer")
    await until(lambda: rows(pane) and not tasks.names)
    pane.view.browse.table.pick("mc1001")
    pane.view.browse.sheet.password.button.click()
    await until(lambda: pane.view.browse.sheet.password.shown)
    pane.search()
    pane.view.browse.search.setText("mc_user")
    sip.answers.clear()
    pane.act_for("a", "other")
    assert whose(pane).startswith("Reading SIP accounts of other …")
    assert rows(pane) == []
    said = everything(pane)
    assert not [trace for trace in ("my_customer", "mc_", "Person", "sip.mc.example", SECRET) if trace in said]
    sip.answers.set()
    await until(lambda: rows(pane))
    assert rows(pane)[0][2] == "other_user_7"


@pytest.mark.parametrize("fails", [False, True])
async def test_an_answer_that_comes_late_for_a_former_choice_is_dropped(pane, sip, until, tasks, messages, fails):
    pane.shown()
    await until(lambda: rows(pane) and not tasks.names)
    sip.stubborn = True
    sip.answers.clear()
    if fails:
        sip.errors = {"list my_customer": Unreachable("gone"), "statuses my_customer": Unreachable("gone")}
    pane.act_for("a", "my_customer")
    await until(lambda: "list my_customer" in sip.asked)
    pane.act_for("a", "other")  # what was asked is cancelled, and answers all the same
    await asyncio.sleep(0.05)
    assert rows(pane) == []
    assert "other" in whose(pane)
    sip.answers.set()
    await until(lambda: rows(pane) and not tasks.names)
    assert [row[2] for row in rows(pane)] == ["other_user_7"]
    assert messages.current is None
    assert "gone" not in everything(pane)


async def test_the_list_does_not_wait_for_the_statuses_and_is_shown_when_they_fail(pane, sip, until, tasks):
    sip.errors["statuses"] = Unreachable("It did not answer.")
    pane.shown()
    await until(lambda: rows(pane) and not tasks.names)
    assert [row[3] for row in rows(pane)] == ["", "", ""]
    assert "It did not answer." in pane.view.browse.status_note.text()
    sip.errors.clear()
    pane.refresh()
    await until(lambda: rows(pane)[1][3] == "● open")
    assert pane.view.browse.status_note.text() == ""


async def test_statuses_that_come_first_are_there_when_the_list_comes(pane, sip, until, monkeypatch):
    gate, plain = asyncio.Event(), sip.list

    async def slow(account, *, acting_for=""):
        await gate.wait()
        return await plain(account, acting_for=acting_for)

    monkeypatch.setattr(sip, "list", slow)
    pane.shown()
    await until(lambda: pane._lists.statuses)
    assert rows(pane) == []
    gate.set()
    await until(lambda: rows(pane))
    assert rows(pane)[1][3] == "● open"


async def test_a_name_nobody_has_is_checked_by_the_service_and_those_like_it_are_named(
    read, sip, customers, until, qtbot, find, tasks
):
    sip.errors["list my_custmer"] = NotFound("The service knows no such customer.")
    await customers.list(OFFICE)
    edit = find(read.widget, QComboBox, "Acting for").lineEdit()
    edit.selectAll()
    qtbot.keyClicks(edit, "my_custmer")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    again = await until(lambda: not tasks.names and find(read.widget, QPushButton, "Try again"))
    assert "Did you mean my_customer?" in everything(read)
    assert whose(read).startswith("SIP accounts of my_custmer could not be read")
    assert rows(read) == []
    sip.errors.clear()
    sip.of["my_custmer"] = sip.of["other"]
    again.click()
    await until(lambda: rows(read))


async def test_a_name_like_no_other_is_only_said_to_be_unknown(read, sip, customers, until):
    sip.errors["list zzz"] = NotFound("The service knows no such customer.")
    await customers.list(OFFICE)
    read.act_for("a", "zzz")
    await until(lambda: "It is not in your list of customers." in everything(read))


async def test_a_failure_with_a_list_there_leaves_it_there_and_says_why(read, sip, messages, until, tasks):
    sip.errors["list"] = Unreachable("No answer.")
    read.refresh()
    await until(lambda: messages.current is not None and not tasks.names)
    assert len(rows(read)) == 3
    assert "read at" in whose(read)
    sip.errors.clear()
    messages.current.action[1]()
    await until(lambda: messages.current is None)


async def test_a_second_press_while_it_is_read_asks_nothing(read, sip, find, until, tasks):
    sip.answers.clear()
    find(read.widget, QPushButton, "Read again").click()
    await until(lambda: len(sip.asked) == 4)
    assert not find(read.widget, QPushButton, "Read again").isEnabled()
    read.refresh()
    sip.answers.set()
    await until(lambda: not tasks.names)
    assert len(sip.asked) == 4


async def test_a_customer_without_sip_accounts_is_said_to_have_none(read, until):
    read.act_for("a", "third")
    await until(lambda: "third has no SIP accounts." in everything(read))
    assert "0 SIP accounts" in whose(read)


async def test_the_search_narrows_the_list_as_one_types(read, qtbot, find, until):
    read.widget.activateWindow()
    await until(read.widget.isActiveWindow)
    read.search()
    search = find(read.widget, QLineEdit, "Search the SIP accounts")
    qtbot.keyClicks(search, "user_1003")
    assert [row[0] for row in rows(read)] == ["1003"]
    search.setText("nobody")
    find(read.widget, QPushButton, "Clear the search").click()
    assert len(rows(read)) == 3
    qtbot.keyClick(search, Qt.Key.Key_Down)
    assert read.view.browse.table.current == "own20"
    qtbot.keyClicks(read.view.browse.table, "x")
    assert search.text() == "x"


async def test_the_sheet_says_what_to_type_and_hides_the_password(read, until, find):
    read.view.browse.table.pick("own1001")
    sheet = read.view.browse.sheet
    said = {key: line.text() or line.placeholderText() for key, line in sheet.values.items()}
    assert said == {
        "domain": "not known",
        "username": "own_user_1001",
        "proxy": "none",
        "transport": "UDP",
        "extension": "1001",
        "display_name": "Person 1001",
    }
    assert "as the account's “SIP registrar”" in everything(read)
    assert SECRET not in everything(read)
    assert not find(read.widget, QToolButton, "Copy the domain").isEnabled()
    read.act_for("a", "my_customer")
    await until(lambda: rows(read))
    read.view.browse.table.pick("mc1001")
    assert sheet.values["domain"].text() == "sip.mc.example"
    assert sheet.values["encryption"].text() == "on: TLS and SRTP"
    assert not sheet.domain.isVisible()


async def test_the_only_one_is_chosen_by_itself_and_is_up_to_date(read, sip, until, tasks):
    read.act_for("a", "other")
    await until(lambda: read.view.browse.table.current == "other7" and not tasks.names)
    assert read.view.browse.sheet.values["encryption"].text() == "off"
    sip.of["other"] = (sip_account(7, "other", encrypted=True),)
    read.refresh()
    await until(lambda: not tasks.names)
    assert read.view.browse.sheet.values["encryption"].text() == "on: TLS and SRTP"


async def test_the_password_is_shown_on_asking_and_hidden_with_another_row_or_pane(read, until, find):
    read.view.browse.table.pick("own1001")
    password = read.view.browse.sheet.password
    for hide in (lambda: read.view.browse.table.pick("own1003"), read.hidden, password.button.click):
        read.shown()
        find(read.widget, QToolButton, "Show the password").click()
        await until(lambda: password.shown)
        assert SECRET in everything(read)
        hide()
        assert not password.shown
        assert SECRET not in everything(read).replace("\u200b", "")


async def test_the_password_is_hidden_again_after_its_time(read, until, monkeypatch):
    assert secret_field.SHOWN_MS == 30_000
    read.view.browse.table.pick("own1001")
    password = read.view.browse.sheet.password
    password._timer.setInterval(30)
    password.button.click()
    await until(lambda: password.shown)
    await until(lambda: not password.shown)
    assert SECRET not in everything(read).replace("\u200b", "")


async def test_a_password_that_the_list_leaves_out_is_fetched_when_it_is_wanted(pane, sip, until, tasks, find):
    sip.of[""] = tuple(replace(account, password="") for account in sip.of[""])
    sip.of[" whole"] = (sip_account(1001, "own"),)
    pane.shown()
    await until(lambda: rows(pane) and not tasks.names)
    pane.view.browse.table.pick("own1001")
    find(pane.widget, QToolButton, "Show the password").click()
    await until(lambda: pane.view.browse.sheet.password.shown)
    assert SECRET in everything(pane)
    assert sip.asked.count("get") == 1
    find(pane.widget, QToolButton, "Copy the password").click()
    await until(lambda: QApplication.clipboard().text() == SECRET)
    assert sip.asked.count("get") == 1


async def test_a_password_fetched_for_a_row_that_is_left_is_not_shown(pane, sip, until, tasks):
    sip.of[""] = tuple(replace(account, password="") for account in sip.of[""])
    sip.of[" whole"] = (sip_account(1001, "own"),)
    pane.shown()
    await until(lambda: rows(pane) and not tasks.names)
    pane.view.browse.table.pick("own1001")
    sip.answers.clear()
    sip.stubborn = True
    pane.view.browse.sheet.password.button.click()
    await until(lambda: "get" in sip.asked)
    pane.view.browse.table.pick("own1003")
    sip.answers.set()
    await until(lambda: not tasks.names)
    assert not pane.view.browse.sheet.password.shown


async def test_a_password_the_service_does_not_tell_is_said_to_be_so(pane, sip, until, tasks):
    sip.of[""] = sip.of[" whole"] = (sip_account(1001, "own", password=""),)
    pane.shown()
    await until(lambda: pane.view.browse.table.current == "own1001")
    pane.view.browse.sheet.copy_asked.emit("password")
    await until(lambda: "does not tell" in everything(pane))


async def test_fields_are_copied_one_at_a_time(read, find, qtbot, until):
    read.widget.activateWindow()
    await until(read.widget.isActiveWindow)
    read.view.browse.table.pick("own1001")
    find(read.widget, QToolButton, "Copy the user name").click()
    assert QApplication.clipboard().text() == "own_user_1001"
    assert "User name copied." in everything(read)
    find(read.widget, QToolButton, "Copy the extension").click()
    assert QApplication.clipboard().text() == "1001"
    qtbot.keyClick(read.view.browse.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "own_user_1001"
    read.view.browse.sheet.copy_asked.emit("domain")
    assert QApplication.clipboard().text() == "own_user_1001"
    read.view.browse.table.setFocus()
    qtbot.keyClick(read.view.browse.table, Qt.Key.Key_Return)
    assert read.view.browse.sheet.buttons["username"].hasFocus()


async def test_a_copied_password_leaves_the_clipboard_after_its_time_and_with_the_window(read, find, until):
    assert secret_clipboard.KEPT_MS == 30_000
    read.view.browse.table.pick("own1001")
    read._sheet.clipboard._timer.setInterval(30)
    find(read.widget, QToolButton, "Copy the password").click()
    await until(lambda: "after 30 seconds" in everything(read))
    await until(lambda: QApplication.clipboard().text() == "")
    assert "copied" not in everything(read)
    read._sheet.clipboard._timer.setInterval(30_000)
    find(read.widget, QToolButton, "Copy the password").click()
    await until(lambda: QApplication.clipboard().text() == SECRET)
    read.close()
    assert QApplication.clipboard().text() == ""


async def test_the_menu_of_a_row_copies_its_fields(read, until):
    from PySide6.QtWidgets import QMenu

    read.view.browse.table.pick("own1001")
    menu = QMenu(read.widget)
    read.view.browse.table.menu_asked.emit(menu)
    entries = [action.text() for action in menu.actions()]
    assert entries == [
        *("Set up a softphone…", "Check…", ""),
        *("Copy the user name", "Copy the password", "Copy the display name", "Copy the extension"),
    ]
    menu.actions()[3].trigger()
    assert QApplication.clipboard().text() == "own_user_1001"


async def test_settings_that_cannot_be_read_leave_nothing_to_show(read, accounts, monkeypatch, until, tasks):
    def unreadable():
        raise BadInput("The settings cannot be read.")

    monkeypatch.setattr(accounts, "list", unreadable)
    read.act_for("a", "my_customer")
    assert "my_customer" not in whose(read)
    accounts.changed.emit(None)
    await until(lambda: not tasks.names)
    assert rows(read) == []


async def test_an_account_that_acts_for_nobody_offers_no_choice(pane, sip, until, tasks):
    sip.acts = False
    pane.shown()
    await until(lambda: rows(pane) and not tasks.names)
    assert not pane.view.browse.acting.isVisible()


async def test_another_account_is_read_for_itself(pane, accounts, sip, until, tasks, find):
    accounts.accounts.append(SECOND)
    pane.shown()
    await until(lambda: rows(pane) and not tasks.names)
    pane.act_for("a", "my_customer")
    await until(lambda: "my_customer" in whose(pane) and rows(pane))
    choice = find(pane.widget, QComboBox, "Account")
    choice.setCurrentIndex(1)
    await until(lambda: "Second" in whose(pane) and rows(pane))
    assert whose(pane).startswith("Your own SIP accounts")
    assert pane.view.browse.acting.name == ""
    pane.act_for("nobody", "x")
    assert "Second" in whose(pane)


async def test_what_becomes_of_the_accounts_is_followed(read, accounts, sip, until, tasks):
    accounts.accounts[0] = replace(OFFICE, settings={"registrar": "sip.example.net"})
    accounts.changed.emit(None)
    await until(lambda: len(sip.asked) == 4 and rows(read))
    accounts.accounts[0] = SECOND
    accounts.changed.emit(None)
    await until(lambda: "Second" in whose(read) and rows(read) and not tasks.names)
    accounts.plain.add("b")
    accounts.changed.emit(None)
    await until(lambda: not tasks.names)
    assert rows(read) == []
    assert whose(read).startswith("No account with SIP accounts")
    read.refresh()
    read.view.browse.acting.names_wanted.emit()
    read.view.browse.acting.picked.emit("x")
    assert not tasks.names


async def test_a_status_has_the_ground_of_its_row_and_a_colour_of_its_own(read, theme):
    table = read.view.browse.table
    table.pick("own1001")
    picture = table.viewport().grab().toImage()

    def ground(row, column):
        rect = table.visualRect(table.model().index(row, column))
        return picture.pixelColor(rect.right() - 2, rect.center().y())

    selected, other = 1, 2
    assert ground(selected, 3) == ground(selected, 1)
    assert ground(other, 3) == ground(other, 1) != ground(selected, 1)
    rect = table.visualRect(table.model().index(selected, 3))
    colours = {
        picture.pixelColor(x, y).name()
        for x in range(rect.left(), rect.right())
        for y in range(rect.top(), rect.bottom())
    }
    assert theme.colour(Tone.GOOD).name() in colours
