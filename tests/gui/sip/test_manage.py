"""SIP accounts created, changed and deleted in the pane."""

import asyncio
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton

from tests.fakes.errors import about
from tests.gui.sip.conftest import rows
from voipdesk.core.errors import NotFound, OutcomeUnknown, Refused
from voipdesk.core.sip import CanManageSipAccounts, UsernameTaken
from voipdesk.gui.messages import Level


async def begin(pane, find, until):
    find(pane.widget, QPushButton, "New SIP account").click()
    await until(lambda: pane.view.page is pane.view.form)


async def test_one_is_created_by_keyboard_and_its_password_shown_once(
    listed, service, find, until, tasks, qtbot, type_into, messages
):
    await begin(listed, find, until)
    assert find(listed.widget, QLineEdit, "User name").hasFocus()
    type_into(listed.widget, "User name", " dora ")
    type_into(listed.widget, "Name (optional)", "Dora Maar")
    type_into(listed.widget, "Internal number (optional)", "77")
    qtbot.keyClick(find(listed.widget, QLineEdit, "Internal number (optional)"), Qt.Key.Key_Return)
    sheet = listed.view.browse.sheet
    await until(lambda: sheet.password.shown)
    assert service.asked.count("create dora") == 1
    made = service.of[""][-1]
    assert (made.username, made.display_name, made.internal_number, made.mailbox) == ("dora", "Dora Maar", "77", "")
    await until(lambda: not tasks.names)
    assert sheet.password._text.text().replace("\u200b", "") == "made-up-dora", "reading the list again left it there"
    assert "30 seconds" in sheet._note.text()
    assert messages.current.level is Level.GOOD
    assert [row[2] for row in rows(listed)] == ["user.0", "user.1", "user.2", "dora"]
    assert listed.view.browse.table.current == "new-dora"
    assert sheet.set_up.hasFocus()
    listed.view.browse.table.pick("i0")
    assert not sheet.password.shown


async def test_a_password_that_only_the_creation_told_stays_known(listed, service, find, until, tasks, type_into):
    service.of[" whole"] = service.of[""]  # lists are without passwords from now on
    await begin(listed, find, until)
    type_into(listed.widget, "User name", "dora")
    find(listed.widget, QPushButton, "Create SIP account").click()
    await until(lambda: listed.view.browse.sheet.password.shown and not tasks.names)
    listed.refresh()
    await until(lambda: not tasks.names)
    assert listed._lists.chosen.password == "made-up-dora"
    service.of[" whole"] = tuple(replace(one, password="") for one in service.of[""])
    find(listed.widget, QPushButton, "Set up a softphone…").click()  # its domain is not known: it is read whole
    await until(lambda: "get" in service.asked and not tasks.names)
    assert listed._lists.chosen.password == "made-up-dora"


@pytest.mark.parametrize(
    ("error", "field"),
    [
        (UsernameTaken("There is a SIP account “ann” already.", advice="Choose another user name."), "User name"),
        (about("external_number", "It has a character that it cannot have."), "External number (optional)"),
    ],
)
async def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_is_kept(
    listed, service, find, until, tasks, type_into, error, field
):
    service.errors["create"] = error
    await begin(listed, find, until)
    find(listed.widget, QPushButton, "Create SIP account").click()
    form = listed.view.form
    assert form.fields["username"].error == "A SIP account needs a user name."
    type_into(listed.widget, "User name", "ann")
    type_into(listed.widget, "External number (optional)", "x")
    find(listed.widget, QPushButton, "Create SIP account").click()
    await until(lambda: str(error) in [one.error for one in form.fields.values()])
    assert find(listed.widget, QLineEdit, field).hasFocus()
    assert form.fields["external_number"].value == "x"
    assert listed.view.page is form


async def test_a_lost_answer_is_said_as_such_and_the_list_is_read_again(listed, service, find, until, tasks, type_into):
    await begin(listed, find, until)
    type_into(listed.widget, "User name", "dora")
    plain = service.create

    async def lost(account, username, fields):
        await plain(account, username, fields)
        raise OutcomeUnknown("The answer was lost. “dora” is not among the SIP accounts so far.", advice="Look.")

    service.create = lost
    find(listed.widget, QPushButton, "Create SIP account").click()
    await until(listed.view.form.failure.isVisible)
    assert "The answer was lost." in listed.view.form.failure.accessibleName()
    await until(lambda: len(rows(listed)) == 4 and not tasks.names)
    assert service.asked.count("create dora") == 1


async def test_one_press_is_one_request(listed, service, find, until, tasks, type_into):
    await begin(listed, find, until)
    type_into(listed.widget, "User name", "dora")
    service.answers.clear()
    listed.view.form.done.emit()
    await until(lambda: "create dora" in service.asked)
    listed.view.form.done.emit()
    assert not listed.view.form.done_button.isEnabled()
    service.answers.set()
    await until(lambda: not tasks.names)
    assert service.asked.count("create dora") == 1


async def test_an_unfinished_form_waits_while_one_looks_at_the_list(listed, find, until, type_into):
    await begin(listed, find, until)
    type_into(listed.widget, "User name", "dora")
    listed.search()
    assert listed.view.page is listed.view.browse
    find(listed.view.browse.draft, QPushButton, "Back to the form").click()
    assert listed.view.form.username == "dora"
    find(listed.widget, QPushButton, "Cancel").click()
    assert listed.view.browse.draft.isHidden()
    await begin(listed, find, until)
    assert listed.view.form.username == ""


async def test_an_edit_shows_what_changes_before_it_is_sent(listed, service, find, until, tasks, type_into, messages):
    listed.view.browse.table.pick("i1")
    find(listed.widget, QPushButton, "Edit…").click()
    await until(lambda: listed.view.page is listed.view.form)
    assert find(listed.widget, QLineEdit, "User name").isReadOnly()
    find(listed.widget, QPushButton, "Review changes").click()
    assert "Nothing is changed yet." in listed.view.form.failure.accessibleName()
    type_into(listed.widget, "Internal number (optional)", "99")
    find(listed.widget, QPushButton, "Review changes").click()
    shown = [label.accessibleName() for label in listed.view.review.findChildren(type(listed.view.review._text))]
    assert {"Internal number before: 41", "Internal number after: 99"} <= set(shown)
    assert "update i1" not in service.asked
    find(listed.widget, QPushButton, "Save").click()
    await until(lambda: listed.view.page is listed.view.browse and not tasks.names)
    assert service.asked.count("update i1") == 1
    assert rows(listed)[2][:3] == ("99", "Bob Hill", "user.1")
    assert messages.current.level is Level.GOOD


async def test_an_edit_starts_from_what_the_service_has_now(listed, service, find, until):
    service.of[""] = tuple(replace(one, mailbox="new at the service") for one in service.of[""])
    listed.view.browse.table.pick("i1")
    find(listed.widget, QPushButton, "Edit…").click()
    await until(lambda: listed.view.page is listed.view.form)
    assert listed.view.form.fields["mailbox"].value == "new at the service"


async def test_what_the_service_did_not_take_is_shown(listed, service, find, until, tasks, type_into):
    service.not_taken = ("mailbox",)
    listed.view.browse.table.pick("i1")
    find(listed.widget, QPushButton, "Edit…").click()
    await until(lambda: listed.view.page is listed.view.form)
    type_into(listed.widget, "Mailbox (optional)", "12")
    find(listed.widget, QPushButton, "Review changes").click()
    find(listed.widget, QPushButton, "Save").click()
    await until(lambda: listed.view.page is listed.view.result)
    assert "did not take all of it" in listed.view.result.text
    find(listed.widget, QPushButton, "Edit again").click()
    assert listed.view.page is listed.view.form
    assert listed.view.form.fields["mailbox"].value == ""


async def test_a_refused_save_leaves_the_form_behind_it(listed, service, find, until, tasks, type_into):
    service.errors["update"] = Refused("Somebody else has changed “user.1” in the meantime: Name.")
    listed.view.browse.table.pick("i1")
    find(listed.widget, QPushButton, "Edit…").click()
    await until(lambda: listed.view.page is listed.view.form)
    type_into(listed.widget, "Name (optional)", "Robert")
    find(listed.widget, QPushButton, "Review changes").click()
    find(listed.widget, QPushButton, "Save").click()
    await until(listed.view.review.failure.isVisible)
    assert "Somebody else has changed" in listed.view.review.failure.accessibleName()
    find(listed.widget, QPushButton, "Back to the form").click()
    assert listed.view.form.fields["display_name"].value == "Robert"


async def test_deleting_asks_with_no_as_the_answer_of_enter(listed, service, find, until, tasks, answer, messages):
    listed.view.browse.table.pick("i1")
    find(listed.widget, QPushButton, "Delete…").click()
    said = await answer(listed)
    assert "Bob Hill (user.1)" in said
    assert "delete i1" not in service.asked
    await until(lambda: not tasks.names)
    find(listed.widget, QPushButton, "Delete…").click()
    await answer(listed, "Delete it")
    await until(lambda: len(rows(listed)) == 2 and not tasks.names)
    assert service.asked.count("delete i1") == 1
    assert messages.current.text == "The SIP account Bob Hill (user.1) is deleted."
    assert not listed.view.browse.sheet.edit.isVisible()


@pytest.mark.parametrize(
    "error", [OutcomeUnknown("The answer was lost.", advice="Look."), NotFound("It is not there.")]
)
async def test_a_deletion_that_went_wrong_is_said(listed, service, find, until, tasks, answer, messages, error):
    service.errors["delete"] = error
    listed.view.browse.table.pick("i1")
    find(listed.widget, QPushButton, "Delete…").click()
    await answer(listed, "Delete it")
    await until(lambda: messages.current is not None and messages.current.level is Level.ERROR)
    assert messages.current.text == error.message
    before = service.asked.count("list")
    messages.current.action[1]()
    await until(lambda: service.asked.count("list") == before + 1 and not tasks.names)


async def test_what_the_service_cannot_do_is_not_offered(listed, managed, until, tasks):
    browse = listed.view.browse
    browse.table.pick("i0")
    assert browse.new.isVisible()
    assert browse.sheet.edit.isVisible()
    assert browse.sheet.delete.isVisible()
    assert browse.sheet.status.isVisible()
    assert not browse.acting.isVisible()
    managed.managed.clear()
    assert not managed.offers(managed.accounts[0], CanManageSipAccounts)
    managed.changed.emit(None)
    await until(lambda: not tasks.names)
    browse.table.pick("i0")
    assert browse.sheet.set_up.isVisible()
    for part in (browse.new, browse.sheet.edit, browse.sheet.delete, browse.sheet.status):
        assert not part.isVisible()


async def test_an_account_without_sip_accounts_offers_the_first(listed, service, find, until, tasks):
    service.of[""] = ()
    listed.refresh()
    await until(listed.view.browse._none.isVisible)
    find(listed.view.browse._none, QPushButton, "New SIP account").click()
    await until(lambda: listed.view.page is listed.view.form)


async def test_a_press_while_another_account_is_read_is_about_the_one_it_was_pressed_for(
    listed, service, find, until, tasks, answer
):
    listed.view.browse.table.pick("i1")
    find(listed.widget, QPushButton, "Delete…").click()
    await asyncio.sleep(0)
    listed.view.browse.table.pick("i2")
    await answer(listed, "Delete it")
    await until(lambda: "delete i1" in service.asked)
    assert "delete i2" not in service.asked
