"""Credit moved from its page against the demo's reseller, over HTTP, with the answer lost where it can be."""

from decimal import Decimal

import pytest

from voipdesk.core.accounts import Account
from voipdesk.gui.customers.credit_page import CreditPage
from voipdesk.gui.customers.credit_presenter import CreditPresenter


@pytest.fixture
def reseller(desk, secrets, demo):
    """Give the desk an account of the demo's reseller."""
    yay = demo.yay
    settings = {"reseller": yay.reseller, "user": yay.user, "base_url": demo.base_url}
    account = Account("yay", "Demo reseller", "yay", yay.my_number, settings)
    desk.preferences.save_account(account)
    secrets.set_for_run(account.id, "password", yay.password)
    return account


@pytest.fixture
async def page(qtbot, theme, desk, reseller, demo, tasks, messages, until):
    page = CreditPage(theme)
    qtbot.addWidget(page)
    page.resize(900, 640)
    page.show()
    presenter = CreditPresenter(page, desk.credit, desk.customers, tasks, messages, lambda: None)
    name = demo.yay.names()[0]
    demo.yay.set_balance("12.5", name)
    page.customer = await desk.customers.find(reseller, name)
    presenter.open(reseller, page.customer)
    await until(lambda: not tasks.names and page.amount.line.isEnabled())
    page.amount.line.setText("10.125")
    page.amount_typed.emit("10.125")
    page.go_on.click()
    yield page
    presenter.close()


def said(page):
    return page.saying.accessibleName().replace("\u200b", "")


@pytest.mark.parametrize(
    ("fault", "words", "figures", "moved"),
    [
        ("", "Moved 10.125 to ", ("250.00 239.875", "12.50 22.625"), 1),
        ("cut_before_act", "Nothing was moved.", ("250.00 250.00", "12.50 12.50"), 0),
        ("cut_after_act", "Moved 10.125 to ", ("250.00 239.875", "12.50 22.625"), 1),
    ],
)
async def test_the_truth_is_said_and_it_is_moved_once(page, demo, until, tasks, fault, words, figures, moved):
    if fault:
        demo.fault(fault, operation="move-credit")
    page.move_button.click()
    await until(lambda: said(page).startswith(words) and not tasks.names, 30)
    own, customer = page.figures.text.split("; ")
    assert own.endswith(figures[0])
    assert customer.endswith(figures[1])
    state = demo.yay.state()
    assert [(t.customer, Decimal(t.amount)) for t in state.transfers] == [
        (page.customer.name, Decimal("10.125"))
    ] * moved
    assert len([seen for seen in state.seen if seen.operation == "move-credit"]) == 1
    assert page.journal.rowCount() == 1
    assert page.journal.item(0, 4).text() == ("moved" if moved else "not moved")
