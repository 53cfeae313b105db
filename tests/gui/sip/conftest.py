"""A pane of an account whose SIP accounts can be managed, on a service that a test has in hand."""

import pytest

from tests.fakes.sip_service import FakeBudget, FakeCheck, FakeCustomers, FakeSip, ResellerAccounts
from voipdesk.core.accounts import Account
from voipdesk.core.sip import SipAccount, SipRegistration
from voipdesk.gui.sip import registration_presenter
from voipdesk.gui.sip.presenter import SipPane
from voipdesk.services.sip_setup import SipSetup

PROXY = "46.101.153.96:4060"


def managed_account(number, name, **more):
    given = {"display_name": name, "internal_number": str(40 + number), "outbound_proxy": PROXY} | more
    return SipAccount(f"i{number}", f"user.{number}", f"pw-{number}", **given)


@pytest.fixture
def service():
    """A service with three SIP accounts, whose registrations are asked for one at a time."""
    sip = FakeSip()
    sip.acts = False
    sip.of[""] = tuple(managed_account(n, name) for n, name in enumerate(("Ann Lee", "Bob Hill", "Cy Young")))
    words = ("registered", "unregistered", "")
    sip.registrations = {f"i{n}": SipRegistration(word, "sip.kpn.example") for n, word in enumerate(words)}
    return sip


@pytest.fixture
def managed():
    """The accounts: one, whose SIP accounts can be managed."""
    accounts = ResellerAccounts(Account("k", "KPN", "fake"))
    accounts.managed.add("k")
    return accounts


@pytest.fixture
def budget():
    return FakeBudget()


@pytest.fixture
def check():
    return FakeCheck()


@pytest.fixture
async def desk_pane(qtbot, service, managed, budget, check, tasks, messages, theme, monkeypatch, until):
    """The pane, in a window of its own."""
    monkeypatch.setattr(registration_presenter, "APART_S", 0.0)
    pane = SipPane(service, FakeCustomers(), managed, budget, SipSetup, lambda: check, tasks, messages, theme)
    qtbot.addWidget(pane.widget, before_close_func=lambda _widget: pane.close())
    pane.widget.resize(1000, 640)
    pane.widget.show()
    pane.widget.activateWindow()
    await until(pane.widget.isActiveWindow)
    return pane


@pytest.fixture
async def listed(desk_pane, until, tasks):
    """The pane with its list read and every status known."""
    desk_pane.shown()
    await until(lambda: rows(desk_pane) and not tasks.names)
    return desk_pane


def rows(pane):
    model = pane.view.browse.table.model()
    return [model.record(row).cells for row in range(model.rowCount())]


@pytest.fixture
def type_into(find, qtbot):
    """Replace what a field holds, by the keyboard."""
    from PySide6.QtWidgets import QLineEdit

    def type_into(parent, name, text):
        field = find(parent, QLineEdit, name)
        field.setFocus()
        field.selectAll()
        qtbot.keyClicks(field, text)

    return type_into


@pytest.fixture
def answer(find, until):
    """Press a button of the question that is asked, or say which button it has in focus."""
    from PySide6.QtWidgets import QMessageBox, QPushButton

    async def answer(pane, button=""):
        box = await until(lambda: next((b for b in pane.widget.findChildren(QMessageBox) if b.isVisible()), None))
        said = f"{box.text()} {box.informativeText()}"
        if button:
            find(box, QPushButton, button).click()
        else:
            box.defaultButton().click()
        await until(lambda: not box.isVisible())
        return said

    return answer
