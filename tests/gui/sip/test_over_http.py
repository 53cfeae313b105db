"""The SIP accounts pane against the demo's reseller, over HTTP."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton, QToolButton

from voipdesk.core.accounts import Account
from voipdesk.gui.sip.presenter import SipPane
from voipdesk.services.sip_check import SipCheck


@pytest.fixture
def reseller(desk, secrets, demo):
    """Give the desk an account of the demo's reseller."""
    yay = demo.yay
    settings = {"reseller": yay.reseller, "user": yay.user, "base_url": demo.base_url, "registrar": yay.registrar}
    account = Account("yay", "Demo reseller", "yay", yay.my_number, settings)
    desk.preferences.save_account(account)
    secrets.set_for_run(account.id, "password", yay.password)
    return account


def new_pane(desk, tasks, messages, theme):
    return SipPane(
        desk.sip,
        desk.customers,
        desk.accounts,
        desk.connections.budget,
        lambda: desk.sip_setup,
        SipCheck,
        tasks,
        messages,
        theme,
    )


@pytest.fixture
async def pane(qtbot, desk, reseller, tasks, messages, theme):
    pane = new_pane(desk, tasks, messages, theme)
    qtbot.addWidget(pane.widget, before_close_func=lambda _widget: pane.close())
    pane.widget.resize(1000, 640)
    pane.widget.show()
    return pane


def rows(pane):
    model = pane.view.browse.table.model()
    return [model.record(row).cells for row in range(model.rowCount())]


async def test_ones_own_and_a_customers_phones_are_read_with_what_they_sign_in_with(
    pane, demo, until, tasks, find, qtbot
):
    pane.shown()
    await until(lambda: rows(pane) and not tasks.names)
    assert {row[2] for row in rows(pane)} == {sip.login for sip in demo.yay.sip_users()}
    assert any(row[3].startswith("● ") for row in rows(pane))
    name = next(name for name in demo.yay.names() if demo.yay.sip_users(name))
    edit = find(pane.widget, QComboBox, "Acting for").lineEdit()
    edit.selectAll()
    qtbot.keyClicks(edit, name)
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    theirs = {sip.login for sip in demo.yay.sip_users(name)}
    await until(lambda: {row[2] for row in rows(pane)} == theirs and not tasks.names)
    pane.view.browse.table.selectRow(0)
    assert pane.view.browse.sheet.values["domain"].text() == demo.yay.registrar
    find(pane.widget, QToolButton, "Copy the password").click()
    await until(lambda: QApplication.clipboard().text().startswith(demo.yay.sip_mark))
    state = demo.yay.state()
    assert [seen.acting_for for seen in state.seen if seen.path == "/voip/user"] == ["", name]
    assert state.acting_where_not_allowed == 0


async def test_a_customer_nobody_has_is_said_not_to_be_there(pane, until, tasks, find):
    pane.shown()
    await until(lambda: rows(pane) and not tasks.names)
    pane.act_for("yay", "nobody-has-this-name")
    await until(lambda: find(pane.widget, QPushButton, "Try again"))
    assert rows(pane) == []
    assert "has no customer “nobody-has-this-name”" in pane.view.browse._failed._text.text()


async def test_a_fault_is_said_and_can_be_tried_again(pane, demo, until, tasks, find):
    demo.fault("server_error", operation="sip-users", next=1)
    pane.shown()
    again = await until(lambda: not tasks.names and find(pane.widget, QPushButton, "Try again"))
    again.click()
    await until(lambda: rows(pane))


@pytest.fixture
def kpn(desk, secrets, demo):
    """Give the desk an account of the demo's Apidaze, which tells a password once, when it has made it."""
    apidaze = demo.apidaze
    apidaze.switch(passwords="never")
    settings = {"client_id": apidaze.client_id, "base_url": apidaze.base_url, "token_url": apidaze.token_url}
    account = Account("kpn", "KPN", "apidaze", settings=settings)
    desk.preferences.save_account(account)
    secrets.set_for_run(account.id, "client_secret", apidaze.client_secret)
    return account


async def test_a_password_that_is_told_once_is_there_for_the_set_up_that_follows(
    kpn, qtbot, desk, demo, tasks, messages, theme, until, find
):
    pane = new_pane(desk, tasks, messages, theme)
    qtbot.addWidget(pane.widget, before_close_func=lambda _widget: pane.close())
    pane.widget.show()
    pane.shown()
    browse = pane.view.browse
    await until(lambda: rows(pane))
    old = demo.apidaze.sip_accounts()[0]
    browse.table.pick(str(old.id))
    find(pane.widget, QToolButton, "Show the password").click()
    await until(lambda: browse.sheet._note.text() == "The service does not tell this password.", 30)
    browse.new.click()
    pane.view.form.fields["username"].line.setText("wharf.office")
    pane.view.form.done_button.click()
    await until(lambda: browse.sheet.password.shown, 30)
    browse.refresh_asked.emit()
    await until(lambda: not tasks.running("sip: read"), 30)
    find(pane.widget, QPushButton, "Set up a softphone…").click()
    await until(lambda: pane.view.page is pane.view.setup, 30)
    assert pane.view.setup.with_password.isEnabled()
    made = next(one for one in demo.apidaze.sip_accounts() if one.username == "wharf.office")
    assert pane._setup._settings.password == made.password
    pane.view.setup.left.emit()
    browse.table.pick(str(old.id))
    find(pane.widget, QPushButton, "Set up a softphone…").click()
    await until(lambda: pane.view.page is pane.view.setup, 30)
    assert not pane.view.setup.with_password.isEnabled()
    assert "not known here" in pane.view.setup._safe.text()


async def test_a_domain_typed_in_once_is_the_account_s_from_then_on(pane, desk, reseller, demo, until, tasks, find):
    without = replace(reseller, settings={k: v for k, v in reseller.settings.items() if k != "registrar"})
    desk.preferences.save_account(without)
    pane.shown()
    await until(lambda: rows(pane) and not tasks.names)
    pane.view.browse.table.selectRow(0)
    chosen, sheet = pane.view.browse.table.current, pane.view.browse.sheet
    find(pane.widget, QPushButton, "Check…").click()
    await until(lambda: "needed first" in sheet.domain._error.text(), 30)
    sheet.domain.line.setText(demo.yay.registrar)
    find(pane.widget, QPushButton, "Use this domain").click()
    await until(lambda: sheet.values["domain"].text() == demo.yay.registrar and not tasks.names, 30)
    assert pane.view.browse.table.current == chosen
    assert desk.accounts.list()[0].settings["registrar"] == demo.yay.registrar
    assert desk.accounts.list()[0].settings["reseller"] == demo.yay.reseller
    assert not sheet.domain.isVisible()
