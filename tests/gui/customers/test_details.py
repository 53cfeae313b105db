import asyncio
from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QToolButton

from tests.fakes.customer_service import WHOLE
from voipdesk.core.customers import CustomerAddress, CustomerUser
from voipdesk.core.errors import OverBudget, Unreachable
from voipdesk.gui.widgets.labels import PlainLabel


def value(pane, name):
    return next(w.text() for w in pane.view.browse.details.findChildren(QLineEdit) if w.accessibleName() == name)


def texts(pane):
    return [label.text() for label in pane.view.browse.details.findChildren(QLabel) if label.isVisible()]


async def test_the_picked_customer_is_read_whole_and_shown(picked, service, credit):
    assert service.asked[0] == "get u1"
    assert value(picked, "Store") == "Harbour Voice"
    assert value(picked, "May call out") == "Yes"
    assert value(picked, "Phone") == "+441414960622"
    assert value(picked, "E-mail of Sophie Cooper") == "sophie@abbey.example"
    shown = texts(picked)
    assert "1 Church Lane\nExeter EX4 3SR\nDevon\nGB" in shown
    assert "signs in as admin · role 3" in shown
    assert any(text.startswith("12.50 as of ") for text in shown)
    assert credit.asked == ["c-abbey"]


async def test_a_password_is_shown_for_who_asks_and_hidden_when_the_pane_is_left(picked, find):
    assert not any("top-secret" in text.replace("\u200b", "") for text in texts(picked))
    find(picked.widget, QToolButton, "Show the password of Sophie Cooper").click()
    assert any("top-secret-1" in text.replace("\u200b", "") for text in texts(picked))
    picked.hidden()
    assert not any("top-secret" in text.replace("\u200b", "") for text in texts(picked))


@pytest.mark.parametrize("password", ["", "****", "••••••"])
async def test_a_password_that_the_service_keeps_to_itself_cannot_be_shown(filled, service, find, until, password):
    user = replace(WHOLE.users[0], password=password, first_name="", last_name="", role="")
    service.of["r1"][0] = replace(WHOLE, users=(user,))
    filled.view.browse.customers.table.pick("u1")
    button = await until(lambda: find(filled.widget, QToolButton, "Show the password of admin"))
    assert not button.isEnabled()


async def test_the_answer_for_one_customer_never_shows_under_another_s_name(filled, service, gate, until, tasks):
    answers = gate("get")
    table = filled.view.browse.customers.table
    table.pick("u1")
    await until(lambda: "get u1" in service.asked)
    table.pick("id3")
    assert value(filled, "Contact") == "Contact 0003"
    assert value(filled, "Phone") == ""
    assert not filled.view.browse.details.edit.isEnabled()
    answers.set()
    await until(lambda: not tasks.names)
    assert filled._details.customer.id == "id3"
    assert value(filled, "Store") == ""


async def test_an_answer_that_comes_although_it_was_cancelled_is_not_shown(filled, service, until, tasks):
    asked, came, go_on = [], asyncio.Event(), asyncio.Event()

    async def get(_account, customer_id):
        asked.append(customer_id)
        if customer_id == "u1":
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                came.set()
            return WHOLE
        await go_on.wait()
        return service.of["r1"][4]

    service.get = get
    filled.view.browse.customers.table.pick("u1")
    await until(lambda: asked == ["u1"])
    filled.view.browse.customers.table.pick("id3")
    await until(lambda: came.is_set() and asked == ["u1", "id3"])
    assert value(filled, "Contact") == "Contact 0003"
    assert value(filled, "Store") == ""
    assert filled._details.customer is None
    go_on.set()
    await until(lambda: not tasks.names)
    assert filled._details.customer.id == "id3"


async def test_who_runs_through_the_list_asks_for_the_last_one_only(filled, service, monkeypatch, until, tasks):
    from voipdesk.gui.customers import details_presenter

    monkeypatch.setattr(details_presenter, "SETTLE_S", 1)
    for number in range(20):
        filled.view.browse.customers.table.pick(f"id{number}")
        await asyncio.sleep(0.005)
    await until(lambda: not tasks.names)
    assert [asked for asked in service.asked if asked.startswith("get")] == ["get id19"]


async def test_a_failure_is_said_in_its_place_and_tried_again(filled, service, until, find, tasks):
    service.errors["get"] = Unreachable("No answer came.", advice="Try again later.")
    filled.view.browse.customers.table.pick("u1")
    again = await until(lambda: find(filled.view.browse.details, QPushButton, "Try again"))
    assert not filled.view.browse.details.edit.isEnabled()
    assert filled.view.browse.details.sip.isEnabled()
    again.click()
    await until(lambda: value(filled, "Store") == "Harbour Voice" and not tasks.names)


async def test_a_balance_that_is_not_known_says_why(filled, credit, until, tasks):
    credit.error = OverBudget("No request is left.")
    filled.view.browse.customers.table.pick("u1")
    await until(lambda: "not known: No request is left." in texts(filled))


async def test_a_store_is_shown_by_its_id_while_the_stores_cannot_be_read(filled, service, until, tasks):
    service.errors["stores"] = Unreachable("No answer came.")
    filled.view.browse.customers.table.pick("u1")
    await until(lambda: value(filled, "Store") == "s1")


async def test_text_from_outside_stays_text_and_long_words_are_broken(filled, service, until, tasks):
    hostile = "<b>x</b>" + "m" * 400
    service.of["r1"][0] = replace(
        WHOLE,
        contact_name=hostile,
        addresses=(CustomerAddress((hostile,), "", "", "", ""),) * 14,
        users=(CustomerUser(hostile, hostile, "", "", hostile),) * 14,
        created_at=None,
        allow_outbound=None,
        store="",
    )
    filled.view.browse.customers.table.pick("u1")
    await until(lambda: filled._details.customer and not tasks.names)
    details = filled.view.browse.details
    assert details.minimumSizeHint().width() < 500
    assert texts(filled).count("and 2 more") == 2
    assert all(label.textFormat() is label.textFormat().PlainText for label in details.findChildren(PlainLabel))


async def test_copy_name_copies_it(picked, find):
    find(picked.widget, QToolButton, "Copy name").click()
    assert QGuiApplication.clipboard().text() == "c-abbey"


async def test_sip_accounts_goes_to_them_acting_for_the_customer(picked, acted_for, find):
    find(picked.widget, QPushButton, "SIP accounts").click()
    assert acted_for == [("r1", "c-abbey")]


async def test_a_customer_without_address_and_user_says_so(filled, until, tasks):
    filled.view.browse.customers.table.pick("id1")
    await until(lambda: {"No address", "No user"} <= set(texts(filled)))
    await until(lambda: not tasks.names)
    filled.refresh()
    await until(lambda: not tasks.names)
    filled.view.browse.customers.search.setText("nobody has that")
    assert "No customer picked" in texts(filled)
    filled._details.again()
    filled.view.browse.copy_asked.emit()
    assert not tasks.names


async def test_move_credit_goes_to_its_page_with_the_customer_and_back_to_what_it_has_now(
    picked, find, until, tasks, service
):
    find(picked.widget, QPushButton, "Move credit…").click()
    page = picked._credit_page
    assert picked.view.page is page
    await until(lambda: not tasks.names)
    service.asked.clear()
    page.left.emit()
    assert picked.view.page is picked.view.browse
    await until(lambda: not tasks.names)
    assert service.asked == ["get u1", "stores r1"]
