"""An administrator's morning at the real window: connect, SIP accounts from their making to a phone, call scripts."""

import asyncio
from urllib.request import urlopen

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QMessageBox, QPushButton, QToolButton

from tests.e2e.window import texts
from tests.fakes.registrar import Registrar
from voipdesk.gui.scripts.presenter import ScriptsView
from voipdesk.gui.sip import registration_presenter
from voipdesk.gui.sip.check_page import StepRow
from voipdesk.gui.sip.view import SipView
from voipdesk.gui.widgets.choice_button import ChoiceButton
from voipdesk.services import sip_edit

LEFT = Qt.MouseButton.LeftButton
PASSWORD = "pw 100;<%>"


@pytest.fixture(scope="module")
def registrar():
    """A real SIP server, for what is typed in by hand."""
    with Registrar({"100": PASSWORD}) as registrar:
        yield registrar


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


@pytest.fixture
def answer(find, until, qtbot):
    """Press a button of the question that is asked."""

    async def answer(window, button):
        box = await until(lambda: next((b for b in window.findChildren(QMessageBox) if b.isVisible()), None))
        qtbot.mouseClick(find(box, QPushButton, button), LEFT)
        await until(lambda: not box.isVisible())

    return answer


async def test_from_the_client_id_to_phones_that_work_and_scripts_that_are_right(
    open_window, demo, registrar, until, find, qtbot, click, type_into, answer, monkeypatch, tmp_path
):
    monkeypatch.setattr(registration_presenter, "APART_S", 0.0)
    monkeypatch.setattr(sip_edit, "LOOK_AFTER_S", (0.05, 0.1, 0.2))
    window, ending = await open_window()
    await connect(window, demo, until, find, qtbot, click)
    window.go_to("sip")
    view = await until(lambda: window.findChild(SipView))
    await the_list(view, demo, until)
    await create(window, view, demo, until, find, qtbot, click, type_into)
    await hand_over(view, demo, until, find, click)
    await save_the_sheet(view, until, click, monkeypatch, tmp_path)
    await edit_with_a_lost_answer(view, demo, until, click, type_into)
    await delete(window, view, demo, until, click, answer)
    await check_what_is_typed_in(view, registrar, until, click, type_into)
    window.go_to("scripts")
    await call_scripts(window, demo, until, find, click, type_into, answer, qtbot)
    state = demo.apidaze.state()
    assert (state.credentials_in_url, state.bodies_where_none_belongs) == (0, 0)
    assert state.tokens >= 3
    window.close()
    assert await ending == 0


async def connect(window, demo, until, find, qtbot, click):
    assert "sip" in window.offered, "softphones are set up without an account, too"
    qtbot.mouseClick(find(window, ChoiceButton, "Connect a service"), LEFT)
    service = await until(lambda: find(window, QComboBox, "Service"))
    qtbot.keyClicks(service, "Apidaze")
    entered = {
        "Name": "Harbour",
        "Client ID": demo.apidaze.client_id,
        "Client secret": demo.apidaze.client_secret,
        "Address of the service": demo.apidaze.base_url,
        "Token address": demo.apidaze.token_url,
    }
    await until(lambda: find(window, QLineEdit, "Client ID"))
    for name, text in entered.items():
        field = find(window, QLineEdit, name)
        field.selectAll()
        qtbot.keyClicks(field, text)
    await click(window, "Save account")
    await until(lambda: "scripts" in window.offered, 30)
    assert not {"dial", "call_log", "customers", "status"}.intersection(window.offered), "the service has none"


async def the_list(view, demo, until):
    """All are listed, and each one on the screen has its status."""
    registered = {one.username: one.registered for one in demo.apidaze.sip_accounts()}
    await until(lambda: logins(view) == set(registered), 30)
    await until(lambda: all("not known" not in row[3] for row in rows(view)), 60)
    assert {row[2]: row[3].startswith("● ") for row in rows(view)} == registered
    assert not any(demo.apidaze.sip_mark in text for text in texts(view))


async def create(window, view, demo, until, find, qtbot, click, type_into):
    demo.apidaze.end_tokens()
    await click(view, "New SIP account")
    type_into(view, "User name", demo.apidaze.sip_accounts()[0].username)
    await click(view, "Create SIP account")
    await until(lambda: "already" in view.form.fields["username"].error, 30)
    assert demo.apidaze.state().created == []
    type_into(view, "User name", "wharf.office")
    type_into(view, "Name (optional)", "Wharf office")
    type_into(view, "Internal number (optional)", "61")
    qtbot.keyClick(find(view, QLineEdit, "Internal number (optional)"), Qt.Key.Key_Return)
    await until(lambda: view.browse.sheet.password.shown, 30)
    made = next(one for one in demo.apidaze.sip_accounts() if one.username == "wharf.office")
    assert (made.name, made.internal_number) == ("Wharf office", "61")
    assert any(made.password in text.replace("\u200b", "") for text in texts(view))
    await until(lambda: "wharf.office" in logins(view) and view.browse.sheet.values["domain"].text(), 30)
    assert view.browse.sheet.values["domain"].text() == "vm.4711.apidaze.voip"
    assert view.browse.sheet.values["proxy"].text() == "46.101.153.96:4060"
    await click(view, "Hide the password", QToolButton)


async def hand_over(view, demo, until, find, click):
    """Nothing is typed from the account's making to the phone's fetching it."""
    await click(view, "Set up a softphone…")
    await until(lambda: view.page is view.setup, 30)
    programs = view.setup.programs
    programs.setCurrentRow(next(n for n in range(programs.count()) if programs.item(n).text() == "Linphone"))
    await click(view, "Hand over to a phone…")
    await until(lambda: view.page is view.handover, 30)
    page = view.handover
    page.places.buttons()[-1].click()  # this computer only
    page.with_password.setChecked(True)
    await click(page, "Show the code")
    url = await until(lambda: page.url.isVisible() and page.url.text(), 30)
    body = await asyncio.to_thread(lambda: urlopen(url, timeout=10).read().decode())
    made = next(one for one in demo.apidaze.sip_accounts() if one.username == "wharf.office")
    assert made.password in body
    assert "46.101.153.96:4060" in body
    await until(lambda: "Fetched by 127.0.0.1" in page.state.accessibleName())
    await click(page, "Back")


async def save_the_sheet(view, until, click, monkeypatch, tmp_path):
    file = tmp_path / "sheet.txt"

    def choose(dialog):
        dialog.fileSelected.emit(str(file))
        dialog.deleteLater()

    monkeypatch.setattr(QFileDialog, "open", choose)
    view.setup.programs.setCurrentRow(0)
    await click(view, "Save file…")
    await until(lambda: file.is_file() and "wharf.office" in file.read_text())
    await click(view, "Back")
    await until(lambda: view.page is view.browse)


async def edit_with_a_lost_answer(view, demo, until, click, type_into):
    """The answer is lost after the service has acted: it is looked at, and not sent again."""
    await click(view, "Edit…")
    await until(lambda: view.page is view.form, 30)
    type_into(view, "External number (optional)", "+31201234567")
    await click(view, "Review changes")
    demo.apidaze.end_tokens()
    demo.fault("cut_after_act", operation="update-sip-account", next=1)
    await click(view, "Save")
    await until(lambda: view.page is view.browse, 60)
    made = next(one for one in demo.apidaze.sip_accounts() if one.username == "wharf.office")
    assert made.external_number == "+31201234567"
    assert demo.apidaze.state().updated == ["wharf.office"]
    await until(lambda: view.browse.sheet.values["external_number"].text() == "+31201234567", 30)


async def delete(window, view, demo, until, click, answer):
    await click(view, "Delete…")
    await answer(window, "Cancel")
    assert demo.apidaze.state().deleted == []
    await click(view, "Delete…")
    await answer(window, "Delete it")
    await until(lambda: demo.apidaze.state().deleted == ["wharf.office"], 30)
    await until(lambda: "wharf.office" not in logins(view), 30)


async def check_what_is_typed_in(view, registrar, until, click, type_into):
    """Settings from elsewhere are checked at a real registrar, a wrong password told from a right one."""
    await click(view, "Type in SIP settings…")
    form = view.settings
    for name, text in {
        "Domain": registrar.domain,
        "User name": "100",
        "Password": "wrong",
        "Outbound proxy (optional)": registrar.address,
    }.items():
        type_into(form, name, text)
    await click(form, "Check…")
    page = view.check
    await until(lambda: page.back.isVisible() and page.outcome.accessibleName().startswith("The server does not"), 30)
    steps = [row.accessibleName() for row in page.findChildren(StepRow) if row.isVisible()]
    assert [step.partition(":")[0] for step in steps] == ["Find the server", "Hear from it", "Sign in"]
    assert steps[2].startswith("Sign in: failed.")
    await click(page, "Back")
    type_into(form, "Password", PASSWORD)
    await click(form, "Check…")
    await until(lambda: page.outcome.accessibleName().startswith("This SIP account works."), 30)
    assert registrar.registered() == []
    assert not any(PASSWORD in text for text in texts(view))
    await click(page, "Back")
    await click(form, "Cancel")


async def call_scripts(window, demo, until, find, click, type_into, answer, qtbot):
    view = await until(lambda: window.findChild(ScriptsView))
    main, replacement = demo.apidaze.main_script, demo.apidaze.main_script.replace("main", "broken")
    await until(lambda: view.browse.table.current, 30)
    await click(view, "Test")
    page = view.test
    await until(lambda: page.verdict.accessibleName().startswith("The answer is well-formed XML."), 30)
    assert "\n    <answer/>\n" in page.answer.toPlainText(), "indented"
    await click(page, "Back")
    demo.apidaze.end_tokens()
    await click(view, "New script")
    type_into(view, "Address", replacement)
    await click(view, "Test first")
    await until(lambda: "not well-formed XML" in page.verdict.accessibleName(), 30)
    assert "line 4" in page.verdict.accessibleName()
    await click(page, "Back")
    await click(view, "Create script")
    await until(lambda: view.page is view.replace, 30)
    said = {text.replace("\u200b", "") for text in texts(view)}
    assert {main, replacement} <= said
    assert demo.apidaze.state().scripts == [main]
    await click(view, "Replace it")
    await until(lambda: demo.apidaze.state().scripts == [replacement], 30)
    await until(lambda: view.page is view.browse and view.browse.table.current, 30)
    type_slow = main.replace("main", "slow")
    await click(view, "Edit…")
    await until(lambda: view.page is view.form, 30)
    type_into(view, "Address", type_slow)
    await click(view, "Test first")
    await until(lambda: page.cancel.isVisible() and demo.apidaze.state().requests.get("test-script", 0) >= 3, 30)
    await click(page, "Cancel")
    await until(lambda: "cancelled" in page.verdict.accessibleName())
    await click(page, "Back")
    await click(view, "Cancel")
    await click(view, "Delete…")
    await answer(window, "Delete it")
    await until(lambda: demo.apidaze.state().scripts == [], 30)
    await until(view.browse._none.isVisible, 30)


def rows(view):
    model = view.browse.table.model()
    return [model.record(place).cells for place in range(model.rowCount())]


def logins(view):
    return {row[2] for row in rows(view)}
