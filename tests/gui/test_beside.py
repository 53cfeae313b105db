"""The window's life on the desktop: closed into the tray and back, asked for from there, ended with nothing left."""

import asyncio

import pytest
from PySide6.QtWidgets import QPushButton

from tests.fakes.around import FakeAround
from voipdesk.core.notices import Press
from voipdesk.gui import beside
from voipdesk.gui import session as gui_session
from voipdesk.gui.quick_dial.view import QuickDialBox
from voipdesk.gui.session import QUICK_DIAL, Session
from voipdesk.gui.widgets.message_strip import MessageStrip


@pytest.fixture
def around():
    return FakeAround()


@pytest.fixture
async def open_session(theme, tmp_path, until, around, monkeypatch):
    monkeypatch.setattr(gui_session, "_BESIDE_AFTER_S", 0)
    running = []

    async def open_session(*, hidden=False):
        session = Session(theme, tmp_path / "home", around=around, hidden=hidden)
        ending = asyncio.ensure_future(session.run())
        running.append((session, ending))
        await until(lambda: session._beside and not session._tasks.running("desktop"), 30)
        return session, ending

    yield open_session
    for session, ending in running:
        session.window.quit()
        await ending
        session.window.deleteLater()


async def test_closing_keeps_it_in_the_tray_which_is_said_once(open_session, around, until):
    session, ending = await open_session()
    for _ in range(2):
        session.window.close()
        await until(lambda: not session.window.isVisible())
        await until(lambda: not session._tasks.running("tray: tell"))
        around.tray.open_asked()
        assert session.window.isVisible()
    assert [notice.title for notice in around.notifier.history] == ["voipdesk stays in the tray"]
    assert not ending.done()
    around.tray.quit_asked()
    assert await ending == 0
    assert around.closed


async def test_without_notices_it_is_said_in_the_window_which_stays_this_once(open_session, around, until, find):
    around.notifier.there = False
    session, _ = await open_session()
    session.window.close()
    strip = session.window.findChild(MessageStrip)
    await until(lambda: "voipdesk stays in the tray when you close it." in strip.accessibleName())
    assert session.window.isVisible()
    await until(lambda: not session._tasks.running("tray: tell"))
    find(session.window, QPushButton, "Close").click()
    assert not session.window.isVisible()


async def test_without_a_tray_or_by_choice_closing_ends_it(open_session, around, until):
    around.tray.there = False
    session, ending = await open_session()
    session.window.close()
    assert await ending == 0

    around.tray.there = True
    session, ending = await open_session()
    await session._beside._settings.choose(keep_in_tray=False)
    session.window.close()
    assert await ending == 0


async def test_a_window_in_a_tray_that_goes_comes_back(open_session, around, until):
    session, _ = await open_session()
    session.window.close()
    await until(lambda: not session.window.isVisible())
    around.tray.there = False
    around.tray.there_changed(False)
    assert session.window.isVisible()


async def test_a_hidden_start_shows_no_window_until_it_is_asked_for(open_session, around):
    session, _ = await open_session(hidden=True)
    assert not session.window.isVisible()
    around.tray.open_asked()
    assert session.window.isVisible()


async def test_a_hidden_start_without_a_tray_shows_the_window(open_session, around, monkeypatch):
    monkeypatch.setattr(beside, "TRAY_WITHIN_S", 0.01)
    around.tray.there = False
    session, _ = await open_session(hidden=True)
    assert session.window.isVisible()


async def test_the_key_and_the_command_open_the_quick_dial_box_alone(open_session, around, until, qapp):
    session, _ = await open_session(hidden=True)

    def box():
        return next((w for w in qapp.topLevelWidgets() if isinstance(w, QuickDialBox) and w.isVisible()), None)

    around.shortcut.pressed("token")
    await until(box)
    box().close()
    session._take("", QUICK_DIAL, "")
    await until(box)
    assert not session.window.isVisible()


async def test_a_link_brings_the_window_though_the_box_is_asked_for_at_the_same_time(open_session, until):
    session, _ = await open_session(hidden=True)
    session._take("tel:1001", "", "")
    session._take("", QUICK_DIAL, "")
    await until(session.window.isVisible)


async def test_the_keys_that_are_wished_are_asked_for_at_the_start_and_when_they_change(open_session, around, until):
    session, _ = await open_session()
    assert around.shortcut.wished == []
    settings = session._beside._settings
    await settings.choose(shortcut="F9")
    await settings.choose(do_not_disturb=True)
    await until(lambda: around.shortcut.wished == ["F9"])
    await settings.choose(shortcut="")
    await until(lambda: around.shortcut.wished == ["F9", ""])


async def test_a_press_on_a_notice_brings_the_window_back(open_session, around, until):
    session, _ = await open_session()
    session.window.close()
    await until(lambda: not session.window.isVisible())
    around.notifier.pressed("many", Press.NOTICE, "token")
    assert session.window.isVisible()
