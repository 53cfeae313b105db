"""The pane on the real services, over HTTP, against the demo: nothing is lost, nothing is said that is not so."""

import pytest
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton

from voipdesk.core.accounts import Account
from voipdesk.gui.customers import details_presenter
from voipdesk.gui.customers.presenter import CustomersPane


@pytest.fixture
def acted_for():
    return []


@pytest.fixture
async def pane(qtbot, desk, secrets, demo, tasks, messages, theme, until, monkeypatch, acted_for):
    monkeypatch.setattr(details_presenter, "BALANCE_AFTER_S", 0)
    settings = {"base_url": demo.base_url, "reseller": demo.yay.reseller, "user": demo.yay.user}
    account = Account("r1", "Demo reseller", "yay", "1001", settings)
    desk.preferences.save_account(account)
    secrets.set_for_run(account.id, "password", demo.yay.password)
    pane = CustomersPane(
        desk.customers, desk.credit, desk.accounts, tasks, messages, theme, lambda *who: acted_for.append(who)
    )
    qtbot.addWidget(pane.widget)
    pane.widget.resize(1000, 640)
    pane.widget.show()
    pane.shown()
    await until(lambda: pane.view.browse.customers.model.total and not tasks.names, 60)
    yield pane
    pane.close()


@pytest.fixture
def pick(pane, demo, until, tasks):
    """Pick a customer by name and wait until all of it is read."""

    async def pick(name):
        pane.view.browse.customers.table.pick(demo.yay.uuid(name))
        await until(lambda: pane._details.customer and pane._details.customer.name == name and not tasks.names, 30)
        return pane._details.customer

    return pick


@pytest.fixture
def of_a_store(pane, demo):
    """Name a customer that has a store, an address and a user."""
    return next(name for name in demo.yay.names()[:500] if demo.yay.customer(name)["store_front"])


async def save(pane, find, until, tasks):
    find(pane.view.edit, QPushButton, "Review changes").click()
    find(pane.view.review, QPushButton, "Save").click()
    await until(lambda: not tasks.names, 30)


async def edit(pane, find, until, **texts):
    find(pane.widget, QPushButton, "Edit…").click()
    await until(lambda: pane.view.page is pane.view.edit)
    for name, text in texts.items():
        find(pane.view.edit, QLineEdit, name.replace("_", " ").capitalize()).setText(text)


def without_stamps(value):
    if isinstance(value, dict):
        return {key: without_stamps(inner) for key, inner in value.items() if key != "updated_on"}
    return [without_stamps(inner) for inner in value] if isinstance(value, list) else value


async def test_5_000_customers_are_listed_searched_and_read(pane, demo, pick, of_a_store):
    browse = pane.view.browse
    assert browse.customers.totals.text().startswith("5,000 customers")
    customer = await pick(of_a_store)
    browse.customers.search.setText(customer.id)
    assert browse.customers.model.rowCount() == 1
    assert browse.details._balance.text().startswith(f"{demo.yay.balance(of_a_store):,.2f}"[:-1])


async def test_an_edit_loses_nothing(pane, demo, pick, of_a_store, find, until, tasks, messages):
    before = demo.yay.customer(of_a_store)
    await pick(of_a_store)
    await edit(pane, find, until, phone="+44 20 7946 0999")
    await save(pane, find, until, tasks)
    assert messages.current.text.endswith("read back as asked.")
    after = demo.yay.customer(of_a_store)
    assert without_stamps(after) == without_stamps({**before, "phone": "+44 20 7946 0999"})
    row = pane.view.browse.customers.model.row_of(str(after["uuid"]))
    assert pane.view.browse.customers.model.record(row).cells[2] == "+44 20 7946 0999"


async def test_what_somebody_else_changed_is_not_overwritten(pane, demo, pick, of_a_store, find, until, tasks):
    await pick(of_a_store)
    await edit(pane, find, until, contact_name="Ann Lee")
    demo.yay.change(of_a_store, phone="999")
    await save(pane, find, until, tasks)
    assert pane.view.page is pane.view.conflict
    assert demo.yay.customer(of_a_store)["contact_name"] != "Ann Lee"
    find(pane.view.conflict, QPushButton, "Load what is there now").click()
    await save(pane, find, until, tasks)
    assert pane.view.page is pane.view.browse
    after = demo.yay.customer(of_a_store)
    assert (after["contact_name"], after["phone"]) == ("Ann Lee", "999")


async def test_edits_follow_one_another(pane, demo, pick, of_a_store, find, until, tasks):
    await pick(of_a_store)
    for number in range(5):
        await edit(pane, find, until, phone=f"+44 {number}")
        await save(pane, find, until, tasks)
        assert pane.view.page is pane.view.browse
        assert demo.yay.customer(of_a_store)["phone"] == f"+44 {number}"


async def test_both_kinds_of_customer_are_opened(pane, demo, find, until, tasks):
    find(pane.widget, QPushButton, "New customer").click()
    form = pane.view.create_form
    name = form.values["name"]
    find(form, QLineEdit, "Contact name").setText("Ann Lee")
    find(form, QPushButton, "Create customer").click()
    await until(lambda: pane._details.customer and not tasks.names, 30)
    assert pane._details.customer.name == name
    assert demo.yay.customer(name)["contact_name"] == "Ann Lee"

    find(pane.widget, QPushButton, "New customer").click()
    find(form, QCheckBox, "For a store…").click()
    await until(lambda: not tasks.names)
    find(form, QLineEdit, "Name").setText(name)
    texts = ("Contact name", "Street", "City", "Postcode", "First name", "Last name", "Sign-in name")
    for label in texts:
        find(form, QLineEdit, label).setText(f"The {label.lower()}")
    find(form, QLineEdit, "Country").setText("GB")
    find(form, QLineEdit, "E-mail").setText("a@b.example")
    find(form, QPushButton, "Make up a password").click()
    password = form.values["password"]
    find(form, QPushButton, "Create customer").click()
    await until(lambda: not tasks.names, 30)
    assert form.name.error.startswith("You have a customer")
    assert form.values["password"] == password
    find(form, QPushButton, "Another random name").click()
    second = form.values["name"]
    find(form, QPushButton, "Create customer").click()
    await until(lambda: pane._details.customer and pane._details.customer.name == second and not tasks.names, 30)
    made = demo.yay.customer(second)
    assert made["users"][0]["password"] == password
    assert str(made["users"][0]["role_id"]) == "3"
    assert made["store_front"] == form.values["store"]


@pytest.mark.parametrize(("kind", "there"), [("cut_before_act", False), ("cut_after_act", True)])
async def test_a_cut_connection_makes_no_second_customer_and_no_falsehood(pane, demo, find, until, tasks, kind, there):
    demo.fault(kind, operation="create-customer", next=1)
    find(pane.widget, QPushButton, "New customer").click()
    form = pane.view.create_form
    name = form.values["name"]
    find(form, QLineEdit, "Contact name").setText("Ann Lee")
    find(form, QPushButton, "Create customer").click()
    await until(lambda: not tasks.names, 60)
    assert (name in demo.yay.names()) is there
    if there:
        assert pane._details.customer.name == name
    else:
        assert "so far" in form.failure.accessibleName()
        assert form.values["contact_name"] == "Ann Lee"


async def test_its_sip_accounts_are_shown_acting_for_it(pane, pick, of_a_store, find, acted_for):
    await pick(of_a_store)
    find(pane.widget, QPushButton, "SIP accounts").click()
    assert acted_for == [("r1", of_a_store)]


async def test_a_password_that_the_service_does_not_show_is_not_overwritten(
    pane, demo, pick, of_a_store, find, until, tasks
):
    before = demo.yay.customer(of_a_store)
    demo.yay.switch(passwords="masked")
    await pick(of_a_store)
    await edit(pane, find, until, phone="1")
    await save(pane, find, until, tasks)
    assert pane.view.page is pane.view.review
    assert "password" in pane.view.review.failure.accessibleName()
    assert demo.yay.customer(of_a_store) == before
    find(pane.view.review, QPushButton, "Back to the form").click()
    assert find(pane.view.edit, QLineEdit, "Phone").text() == "1"
