import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QMessageBox, QPushButton, QTableWidget, QToolButton

from voipdesk.core.accounts import Account
from voipdesk.gui.accounts.model import _OFFERS
from voipdesk.gui.accounts.presenter import AccountsPane
from voipdesk.gui.accounts.test_report import together
from voipdesk.gui.desk_panes import NEEDS
from voipdesk.gui.theme import Tone
from voipdesk.gui.widgets.saying import Saying


async def no_keyring():
    return "There is no keyring."


@pytest.fixture
async def pane(qtbot, desk, tasks, messages, theme):
    pane = AccountsPane(desk.accounts, no_keyring, tasks, messages, theme)
    qtbot.addWidget(pane.widget)
    pane.widget.resize(900, 640)
    pane.widget.show()
    pane.shown()
    yield pane
    pane.close()


def fill(find, pane, **values):
    names = {"name": "Name", "key": "API key", "url": "Address of the service", "my": "My number"}
    for key, value in values.items():
        find(pane.widget, QLineEdit, names[key]).setText(value)


async def test_an_account_is_added_from_nothing_and_tested(pane, desk, demo, find, until, qtbot, messages):
    await until(lambda: pane.view.page is pane.view.empty)
    find(pane.widget, QPushButton, "Add account").click()
    fill(find, pane, name="Office", key=demo.api_key, url=demo.base_url, my="7040")
    find(pane.widget, QPushButton, "Save account").click()
    await until(lambda: len(pane.view.list.result.sayings) > 1)
    assert pane.view.page is pane.view.list
    assert [account.name for account in desk.accounts.list()] == ["Office"]
    assert messages.current.topic == "keyring"
    assert find(pane.widget, QTableWidget, "Accounts").item(0, 2).text() == "7040"
    assert "no keyring" in pane.view.list.notice.accessibleName()


async def test_what_is_missing_or_wrong_is_said_at_the_field(pane, find, until, desk, qtbot):
    pane.begin_add()
    find(pane.widget, QLineEdit, "Name").setFocus()
    qtbot.keyClick(find(pane.widget, QLineEdit, "Name"), Qt.Key.Key_Return)
    await until(lambda: not pane.view.form.editors["name"]._error.isHidden())
    assert find(pane.widget, QLineEdit, "Name").accessibleDescription() == "Name is missing."
    fill(find, pane, name="Office", key="k", url="http://example.com")
    find(pane.widget, QPushButton, "Save account").click()
    await until(lambda: "https" in pane.view.form.editors["base_url"]._error.text())
    assert desk.accounts.list() == ()


async def test_the_form_tests_before_it_saves_and_names_the_cause(pane, find, until, demo, desk, tasks):
    pane.begin_add()
    fill(find, pane, name="Office", key="wrong", url=demo.base_url)
    find(pane.widget, QPushButton, "Test connection").click()
    await until(lambda: pane.view.form.result.sayings and not tasks.running("accounts: test"))
    assert "key" in str(pane.view.form.result.sayings[0])
    fill(find, pane, key=demo.api_key)
    find(pane.widget, QPushButton, "Test connection").click()
    await until(lambda: len(pane.view.form.result.sayings) > 1)
    assert desk.accounts.list() == ()
    find(pane.widget, QPushButton, "Cancel").click()
    await until(lambda: pane.view.page is pane.view.empty)


async def test_editing_keeps_the_key_and_what_is_fixed(pane, demo_account, find, until, desk, qtbot):
    pane.refresh()
    await until(lambda: pane.view.page is pane.view.list)
    qtbot.keyClick(find(pane.widget, QTableWidget, "Accounts"), Qt.Key.Key_Return)
    await until(lambda: pane.view.page is pane.view.form)
    assert find(pane.widget, QLineEdit, "API key").text() == ""
    assert not find(pane.widget, QComboBox, "API version").isEnabled()
    fill(find, pane, name="Front desk")
    find(pane.widget, QPushButton, "Save account").click()
    await until(lambda: [account.name for account in desk.accounts.list()] == ["Front desk"])
    await until(lambda: len(pane.view.list.result.sayings) > 1)


async def test_a_secret_is_shown_only_while_its_button_is_pressed(pane, find):
    pane.begin_add()
    key = find(pane.widget, QLineEdit, "API key")
    assert key.echoMode() is QLineEdit.EchoMode.Password
    find(pane.widget, QToolButton, "Show the API key").click()
    assert key.echoMode() is QLineEdit.EchoMode.Normal


async def test_time_zones_are_offered_as_one_types(pane, find, until):
    pane.begin_add()
    zone = find(pane.widget, QLineEdit, "Time zone of the service")
    await until(lambda: zone.completer() is not None and zone.completer().model().rowCount() > 100)


@pytest.mark.parametrize(
    ("pressed", "left"), [("Remove, keep its calls", 0), ("Remove with its calls", 0), ("Cancel", 1)]
)
async def test_removing_asks_what_becomes_of_the_calls(pane, demo_account, find, until, desk, tasks, pressed, left):
    pane.refresh()
    await until(lambda: pane.view.list.selected == "demo")
    find(pane.widget, QPushButton, "Remove").click()
    box = await until(
        lambda: next((w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox) and w.isVisible()), None)
    )
    next(button for button in box.buttons() if button.text().replace("&", "") == pressed).click()
    await until(lambda: not tasks.running("accounts: remove"))
    assert len(desk.accounts.list()) == left


async def test_a_failing_test_of_a_saved_account_says_why(pane, demo_account, demo, find, until):
    demo.fault("server_error")
    pane.refresh()
    await until(lambda: pane.view.list.selected == "demo")
    find(pane.widget, QPushButton, "Test connection").click()
    await until(lambda: any("503" in saying.text or "fault" in saying.text for saying in pane.view.list.result.sayings))


def choose_yay(pane):
    service = pane.view.form._service
    service.setCurrentIndex(service.findText("Yay.com"))


async def test_three_sign_in_fields_come_first_and_what_has_a_default_last(pane):
    pane.begin_add()
    choose_yay(pane)
    editors = pane.view.form.editors
    keys = list(editors)
    assert keys[:5] == ["name", "my_number", "reseller", "user", "password"]
    assert keys.index("low_balance") < keys.index("base_url") < keys.index("request_limit")
    assert editors["base_url"].value == "https://api.yay.com"
    assert editors["registrar"].editor.placeholderText() == "sip.example.com"
    assert editors["history_path"].editor.placeholderText() == "/"
    assert editors["low_balance"].editor.inputMethodHints() & Qt.InputMethodHint.ImhFormattedNumbersOnly


@pytest.mark.parametrize(
    ("key", "wrong"),
    [("low_balance", "a lot"), ("registrar", "sip://x y"), ("history_path", "no slash"), ("request_limit", "many")],
)
async def test_what_is_wrong_with_a_setting_is_said_at_it(pane, find, until, demo, desk, tasks, key, wrong):
    pane.begin_add()
    choose_yay(pane)
    editors = pane.view.form.editors
    filled = {"name": "Reseller", "reseller": "r", "user": "u", "password": "p", "base_url": demo.base_url, key: wrong}
    for field, value in filled.items():
        editors[field].set_value(value)
    find(pane.widget, QPushButton, "Save account").click()
    await until(lambda: editors[key]._error.text() and not tasks.names)
    assert desk.accounts.list() == ()


async def test_a_reseller_is_added_and_the_list_says_what_its_service_can_do(pane, find, until, demo, tasks, messages):
    yay = demo.yay
    pane.begin_add()
    choose_yay(pane)
    editors = pane.view.form.editors
    filled = {"name": "Reseller", "reseller": yay.reseller, "user": yay.user, "password": yay.password}
    for field, value in (filled | {"base_url": demo.base_url}).items():
        editors[field].set_value(value)
    find(pane.widget, QPushButton, "Save account").click()
    await until(lambda: pane.view.list.result.sayings and not tasks.names)
    table = find(pane.widget, QTableWidget, "Accounts")
    assert table.item(0, 3).text() == "dial, call log, customers, credit, SIP accounts, status"
    assert messages.current.text.startswith("Password is kept for this run only")


async def test_an_account_of_a_service_nobody_knows_is_listed(pane, find, until, desk):
    desk.preferences.save_account(Account("x", "Old one", "gone"))
    pane.refresh()
    table = await until(lambda: find(pane.widget, QTableWidget, "Accounts"))
    assert [table.item(0, column).text() for column in (0, 1, 3)] == ["Old one", "gone", ""]


def test_steps_of_a_test_that_went_alike_share_a_card():
    good, bad = Saying(Tone.GOOD, "One."), Saying(Tone.BAD, "Three.", "Do this.")
    assert together([good, Saying(Tone.GOOD, "Two."), bad, bad]) == [Saying(Tone.GOOD, "One.\nTwo."), bad, bad]
    assert together([]) == []


def test_what_brings_a_pane_is_among_what_an_account_can_do():
    assert set(NEEDS.values()) <= set(_OFFERS)
