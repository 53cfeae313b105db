import re

import pytest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPushButton, QToolButton

from tests.fakes.errors import about
from voipdesk.core.customers import CustomerAddress, CustomerUser, NameTaken, NewCustomer
from voipdesk.core.errors import BadInput, OutcomeUnknown, Unreachable
from voipdesk.gui.customers.new_customer import is_email, random_password

STORE = {
    "Street": "Westbury House",
    "City": "Guildford",
    "Postcode": "GU2 4AW",
    "Country": "gb",
    "First name": "Geoff",
    "Last name": "Wilson",
    "Sign-in name": "admin",
    "E-mail": "customer@example.com",
    "Password": " pass word ",
}


@pytest.fixture
async def form(filled, find):
    find(filled.widget, QPushButton, "New customer").click()
    assert filled.view.page is filled.view.create_form
    return filled.view.create_form


@pytest.fixture
def fill(find, qtbot):
    def fill(form, values):
        for name, text in values.items():
            line = find(form, QLineEdit, name)
            line.clear()
            qtbot.keyClicks(line, text)

    return fill


@pytest.fixture
def create(find, filled, until, tasks):
    async def create():
        find(filled.view.create_form, QPushButton, "Create customer").click()
        await until(lambda: not tasks.names)

    return create


async def test_the_smallest_customer_is_made_and_picked(form, filled, fill, create, service, messages):
    filled.view.browse.customers.search.setText("something else")
    fill(form, {"Contact name": "Ann Lee"})
    await create()
    assert service.sent == [NewCustomer("c-random1", "Ann Lee")]
    assert filled.view.page is filled.view.browse
    assert filled.view.browse.customers.table.current == "id of c-random1"
    assert filled._details.customer.name == "c-random1"
    assert "Ann Lee" in messages.current.text
    assert filled.view.browse.draft.isHidden()


async def test_who_has_gone_on_to_search_is_not_called_back_to_the_new_customer(
    form, filled, fill, find, gate, service, until, tasks, qtbot
):
    fill(form, {"Contact name": "Ann Lee"})
    service.lists.clear()
    answers = gate("list")
    find(form, QPushButton, "Create customer").click()
    await until(lambda: filled.view.page is filled.view.browse)
    qtbot.keyClicks(filled.view.browse.customers.search, "contact")
    answers.set()
    await until(lambda: not tasks.names)
    assert filled.view.browse.customers.search.text() == "contact"
    assert filled.view.browse.customers.table.current == ""


async def test_another_random_name_is_there_for_a_press(form, find):
    find(form, QPushButton, "Another random name").click()
    assert find(form, QLineEdit, "Name").text() == "c-random2"
    assert not form.typed


async def test_one_for_a_store_has_address_and_user(form, fill, create, find, until, service, tasks):
    find(form, QCheckBox, "For a store…").click()
    await until(lambda: find(form, QComboBox, "Store").count() == 2)
    find(form, QComboBox, "Store").setCurrentText("Elm Telecom")
    fill(form, {"Contact name": "Geoff Wilson", **STORE})
    await create()
    assert service.sent == [
        NewCustomer(
            "c-random1",
            "Geoff Wilson",
            store="s2",
            address=CustomerAddress(("Westbury House",), "Guildford", "", "GU2 4AW", "GB"),
            user=CustomerUser("admin", "customer@example.com", "Geoff", "Wilson", password=" pass word "),
        )
    ]
    assert form.values["password"] == "", "it is kept no longer than it is needed"


async def test_what_is_missing_is_said_at_its_field_and_nothing_is_sent(form, create, find, fill, service):
    await create()
    assert form.fields["contact_name"].error == "Contact name is missing."
    find(form, QCheckBox, "For a store…").click()
    await create()
    fill(form, {"Country": "Britain", "E-mail": "no address"})
    await create()
    errors = {key for key, field in form.fields.items() if field.error}
    assert {"contact_name", "address.street_one", "address.country", "email", "password"} <= errors
    assert "address.street_two" not in errors
    assert find(form, QLineEdit, "E-mail").accessibleDescription() == "This is no e-mail address."
    assert service.sent == []
    fill(form, {"E-mail": "a@b"})
    assert form.fields["email"].error == "", "it is taken back as one types"


async def test_a_name_that_is_taken_is_said_in_words_and_keeps_all_that_was_typed(
    form, fill, create, service, filled, find
):
    service.errors["create"] = NameTaken("Somebody on the platform has the name “bob” already.")
    fill(form, {"Name": "bob", "Contact name": "Bob Hill", "Phone (optional)": "123"})
    await create()
    assert filled.view.page is form
    assert form.name.error.startswith("Somebody on the platform has the name “bob” already. What you typed is kept")
    assert form.values["contact_name"] == "Bob Hill"
    find(form, QPushButton, "Another random name").click()
    assert form.name.error == ""
    await create()
    assert [new.name for new in service.sent] == ["bob", "c-random2"]


async def test_a_lost_answer_says_what_is_known_and_keeps_what_was_typed(form, fill, create, service, filled):
    service.errors["create"] = OutcomeUnknown("The answer was lost. “x” is not among your customers so far.")
    fill(form, {"Contact name": "Bob Hill"})
    await create()
    assert filled.view.page is form
    assert "not among your customers" in form.failure.accessibleName()
    assert form.values["contact_name"] == "Bob Hill"
    assert form.done_button.isEnabled()


async def test_what_the_service_does_not_take_is_said_at_the_field_it_is_about(form, fill, create, service):
    service.errors["create"] = about("name", "It has letters that cannot be sent.")
    fill(form, {"Contact name": "Bob Hill"})
    await create()
    assert form.name.error == "It has letters that cannot be sent."
    service.errors["create"] = BadInput("That cannot be.")
    await create()
    assert form.failure.accessibleName() == "That cannot be."


async def test_a_second_press_while_it_is_under_way_does_nothing(form, fill, gate, service, until, tasks, find):
    answers = gate("create")
    fill(form, {"Contact name": "Bob Hill"})
    button = find(form, QPushButton, "Create customer")
    button.click()
    await until(lambda: not button.isEnabled())
    button.setEnabled(True)
    button.click()
    answers.set()
    await until(lambda: not tasks.names)
    assert len(service.sent) == 1


async def test_a_form_that_is_left_keeps_what_was_typed_until_it_is_cancelled(form, fill, filled, find, until, tasks):
    fill(form, {"Contact name": "Bob Hill"})
    filled.hidden()
    filled.shown()
    filled.refresh()
    assert filled.view.page is form
    filled.search()
    assert filled.view.page is filled.view.browse
    find(filled.widget, QPushButton, "Back to the form").click()
    assert filled.view.page is form
    filled.search()
    find(filled.widget, QPushButton, "New customer").click()
    assert form.values["contact_name"] == "Bob Hill"
    find(form, QPushButton, "Cancel").click()
    assert filled.view.page is filled.view.browse
    assert filled.view.browse.draft.isHidden()
    find(filled.widget, QPushButton, "New customer").click()
    assert form.values["contact_name"] == ""
    await until(lambda: not tasks.names)


async def test_stores_that_cannot_be_read_or_are_not_there_are_said_at_the_field(form, service, find, until, tasks):
    service.errors["stores"] = Unreachable("No answer came.")
    box = find(form, QCheckBox, "For a store…")
    box.click()
    await until(lambda: form.store.error == "The stores cannot be read. No answer came.")
    service.shops = ()
    box.click()
    box.click()
    await until(lambda: form.store.error.startswith("There is no store yet"))
    await until(lambda: not tasks.names)


async def test_a_password_is_hidden_and_one_made_up_is_shown_to_be_passed_on(form, find):
    find(form, QCheckBox, "For a store…").click()
    password = find(form, QLineEdit, "Password")
    assert password.echoMode() is QLineEdit.EchoMode.Password
    find(form, QPushButton, "Make up a password").click()
    assert re.fullmatch(r"[A-Za-z2-9]{16}", password.text())
    assert password.echoMode() is QLineEdit.EchoMode.Normal
    assert find(form, QToolButton, "Show the password").isChecked()


def test_passwords_made_up_differ_and_have_no_letters_to_be_mistaken():
    made = {random_password() for _ in range(50)}
    assert len(made) == 50
    assert not set("0O1lI") & set("".join(made))


@pytest.mark.parametrize(("text", "good"), [("a@b", True), (" a@b.c ", True), ("a b@c", False), ("a@", False)])
def test_an_e_mail_address_has_one_at_sign_with_something_on_both_sides(text, good):
    assert is_email(text) is good
