"""Stories from end to end: the program in processes of its own, and the window on Qt's own loop."""

import asyncio

import pytest
from keyring.backends.SecretService import Keyring
from PySide6.QtWidgets import QApplication

from tests.demo_server import demo  # noqa: F401 - a fixture, asked for by its name
from tests.fakes.keyring_session import KeyringSession
from tests.gui.conftest import find, garbage, pytest_itemcollected, theme, until  # noqa: F401 - a fixture, asked for by its name
from voipdesk.demo.server import DemoServer
from voipdesk.gui.loop import new_loop
from voipdesk.gui.session import Session
from voipdesk.settings.secrets import Secrets

WITH_A_WINDOW = {
    "test_apidaze_window.py",
    "test_every_fault.py",
    "test_real_call.py",
    "test_window_day.py",
    "test_yay_window.py",
}


def pytest_asyncio_loop_factories(config, item):
    """Give the coroutines that drive a window Qt's loop."""

    def factory():
        app = QApplication.instance() or QApplication(["voipdesk"])
        app.setQuitOnLastWindowClosed(False)
        return new_loop(app)

    return {"qasync": factory} if item.path.name in WITH_A_WINDOW else {"asyncio": asyncio.new_event_loop}


@pytest.fixture(scope="module")
def demo_server():
    """A small office: what is tested here is the way, not the amount."""
    with DemoServer(seed=1, calls=300) as server:
        yield server


@pytest.fixture
def keyring(monkeypatch):
    """A real Secret Service that this process finds, too."""
    with KeyringSession() as session:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", session.environment["DBUS_SESSION_BUS_ADDRESS"])
        yield


@pytest.fixture
async def open_window(theme, home, keyring, until):  # noqa: F811 - the fixture
    """Open the window on this test's home, and give its session and what ends with it."""
    running = []

    async def open_window(secrets=None):
        session = Session(theme, home / "voipdesk", demo_secrets=secrets or Secrets(Keyring()))
        ending = asyncio.ensure_future(session.run())
        running.append((session, ending))
        await until(lambda: session.window.offered, 30)
        session.window.activateWindow()
        await until(session.window.isActiveWindow)
        return session.window, ending

    yield open_window
    for session, ending in running:
        session.window.close()
        await ending
        session.window.deleteLater()
