"""A pane of one account with one call script, on a service that a test has in hand."""

import pytest
from PySide6.QtWidgets import QLineEdit, QMessageBox, QPushButton

from tests.fakes.script_service import FakeScripts, ScriptAccounts
from voipdesk.core.accounts import Account
from voipdesk.core.scripts import Script
from voipdesk.gui.scripts.presenter import ScriptsPane
from voipdesk.services.scripts import ScriptTest

OLD, NEW = "https://old.example/script.xml", "https://new.example/script.xml"
GOOD = ScriptTest(OLD, "<document><work/></document>", "<document>\n  <work/>\n</document>", "", None, None, 120)
BAD = ScriptTest(OLD, "<document>\n<work>\n</document>", "", "Mismatched tag", 3, 3, 80)


@pytest.fixture
def scripts():
    scripts = FakeScripts()
    scripts.scripts = (Script("s1", OLD, "Reception"),)
    return scripts


@pytest.fixture
def accounts():
    return ScriptAccounts(Account("k", "KPN", "fake"))


@pytest.fixture
async def pane(qtbot, scripts, accounts, tasks, messages, theme, until):
    pane = ScriptsPane(scripts, accounts, tasks, messages, theme)
    qtbot.addWidget(pane.widget, before_close_func=lambda _widget: pane.close())
    pane.widget.resize(1000, 640)
    pane.widget.show()
    pane.widget.activateWindow()
    await until(pane.widget.isActiveWindow)
    return pane


@pytest.fixture
async def read(pane, until, tasks):
    pane.shown()
    await until(lambda: rows(pane) and not tasks.names)
    return pane


@pytest.fixture
def press(find):
    def press(pane, name):
        find(pane.widget, QPushButton, name).click()

    return press


@pytest.fixture
def type_into(find, qtbot):
    def type_into(pane, name, text):
        field = find(pane.widget, QLineEdit, name)
        field.setFocus()
        field.selectAll()
        qtbot.keyClicks(field, text)

    return type_into


@pytest.fixture
def answer(find, until):
    async def answer(pane, button=""):
        box = await until(lambda: next((b for b in pane.widget.findChildren(QMessageBox) if b.isVisible()), None))
        said = f"{box.text()} {box.informativeText()}"
        (find(box, QPushButton, button) if button else box.defaultButton()).click()
        await until(lambda: not box.isVisible())
        return said

    return answer


def rows(pane):
    model = pane.view.browse.table.model()
    return [model.record(row).cells for row in range(model.rowCount())]
