"""The dial pane on a desk with an account on the demo PBX."""

import pytest
from PySide6.QtWidgets import QLineEdit

from voipdesk.gui.dial.presenter import DialPane


@pytest.fixture
async def pane(qtbot, desk, demo_account, tasks, messages, theme, until):
    asked = []
    pane = DialPane(
        desk.dial,
        desk.accounts,
        desk.call_log,
        tasks,
        messages,
        theme,
        desk.contacts,
        lambda: asked.append("accounts"),
    )
    pane.asked = asked
    qtbot.addWidget(pane.widget)
    pane.widget.resize(900, 600)
    pane.widget.show()
    pane.widget.activateWindow()
    await until(pane.widget.isActiveWindow)
    pane.shown()
    await until(lambda: pane.view.my_number == "7040" and not tasks.running("dial: read"))
    yield pane
    pane.close()


@pytest.fixture
def number(pane, find):
    return find(pane.widget, QLineEdit, "Number to dial")


@pytest.fixture
def reading(pane):
    """What stands below the field."""
    return pane.view._reading._text.text


@pytest.fixture
def state(pane):
    """What the card says."""
    return pane.view._state.accessibleName
