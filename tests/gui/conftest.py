"""GUI tests run on Qt's own loop, with real widgets on a real desk and a throw-away home."""

import asyncio
import gc
import time

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt import plugin

from tests.demo_server import demo, demo_server  # noqa: F401 - a fixture, asked for by its name
from voipdesk.core.accounts import Account
from voipdesk.core.resources import resource
from voipdesk.gui.loop import new_loop
from voipdesk.gui.messages import Messages
from voipdesk.gui.tasks import Tasks
from voipdesk.gui.theme import Theme
from voipdesk.services.desk import Desk
from voipdesk.settings.secrets import Secrets

# Between the phases of a test asyncio's loop stands still: what pytest-qt lets Qt do then would be done without it.
plugin._process_events = lambda: None


def pytest_asyncio_loop_factories(config, item):
    """Give coroutine tests Qt's loop."""

    def factory():
        app = QApplication.instance() or QApplication(["voipdesk"])
        app.setQuitOnLastWindowClosed(False)
        return new_loop(app)

    return {"qasync": factory}


def pytest_itemcollected(item):
    """Let pass what the offscreen platform says it cannot do."""
    item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


@pytest.fixture(autouse=True)
def garbage(kept):
    """Collect all there is but what is kept: a window that a test leaves is gone before the next one's."""
    yield
    gc.collect()


@pytest.fixture
def theme(qapp):
    theme = Theme(qapp, lambda name: resource(f"icons/{name}.svg").read_bytes())
    yield theme
    theme.deleteLater()


@pytest.fixture
def messages(qapp):
    return Messages()


@pytest.fixture
async def tasks(messages):
    tasks = Tasks(messages.error)
    yield tasks
    await tasks.cancel_all()


@pytest.fixture
def secrets():
    return Secrets()


@pytest.fixture
async def desk(tmp_path, secrets):
    """Open a desk in a home of its own, in a country where 020 is London."""
    desk = await Desk.open(tmp_path / "home", secrets=secrets)
    desk.preferences.region = "GB"
    yield desk
    await desk.close()


@pytest.fixture
def demo_account(desk, secrets, demo):  # noqa: F811 - the fixture
    """Give the desk an account on the demo PBX."""
    account = Account("demo", "Demo office", "voipcloud", "7040", {"base_url": demo.base_url})
    desk.preferences.save_account(account)
    secrets.set_for_run(account.id, "api_key", demo.api_key)
    return account


@pytest.fixture
def until():
    """Wait, on the loop, until something holds."""

    async def wait(holds, seconds=10):
        end = time.monotonic() + seconds
        while True:
            try:
                if answer := holds():
                    return answer
            except AssertionError:  # of `find`: it is not there yet
                if time.monotonic() > end:
                    raise
            assert time.monotonic() < end, "it never came to be"
            await asyncio.sleep(0.01)

    return wait


@pytest.fixture
def find():
    """Find a visible widget by its accessible name or its text."""

    def find(parent: QWidget, kind: type[QWidget], name: str):
        for widget in parent.findChildren(kind):
            text = widget.text() if isinstance(widget, QAbstractButton) else ""
            if widget.isVisible() and name in {widget.accessibleName(), text.replace("&", "")}:
                return widget
        raise AssertionError(f"there is no visible {kind.__name__} {name!r}")

    return find
