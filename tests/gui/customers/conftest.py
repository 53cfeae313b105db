"""The customers pane on a service that a test directs."""

import asyncio

import pytest

from tests.fakes.connections import FakeAccounts
from tests.fakes.customer_service import WHOLE, FakeCredit, FakeCustomers
from voipdesk.core.accounts import Account
from voipdesk.core.customers import Customer
from voipdesk.gui.customers import details_presenter
from voipdesk.gui.customers.presenter import CustomersPane
from voipdesk.services import credit as credit_service
from voipdesk.services import customer_edit
from voipdesk.services import customers as customers_service


class Accounts(FakeAccounts):
    """Every account has customers and can do everything for them, but for what is in `without`."""

    def __init__(self, *accounts):
        super().__init__(*accounts)
        self.without = set()

    def offers(self, account, capability):
        return capability not in self.without


def listed(number):
    return Customer(f"id{number}", f"c-{number:04}", f"Contact {number:04}", f"+44161496{number:04}")


@pytest.fixture
def service():
    return FakeCustomers(WHOLE, *map(listed, range(200)))


@pytest.fixture
def credit():
    return FakeCredit()


@pytest.fixture
def accounts():
    return Accounts(Account("r1", "Reseller one", "fake"))


@pytest.fixture
def acted_for():
    return []


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """Wait neither before a balance is read nor before a lost answer is looked after."""
    monkeypatch.setattr(details_presenter, "BALANCE_AFTER_S", 0)
    monkeypatch.setattr(details_presenter, "SETTLE_S", 0)
    for asking in (credit_service, customer_edit, customers_service):
        monkeypatch.setattr(asking, "LOOK_AFTER_S", (0.0, 0.0, 0.0))


@pytest.fixture
async def pane(qtbot, service, credit, accounts, tasks, messages, theme, acted_for):
    pane = CustomersPane(
        service, credit, accounts, tasks, messages, theme, lambda id_, name: acted_for.append((id_, name))
    )
    qtbot.addWidget(pane.widget)
    pane.widget.resize(900, 600)
    pane.widget.show()
    yield pane
    pane.close()


@pytest.fixture
async def filled(pane, until, tasks, service):
    """Give the pane with its list."""
    pane.shown()
    await until(lambda: pane.view.browse.customers.model.total and not tasks.names)
    service.asked.clear()
    return pane


@pytest.fixture
def gate(service):
    """Hold an operation's answers back until the event is set."""

    def gate(operation):
        service.gates[operation] = asyncio.Event()
        return service.gates[operation]

    return gate


@pytest.fixture
async def picked(filled, until, tasks):
    """Give the pane with Abbey Catering picked and read."""
    filled.view.browse.customers.table.pick(WHOLE.id)
    await until(lambda: filled._details.customer and not tasks.names)
    return filled
