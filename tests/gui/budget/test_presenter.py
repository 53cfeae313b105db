from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QComboBox

from voipdesk.archive.sync_state import SyncProgress
from voipdesk.core.accounts import Account
from voipdesk.core.budget import Budget, Limit
from voipdesk.core.call_log import Source
from voipdesk.core.errors import NotAuthorised, OverBudget
from voipdesk.gui.budget.presenter import BudgetPresenter, budget_words, log_words
from voipdesk.gui.budget.view import StatusLine
from voipdesk.gui.words import now
from voipdesk.services.schedule import ScheduleState
from voipdesk.services.status import StatusReport

LIMIT = Limit(100, timedelta(minutes=15))


def progress(**changes):
    fields = {"refreshed_at": now(), "complete_from": None, "complete_to": None, "whole": False, "gaps": ()}
    return SyncProgress(**{**fields, **changes})


def report(*sources):
    return StatusReport(None, None, Budget(LIMIT, 13, now()), dict(zip(Source, sources, strict=False)))


@pytest.mark.parametrize(
    ("budget", "state", "words"),
    [
        (Budget(LIMIT, 13, now()), {}, "87 of 100 requests left"),
        (Budget(LIMIT, 13, now()), {"running": "refresh"}, "87 of 100 requests left · refreshing …"),
        (Budget(LIMIT, 13, now()), {"running": "back-fill"}, "87 of 100 requests left · reading older calls …"),
        (Budget(LIMIT, 0, now()), {"next_at": now() - timedelta(1)}, "100 of 100 requests left · next refresh now"),
    ],
)
def test_the_line_says_what_is_left_and_what_comes_next(budget, state, words):
    assert budget_words(budget, ScheduleState("a", **state)) == words


def test_the_line_says_why_it_waits():
    state = ScheduleState("a", next_at=now() + timedelta(seconds=40.2), waiting_for="Few requests are left.")
    words = budget_words(Budget(LIMIT, 88, now()), state)
    assert words.startswith("12 of 100 requests left · next refresh in 40 s: few requests are left")
    closed = Budget(LIMIT, 1, now(), closed_until=now() + timedelta(minutes=3))
    assert "no requests before" in budget_words(closed, ScheduleState("a"))


def test_the_log_is_as_fresh_as_its_oldest_source_and_as_complete_as_its_worst():
    assert log_words(report()) == ""
    assert log_words(report(progress(refreshed_at=None))) == "call log not fetched yet"
    assert "partly" in log_words(report(progress(), progress(refreshed_at=None)))
    assert "· complete" in log_words(report(progress(whole=True)))
    assert "incomplete" in log_words(report(progress()))
    since = log_words(report(progress(whole=True), progress(complete_from=date(2025, 3, 4), whole=False)))
    assert "incomplete" in since or "since" in since


async def test_the_line_follows_accounts_and_says_why_a_refresh_fails(
    qtbot, desk, demo_account, tasks, messages, until
):
    asked = []
    line = StatusLine()
    qtbot.addWidget(line)
    line.resize(900, 40)
    line.show()
    presenter = BudgetPresenter(line, desk, tasks, messages, lambda: asked.append(1))
    presenter.start()
    await until(lambda: "100 of 100" in line._budget.text())
    assert not line.findChild(QComboBox).isVisible()
    desk.preferences.save_account(Account("b", "Other", "voipcloud", "", {"base_url": "https://b.invalid"}))
    presenter.show_accounts()
    await until(lambda: line.findChild(QComboBox).isVisible())
    presenter.follow("b")
    assert line.findChild(QComboBox).currentText() == "Other"
    await until(lambda: presenter._account.id == "b")
    error = NotAuthorised("The key is wrong.")
    desk.schedule.changed.emit(ScheduleState("demo", error=error))
    assert messages.current.text == "The key is wrong."
    messages.current.action[1]()
    assert asked == [1]
    messages.close_current()
    desk.schedule.changed.emit(ScheduleState("demo", error=error))
    assert messages.current is None, "closed is closed, as long as it is the same error"
    desk.schedule.changed.emit(ScheduleState("demo", error=OverBudget("None left.")))
    assert messages.current is None
    for _ in range(10):
        presenter._tick()
    desk.preferences.remove_account("b")
    desk.preferences.remove_account("demo")
    presenter.show_accounts()
    await until(lambda: line._budget.text() == "No account yet")
    presenter.stop()


async def test_the_line_follows_each_request_at_once(qtbot, desk, demo_account, tasks, messages, until):
    line = StatusLine()
    qtbot.addWidget(line)
    presenter = BudgetPresenter(line, desk, tasks, messages, lambda: None)
    presenter.start()
    await until(lambda: "100 of 100" in line._budget.text())
    presenter._timer.stop()
    await desk.status.look(demo_account)
    await until(lambda: "99 of 100" in line._budget.text())
    presenter.stop()
