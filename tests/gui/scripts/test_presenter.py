"""Call scripts listed, tested, created, replaced, edited and deleted in the pane."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from tests.gui.scripts.conftest import BAD, GOOD, NEW, OLD, rows
from voipdesk.core.accounts import Account
from voipdesk.core.errors import OutcomeUnknown, Refused, Unreachable
from voipdesk.gui.messages import Level
from voipdesk.gui.scripts import test_presenter
from voipdesk.services.script_edit import ScriptInTheWay


def said(widget):
    return {label.accessibleName() or label.text() for label in widget.findChildren(QLabel) if label.isVisible()}


async def test_the_scripts_are_listed_and_the_only_one_is_chosen(read, scripts, until, tasks):
    assert [row[:2] for row in rows(read)] == [("Reception", OLD)]
    assert read.view.browse.table.current == "s1"
    assert read.view.browse.as_of.text().startswith("1 script of KPN, read at ")
    read.hidden()
    read.shown()
    await until(lambda: not tasks.names)
    assert scripts.asked == ["list"]
    read.refresh()
    await until(lambda: scripts.asked == ["list", "list"] and not tasks.names)


async def test_an_account_without_scripts_is_told_what_one_is(pane, scripts, until, tasks, press):
    scripts.scripts = ()
    pane.shown()
    await until(pane.view.browse._none.isVisible)
    assert not pane.view.browse.test.isEnabled()
    pane.view.browse._none.begun.emit()
    assert pane.view.page is pane.view.form


async def test_a_failure_is_said_in_place_or_above_what_was_read_before(pane, scripts, until, tasks, messages, press):
    scripts.errors["list"] = Unreachable("No answer.", advice="Try later.")
    pane.shown()
    await until(pane.view.browse._failed.isVisible)
    assert "No answer. Try later." in said(pane.widget)
    scripts.errors.clear()
    press(pane, "Try again")
    await until(lambda: rows(pane) and not tasks.names)
    scripts.errors["list"] = Unreachable("No answer.")
    pane.refresh()
    await until(lambda: messages.current is not None)
    assert rows(pane)


async def test_a_test_shows_the_answer_indented_and_says_that_it_is_well_formed(read, scripts, until, tasks, press):
    scripts.tests[OLD] = GOOD
    press(read, "Test")
    page = read.view.test
    await until(lambda: not tasks.names)
    assert page.answer.toPlainText() == GOOD.indented
    assert page.verdict.accessibleName().startswith("The answer is well-formed XML.")
    press(read, "Copy answer")
    assert QApplication.clipboard().text() == GOOD.indented
    press(read, "Back")
    assert read.view.page is read.view.browse


async def test_a_test_says_where_the_answer_is_not_well_formed(read, scripts, until, tasks, press):
    scripts.tests[OLD] = BAD
    press(read, "Test")
    page = read.view.test
    await until(lambda: not tasks.names)
    assert "Mismatched tag, line 3, column 3." in page.verdict.accessibleName()
    assert page.answer.toPlainText() == BAD.text
    assert page.answer.textCursor().blockNumber() == 2
    marks = page.answer.extraSelections()
    assert [mark.cursor.blockNumber() for mark in marks] == [2]
    scripts.tests[OLD] = GOOD
    press(read, "Test again")
    await until(lambda: page.answer.toPlainText() == GOOD.indented)
    assert page.answer.extraSelections() == []


async def test_a_slow_test_tells_how_long_it_waits_and_can_be_cancelled(
    read, scripts, until, tasks, press, qtbot, monkeypatch
):
    monkeypatch.setattr(test_presenter, "_EVERY_S", 0.01)
    scripts.answers.clear()
    press(read, "Test")
    page = read.view.test
    await until(lambda: " 1 s …" in page.verdict.accessibleName())
    assert page.cancel.hasFocus()
    press(read, "Cancel")
    await until(lambda: not tasks.names)
    assert "cancelled" in page.verdict.accessibleName()
    press(read, "Test again")
    await until(lambda: len(scripts.asked) == 3)
    qtbot.keyClick(page.cancel, Qt.Key.Key_Escape)
    await until(lambda: not tasks.names)
    assert read.view.page is page
    press(read, "Test again")
    await until(lambda: len(scripts.asked) == 4)
    press(read, "Back")
    await until(lambda: not tasks.names)
    scripts.answers.set()
    assert read.view.page is read.view.browse


async def test_an_address_that_does_not_answer_is_said(read, scripts, until, tasks, press):
    scripts.errors["test"] = Refused("The address did not answer.", advice="Is it reachable from the internet?")
    press(read, "Test")
    await until(lambda: not tasks.names)
    assert read.view.test.verdict.accessibleName().startswith("The address did not answer. Is it reachable")
    assert not read.view.test.copy.isEnabled()


async def test_one_is_created_after_a_test_of_it(read, scripts, until, tasks, press, type_into, qtbot, messages, find):
    scripts.one_only = False
    scripts.tests[NEW] = GOOD
    press(read, "New script")
    press(read, "Create script")
    assert read.view.form.fields["url"].error == "A script needs a web address."
    type_into(read, "Address", "ftp://x")
    press(read, "Create script")
    await until(lambda: "is no web address" in read.view.form.fields["url"].error)
    type_into(read, "Address", NEW)
    press(read, "Test first")
    await until(lambda: not tasks.names and read.view.page is read.view.test)
    press(read, "Back")
    assert read.view.form.url == NEW
    type_into(read, "Name (optional)", "Sales")
    qtbot.keyClick(find(read.widget, QLineEdit, "Name (optional)"), Qt.Key.Key_Return)
    await until(lambda: len(rows(read)) == 2 and not tasks.names)
    assert scripts.asked.count(f"create {NEW}") == 1
    assert messages.current.text == "The script Sales is there."


async def test_with_one_there_creating_offers_to_replace_it_and_shows_both_addresses(
    read, scripts, until, tasks, press, type_into, qtbot
):
    press(read, "New script")
    type_into(read, "Address", NEW)
    press(read, "Create script")
    page = read.view.replace
    await until(lambda: read.view.page is page)
    assert {f"Address before: {OLD}", f"Address after: {NEW}"} <= {text.replace("\u200b", "") for text in said(page)}
    assert page.back_button.hasFocus()
    qtbot.keyClick(page.back_button, Qt.Key.Key_Space)
    assert read.view.page is read.view.form
    assert read.view.form.url == NEW
    press(read, "Create script")
    await until(lambda: read.view.page is page and not tasks.names)
    press(read, "Replace it")
    await until(lambda: read.view.page is read.view.browse and not tasks.names)
    assert [row[:2] for row in rows(read)] == [("Reception", NEW)], "a name that was not typed stays"
    assert "update s1" in scripts.asked


async def test_what_the_service_says_is_shown_with_the_offer_to_replace(read, scripts, until, press, type_into):
    scripts.errors["create"] = ScriptInTheWay(scripts.scripts[0], Refused("x refused it: the address is {no} good."))
    press(read, "New script")
    type_into(read, "Address", NEW)
    press(read, "Create script")
    await until(lambda: read.view.page is read.view.replace)
    assert read.view.replace.text.startswith("x refused it: the address is {no} good. There is a script already;")


async def test_an_edit_shows_what_changes_before_it_is_sent(read, scripts, until, tasks, press, type_into, messages):
    press(read, "Edit…")
    await until(lambda: read.view.page is read.view.form)
    press(read, "Review changes")
    assert "Nothing is changed yet." in read.view.form.failure.accessibleName()
    type_into(read, "Address", NEW)
    press(read, "Review changes")
    assert f"Address after: {NEW}" in {text.replace("\u200b", "") for text in said(read.view.review)}
    assert "update s1" not in scripts.asked
    scripts.errors["update"] = OutcomeUnknown("The answer was lost.", advice="Look.")
    press(read, "Save")
    await until(read.view.review.failure.isVisible)
    scripts.errors.clear()
    press(read, "Save")
    await until(lambda: read.view.page is read.view.browse and not tasks.names)
    assert [row[1] for row in rows(read)] == [NEW]
    assert messages.current.level is Level.GOOD


async def test_what_the_service_did_not_take_is_shown(read, scripts, until, tasks, press, type_into):
    scripts.takes_names = False
    press(read, "Edit…")
    await until(lambda: read.view.page is read.view.form)
    type_into(read, "Name (optional)", "Other")
    press(read, "Review changes")
    press(read, "Save")
    await until(lambda: read.view.page is read.view.result)
    assert "did not take all of it" in read.view.result.text
    press(read, "Back to the list")
    assert read.view.page is read.view.browse


async def test_deleting_asks_with_no_as_the_answer_of_enter(read, scripts, until, tasks, press, answer, messages):
    press(read, "Delete…")
    assert OLD in await answer(read)
    await until(lambda: not tasks.names)
    assert "delete s1" not in scripts.asked
    press(read, "Delete…")
    await answer(read, "Delete it")
    await until(lambda: "delete s1" in scripts.asked and not tasks.names)
    assert rows(read) == []
    assert messages.current.text == "The script Reception is deleted."


async def test_a_lost_deletion_is_said_as_such(read, scripts, until, tasks, press, answer, messages):
    scripts.errors["delete"] = OutcomeUnknown("The answer was lost. The script is still there.", advice="Look.")
    press(read, "Delete…")
    await answer(read, "Delete it")
    await until(lambda: messages.current is not None)
    assert messages.current.level is Level.ERROR
    assert messages.current.text == "The answer was lost. The script is still there."
    before = scripts.asked.count("list")
    messages.current.action[1]()
    await until(lambda: scripts.asked.count("list") == before + 1 and not tasks.names)


async def test_an_unfinished_form_waits_while_one_looks_at_the_list(read, press, type_into, find):
    press(read, "New script")
    type_into(read, "Address", NEW)
    read.search()
    assert read.view.page is read.view.browse
    press(read, "Back to the form")
    assert read.view.form.url == NEW
    press(read, "Cancel")
    assert read.view.browse.draft.isHidden()


async def test_another_account_is_read_for_itself_and_what_becomes_of_them_followed(
    read, accounts, scripts, until, tasks
):
    accounts.accounts.append(Account("k2", "Second", "fake"))
    accounts.changed.emit(None)
    await until(lambda: not tasks.names)
    read.view.browse._account.setCurrentIndex(1)
    await until(lambda: "of Second" in read.view.browse.as_of.text() and not tasks.names)
    accounts.plain |= {"k", "k2"}
    accounts.changed.emit(None)
    await until(lambda: not tasks.names)
    assert rows(read) == []
    assert not read.view.browse.new.isEnabled()


async def test_a_row_is_found_copied_and_tested_by_keyboard(read, scripts, until, tasks, qtbot):
    scripts.tests[OLD] = GOOD
    table = read.view.browse.table
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == OLD
    read.search()
    qtbot.keyClicks(read.view.browse.search, "recep")
    assert len(rows(read)) == 1
    qtbot.keyClick(read.view.browse.search, Qt.Key.Key_Return)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    await until(lambda: read.view.page is read.view.test and not tasks.names)
