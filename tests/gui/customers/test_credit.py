from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QTableWidget

from tests.fakes.credit_service import AT, FakeCredit, transfer
from voipdesk.core.accounts import Account
from voipdesk.core.credit import Balances, CreditOutcome
from voipdesk.core.customers import Customer
from voipdesk.core.errors import OutcomeUnknown, Refused, Unreachable
from voipdesk.gui.customers import credit_model as model
from voipdesk.gui.customers.credit_page import CreditPage
from voipdesk.gui.customers.credit_presenter import CreditPresenter
from voipdesk.services.credit import BalancesChanged

OFFICE = Account("a", "Office", "fake")
CUSTOMER = Customer("c1", "my_customer", "Mary Major")


@pytest.fixture
def credit():
    return FakeCredit()


@pytest.fixture
def page(qtbot, theme):
    page = CreditPage(theme)
    qtbot.addWidget(page)
    page.resize(900, 640)
    page.show()
    page.activateWindow()
    qtbot.waitExposed(page)
    return page


@pytest.fixture
async def presenter(page, credit, tasks, messages):
    closings = []
    presenter = CreditPresenter(page, credit, None, tasks, messages, lambda: closings.append("closed"))
    presenter.closings = closings
    yield presenter
    presenter.close()


@pytest.fixture
async def opened(presenter, page, until, tasks):
    presenter.open(OFFICE, CUSTOMER)
    await until(lambda: not tasks.names)
    return presenter


@pytest.fixture
def type_amount(page, qtbot):
    def type_amount(text):
        page.amount.line.clear()
        qtbot.keyClicks(page.amount.line, text)

    return type_amount


@pytest.fixture
def asked_whether(opened, page, type_amount, qtbot):
    """The question is on the page."""
    type_amount("10")
    page.go_on.click()
    return opened


def said(page):
    return page.saying.accessibleName()


def pressable(page):
    return [b.text() for b in page.findChildren(QPushButton) if b.isVisible() and b.isEnabled()]


async def test_customer_and_both_balances_are_shown_before(opened, page):
    assert page._title.text() == "Move credit to my_customer (Mary Major)"
    assert "Office" in page._about.text()
    assert page.figures.text == "Your balance 250.00 –; my_customer (Mary Major) 12.50 –"
    assert page.amount.line.isEnabled()
    assert not page.go_on.isEnabled()
    assert not page.journal.isVisible()
    assert page._no_journal.isVisible()


async def test_what_both_would_have_is_shown_as_one_types(opened, page, type_amount):
    type_amount("10.125")
    assert page.figures.text == "Your balance 250.00 239.875; my_customer (Mary Major) 12.50 22.625"
    assert page.go_on.text() == "Move 10.125 to my_customer…"


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("1,000", "two ways"),
        ("ten", "no amount"),
        ("0", "least"),
        ("0.009", "least"),
        ("250.001", "Your balance is 250.00"),
        ("-5", "no amount"),
        ("all", "no amount"),
        ("1.0001", "no amount"),
    ],
)
async def test_what_is_wrong_with_an_amount_is_said_beside_it(opened, page, type_amount, qtbot, typed, why, credit):
    type_amount(typed)
    assert why in page.amount.error
    assert not page.go_on.isEnabled()
    qtbot.keyClick(page.amount.line, Qt.Key.Key_Return)
    assert page.amount.isVisible()
    assert credit.asked == []
    page.amount.line.clear()
    page.amount_typed.emit("")
    assert page.amount.error == ""


async def test_the_first_button_only_asks_and_what_has_the_focus_is_safe(opened, page, type_amount, qtbot, credit):
    type_amount("10")
    qtbot.keyClick(page.amount.line, Qt.Key.Key_Return)
    assert "Move 10.00 to my_customer (Mary Major)?" in said(page)
    assert "costs money" in said(page)
    assert "cannot be undone" in said(page)
    assert page.focusWidget() is page.refrain
    qtbot.keyClick(page.refrain, Qt.Key.Key_Return)
    assert page.amount.isVisible()
    assert page.amount.value == "10"
    assert page.go_on.text() == "Move 10.00 to my_customer…"
    assert credit.asked == []


async def test_escape_is_safe_at_every_step(asked_whether, page, credit, until, tasks):
    page._escape.activated.emit()
    assert page.amount.isVisible()
    page._escape.activated.emit()
    assert asked_whether.closings == ["closed"]
    assert credit.asked == []
    page.go_on.click()
    credit.answers.clear()
    page.move_button.click()
    await until(lambda: credit.asked)
    page._escape.activated.emit()  # it is sent: there is no way back
    assert asked_whether.closings == ["closed"]
    credit.answers.set()
    await until(lambda: "Moved" in said(page) and not tasks.names)
    page._escape.activated.emit()
    assert asked_whether.closings == ["closed", "closed"]


async def test_one_press_is_one_request_and_nothing_can_be_pressed_meanwhile(
    asked_whether, page, credit, until, tasks, messages
):
    credit.answers.clear()
    page.move_button.click()
    page.move_asked.emit()
    await until(lambda: credit.asked)
    assert pressable(page) == []
    page.move_button.click()
    page.move_asked.emit()
    page.go_on_asked.emit()
    page.again_asked.emit()
    page.amount.line.returnPressed.emit()
    asked_whether.open(OFFICE, Customer("c2", "somebody_else"))
    assert "Wait" in messages.current.advice
    assert "Moving 10.00 to my_customer" in said(page)
    credit.answers.set()
    await until(lambda: not tasks.names)
    assert [(account, customer, amount) for account, customer, amount, _ in credit.asked] == [("a", "c1", Decimal(10))]


async def test_moved_is_said_with_both_balances_after(asked_whether, page, credit, until, tasks, find):
    page.move_button.click()
    await until(lambda: "Moved 10.00 to my_customer." in said(page) and not tasks.names)
    assert page.figures.text == "Your balance 250.00 240.00; my_customer (Mary Major) 12.50 22.50"
    table = find(page, QTableWidget, "Journal of transfers")
    assert [table.item(0, column).text() for column in range(1, 5)] == ["ann", "my_customer", "10.00", "moved"]
    find(page, QPushButton, "Move more…").click()
    await until(lambda: page.amount.isVisible() and not tasks.names and page.amount.line.isEnabled())
    assert page.amount.value == ""
    assert page.figures.text.startswith("Your balance 240.00 –")


async def test_not_moved_is_said_with_why(asked_whether, page, credit, until):
    credit.outcome, credit.text = CreditOutcome.NOT_MOVED, "The connection was cut."
    page.move_button.click()
    await until(lambda: said(page) == "Nothing was moved. The connection was cut.")
    assert pressable(page) == ["Back to the list", "Try again…"]


async def test_not_known_is_said_with_the_figures_and_what_to_do(asked_whether, page, credit, until, tasks):
    credit.outcome, credit.text = CreditOutcome.NOT_KNOWN, "The answer was lost. Before: you 250.00."
    credit.last = transfer(CreditOutcome.NOT_KNOWN)
    page.move_button.click()
    await until(lambda: "It is not known whether 10.00 was moved to my_customer." in said(page) and not tasks.names)
    assert "Before: you 250.00." in said(page)
    assert "Compare both balances before you move it again" in said(page)
    assert not page.warning.isVisible()
    assert pressable(page) == ["Back to the list", "Read the balances again"]
    page.again.click()
    await until(lambda: page.warning.isVisible() and not tasks.names)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (Refused("The service refused it.", advice="Ask your supplier."), "Nothing was moved. The service refused it."),
        (OutcomeUnknown("The answer was lost."), "It is not known whether 10.00 was moved to my_customer."),
    ],
)
async def test_an_error_is_said_for_what_it_means(asked_whether, page, credit, until, error, words):
    credit.error = error
    page.move_button.click()
    await until(lambda: said(page).startswith(words))


async def test_balances_that_changed_meanwhile_are_shown_and_it_is_asked_again(
    asked_whether, page, credit, until, tasks
):
    now = Balances(Decimal(240), Decimal("22.5"), AT)
    credit.error = BalancesChanged("“my_customer” has 22.50 now.", now, advice="Nothing was sent.")
    page.move_button.click()
    await until(lambda: "has 22.50 now" in said(page) and not tasks.names)
    assert page.amount.value == "10"
    assert page.figures.text == "Your balance 240.00 230.00; my_customer (Mary Major) 22.50 32.50"
    credit.error = None
    page.go_on.click()
    page.move_button.click()
    await until(lambda: "Moved" in said(page))
    assert credit.asked[1][3] == now


async def test_a_bug_leaves_the_page_saying_that_it_is_not_known(asked_whether, page, credit, until, tasks):
    import asyncio

    bugs = []
    asyncio.get_running_loop().set_exception_handler(lambda _loop, context: bugs.append(context["exception"]))
    credit.error = ZeroDivisionError()
    page.move_button.click()
    await until(lambda: bugs)
    assert said(page).startswith("It is not known whether 10.00 was moved")
    assert pressable(page) == ["Back to the list", "Read the balances again"]


async def test_an_earlier_transfer_that_is_not_known_is_warned_of(presenter, page, credit, until, tasks):
    credit.last = transfer(CreditOutcome.NOT_KNOWN, "The answer was lost.")
    credit.lines = [credit.last]
    presenter.open(OFFICE, CUSTOMER)
    await until(lambda: page.warning.isVisible() and not tasks.names)
    assert "the last transfer to my_customer was carried out: 10.00" in page.warning.accessibleName()
    assert "by ann" in page.warning.accessibleName()
    assert page.journal.item(0, 4).text() == "not known"


async def test_balances_that_cannot_be_read_leave_nothing_to_move(presenter, page, credit, until, tasks, find):
    credit.balances_error = Unreachable("No answer.", advice="Try again later.")
    presenter.open(OFFICE, CUSTOMER)
    await until(lambda: "could not be read: No answer. Try again later." in said(page) and not tasks.names)
    assert not page.amount.isVisible()
    credit.balances_error = None
    find(page, QPushButton, "Read the balances again").click()
    await until(lambda: page.amount.isVisible() and page.amount.line.isEnabled())


async def test_one_may_leave_while_the_balances_are_read(presenter, page, credit, until, tasks, find):
    credit.answers.clear()
    presenter.open(OFFICE, CUSTOMER)
    await until(page._bar.isVisible)
    assert not find(page, QLineEdit, "Amount").isEnabled()
    page.amount_typed.emit("10")
    page.go_on_asked.emit()
    page.leave.click()
    await until(lambda: not tasks.names)
    assert presenter.closings == ["closed"]


async def test_a_transfer_made_elsewhere_is_listed_at_once(opened, page, credit, until, presenter):
    credit.lines = [transfer(CreditOutcome.MOVED, amount=Decimal(3))]
    credit.moved.emit(credit.lines[0])
    await until(lambda: page.journal.rowCount() == 1)
    assert page.journal.item(0, 3).text() == "3.00"
    credit.lines = []
    credit.moved.emit(transfer(CreditOutcome.MOVED, account_id="other"))
    assert page.journal.rowCount() == 1


async def test_nothing_begins_without_a_customer(presenter, page, tasks, credit):
    for signal in (page.again_asked, page.go_on_asked, page.move_asked):
        signal.emit()
    page.amount_typed.emit("10")
    credit.moved.emit(transfer(CreditOutcome.MOVED))
    assert not tasks.names


def test_a_long_name_is_whole_in_the_question_and_short_on_the_button():
    customer = Customer("c", "n" * 90, "n" * 90)
    assert len(model.move(Decimal(10), customer)) < 60
    assert model.question(Decimal(10), customer, "Office").text.count("n") == 90


def test_figures_that_could_not_be_read_are_left_out():
    figures = model.result_figures(transfer(CreditOutcome.MOVED))
    assert (figures.own, figures.customer) == (("", ""), ("", ""))
