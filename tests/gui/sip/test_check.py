"""The check of a SIP account in the pane, step by step."""

import asyncio

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from voipdesk.core.sip_check import Cause, CheckReport, CheckStep, Outcome, StepKind, Verdict
from voipdesk.gui.sip.check_page import StepRow

FOUND = CheckStep(StepKind.RESOLVE, Verdict.PASSED, "It is 192.0.2.7.", details="A sip.kpn.example 192.0.2.7")
SLOW = CheckStep(StepKind.ANSWER, Verdict.WARNED, "It answers after 2 s.", "That is slow.")
SIGNED_IN = CheckStep(StepKind.SIGN_IN, Verdict.PASSED, "It accepts user name and password.")
WRONG = CheckStep(
    StepKind.SIGN_IN, Verdict.FAILED, "The password is not accepted.", "Copy it again.", cause=Cause.WRONG_PASSWORD
)
WORKS = CheckReport(Outcome.WORKS, "This SIP account works.", (FOUND, SLOW, SIGNED_IN))
REFUSED = CheckReport(Outcome.REFUSED, "The server does not accept this SIP account.", (FOUND, WRONG))


async def start(pane, find, until):
    pane.view.browse.table.pick("i0")
    find(pane.widget, QPushButton, "Check…").click()
    await until(lambda: pane.view.page is pane.view.check)
    return pane.view.check


def said(page):
    return [row.accessibleName() for row in page.findChildren(StepRow) if row.isVisible()]


async def test_each_step_is_told_as_it_goes_on(listed, check, find, until, tasks):
    check.report = WORKS
    gate = check.holds[StepKind.ANSWER] = asyncio.Event()
    page = await start(listed, find, until)
    await until(lambda: len(said(page)) == 2)
    assert said(page) == ["Find the server: good. It is 192.0.2.7.", "Hear from it: under way."]
    assert page.cancel.hasFocus()
    gate.set()
    await until(lambda: not tasks.names)
    assert said(page)[1:] == [
        "Hear from it: works, but. It answers after 2 s. That is slow.",
        "Sign in: good. It accepts user name and password.",
    ]
    assert page.outcome.accessibleName().startswith("This SIP account works.")
    assert "There is something to know" in page.outcome.accessibleName()
    settings, register = check.ran[0]
    assert (settings.username, settings.domain, settings.password, register) == (
        "user.0",
        "sip.kpn.example",
        "pw-0",
        False,
    )


async def test_what_is_wrong_is_told_with_what_to_do_and_can_be_checked_again(listed, check, find, until, tasks):
    check.report = REFUSED
    page = await start(listed, find, until)
    await until(lambda: not tasks.names)
    assert said(page)[1] == "Sign in: failed. The password is not accepted. Copy it again."
    assert page.outcome.accessibleName().startswith("The server does not accept this SIP account.")
    assert not page.register.isVisible()
    check.report = WORKS
    find(page, QPushButton, "Check again").click()
    await until(lambda: len(said(page)) == 3 and not tasks.names)
    assert len(check.ran) == 2


async def test_a_check_is_cancelled_by_button_or_escape_and_ended_by_leaving(listed, check, find, until, tasks, qtbot):
    check.report = WORKS
    check.holds[StepKind.SIGN_IN] = asyncio.Event()
    page = await start(listed, find, until)
    await until(lambda: len(said(page)) == 3)
    find(page, QPushButton, "Cancel").click()
    await until(lambda: check.cancelled == 1 and not tasks.names)
    assert page.outcome.accessibleName().startswith("The check was cancelled.")
    assert len(said(page)) == 2, "a step that was under way found nothing"
    find(page, QPushButton, "Check again").click()
    await until(lambda: len(said(page)) == 3)
    qtbot.keyClick(page.cancel, Qt.Key.Key_Escape)
    await until(lambda: check.cancelled == 2 and not tasks.names)
    find(page, QPushButton, "Check again").click()
    await until(lambda: len(said(page)) == 3)
    find(page, QPushButton, "Back").click()
    await until(lambda: check.cancelled == 3 and not tasks.names)
    assert listed.view.page is listed.view.browse
    assert listed._check._settings is None


async def test_registering_is_a_second_choice_that_says_what_it_may_do(listed, check, find, until, tasks, answer):
    check.report = WORKS
    page = await start(listed, find, until)
    await until(lambda: not tasks.names)
    find(page, QPushButton, "Register for a moment…").click()
    said_of_it = await answer(listed)
    assert "the one in use is signed out" in said_of_it
    assert "“Ann Lee”" in said_of_it
    assert [register for _, register in check.ran] == [False], "Enter is no yes"
    await until(lambda: not tasks.names)
    registered = CheckStep(StepKind.REGISTER, Verdict.PASSED, "Registered, and taken out again.")
    check.report = CheckReport(Outcome.WORKS, "This SIP account works.", (*WORKS.steps, registered))
    find(page, QPushButton, "Register for a moment…").click()
    await answer(listed, "Register")
    await until(lambda: len(said(page)) == 4 and not tasks.names)
    assert [register for _, register in check.ran] == [False, True]
    assert "taken out again" in page.outcome.accessibleName()
    assert not page.register.isVisible()


async def test_the_report_is_copied_without_the_password(listed, check, find, until, tasks, messages):
    check.report = REFUSED
    page = await start(listed, find, until)
    await until(lambda: not tasks.names)
    find(page, QPushButton, "Copy report").click()
    text = QApplication.clipboard().text()
    for part in ("user.0@sip.kpn.example", "46.101.153.96:4060", "A sip.kpn.example 192.0.2.7", "Copy it again."):
        assert part in text
    assert "pw-0" not in text
    assert messages.current.text == "The report is copied."


async def test_settings_typed_in_are_checked_too(listed, check, find, until, tasks, type_into):
    check.report = WORKS
    find(listed.view.browse, QPushButton, "Type in SIP settings…").click()
    form = listed.view.settings
    type_into(form, "Domain", "sip.elsewhere.example")
    type_into(form, "User name", "bob")
    find(form, QPushButton, "Check…").click()
    await until(lambda: check.ran and not tasks.names)
    assert check.ran[0][0].address == "bob@sip.elsewhere.example"
    find(listed.view.check, QPushButton, "Back").click()
    assert listed.view.page is form
