"""A softphone of this computer set up from the window, in a real configuration file."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from tests.gui.sip.test_set_up import choose, open_setup
from voipdesk.gui.messages import Level
from voipdesk.services import sip_set_up_here, softphone_home

OTHER = '"Other" <sip:other@sip.other.example>;auth_pass=theirs\n'


@pytest.fixture
def accounts(monkeypatch, tmp_path):
    """The accounts of a baresip that is the one softphone of this computer, and is not running."""
    monkeypatch.setenv("PATH", str(tmp_path))
    for module in (softphone_home, sip_set_up_here):
        monkeypatch.setattr(module, "is_running", lambda _homes: False)
    file = Path.home() / ".baresip" / "accounts"
    file.parent.mkdir()
    file.write_text(OTHER)
    return file


async def test_what_is_on_this_computer_is_marked_and_alone_offered(listed, accounts, find, until):
    page = await open_setup(listed, find, until)
    programs = page.programs
    marked = [programs.item(n).data(0x0101) for n in range(programs.count())]
    assert marked == ["", "", "", "", "on this computer", "", ""]
    assert not page.install.isVisible()
    choose(page, "baresip")
    assert page.install.isVisible()


async def test_it_is_set_up_after_a_yes_beside_the_accounts_it_has(
    listed, accounts, find, until, tasks, answer, messages
):
    page = await open_setup(listed, find, until)
    choose(page, "baresip")
    find(page, QPushButton, "Set up on this computer").click()
    said = await answer(listed)
    assert str(accounts.parent) in said
    assert "typed in there" in said
    assert "other accounts of baresip stay" in said
    await until(lambda: not tasks.names)
    assert accounts.read_text() == OTHER, "Enter is no yes"
    page.with_password.setChecked(True)
    find(page, QPushButton, "Set up on this computer").click()
    assert "The password goes along." in await answer(listed, "Set it up")
    await until(lambda: not tasks.names)
    text = accounts.read_text()
    assert text.startswith(OTHER)
    assert "sip:user.0@sip.kpn.example" in text
    assert "pw-0" in text
    assert messages.current.level is Level.GOOD
    assert messages.current.text == f"Added to {accounts}."
    backup = next(file for file in accounts.parent.iterdir() if file != accounts)
    assert backup.read_text() == OTHER
    assert str(backup) in messages.current.advice
    assert page.install.isEnabled()


async def test_an_account_that_is_there_is_replaced_only_after_another_yes(
    listed, accounts, find, until, tasks, answer, messages
):
    page = await open_setup(listed, find, until)
    choose(page, "baresip")
    find(page, QPushButton, "Set up on this computer").click()
    await answer(listed, "Set it up")
    await until(lambda: not tasks.names)
    once = accounts.read_text()
    page.with_password.setChecked(True)
    for button, after in (("Cancel", False), ("Replace it", True)):
        find(page, QPushButton, "Set up on this computer").click()
        await answer(listed, "Set it up")
        await until(lambda: tasks.running("sip: ask to set up here"))
        assert "already" in await answer(listed, button)
        await until(lambda: not tasks.names)
        assert ("pw-0" in accounts.read_text()) is after
    assert accounts.read_text().count("user.0@") == once.count("user.0@")
    assert accounts.read_text().startswith(OTHER)
    assert messages.current.text == f"Replaced in {accounts}."


async def test_one_that_runs_is_said_to_be_closed_first_and_nothing_is_written(
    listed, accounts, find, until, tasks, answer, messages, monkeypatch
):
    for module in (softphone_home, sip_set_up_here):
        monkeypatch.setattr(module, "is_running", lambda _homes: True)
    page = await open_setup(listed, find, until)
    choose(page, "baresip")
    find(page, QPushButton, "Set up on this computer").click()
    assert "baresip is running: close it first" in await answer(listed, "Set it up")
    await until(lambda: messages.current is not None and not tasks.names)
    assert messages.current.level is Level.ERROR
    assert accounts.read_text() == OTHER
