"""Stories from end to end: the program in processes of its own, and the window on Qt's own loop."""

import asyncio

import pytest
from PySide6.QtWidgets import QApplication

from tests.demo_server import demo  # noqa: F401
from tests.gui.conftest import find, garbage, pytest_itemcollected, theme, until  # noqa: F401
from voipdesk.demo.server import DemoServer
from voipdesk.gui.loop import new_loop

WITH_A_WINDOW = {"test_every_fault.py", "test_window_day.py"}


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
