from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton

from tests.fakes.customer_service import WHOLE
from voipdesk.core.customers import Customer, CustomerAddress
from voipdesk.core.errors import OutcomeUnknown, Unreachable
from voipdesk.services.customers import ChangedMeanwhile, Edited
from voipdesk.services.object_changes import Change


def texts(page):
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


@pytest.fixture
async def form(picked, find, until, service):
    find(picked.widget, QPushButton, "Edit…").click()
    await until(lambda: picked.view.page is picked.view.edit)
    service.asked.clear()
    return picked.view.edit


@pytest.fixture
def review(find, picked, until):
    async def review():
        find(picked.view.edit, QPushButton, "Review changes").click()
        await until(lambda: picked.view.page is picked.view.review)
        return picked.view.review

    return review


@pytest.fixture
def save(find, picked, until, tasks):
    async def save():
        find(picked.view.review, QPushButton, "Save").click()
        await until(lambda: not tasks.names)

    return save


def put(find, form, name, text):
    find(form, QLineEdit, name).setText(text)


async def test_enter_in_a_field_goes_on_to_the_review_and_sends_nothing(form, find, picked, until, service, qtbot):
    put(find, form, "Phone", "+44 20 7946 0001")
    find(form, QLineEdit, "Phone").setFocus()
    qtbot.keyClick(find(form, QLineEdit, "Phone"), Qt.Key.Key_Return)
    await until(lambda: picked.view.page is picked.view.review)
    assert service.sent == []


async def test_changes_are_reviewed_sent_and_read_back(form, find, review, save, picked, service, messages):
    put(find, form, "Phone", "+44 20 7946 0001")
    put(find, form, "Address: City", "Bath")
    put(find, form, "User Sophie Cooper: E-mail", "s@abbey.example")
    find(form, QComboBox, "Store").setCurrentText("Elm Telecom")
    find(form, QComboBox, "May call out").setCurrentText("No")
    page = await review()
    assert "whole customer" in page.text
    assert {"Phone", "+441414960622", "→", "+44 20 7946 0001", "Harbour Voice", "Elm Telecom"} <= set(texts(page))
    await save()
    address, user = WHOLE.addresses[0], WHOLE.users[0]
    expected = replace(
        WHOLE,
        phone="+44 20 7946 0001",
        store="s2",
        allow_outbound=False,
        addresses=(replace(address, city="Bath"),),
        users=(replace(user, email="s@abbey.example"),),
    )
    assert service.sent == [expected]
    assert picked.view.page is picked.view.browse
    assert "read back as asked" in messages.current.text
    assert picked._details.customer == expected
    assert picked.view.browse.customers.table.current == "u1"


async def test_nothing_changed_is_nothing_to_review(form, find, picked):
    find(form, QPushButton, "Review changes").click()
    assert picked.view.page is form
    assert form.failure.accessibleName() == "Nothing is changed yet."
    assert not form.typed


async def test_what_cannot_be_is_said_at_the_field(form, find, picked):
    put(find, form, "Contact name", " ")
    put(find, form, "Address: City", "")
    put(find, form, "User Sophie Cooper: E-mail", "nobody")
    find(form, QPushButton, "Add an address").click()
    put(find, form, "New address: Country", "GBR")
    find(form, QPushButton, "Review changes").click()
    assert picked.view.page is form
    assert find(form, QLineEdit, "Contact name").accessibleDescription() == "Contact name is missing."
    assert find(form, QLineEdit, "Address: City").accessibleDescription() == "City is missing."
    assert "two letters" in find(form, QLineEdit, "New address: Country").accessibleDescription()
    assert "no e-mail" in find(form, QLineEdit, "User Sophie Cooper: E-mail").accessibleDescription()


async def test_an_address_can_be_added(form, find, review, save, service):
    find(form, QPushButton, "Add an address").click()
    for name, text in (("Street", "2 High St"), ("City", "Bath"), ("Postcode", "BA1"), ("Country", "gb")):
        put(find, form, f"New address: {name}", text)
    await review()
    await save()
    assert service.sent[0].addresses == (*WHOLE.addresses, CustomerAddress(("2 High St",), "Bath", "", "BA1", "GB"))


async def test_what_others_changed_meanwhile_is_shown_and_not_overwritten(form, find, review, save, picked, service):
    now = replace(WHOLE, phone="999", contact_name="Theirs", raw={"phone": "999"})
    service.errors["edit"] = ChangedMeanwhile("Somebody else has changed “c-abbey” in the meantime: Phone.", now)
    put(find, form, "Contact name", "Mine")
    put(find, form, "Address: City", "Bath")
    await review()
    await save()
    page = picked.view.conflict
    assert picked.view.page is page
    assert page.text.startswith("Somebody else has changed “c-abbey” in the meantime")
    assert {"+441414960622", "999", "Theirs"} <= set(texts(page))
    find(page, QPushButton, "Load what is there now").click()
    assert picked.view.page is form
    assert find(form, QLineEdit, "Phone").text() == "999"
    assert find(form, QLineEdit, "Contact name").text() == "Theirs"
    assert "You had typed “Mine”" in find(form, QLineEdit, "Contact name").accessibleDescription()
    assert find(form, QLineEdit, "Address: City").text() == "Bath"
    await review()
    await save()
    assert service.sent[-1] == replace(now, addresses=(replace(WHOLE.addresses[0], city="Bath"),))


async def test_an_edit_others_were_quicker_with_can_be_given_up(form, find, review, save, picked, service):
    service.errors["edit"] = ChangedMeanwhile("Changed.", replace(WHOLE, phone="999"))
    put(find, form, "Phone", "1")
    await review()
    await save()
    find(picked.view.conflict, QPushButton, "Cancel").click()
    assert picked.view.page is picked.view.browse
    assert picked.view.browse.draft.isHidden()


async def test_what_was_not_taken_and_what_changed_besides_is_shown(
    form, find, review, save, picked, service, until, tasks
):
    put(find, form, "Phone", "1")
    service.edited = Edited(WHOLE, (Change("Phone", "+441414960622", "1"),), (Change("May call out", "yes", "no"),))
    await review()
    await save()
    page = picked.view.result
    assert picked.view.page is page
    assert "did not take all" in page.text
    assert {"Asked for and not taken", "Not asked for, and different now", "May call out"} <= set(texts(page))
    find(page, QPushButton, "Edit again").click()
    assert picked.view.page is form
    find(form, QPushButton, "Cancel").click()
    await until(lambda: not tasks.names)


async def test_what_changed_besides_alone_is_no_failure(form, find, review, save, picked, service, until, tasks):
    put(find, form, "Phone", "1")
    service.edited = Edited(replace(WHOLE, phone="1"), (), (Change("credit_limit", "5", ""),))
    await review()
    await save()
    assert picked.view.result.text.startswith("Saved.")
    assert "nothing" in texts(picked.view.result)
    find(picked.view.result, QPushButton, "Back to the list").click()
    assert picked.view.page is picked.view.browse
    await until(lambda: not tasks.names)


@pytest.mark.parametrize("error", [OutcomeUnknown("It is not known."), Unreachable("It was not made.")])
async def test_a_save_that_failed_says_why_and_keeps_what_was_typed(form, find, review, save, picked, service, error):
    service.errors["edit"] = error
    put(find, form, "Phone", "1")
    page = await review()
    await save()
    assert picked.view.page is page
    assert page.failure.accessibleName() == error.message
    find(page, QPushButton, "Back to the form").click()
    assert find(form, QLineEdit, "Phone").text() == "1"


async def test_a_second_press_while_it_is_saved_does_nothing(form, find, review, gate, service, until, tasks):
    answers = gate("edit")
    put(find, form, "Phone", "1")
    button = find(await review(), QPushButton, "Save")
    button.click()
    await until(lambda: not button.isEnabled())
    button.setEnabled(True)
    button.click()
    answers.set()
    await until(lambda: not tasks.names)
    assert len(service.sent) == 1


async def test_an_edit_that_is_left_is_gone_on_with_before_another_begins(form, find, picked, until, tasks):
    put(find, form, "Phone", "1")
    picked.search()
    assert "Abbey Catering" in picked.view.browse.draft.accessibleName()
    picked.view.browse.customers.table.pick("id5")
    await until(lambda: picked._details.customer and not tasks.names)
    find(picked.widget, QPushButton, "Edit…").click()
    assert picked.view.page is form
    assert find(form, QLineEdit, "Phone").text() == "1"
    picked.search()
    find(picked.widget, QPushButton, "Back to the form").click()
    assert picked.view.page is form
    find(form, QPushButton, "Cancel").click()
    assert picked.view.browse.draft.isHidden()
    await until(lambda: not tasks.names)


async def test_stores_that_cannot_be_read_leave_a_customer_its_own(picked, find, service, until):
    service.errors["stores"] = Unreachable("No answer.")
    find(picked.widget, QPushButton, "Edit…").click()
    await until(lambda: picked.view.page is picked.view.edit)
    store = find(picked.view.edit, QComboBox, "Store")
    assert [store.itemText(place) for place in range(store.count())] == ["No store", "s1"]
    assert store.currentText() == "s1"


async def test_what_was_not_touched_is_sent_as_it_was_read(filled, service, find, until, tasks):
    odd = Customer(
        "u1",
        "c-odd",
        "Two\nlines \x07" + "x" * 40_000,  # a line of text takes fewer
        " 1 ",
        addresses=(CustomerAddress((" a", "b", "c", "d"), id="a1"), CustomerAddress(("x",))),
        raw={"x": 1},
    )
    service.of["r1"][0] = odd
    filled.refresh()
    await until(lambda: not tasks.names)
    filled.view.browse.customers.table.pick("u1")
    await until(lambda: filled._details.customer and not tasks.names)
    find(filled.widget, QPushButton, "Edit…").click()
    form = filled.view.edit
    await until(lambda: filled.view.page is form)
    assert not form.typed
    assert not any(box.accessibleName() == "May call out" for box in form.findChildren(QComboBox))
    put(find, form, "Phone", "2")
    assert form.after == replace(odd, phone="2")
