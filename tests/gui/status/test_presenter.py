import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QPushButton, QTableWidget

from voipdesk.core.accounts import Account
from voipdesk.gui.status import model
from voipdesk.gui.status.presenter import StatusPane
from voipdesk.gui.theme import Tone
from voipdesk.gui.widgets.history_chart import HistoryChart


@pytest.fixture
async def pane(qtbot, desk, demo_account, tasks, messages, theme):
    pane = StatusPane(desk.status, desk.accounts, desk.schedule.changed, tasks, messages, theme)
    qtbot.addWidget(pane.widget)
    pane.widget.resize(900, 800)
    pane.widget.show()
    yield pane
    pane.close()


def facts(pane):
    return [tile.accessibleName() for tile in pane.view._tiles.tiles]


async def test_coming_to_the_pane_looks_once_and_then_only_when_asked(pane, until, tasks, demo, find):
    pane.shown()
    await until(lambda: "Answers in" in facts(pane)[0] and not tasks.names)
    assert "Accepted" in facts(pane)[1]
    asked = sum(demo.state().requests.values())
    pane.hidden()
    pane.shown()
    await until(lambda: not tasks.names)
    assert sum(demo.state().requests.values()) == asked
    find(pane.widget, QPushButton, "Look again").click()
    await until(lambda: sum(demo.state().requests.values()) == asked + 1)
    await until(lambda: find(pane.widget, QTableWidget, "Earlier looks").rowCount() == 2)


@pytest.mark.parametrize("shape", ["text", "object", "list"])
async def test_the_services_own_report_is_shown_in_its_shape(pane, until, demo, tasks, shape):
    demo.switch(status_shape=shape)
    pane.shown()
    await until(lambda: "Answers in" in facts(pane)[0] and not tasks.names)
    assert bool(pane.view._says.text()) is (shape == "text")
    assert bool(pane.view._says_table.rowCount()) is (shape != "text")


async def test_a_fault_is_said_in_the_strip_and_what_was_known_stays(pane, until, demo, tasks, messages, find):
    pane.shown()
    await until(lambda: "Answers in" in facts(pane)[0] and not tasks.names)
    demo.fault("server_error")
    find(pane.widget, QPushButton, "Look again").click()
    await until(lambda: messages.current is not None and messages.current.topic == "status" and not tasks.names)
    assert "Not available" in facts(pane)[0]
    assert "fault of its own" in facts(pane)[0]
    assert pane.view._says_table.rowCount()
    demo.clear_faults()
    messages.current.action[1]()
    await until(lambda: messages.current is None)
    assert "Answers in" in facts(pane)[0]


async def test_a_wrong_key_is_named(pane, until, secrets, tasks):
    secrets.set_for_run("demo", "api_key", "wrong")
    pane.shown()
    await until(lambda: "Not accepted" in facts(pane)[1] and not tasks.names)


async def test_the_log_progress_follows_the_schedule(pane, until, desk, demo_account, tasks):
    pane.shown()
    await until(lambda: "Answers in" in facts(pane)[0] and not tasks.names)
    assert pane.view._sync.item(0, 2).text() == "not fetched yet"
    await desk.sync.refresh(demo_account)
    desk.schedule.changed.emit(desk.schedule.state("demo"))
    await until(lambda: pane.view._sync.item(0, 2).text() != "not fetched yet")


async def test_a_bar_tells_its_words(pane, until, tasks, qtbot):
    pane.shown()
    await until(lambda: "Answers in" in facts(pane)[0] and not tasks.names)
    chart = pane.widget.findChild(HistoryChart)
    assert "of 1 look:" in chart.accessibleName()
    chart.grab()
    for spot in (QPoint(2, 10), QPoint(400, 10)):
        QApplication.sendEvent(chart, QHelpEvent(QEvent.Type.ToolTip, spot, chart.mapToGlobal(spot)))


async def test_rows_are_copied_with_the_keyboard(pane, until, tasks, qtbot):
    pane.shown()
    await until(lambda: "Answers in" in facts(pane)[0] and not tasks.names)
    table = pane.view._sync
    table.setFocus()
    table.selectRow(0)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text().startswith("User calls\t")


@pytest.fixture
def reseller(desk, secrets, demo):
    """Give the desk an account that has a balance, in place of the one that has none."""
    desk.preferences.remove_account("demo")
    yay = demo.yay
    settings = {"reseller": yay.reseller, "user": yay.user, "base_url": demo.base_url, "low_balance": "20"}
    account = Account("yay", "Demo reseller", "yay", yay.my_number, settings)
    desk.preferences.save_account(account)
    secrets.set_for_run(account.id, "password", yay.password)
    return account


async def test_an_account_without_balances_has_no_card_for_one(pane, until, tasks):
    pane.shown()
    await until(lambda: facts(pane) and "Answers in" in facts(pane)[0] and not tasks.names)
    assert len(facts(pane)) == 3


async def test_the_balance_is_shown_and_warned_of_under_the_users_amount(pane, reseller, demo, until, tasks, find):
    pane.shown()
    await until(lambda: len(facts(pane)) == 4 and "250.00 as of" in facts(pane)[3] and not tasks.names)
    assert "Sign-in: Accepted" in facts(pane)[1]
    demo.yay.set_balance("19.99")
    find(pane.widget, QPushButton, "Look again").click()
    await until(lambda: "Balance: 19.99, low under 20.00, as of" in facts(pane)[3] and not tasks.names)
    assert pane.view._tiles.tiles[3]._fact.tone is Tone.WARNING
    demo.fault("server_error", operation="balance")
    find(pane.widget, QPushButton, "Look again").click()
    await until(lambda: "Balance: Not known" in facts(pane)[3] and not tasks.names)
    pane.shown()  # from what is stored: the last that was read
    await until(lambda: "19.99, low" in facts(pane)[3] and not tasks.names)


async def test_four_cards_stand_in_two_rows_where_one_is_too_narrow(pane, reseller, until, tasks):
    pane.shown()
    await until(lambda: len(facts(pane)) == 4 and not tasks.names)
    tiles = pane.view._tiles
    pane.widget.resize(1600, 800)
    assert tiles._columns == 4
    pane.widget.resize(640, 800)
    assert tiles._columns == 2
    tiles.show_facts([tile._fact for tile in tiles.tiles][:3])
    assert tiles._columns == 3
    assert all(tile.isVisible() for tile in tiles.tiles)


def test_a_balance_that_was_never_read_is_said_to_be_so():
    assert model.balance_fact(None, None, None).value == "Not asked yet"
