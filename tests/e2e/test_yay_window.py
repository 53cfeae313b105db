"""A reseller's day at the real window: connect, open customers, act for one, edit, move credit, calls, dial."""

from decimal import Decimal
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QPushButton, QToolButton

from tests.e2e.window import CTRL, press, row, texts, totals
from tests.e2e.yay import in_a_store, some_customer, transfers, well_behaved, with_phones
from voipdesk.core.accounts import Account
from voipdesk.demo.server import DemoServer
from voipdesk.gui.customers.credit_page import CreditPage
from voipdesk.gui.customers.presenter import CustomersView
from voipdesk.gui.dial.view import DialView
from voipdesk.gui.sip.browse import BrowsePage
from voipdesk.gui.widgets.choice_button import ChoiceButton
from voipdesk.services import credit
from voipdesk.settings.paths import Paths
from voipdesk.settings.preferences import Preferences
from voipdesk.settings.secrets import Secrets

PANES = ("dial", "call_log", "contacts", "customers", "sip", "status", "accounts", "settings")
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def click(find, qtbot, until):
    """Press a button by its name with the mouse, as soon as it can be pressed."""

    async def click(parent, name, kind=QPushButton):
        def enabled():
            button = find(parent, kind, name)
            return button if button.isEnabled() else None

        qtbot.mouseClick(await until(enabled, 30), LEFT)

    return click


@pytest.fixture
def type_into(find, qtbot):
    """Replace what a field holds, by the keyboard."""

    def type_into(parent, name, text):
        field = find(parent, QLineEdit, name)
        field.setFocus()
        field.selectAll()
        qtbot.keyClicks(field, text)

    return type_into


async def test_from_the_first_account_to_a_dial(open_window, demo, until, find, qtbot, click, type_into):
    window, ending = await open_window()
    await connect(window, demo, until, find, qtbot, click)

    await press(window, Qt.Key.Key_4, CTRL, until=until, qtbot=qtbot)
    view = await until(lambda: window.findChild(CustomersView))
    await until(lambda: view.browse.customers.totals.text().startswith("5,000 customers"), 60)
    name = await open_a_customer(window, view, demo, until, click, type_into)
    await open_a_customer_of_a_store(view, demo, until, find, qtbot, click, type_into)
    await edit(window, view, demo, until, click, type_into, qtbot, find)
    await move_credit(view, demo, name, until, click, qtbot)
    await act_for(window, demo, until, find, qtbot, click)

    await press(window, Qt.Key.Key_D, CTRL, until=until, qtbot=qtbot)
    field = await until(lambda: find(window, QLineEdit, "Number to dial"))
    await until(lambda: window.findChild(DialView).my_number.startswith("1001"))
    qtbot.keyClicks(field, "020 7946 0123")
    await until(lambda: any(text.startswith("Will dial") for text in texts(window)))
    qtbot.keyClick(field, Qt.Key.Key_Return)
    await until(lambda: demo.yay.state().dials, 30)
    assert [(d.extension, d.destination, d.acting_for) for d in demo.yay.state().dials] == [
        ("1001", "+442079460123", "")
    ]
    demo.tick(120)
    window.go_to("call_log")
    await until(lambda: totals(window).startswith("2,00"), 60)
    await press(window, Qt.Key.Key_F5, until=until, qtbot=qtbot)
    await until(lambda: totals(window).startswith("2,001 calls"), 60)
    await until(lambda: "+44 20 7946 0123" in row(window, 0))
    well_behaved(demo)
    window.close()
    assert await ending == 0


async def connect(window, demo, until, find, qtbot, click):
    qtbot.mouseClick(find(window, ChoiceButton, "Connect a service"), LEFT)
    service = await until(lambda: find(window, QComboBox, "Service"))
    qtbot.keyClicks(service, "Yay")
    assert service.currentText() == "Yay.com"
    entered = {
        "Name": "Reseller",
        "My number": demo.yay.my_number,
        "Reseller": demo.yay.reseller,
        "User": demo.yay.user,
        "Password": demo.yay.password,
        "Address of the service": demo.base_url,
        "SIP registrar": demo.yay.registrar,
    }
    await until(lambda: find(window, QLineEdit, "Reseller"))
    for name, text in entered.items():
        field = find(window, QLineEdit, name)
        field.selectAll()
        qtbot.keyClicks(field, text)
    await click(window, "Test connection")
    await until(lambda: any("and this computer's address are accepted." in text for text in texts(window)), 30)
    await click(window, "Save account")
    await until(lambda: window.offered == PANES, 30)


async def open_a_customer(window, view, demo, until, click, type_into):
    await click(view, "New customer")
    name = view.create_form.values["name"]
    type_into(view, "Contact name", "Ann Lee")
    await click(view, "Create customer")
    await until(lambda: name in texts(view.browse.details) and demo.yay.customer(name)["contact_name"] == "Ann Lee", 30)
    return name


async def open_a_customer_of_a_store(view, demo, until, find, qtbot, click, type_into):
    await click(view, "New customer")
    form = view.create_form
    name = form.values["name"]
    for_store = find(view, QCheckBox, "For a store…")
    for_store.setFocus()
    qtbot.keyClick(for_store, Qt.Key.Key_Space)
    await until(lambda: form.values["store"])
    for label, text in {
        "Contact name": "Geoff Wilson", "Street": "Westbury House", "City": "Guildford", "Postcode": "GU2 4AW",
        "Country": "GB", "First name": "Geoff", "Last name": "Wilson", "Sign-in name": "admin",
        "E-mail": "geoff@customer.example",
    }.items():  # fmt: skip
        type_into(view, label, text)
    await click(view, "Make up a password")
    password = form.values["password"]
    await click(view, "Create customer")
    await until(lambda: demo.yay.state().created[-1] == name, 30)
    whole = demo.yay.customer(name)
    assert (whole["users"][0]["role_id"], whole["users"][0]["password"]) == (3, password)
    assert whole["store_front"] in {store.uuid for store in demo.yay.stores()}
    await until(lambda: name in texts(view.browse.details), 30)


async def pick(view, demo, name, until, find, qtbot):
    """Find a customer by typing and choose it; wait until all of it is read."""
    customers = view.browse.customers
    search = customers.search
    await press(view.window(), Qt.Key.Key_F, CTRL, until=until, qtbot=qtbot)
    await until(search.hasFocus)
    qtbot.keyClicks(search, demo.yay.uuid(name))  # a name may be part of another
    await until(lambda: customers.model.rowCount() == 1)
    qtbot.keyClick(search, Qt.Key.Key_Return)
    await until(lambda: find(view, QPushButton, "Edit…").isEnabled(), 30)
    await until(lambda: name in texts(view.browse.details))


async def edit(window, view, demo, until, click, type_into, qtbot, find):
    name = some_customer(demo, in_a_store)
    demo.yay.change(name, notes="Pays late.", low_balance_email="a@b.example")
    before = demo.yay.customer(name)
    await pick(view, demo, name, until, find, qtbot)
    assert not any(demo.yay.user_mark in text for text in texts(window))
    await click(view, "Edit…")
    await until(lambda: view.page is view.edit)
    type_into(view, "Phone", "+44 20 7946 0999")
    await click(view, "Review changes")
    await click(view, "Save")
    await until(lambda: demo.yay.state().edited == [name], 30)
    after = demo.yay.customer(name)
    assert {key for key in after if after[key] != before[key]} - {"users", "addresses", "updated_on"} == {"phone"}
    for parts in ("users", "addresses"):
        assert [part | {"updated_on": ""} for part in after[parts]] == [
            part | {"updated_on": ""} for part in before[parts]
        ]
    await until(lambda: "+44 20 7946 0999" in texts(view.browse.details), 30)
    await pick(view, demo, demo.yay.state().created[0], until, find, qtbot)


async def move_credit(view, demo, name, until, click, qtbot):
    await click(view, "Move credit…")
    page = await until(lambda: view.findChild(CreditPage))
    await until(page.amount.line.isEnabled, 30)
    assert "Reseller" in " ".join(texts(page))
    qtbot.keyClicks(page.amount.line, "10.50")
    qtbot.keyClick(page.amount.line, Qt.Key.Key_Return)
    assert name in page.saying.accessibleName()
    assert "cannot be undone" in page.saying.accessibleName()
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Return)
    assert transfers(demo) == [], "Enter is not yes"
    qtbot.keyClick(page.amount.line, Qt.Key.Key_Return)
    qtbot.mouseClick(page.move_button, LEFT)
    await until(lambda: page.saying.accessibleName().startswith("Moved 10.50"), 30)
    assert transfers(demo) == [(name, "10.500")]
    assert (demo.yay.balance(), demo.yay.balance(name)) == (Decimal("239.5"), Decimal("10.5"))
    await click(page, "Back to the list")


async def act_for(window, demo, until, find, qtbot, click):
    name = with_phones(demo)
    window.go_to("sip")
    view = await until(lambda: window.findChild(BrowsePage))
    own = {user.login for user in demo.yay.sip_users()}
    await until(lambda: logins(view) == own, 30)
    acting = find(view, QComboBox, "Acting for").lineEdit()
    acting.selectAll()
    qtbot.keyClicks(acting, name)
    qtbot.keyClick(QApplication.activePopupWidget() or acting, Qt.Key.Key_Return)  # the names that have it
    await until(lambda: any(name in text for text in texts(view.whose)))
    assert not logins(view) & own, "nothing of those before is left"
    theirs = demo.yay.sip_users(name)
    await until(lambda: logins(view) == {user.login for user in theirs}, 30)
    assert any(name in text for text in texts(view))
    view.table.selectRow(0)
    user = next(user for user in theirs if user.login in texts(view))
    assert not any(demo.yay.sip_mark in text for text in texts(view))
    await click(view, "Copy the password", QToolButton)
    await until(lambda: QApplication.clipboard().text() == user.password)
    await click(view, "Show the password", QToolButton)
    await until(lambda: any(user.password in text for text in texts(view)))
    await click(view, "Back to my own")
    assert not any(demo.yay.sip_mark in text for text in texts(view))
    await until(lambda: logins(view) == own, 30)


def logins(view):
    model = view.table.model()
    return {model.record(place).cells[2] for place in range(model.rowCount())}


CUTS = {
    "cut_before_read": (False, "Nothing was moved."),
    "cut_before_act": (False, "Nothing was moved."),
    "cut_after_act": (True, "Moved 1.25 to "),
    "cut_during_body": (True, "Moved 1.25 to "),
    "slow": (True, "It is not known whether 1.25 was moved to "),
    "refuse_after": (False, "Nothing was moved."),
}


@pytest.fixture
def server():
    """A server of its own: in the end it refuses connections for good."""
    with DemoServer(seed=1, calls=0, customers=20, yay_calls=0) as server:
        yield server


@pytest.fixture
def secrets(home, server):
    """The secrets of a home that has the reseller's account."""
    yay, secrets = server.yay, Secrets()
    preferences = Preferences(Paths.find(home / "voipdesk").settings_file)
    settings = {"reseller": yay.reseller, "user": yay.user, "base_url": server.base_url}
    preferences.save_account(Account("reseller", "Reseller", "yay", "1001", settings))
    secrets.set_for_run("reseller", "password", yay.password)
    return secrets


async def test_credit_is_never_moved_twice_nor_is_a_falsehood_said(
    secrets, server, open_window, until, find, qtbot, click, monkeypatch
):
    monkeypatch.setattr(credit, "LOOK_AFTER_S", (0.05, 0.1, 0.2))
    window, _ = await open_window(secrets)
    await until(lambda: server.yay.state().requests.get("yay-calls"), 30)
    window.go_to("customers")
    view = await until(lambda: window.findChild(CustomersView))
    await until(lambda: view.browse.customers.totals.text().startswith("20 customers"), 30)
    name = server.yay.names()[3]
    await pick(view, server, name, until, find, qtbot)
    expected, lines = [], []
    for fault, (moves, says) in CUTS.items():
        had = server.yay.balance(), server.yay.balance(name)
        await click(view, "Move credit…")
        page = await until(lambda: view.findChild(CreditPage))
        with monkeypatch.context() as patch:
            if fault == "slow":
                patch.setattr("voipdesk.providers.http.TIMEOUT_S", 0.5)
            said = await move_while(fault, page, server, until, qtbot)
        assert said.startswith(says), (fault, said)
        expected += [(name, "1.250")] * moves
        await until(partial(have_moved, server, expected), 30)
        moved = Decimal("1.25") * moves
        assert (server.yay.balance(), server.yay.balance(name)) == (had[0] - moved, had[1] + moved)
        if fault != "refuse_after":  # perhaps already the balances could not be read: then nothing was begun
            lines.insert(0, {"N": "not moved", "M": "moved", "I": "not known"}[says[0]])
            await until(partial(journal_is, page, lines))
        qtbot.mouseClick(page.done, LEFT)
        await until(lambda: view.page is view.browse)
    assert server.yay.state().requests["move-credit"] == 5, "one each, and the last was never received"
    well_behaved(server)


async def move_while(fault, page, server, until, qtbot):
    """Move an amount while something goes wrong, and give what is said in the end."""
    await until(lambda: page.amount.line.isEnabled() and page.amount.isVisible(), 30)
    qtbot.keyClicks(page.amount.line, "1.25")
    qtbot.keyClick(page.amount.line, Qt.Key.Key_Return)
    more = {"seconds": 3} if fault == "slow" else {}
    server.fault(fault, operation="balance" if fault == "refuse_after" else "move-credit", next=1, **more)
    qtbot.mouseClick(page.move_button, LEFT)
    await until(lambda: page.done.isVisible() and page.done.isEnabled(), 30)
    return page.saying.accessibleName()


def journal_is(page, outcomes):
    return [page.journal.item(place, 4).text() for place in range(page.journal.rowCount())] == outcomes


def have_moved(server, expected):
    return transfers(server) == expected
