"""The window's first moment: the newest calls, painted before anything is loaded that works on them."""

import asyncio
import subprocess
import sys

import pytest
from PySide6.QtCore import QSize

from tests.fakes.calls import make_call
from voipdesk.archive.accounts import AccountIndex
from voipdesk.archive.call_log import CallLogArchive
from voipdesk.archive.store import Store
from voipdesk.core.accounts import Account
from voipdesk.core.call_log import Source
from voipdesk.gui.call_log.model import Column
from voipdesk.gui.call_log.table import CallTable
from voipdesk.gui.opening import AS_IT_IS, Opening, Picture
from voipdesk.gui.session import Session
from voipdesk.settings.paths import Paths
from voipdesk.settings.preferences import Preferences


@pytest.fixture
def home(tmp_path):
    """A home with three calls of an account."""
    home = tmp_path / "home"
    paths = Paths.find(home)
    Preferences(paths.settings_file).save_account(Account("a", "Office", "voipcloud", "7040", {}))

    async def keep():
        store = await Store.open(paths.archive_file)
        await AccountIndex(store).remember("a", "Office")
        await CallLogArchive(store).write("a", [make_call(n) for n in range(3)], [0] * 3, source=Source.USER)
        await store.close()

    asyncio.run(keep())
    return home


@pytest.fixture
def open_at(theme, qtbot):
    def open_at(home, picture=AS_IT_IS):
        opening = Opening(theme, picture, "voipdesk")
        qtbot.addWidget(opening.window)
        opening.show_newest(home)
        return opening

    return open_at


def test_the_newest_calls_are_painted_in_the_window_as_it_was_left(open_at, home):
    preferences = Preferences(Paths.find(home).settings_file)
    preferences.set("call_log_details", True)
    opening = open_at(home, Picture(size=QSize(1024, 640)))
    assert opening.window.isVisible()
    assert opening.window.size() == QSize(1024, 640)
    table = opening.window.findChild(CallTable)
    assert table.isVisible()
    assert table.model().rowCount() == 3
    assert table.isColumnHidden(Column.ACCOUNT)
    assert opening.look.view.details.more.isChecked()


def test_two_accounts_are_told_apart_from_the_first_moment(open_at, home):
    Preferences(Paths.find(home).settings_file).save_account(Account("b", "Home", "voipcloud", "", {}))
    assert not open_at(home).look.view.table.isColumnHidden(Column.ACCOUNT)


def test_without_accounts_or_calls_or_with_another_pane_the_window_waits(open_at, home, tmp_path):
    assert open_at(tmp_path / "new").look is None
    assert open_at(home, Picture(pane="dial")).look is None
    paths = Paths.find(home)
    paths.archive_file.unlink()
    assert open_at(home).look is None
    paths.settings_file.write_text("[[accounts]\n", encoding="utf-8")
    opening = open_at(home)
    assert opening.look is None
    assert not opening.window.isVisible()


async def test_the_session_goes_on_with_the_same_rows_on_the_screen(theme, home, until, monkeypatch):
    monkeypatch.setattr("voipdesk.gui.opening._PAINTED_WITHIN_S", 0)  # Qt's loop runs here already
    opening = Opening(theme, AS_IT_IS, "voipdesk")
    opening.show_newest(home)
    table = opening.window.findChild(CallTable)
    opening.look.view.filters.search.setText("typed meanwhile")
    session = Session(theme, home, opening=opening)
    running = asyncio.ensure_future(session.run())
    await until(lambda: session.window.current == "call_log")
    assert session.window.findChildren(CallTable) == [table]
    await until(lambda: table.model().rowCount() == 0)
    session.window.close()
    await running
    session.window.deleteLater()


async def test_the_session_does_not_put_the_rows_it_opened_with_in_anew(theme, home, until, monkeypatch):
    monkeypatch.setattr("voipdesk.gui.opening._PAINTED_WITHIN_S", 0)
    opening = Opening(theme, AS_IT_IS, "voipdesk")
    opening.show_newest(home)
    model, resets = opening.look.model, []
    shown = model.call(0)
    model.modelReset.connect(lambda: resets.append(1))
    session = Session(theme, home, opening=opening)
    running = asyncio.ensure_future(session.run())
    await until(lambda: opening.look.view.totals.text() != "")
    await until(lambda: model.window.reachable)
    assert (model.call(0), resets) == (shown, [])
    session.window.close()
    await running
    session.window.deleteLater()


def test_neither_asyncio_nor_the_services_are_loaded_before_the_paint():
    program = "import sys, voipdesk.app, voipdesk.gui.call_log.first_look, voipdesk.services.newest_calls\n"
    program += "print(*sorted({'asyncio', 'qasync', 'voipdesk.services.desk', 'sqlalchemy'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout == "\n"
