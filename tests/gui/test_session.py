"""The whole window on a desk of its own, opened and closed as a person does."""

import asyncio
import signal
import threading

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTableWidget,
)

from voipdesk.archive.store import Store
from voipdesk.core.accounts import Account
from voipdesk.gui.call_log.table import CallTable
from voipdesk.gui.opening import Picture
from voipdesk.gui.pane import CanExport
from voipdesk.gui.session import Session
from voipdesk.gui.widgets.choice_button import ChoiceButton
from voipdesk.gui.widgets.welcome import Welcome
from voipdesk.services.desk import Desk
from voipdesk.settings.paths import Paths
from voipdesk.settings.preferences import Preferences
from voipdesk.settings.secrets import Secrets


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def secrets():
    return Secrets()


@pytest.fixture
def account(home, secrets, demo):
    preferences = Preferences(Paths.find(home).settings_file)
    preferences.region = "GB"
    account = Account("demo", "Demo <b>office</b>", "voipcloud", "7040", {"base_url": demo.base_url})
    preferences.save_account(account)
    secrets.set_for_run(account.id, "api_key", demo.api_key)
    return account


@pytest.fixture
async def open_window(theme, home, until, qtbot):
    running = []

    async def open_window(*, connected=True, **options):
        session = Session(theme, home, **options)
        running.append((session, asyncio.ensure_future(session.run())))
        await until(lambda: session.window.offered)
        session.window.activateWindow()
        await until(session.window.isActiveWindow)
        if connected:
            await until(lambda: session._tasks.names <= {"call log: names"}, 30)
        return session, running[-1][1]

    yield open_window
    for session, task in running:
        session.window.close()
        await task
        session.window.deleteLater()


async def test_the_first_start_offers_ways_to_begin(open_window, until, find):
    session, _ = await open_window(with_demo=True)
    assert session.window.offered == ("contacts", "sip", "accounts", "settings")
    find(session.window, ChoiceButton, "Connect a service").click()
    await until(lambda: find(session.window, QLineEdit, "API key"))


async def test_the_demo_is_asked_for_by_ending_this_session(open_window, find, home):
    session, task = await open_window(with_demo=True)
    find(session.window, ChoiceButton, "Look around").click()
    assert await task == 0
    assert session.demo_asked


async def test_the_demo_is_not_offered_where_it_is_not_installed(open_window, qtbot):
    session, _ = await open_window(with_demo=False)
    welcome = session.window.findChild(Welcome)
    shown = [b.accessibleName() for b in welcome.findChildren(ChoiceButton) if b.isVisible()]
    assert shown == ["Connect a service"]


async def test_a_new_account_brings_the_panes_and_the_calls(open_window, until, find, demo, qtbot):
    session, _ = await open_window()
    window = session.window
    qtbot.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    find(window, QPushButton, "Add account").click()
    for name, value in (("Name", "Office"), ("API key", demo.api_key), ("Address of the service", demo.base_url)):
        find(window, QLineEdit, name).setText(value)
    find(window, QPushButton, "Save account").click()
    await until(lambda: len(window.offered) == 7)
    await until(lambda: "call log as of" in session._foot._log.text(), 30)


async def test_a_call_placed_by_keyboard_and_the_window_remembered(
    open_window, account, secrets, demo, until, qtbot, find
):
    session, task = await open_window(demo_secrets=secrets)
    window = session.window
    await until(lambda: window.current == "call_log")
    qtbot.keyClick(window, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    await until(lambda: window.current == "dial")
    field = find(window, QLineEdit, "Number to dial")
    qtbot.keyClicks(field, "020 7946 0958")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    await until(lambda: demo.state().dials_accepted == 1)
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window.current == "call_log"
    qtbot.keyClick(window, Qt.Key.Key_5, Qt.KeyboardModifier.ControlModifier)
    assert window.current == "status"
    qtbot.keyClick(window, Qt.Key.Key_F5)
    qtbot.keyClick(window, Qt.Key.Key_9, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window, Qt.Key.Key_Slash, Qt.KeyboardModifier.ControlModifier)
    dialog = await until(lambda: next((d for d in window.findChildren(QDialog) if d.isVisible()), None))
    dialog.close()
    qtbot.keyClick(window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    assert await task == 0
    again, _ = await open_window(demo_secrets=secrets)
    await until(lambda: again.window.current == "status")


def _without_a_name(window):
    for kind in (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView):
        for widget in window.findChildren(kind):
            inner = isinstance(widget.parent(), QComboBox | QLineEdit | QAbstractItemView)
            text = widget.text() if isinstance(widget, QAbstractButton) else ""
            if widget.isVisible() and not (inner or widget.accessibleName() or text):
                yield f"{type(widget).__name__} in {type(widget.parent()).__name__}"


async def test_every_control_has_an_accessible_name_and_outside_text_stays_plain(
    open_window, account, secrets, until, qtbot
):
    session, _ = await open_window(demo_secrets=secrets)
    window = session.window
    nameless = set()
    for pane in ("dial", "status", "accounts", "call_log"):
        window.go_to(pane)
        await until(
            lambda: not (session._tasks.names - {"call log: names", "refresh after dial"}),
            30,
        )
        nameless |= set(_without_a_name(window))
    assert nameless == set()
    rich = [
        label.text()
        for label in window.findChildren(QLabel)
        if label.text() and label.textFormat() is not Qt.TextFormat.PlainText and label.buddy() is None
    ]
    assert rich == []
    accounts = next(t for t in window.findChildren(QTableWidget) if t.accessibleName() == "Accounts")
    assert accounts.item(0, 0).text() == "Demo <b>office</b>"
    assert "&lt;b&gt;" in accounts.item(0, 0).toolTip()


async def test_the_line_at_the_foot_is_of_the_account_that_the_pane_shows(
    open_window, account, secrets, home, until, find, demo
):
    other = Account("r", "Reseller", "yay", "1001", {"base_url": demo.base_url, "reseller": "r", "user": "u"})
    Preferences(Paths.find(home).settings_file).save_account(other)
    secrets.set_for_run(other.id, "password", "pw")
    session, _ = await open_window(demo_secrets=secrets)
    foot = find(session.window, QComboBox, "Account shown in the status line")
    await until(lambda: foot.currentText() == account.name)
    session.window.go_to("customers")
    await until(lambda: foot.currentText() == "Reseller")
    session.window.go_to("call_log")
    assert foot.currentText() == "Reseller", "the log is of all accounts"
    session.window.go_to("status")
    await until(lambda: foot.currentText() == account.name)


async def test_the_line_at_the_foot_follows_the_pane_that_the_window_begins_with(
    open_window, account, secrets, home, until, find, demo
):
    other = Account("r", "Reseller", "yay", "1001", {"base_url": demo.base_url, "reseller": "r", "user": "u"})
    Preferences(Paths.find(home).settings_file).save_account(other)
    secrets.set_for_run(other.id, "password", "pw")
    session, _ = await open_window(demo_secrets=secrets, picture=Picture(pane="customers"), connected=False)
    foot = find(session.window, QComboBox, "Account shown in the status line")
    await until(lambda: foot.count() == 2)
    await until(lambda: foot.currentText() == "Reseller", 3)


async def test_a_link_fills_the_dial_field(open_window, account, secrets, until, find, demo):
    session, _ = await open_window(demo_secrets=secrets, link="tel:020-7946-0958")
    await until(lambda: session.window.current == "dial")
    assert find(session.window, QLineEdit, "Number to dial").text() == "tel:020-7946-0958"
    assert demo.state().dials_accepted == 0


async def test_a_link_without_an_account_says_what_is_missing(open_window, until):
    session, _ = await open_window(link="tel:020-7946-0958")
    await until(lambda: session._messages.current is not None)
    assert "no account" in session._messages.current.text


async def test_broken_settings_are_said_and_read_again(theme, home, until, find):
    file = Paths.find(home).settings_file
    file.write_text("accounts = oops")
    session = Session(theme, home)
    task = asyncio.ensure_future(session.run())
    button = await until(lambda: find(session.window, QPushButton, "Try again"))
    file.write_text("")
    button.click()
    await until(lambda: session.window.offered == ("contacts", "sip", "accounts", "settings"))
    session.window.close()
    assert await task == 0


async def test_closing_while_it_cannot_open_ends_too(theme, home, until, find):
    Paths.find(home).archive_file.write_text("this is no database, but a letter to grandmother" * 20)
    session = Session(theme, home)
    task = asyncio.ensure_future(session.run())
    await until(lambda: find(session.window, QPushButton, "Try again"))
    session.window.close()
    assert await task == 0


async def test_the_newest_calls_are_on_the_screen_before_the_archive_is_connected(
    open_window, home, account, secrets, demo, until, monkeypatch
):
    desk = await Desk.open(home, secrets=secrets)
    await desk.sync.refresh(account)
    await desk.close()
    gate, real = asyncio.Event(), Store.connect

    async def connect(store):
        await gate.wait()
        await real(store)

    monkeypatch.setattr(Store, "connect", connect)
    loaded_by = []
    monkeypatch.setattr("voipdesk.gui.session.load_numbers", lambda: loaded_by.append(threading.current_thread()))
    session, _ = await open_window(demo_secrets=secrets, connected=False)
    table = await until(lambda: session.window.findChild(CallTable))
    await until(table.model().rowCount)
    assert session._foot._log.text() == ""
    await until(lambda: loaded_by)
    assert threading.main_thread() not in loaded_by, "before the archive tells how many calls there are"
    gate.set()
    await until(lambda: "call log as of" in session._foot._log.text(), 30)


async def test_an_archive_that_can_be_opened_at_the_second_try_brings_the_panes(
    theme, home, account, secrets, demo, until, find, qtbot
):
    file = Paths.find(home).archive_file
    file.write_text("this is no database, but a letter to grandmother" * 20)
    session = Session(theme, home, demo_secrets=secrets)
    task = asyncio.ensure_future(session.run())
    button = await until(lambda: find(session.window, QPushButton, "Try again"))
    assert session.window.offered == ()
    assert session._messages.current is None  # said once, in place of the panes
    assert not session._tasks.names
    file.unlink()
    button.click()
    await until(lambda: session.window.current == "call_log")
    await until(lambda: "call log as of" in session._foot._log.text(), 30)
    session.window.close()
    assert await task == 0


async def test_a_picture_is_saved_once_all_is_settled(theme, home, account, secrets, tmp_path):
    file = tmp_path / "window.png"
    session = Session(theme, home, picture=Picture(file, QSize(1024, 640), "status"), demo_secrets=secrets)
    assert await session.run() == 0
    assert file.read_bytes().startswith(b"\x89PNG")


async def test_a_bug_is_shown_with_a_report_without_numbers(open_window, until, find, capsys):
    session, _ = await open_window()

    async def bug(text):
        raise RuntimeError(text)

    await session._tasks.start("bug", bug, "no route to '+44 20 7946 0958' with abcDEF123456789")
    report = await until(lambda: find(session.window, QPlainTextEdit, "Report"))
    assert "RuntimeError: no route to … with …" in report.toPlainText()
    assert "7946" not in report.toPlainText()
    assert "test_session.py" in capsys.readouterr().err
    find(session.window, QPushButton, "Copy report").click()
    find(session.window, QPushButton, "Close").click()
    await until(lambda: session._bugs is None)


async def test_a_signal_ends_it(open_window):
    _, task = await open_window()
    signal.raise_signal(signal.SIGTERM)
    assert await task == 0


async def test_a_watched_folder_s_names_come_into_the_call_log_and_a_number_is_added_from_there(
    open_window, account, secrets, demo, until, find, tmp_path, monkeypatch
):
    from voipdesk.gui import desk_panes
    from voipdesk.services import contacts_watch

    monkeypatch.setattr(desk_panes, "SCHEDULE_AFTER_S", 0.1)
    monkeypatch.setattr(contacts_watch, "EVERY_S", 0.05)
    session, _ = await open_window(demo_secrets=secrets, connected=False)
    window = session.window
    table = await until(lambda: window.findChild(CallTable))
    model = table.model()
    newest = await until(lambda: next((call.call for row in range(5) if (call := model.call(row))), None), 30)
    number = newest.caller if len(newest.caller) > 6 else newest.called
    desk = await Desk.open(session._home)  # another process, such as the command line
    folder = tmp_path / "books"
    folder.mkdir()
    try:
        await desk.contacts_watch.add(folder)
    finally:
        await desk.close()
    card = f"BEGIN:VCARD\nVERSION:4.0\nUID:1\nFN:Ann of the Folder\nTEL:+{number}\nEND:VCARD\n"
    (folder / "book.vcf").write_text(card)

    def named() -> list[int]:
        return [row for row in range(5) if any("Ann of the Folder" in cell[0] for cell in model.cells(row) or ())]

    row = (await until(named, 30))[0]
    table.choose(row)
    contact = await until(lambda: next(b for b in window.findChildren(QPushButton) if "ontact…" in b.text()))
    await until(contact.isEnabled)
    was_for_the_other_side = contact.accessibleName() == "Add to contacts…"
    contact.click()
    await until(lambda: window.current == "contacts")
    shown = "Numbers" if was_for_the_other_side else "Ann of the Folder"
    await until(lambda: any(label.text() == shown and label.isVisible() for label in window.findChildren(QLabel)), 30)
    contacts = window.front(CanExport)
    assert (contacts.key, window.current) == ("contacts", "contacts")
    exported: list[bool] = []
    monkeypatch.setattr(contacts.pane.view, "choose_target", lambda: exported.append(True))
    await until(lambda: contacts.pane.view.browse.model.total)
    contacts.export()
    assert exported
