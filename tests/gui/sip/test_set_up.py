"""From a SIP account, or from settings typed in, to what a softphone is set up with."""

import stat

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QPlainTextEdit, QPushButton

from voipdesk.core.sip import SipRegistration
from voipdesk.gui.messages import Level


async def open_setup(pane, find, until, sip_id="i0"):
    pane.view.browse.table.pick(sip_id)
    find(pane.widget, QPushButton, "Set up a softphone…").click()
    await until(lambda: pane.view.page is pane.view.setup)
    return pane.view.setup


def choose(page, name):
    programs = page.programs
    programs.setCurrentRow(next(row for row in range(programs.count()) if programs.item(row).text() == name))


def on_screen(pane):
    """All text that can be read on the pane, or is only hidden on it."""
    texts = [w.text() for kind in (QLabel, QLineEdit) for w in pane.widget.findChildren(kind)]
    return "\n".join([*texts, *(w.toPlainText() for w in pane.widget.findChildren(QPlainTextEdit))])


@pytest.fixture
def saved(monkeypatch, tmp_path):
    """Answer the file dialog with a file of this folder, under the name that it offers."""
    offered = []

    def open_(dialog):
        offered.append(dialog.selectedFiles()[0].rpartition("/")[2])
        dialog.fileSelected.emit(str(tmp_path / offered[-1]))
        dialog.deleteLater()

    monkeypatch.setattr(QFileDialog, "open", open_)
    return lambda: tmp_path / offered[-1] if offered else None


async def test_the_sheet_says_what_to_type_without_the_password(listed, find, until):
    page = await open_setup(listed, find, until)
    text = page.preview.toPlainText()
    assert text.index("sip.kpn.example") < text.index("user.0") < text.index("46.101.153.96:4060")
    assert "pw-0" not in on_screen(listed)
    page.with_password.setChecked(True)
    assert "pw-0" not in on_screen(listed), "what is on the screen can be read over one's shoulder"
    find(listed.widget, QPushButton, "Back").click()
    assert listed.view.page is listed.view.browse
    assert listed._setup._settings is None


async def test_every_program_offers_what_is_made_for_it(listed, find, until, qtbot):
    page = await open_setup(listed, find, until)
    assert page.programs.hasFocus()
    names = []
    for _ in range(page.programs.count()):
        names.append(page._name.text())
        assert page.preview.toPlainText()
        assert page._steps.text()
        assert page.hand_over.isVisible() is (page._name.text() in {"Zoiper", "Linphone"})
        qtbot.keyClick(page.programs, Qt.Key.Key_Down)
    assert names == ["Settings sheet", "Zoiper", "Linphone", "MicroSIP", "baresip", "Twinkle", "GNOME Calls"]


async def test_a_file_is_saved_for_its_owner_alone_and_has_the_password_only_when_asked(
    listed, find, until, saved, tasks, messages, answer
):
    page = await open_setup(listed, find, until)
    choose(page, "MicroSIP")
    find(listed.widget, QPushButton, "Save file…").click()
    await until(lambda: saved() and saved().is_file() and not tasks.names)
    assert saved().suffix == ".ini"
    assert "user.0" in saved().read_text("utf-16")
    assert "pw-0" not in saved().read_text("utf-16")
    assert stat.S_IMODE(saved().stat().st_mode) == 0o600
    assert messages.current.level is Level.GOOD
    assert str(saved()) in messages.current.text
    assert messages.current.advice == ""
    page.with_password.setChecked(True)
    find(listed.widget, QPushButton, "Save file…").click()
    assert "is there already" in await answer(listed)
    await until(lambda: not tasks.names)
    assert "pw-0" not in saved().read_text("utf-16"), "Enter does not replace a file"
    find(listed.widget, QPushButton, "Save file…").click()
    await answer(listed, "Replace")
    await until(lambda: not tasks.names)
    assert "password=pw-0" in saved().read_text("utf-16")
    assert "The password is in it" in messages.current.advice


async def test_a_page_to_print_can_be_opened_at_once(listed, find, until, saved, tasks, messages, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    page = await open_setup(listed, find, until)
    page.form.choice.setCurrentIndex(1)
    find(listed.widget, QPushButton, "Save file…").click()
    await until(lambda: saved() and saved().is_file() and not tasks.names)
    assert saved().read_text().startswith("<!DOCTYPE html>")
    assert messages.current.action[0] == "Open it"
    messages.current.action[1]()
    assert opened == [QUrl.fromLocalFile(str(saved()))]


async def test_the_program_chosen_last_is_the_next_one_s(listed, find, until):
    page = await open_setup(listed, find, until)
    choose(page, "Linphone")
    page.with_password.setChecked(True)
    page.back.click()
    page = await open_setup(listed, find, until, "i1")
    assert page._name.text() == "Linphone"
    assert "user.1" in page.preview.toPlainText()
    assert not page.with_password.isChecked(), "with the password is a choice of each time"


async def test_what_a_format_cannot_carry_is_refused_with_the_reason(listed, service, find, until, tasks):
    from dataclasses import replace

    service.of[""] = (replace(service.of[""][0], password='has"quote', domain="sip.kpn.example"),)
    listed.refresh()
    await until(lambda: not tasks.names)
    page = await open_setup(listed, find, until)
    choose(page, "baresip")
    assert not page.refusal.isVisible()
    page.with_password.setChecked(True)
    assert "cannot take this password" in page.refusal.accessibleName()
    assert page.refusal.isVisible()
    assert not page.save.isEnabled()
    page.with_password.setChecked(False)
    assert not page.refusal.isVisible()
    assert page.save.isEnabled()


async def test_without_a_domain_it_is_asked_for_in_place_and_kept_as_the_account_s_setting(
    desk_pane, service, managed, find, until, tasks, qtbot, type_into
):
    service.registrations = {sip_id: SipRegistration("registered") for sip_id in service.registrations}
    desk_pane.shown()
    await until(lambda: desk_pane.view.browse.table.model().rowCount() and not tasks.names)
    desk_pane.view.browse.table.pick("i1")
    find(desk_pane.widget, QPushButton, "Set up a softphone…").click()
    domain = desk_pane.view.browse.sheet.domain
    await until(domain.line.hasFocus)
    assert "needed first" in domain._error.text()
    type_into(desk_pane.widget, "Domain to sign in at", "not a host")
    qtbot.keyClick(domain.line, Qt.Key.Key_Return)
    await until(lambda: "not a host name" in domain._error.text())
    assert domain.line.text() == "not a host"
    type_into(desk_pane.widget, "Domain to sign in at", " sip.typed.example ")

    async def edit(account, secrets):
        assert secrets == {}
        managed.edited.append(account)
        service.of[""] = tuple(
            type(one)(**{f: getattr(one, f) for f in one.__slots__ if f != "domain"}, domain="sip.typed.example")
            for one in service.of[""]
        )
        managed.accounts = [account]
        managed.changed.emit(None)

    managed.edit = edit
    find(desk_pane.widget, QPushButton, "Use this domain").click()
    sheet = desk_pane.view.browse.sheet
    await until(lambda: sheet.values["domain"].text() == "sip.typed.example" and not tasks.names)
    assert managed.edited[0].settings == {"registrar": "sip.typed.example"}
    assert desk_pane.view.browse.table.current == "i1", "the one that it was typed in for is still chosen"
    assert not domain.isVisible()
    await open_setup(desk_pane, find, until, "i1")


async def test_where_there_is_no_setting_for_a_domain_it_lasts_for_the_run(
    desk_pane, service, managed, find, until, tasks, type_into
):
    service.registrations = {sip_id: SipRegistration("registered") for sip_id in service.registrations}
    managed.vendors = lambda: ()
    desk_pane.shown()
    await until(lambda: desk_pane.view.browse.table.model().rowCount() and not tasks.names)
    desk_pane.view.browse.table.pick("i1")
    type_into(desk_pane.widget, "Domain to sign in at", "sip.typed.example")
    find(desk_pane.widget, QPushButton, "Use this domain").click()
    await until(lambda: desk_pane.view.browse.sheet.values["domain"].text() == "sip.typed.example")
    page = await open_setup(desk_pane, find, until, "i2")
    assert "sip.typed.example" in page.preview.toPlainText()


async def test_what_the_list_leaves_out_is_read_before(desk_pane, service, find, until, tasks):
    from dataclasses import replace

    whole = service.of[" whole"] = tuple(replace(one, domain="sip.kpn.example") for one in service.of[""])
    service.of[""] = tuple(replace(one, password="", domain="") for one in whole)
    del service.registrations["i0"]
    desk_pane.shown()
    await until(lambda: desk_pane.view.browse.table.model().rowCount() and not tasks.names)
    page = await open_setup(desk_pane, find, until)
    assert service.asked.count("get") == 1
    assert page.with_password.isEnabled()


async def test_settings_typed_in_need_no_account(desk_pane, managed, find, until, tasks, type_into, qtbot):
    managed.accounts.clear()
    desk_pane.shown()
    await until(lambda: desk_pane.view.browse._nobody.isVisible() and not tasks.names)
    find(desk_pane.view.browse._nobody, QPushButton, "Type in SIP settings…").click()
    form = desk_pane.view.settings
    assert form.texts["domain"].line.hasFocus()
    type_into(form, "User name", "ann")
    find(form, QPushButton, "Set up a softphone…").click()
    assert form.texts["domain"].error == "The domain is missing. It is the SIP server that the service names."
    assert form.texts["username"].value == "ann"
    type_into(form, "Domain", "sip.elsewhere.example")
    type_into(form, "Password", "s3cret")
    type_into(form, "Outbound proxy (optional)", "no proxy")
    qtbot.keyClick(find(form, QLineEdit, "Outbound proxy (optional)"), Qt.Key.Key_Return)
    assert "not a host name" in form.texts["outbound_proxy"].error
    type_into(form, "Outbound proxy (optional)", "192.0.2.7:4060")
    find(form, QPushButton, "Set up a softphone…").click()
    page = desk_pane.view.setup
    await until(lambda: desk_pane.view.page is page)
    assert "192.0.2.7:4060" in page.preview.toPlainText()
    assert "s3cret" not in page.preview.toPlainText()
    page.back.click()
    assert desk_pane.view.page is form
    assert form.texts["password"].value == "s3cret"
    form.texts["password"].show_secret.setChecked(True)
    desk_pane.hidden()
    assert form.texts["password"].line.echoMode() is QLineEdit.EchoMode.Password
    find(form, QPushButton, "Cancel").click()
    assert form.texts["password"].value == ""
    assert "s3cret" not in on_screen(desk_pane)


async def test_nothing_of_it_reaches_the_clipboard(listed, find, until):
    QApplication.clipboard().setText("before")
    page = await open_setup(listed, find, until)
    page.with_password.setChecked(True)
    page.back.click()
    assert QApplication.clipboard().text() == "before"
