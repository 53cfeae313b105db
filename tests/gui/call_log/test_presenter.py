"""The call log through its user's eyes and hands: loading, arrivals, search, the row's actions, the other faces."""

import asyncio
from datetime import date, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from tests.fakes.call_log import FakeCallLog, LongCallLog, changed, logged
from tests.gui.call_log.conftest import Desk, FakeAccounts, until
from voipdesk.core.call_log import CallFilter, Direction, Outcome, Source
from voipdesk.core.errors import BadInput, OverBudget, StorageFailed
from voipdesk.core.missed_calls import MissedCall, MissedKind
from voipdesk.gui.call_log import reader
from voipdesk.gui.call_log.model import Column
from voipdesk.gui.call_log.periods import Period
from voipdesk.gui.call_log.window import CAPACITY
from voipdesk.services.backfill_loop import BackfillState
from voipdesk.services.call_reading import SyncProgressReport
from voipdesk.services.schedule import ScheduleState


def calls(count, start=1_700_000_000_000):
    return [logged(n, start + n * 60_000, caller_name=f"caller {n}") for n in range(1, count + 1)]


def newest(log, number, **fields):
    return logged(number, log.calls[0].call.started_at + 60_000, caller_name=f"caller {number}", **fields)


async def test_the_log_is_shown_newest_first_with_its_totals(open_desk):
    log = FakeCallLog([*calls(40), logged(99, 1_700_900_000_000, outcome=Outcome.MISSED), logged(98, 5, talk_s=7_800)])
    desk = await open_desk(log)
    assert [desk.model.call(row).id for row in (0, 1, 40)] == [99, 40, 1]
    assert desk.view.totals.text() == "42 calls · 1 missed · talked 2 h 10 min"


async def test_the_log_is_shown_before_the_way_into_its_depth_is_known_which_scrolling_asks_for(theme, monkeypatch):
    monkeypatch.setattr(reader, "ANCHORS_AFTER_S", 3600)
    desk = Desk(theme, LongCallLog(100_000), FakeAccounts("Office"))
    opening = asyncio.ensure_future(desk.open())
    await until(lambda: desk.pane and desk.view.totals.text() == "100,000 calls")
    await until(lambda: not desk.tasks.running("call log: pages"))
    desk.scroll_to(120)
    await until(lambda: desk.model.call(450))
    assert not desk.model.window.reachable
    desk.scroll_to(50_000)
    await until(lambda: desk.model.call(50_000))
    assert "call 50000" in desk.text(50_000)
    await opening
    desk.pane.close()
    desk.view.deleteLater()


async def test_nothing_is_loaded_before_the_pane_is_shown(open_desk):
    desk = await open_desk(FakeCallLog(calls(3)))
    fresh = FakeCallLog(calls(3))
    fresh.arrive(newest(fresh, 4))
    assert fresh.asked == []
    assert ("page", CallFilter()) in desk.log.asked


async def test_scrolling_a_million_calls_end_to_end_keeps_the_rows_bounded(open_desk):
    desk = await open_desk(LongCallLog(1_000_000))
    assert desk.model.rowCount() == 1_000_000
    for row in [*range(0, 1_000_000, 41_237), 999_970, 500_000, 3, 731_499, 731_501]:
        desk.scroll_to(row)
        await desk.settled()
        first, last = desk.table.rows_seen
        assert all(f"call {i} " in desk.text(i) + " " for i in range(first, last + 1))
        assert desk.model.window.kept <= CAPACITY
    assert max(len(page) for page in desk.log.pages) <= 500


async def test_pages_scrolled_past_are_not_fetched(open_desk):
    desk = await open_desk(LongCallLog(1_000_000))
    desk.log.pages.clear()
    for row in range(0, 900_000, 9_000):
        desk.scroll_to(row)
    await desk.settled()
    assert len(desk.log.pages) <= 3
    first, _ = desk.table.rows_seen
    assert f"call {first} " in desk.text(first) + " "


async def test_rows_that_are_not_loaded_are_calm_and_tell_a_screen_reader_so(open_desk):
    desk = await open_desk(LongCallLog(100_000))
    index = desk.model.index(50_000, Column.CALLER)
    assert desk.model.data(index) == ""
    assert desk.model.data(index, Qt.ItemDataRole.AccessibleTextRole) == "Loading"
    assert not desk.view.grab().isNull()


async def test_a_new_call_comes_in_on_top_while_the_selection_stays_with_its_call(open_desk):
    desk = await open_desk(FakeCallLog(calls(300)))
    desk.table.choose(4)
    desk.log.arrive(newest(desk.log, 301), logged(302, desk.log.calls[0].call.started_at + 90_000))
    await desk.settled()
    assert desk.table.at_top
    assert desk.model.call(0).id == 302
    assert desk.model.call(desk.table.current_row).id == 296
    assert desk.view.newer.isHidden()


@pytest.mark.parametrize("place", [150, 700])
async def test_a_new_call_moves_nothing_in_sight_when_scrolled_down(open_desk, place):
    desk = await open_desk(FakeCallLog(calls(900)))
    desk.scroll_to(place, 7)
    await desk.settled()
    desk.table.choose(place + 3)
    before, chosen = desk.top, desk.model.call(place + 3).id
    desk.log.arrive(newest(desk.log, 901))
    desk.log.arrive(newest(desk.log, 902))
    await desk.settled()
    assert desk.top == before
    assert desk.model.call(desk.table.current_row).id == chosen
    assert desk.view.newer.text() == "↑ 2 new calls"
    QTest.mouseClick(desk.view.newer, Qt.MouseButton.LeftButton)
    assert desk.table.at_top
    assert desk.view.newer.isHidden()
    assert desk.model.call(0).id == 902


async def test_calls_that_come_in_below_move_neither_selection_nor_rows_in_sight(open_desk):
    desk = await open_desk(FakeCallLog(calls(900)))
    desk.scroll_to(600, 3)
    await desk.settled()
    desk.table.choose(610)
    before, chosen = desk.top, desk.model.call(610).id
    times = [call.call.started_at for call in desk.log.calls]
    late = [logged(2_000 + i, times[row] + 1) for i, row in enumerate((100, 300, 605, 800))]
    desk.log.arrive(*late)
    await desk.settled()
    assert desk.top == before
    assert desk.model.call(desk.table.current_row).id == chosen
    assert desk.model.rowCount() == 904
    first, last = desk.table.rows_seen
    assert [desk.model.call(i).id for i in range(first, last + 1)] == [c.id for c in desk.log.calls[first : last + 1]]


async def test_a_call_that_ends_is_updated_where_it_stands(open_desk):
    log = FakeCallLog(calls(30))
    log.put(changed(log.calls[2], outcome=Outcome.IN_PROGRESS))
    desk = await open_desk(log)
    desk.table.choose(2)
    assert "In progress" in desk.text(2)
    log.arrive(changed(log.calls[2], outcome=Outcome.ANSWERED, talk_s=130))
    await until(lambda: "2:10" in desk.text(2))
    assert "Answered" in desk.text(2)
    assert desk.table.current_row == 2
    assert desk.view.details._about.text().startswith("Answered")


async def test_calls_that_no_longer_match_leave_and_the_selection_with_them(open_desk):
    log = FakeCallLog([changed(call, outcome=Outcome.IN_PROGRESS) for call in calls(30)])
    desk = await open_desk(log)
    desk.view.filters.outcome.choose((Outcome.IN_PROGRESS,))
    await desk.settled()
    desk.table.choose(5)
    log.arrive(changed(log.calls[5], outcome=Outcome.ANSWERED), changed(log.calls[9], outcome=Outcome.MISSED))
    await desk.settled()
    assert desk.model.rowCount() == 28
    assert desk.table.current_row == -1
    assert not desk.view.details.call_back.isEnabled()


async def test_a_log_that_was_empty_fills_while_it_is_looked_at(open_desk):
    desk = await open_desk()
    desk.log.arrive(*calls(1_200))
    await desk.settled()
    assert desk.model.rowCount() == 1_200
    desk.scroll_to(1_150)
    await desk.settled()
    assert desk.text(1_160)


async def test_changes_while_the_log_is_hidden_are_seen_when_it_is_shown_and_missed_calls_counted(open_desk):
    desk = await open_desk(FakeCallLog(calls(30)))
    desk.pane.hidden()
    await until(lambda: desk.pane._badge._seen is not None)
    desk.log.arrive(newest(desk.log, 31, outcome=Outcome.MISSED))
    desk.log.arrive(newest(desk.log, 32, outcome=Outcome.ABANDONED), logged(5, 9, outcome=Outcome.MISSED))
    await until(lambda: desk.pane.badge == "2")
    assert desk.model.call(0).id == 30
    desk.pane.shown()
    await desk.settled()
    assert desk.pane.badge == ""
    assert desk.model.call(0).id == 32


async def test_a_later_search_supersedes_an_earlier_one_whose_answer_comes_late(open_desk):
    desk = await open_desk(FakeCallLog(calls(300)))
    release = asyncio.Event()

    async def hold(what, asked):
        if asked.search == "caller 1":
            try:
                await release.wait()
            except asyncio.CancelledError:
                await release.wait()  # as a driver that cannot be interrupted: the answer comes all the same

    desk.log.hold = hold
    QTest.keyClicks(desk.view.filters.search, "caller 1")
    await asyncio.sleep(0.05)
    QTest.keyClicks(desk.view.filters.search, "23")
    await until(lambda: desk.model.rowCount() == 1)
    release.set()
    await desk.settled()
    assert desk.model.rowCount() == 1
    assert "caller 123" in desk.text(0)
    assert desk.view.totals.text().startswith("1 call")


async def test_the_rows_of_before_stay_until_the_search_is_answered(open_desk):
    desk = await open_desk(FakeCallLog(calls(300)))
    release = asyncio.Event()

    async def hold(what, asked):
        await release.wait()

    desk.log.hold = hold
    desk.view.filters.search.setText("caller 12")
    await until(desk.view._busy.isVisible)
    assert desk.model.rowCount() == 300
    release.set()
    await until(lambda: desk.model.rowCount() == 11)
    await desk.settled()
    assert not desk.view._busy.isVisible()


async def test_a_search_keeps_the_chosen_call_where_it_is_found(open_desk):
    desk = await open_desk(FakeCallLog(calls(300)))
    desk.table.choose(177)
    desk.view.filters.search.setText("caller 12")
    await desk.settled()
    assert desk.model.call(desk.table.current_row).id == 123
    desk.view.filters.search.setText("caller 29")
    await desk.settled()
    assert desk.table.current_row == -1


async def test_escape_clears_the_search_and_gives_the_focus_to_the_table(open_desk):
    desk = await open_desk(FakeCallLog(calls(30)))
    desk.pane.search()
    assert desk.view.filters.search.hasFocus()
    QTest.keyClicks(desk.view.filters.search, "zz")
    await desk.settled()
    assert desk.view._faces.currentWidget() is desk.view._no_match
    QTest.keyClick(desk.view.filters.search, Qt.Key.Key_Escape)
    await desk.settled()
    assert desk.view.filters.search.text() == ""
    assert desk.table.hasFocus()
    assert desk.model.rowCount() == 30


async def test_letters_typed_on_the_table_go_to_the_search(open_desk):
    desk = await open_desk(FakeCallLog(calls(30)))
    desk.table.setFocus()
    QTest.keyClick(desk.table, Qt.Key.Key_C)
    assert desk.view.filters.search.hasFocus()
    assert desk.view.filters.search.text() == "c"


async def test_no_match_offers_to_take_the_filters_back(open_desk):
    desk = await open_desk(FakeCallLog(calls(30)))
    desk.view.filters.direction.choose(Direction.OUT)
    await desk.settled()
    assert desk.view._faces.currentWidget() is desk.view._no_match
    assert desk.view.clear.isEnabled()
    desk.view._no_match.begun.emit()
    await desk.settled()
    assert desk.view._faces.currentWidget() is desk.table
    assert not desk.view.clear.isEnabled()


async def test_an_empty_log_offers_to_read_it(open_desk):
    desk = await open_desk()
    assert desk.view._faces.currentWidget() is desk.view._empty
    assert desk.view.totals.text() == ""
    desk.view._empty.begun.emit()
    await until(lambda: desk.schedule.asked == [("refresh", "office")])


async def test_an_empty_log_without_account_offers_to_connect(open_desk):
    desk = await open_desk(accounts=())
    desk.view._empty.begun.emit()
    assert desk.called == ["connect"]


async def test_a_failed_read_keeps_the_rows_and_can_be_tried_again(open_desk):
    desk = await open_desk(FakeCallLog(calls(30)))
    desk.log.fail_with = StorageFailed("The disk is gone.")
    desk.view.filters.search.setText("caller 12")
    await desk.settled()
    assert desk.messages.current.text == "The disk is gone."
    assert desk.model.rowCount() == 30
    desk.log.fail_with = None
    label, act = desk.messages.current.action
    assert label == "Try again"
    act()
    await desk.settled()
    assert desk.model.rowCount() == 1
    assert desk.messages.current is None


async def test_refresh_asks_every_account_shown_and_says_why_when_it_may_not(open_desk):
    desk = await open_desk(accounts=("Office", "Depot"))
    desk.pane.refresh()
    await until(lambda: len(desk.schedule.asked) == 2)
    desk.view.filters.account.choose("depot")
    desk.schedule.fail_with = OverBudget("No request is left until 14:20.")
    desk.pane.refresh()
    await until(lambda: desk.messages.current is not None)
    assert desk.schedule.asked[2:] == [("refresh", "depot")]
    assert desk.messages.current.text == "No request is left until 14:20."


@pytest.mark.parametrize(
    ("fields", "number"),
    [
        ({"caller": "+442079460958"}, "+44 20 7946 0958"),
        ({"caller": "7042"}, "7042"),
        ({"caller": "1121"}, "1121"),
        ({"caller": "1001", "called": "+441614960123", "direction": Direction.OUT}, "+44 161 496 0123"),
    ],
)
async def test_enter_calls_the_other_side_back(open_desk, fields, number):
    desk = await open_desk(FakeCallLog([logged(1, 1, **fields)]))
    desk.table.setFocus()
    QTest.keyClick(desk.table, Qt.Key.Key_Return)
    await until(lambda: desk.called)
    assert desk.called == [number]


async def test_a_double_click_calls_back_once(open_desk):
    desk = await open_desk(FakeCallLog(calls(3)))
    place = desk.table.visualRect(desk.model.index(1, Column.CALLER)).center()
    QTest.mouseClick(desk.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(desk.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    await desk.settled()
    await until(lambda: desk.called)
    assert desk.called == ["+44 20 7946 0958"]


@pytest.mark.parametrize("caller", ["", "anonymous", "Withheld"])
async def test_a_withheld_number_cannot_be_called_and_it_is_said(open_desk, caller):
    desk = await open_desk(FakeCallLog([logged(1, 1, caller=caller)]))
    desk.table.setFocus()
    QTest.keyClick(desk.table, Qt.Key.Key_Return)
    await until(lambda: desk.messages.current is not None)
    assert "withheld" in desk.messages.current.text
    assert desk.called == []
    assert not desk.view.details.call_back.isEnabled()
    assert "cannot be called back" in desk.view.details._about.text()


async def test_the_number_and_the_row_are_copied(open_desk):
    desk = await open_desk(FakeCallLog([logged(1, 1_700_000_000_000, caller_name="Mary Major", name="Sales")]))
    desk.table.setFocus()
    QTest.keyClick(desk.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    await until(lambda: QGuiApplication.clipboard().text() == "+44 20 7946 0958")
    desk.view.copy_row_asked.emit()
    row = QGuiApplication.clipboard().text().split("\t")
    assert row[Column.CALLER] == "Mary Major +44 20 7946 0958"
    assert row[Column.NAME] == "Sales"
    assert len(row) == Column.ACCOUNT  # which is hidden


async def test_the_menu_offers_what_can_be_done_without_blocking(open_desk):
    desk = await open_desk(FakeCallLog(calls(3)))
    desk.table.choose(1)
    desk.table.customContextMenuRequested.emit(QPoint(20, 400))
    menu = desk.view.findChild(QMenu)
    names = [action.text().split("\t")[0] for action in menu.actions() if action.text()]
    assert names == ["Call back", "Copy number", "Copy row", "Add to contacts…", "Details"]
    next(action for action in menu.actions() if "Copy row" in action.text()).trigger()
    assert "caller 2" in QGuiApplication.clipboard().text()
    menu.close()


async def test_no_menu_without_a_row(open_desk):
    desk = await open_desk()
    desk.table.customContextMenuRequested.emit(QPoint(20, 20))
    assert desk.view.findChild(QMenu) is None


async def test_home_and_end_go_to_the_ends_of_the_log(open_desk):
    desk = await open_desk(LongCallLog(100_000))
    desk.table.setFocus()
    QTest.keyClick(desk.table, Qt.Key.Key_End)
    await desk.settled()
    assert desk.table.current_row == 99_999
    assert desk.view.details._title.text().startswith("call 99999")
    QTest.keyClick(desk.table, Qt.Key.Key_Home)
    await desk.settled()
    assert desk.table.current_row == 0


async def test_space_opens_the_details_and_they_are_remembered(open_desk):
    desk = await open_desk(FakeCallLog([logged(1, 1, caller_name="<b>Mary</b>")]))
    desk.table.setFocus()
    QTest.keyClick(desk.table, Qt.Key.Key_Space)
    values = [field.text() for field in desk.view.details._fields.findChildren(object) if hasattr(field, "isReadOnly")]
    assert "<b>Mary</b> +44 20 7946 0958" in values
    await until(lambda: desk.preferences.get("call_log_details", default=False))
    QTest.keyClick(desk.table, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert desk.view.details._fields.isHidden()
    await until(lambda: desk.table.height() > 300)


async def test_column_widths_are_remembered(open_desk):
    desk = await open_desk(FakeCallLog(calls(3)))
    assert desk.table.widths == ""
    desk.table.setColumnWidth(Column.CALLER, 333)
    await until(lambda: desk.preferences.get("call_log_columns", ""))
    again = await open_desk(FakeCallLog(calls(3)), preferences=desk.preferences)
    assert again.table.columnWidth(Column.CALLER) == 333


@pytest.mark.parametrize("kept", ["1 2 3", "a b c d e f g h i j", "-5 1 1 1 1 1 1 1 1 1"])
async def test_widths_that_are_no_widths_are_passed_over(open_desk, kept):
    desk = await open_desk(FakeCallLog(calls(3)))
    before = desk.table.columnWidth(Column.CALLER)
    desk.table.restore_widths(kept)
    assert desk.table.columnWidth(Column.CALLER) == before


@pytest.mark.parametrize("width", [830, 1400])
async def test_the_columns_fill_the_table_and_no_more(open_desk, width):
    desk = await open_desk(FakeCallLog(calls(300)))
    desk.view.resize(width, 500)
    await asyncio.sleep(0)
    total = sum(desk.table.columnWidth(c) for c in Column)
    assert desk.table.viewport().width() - len(Column) <= total <= desk.table.viewport().width()


async def test_where_it_must_be_scrolled_numbers_are_whole(open_desk):
    desk = await open_desk(FakeCallLog(calls(300)))
    desk.view.resize(500, 500)
    await asyncio.sleep(0)
    number = desk.table.fontMetrics().horizontalAdvance("+44 20 7946 0000")
    assert min(desk.table.columnWidth(c) for c in (Column.CALLER, Column.CALLED)) > number


async def test_the_account_column_is_there_when_there_are_several_and_gives_way_to_numbers(open_desk):
    desk = await open_desk(FakeCallLog(calls(3)))
    desk.view.resize(1200, 500)
    await asyncio.sleep(0)
    assert desk.table.isColumnHidden(Column.ACCOUNT)
    desk.accounts.accounts = (*desk.accounts.accounts, desk.accounts.accounts[0])
    desk.accounts.changed.emit(None)
    assert not desk.table.isColumnHidden(Column.ACCOUNT)
    assert desk.view.filters.account.isVisible()
    desk.view.resize(850, 500)
    await asyncio.sleep(0)
    assert desk.table.isColumnHidden(Column.ACCOUNT)
    desk.view.resize(1200, 500)
    await asyncio.sleep(0)
    assert not desk.table.isColumnHidden(Column.ACCOUNT)


async def test_who_answered_gives_way_to_numbers_and_comes_back(open_desk):
    desk = await open_desk(FakeCallLog(calls(3)))
    for width, hidden in ((1000, False), (650, True), (1000, False), (650, True)):
        desk.view.resize(width, 500)
        await asyncio.sleep(0)
        assert desk.table.isColumnHidden(Column.ANSWERED_BY) is hidden
    desk.table.setColumnWidth(Column.CALLER, 150)
    desk.view.resize(1200, 500)
    await asyncio.sleep(0)
    assert desk.table.columnWidth(Column.ANSWERED_BY) > 50
    assert desk.table.columnWidth(Column.CALLER) == 150


async def test_a_column_that_was_hidden_is_not_remembered_as_one_without_width(open_desk):
    desk = await open_desk(FakeCallLog(calls(3)))
    desk.view.resize(650, 500)
    await asyncio.sleep(0)
    desk.table.setColumnWidth(Column.CALLER, 150)
    again = await open_desk(FakeCallLog(calls(3)))
    again.table.restore_widths(desk.table.widths)
    assert again.table.columnWidth(Column.CALLER) == 150
    assert again.table.columnWidth(Column.ANSWERED_BY) > 50


async def test_a_broken_settings_file_leaves_the_log_readable(open_desk):
    desk = await open_desk(FakeCallLog(calls(3)))
    desk.accounts.error = BadInput("line 3")
    desk.accounts.changed.emit(None)
    await desk.settled()
    assert desk.model.rowCount() == 3


async def test_the_names_seen_in_the_log_can_be_chosen(open_desk, monkeypatch):
    monkeypatch.setattr("voipdesk.gui.call_log.presenter._NAMES_AFTER_S", 0)
    desk = await open_desk(FakeCallLog([logged(1, 1, name="Sales", source=Source.QUEUE), logged(2, 2, name="Ann Lee")]))
    names = desk.view.filters.name
    await until(lambda: names.count() == 3)
    assert [names.itemText(i) for i in range(3)] == ["Anyone", "Sales queue", "Ann Lee"]
    names.choose((Source.QUEUE, "Sales"))
    await desk.settled()
    assert desk.model.rowCount() == 1


async def test_on_another_day_today_is_another_and_its_calls_are_yesterdays(open_desk):
    today = [datetime(2026, 3, 10, 15, 0).astimezone()]
    at = int(datetime(2026, 3, 10, 14, 2).astimezone().timestamp() * 1000)
    desk = await open_desk(FakeCallLog([logged(1, at)]))
    desk.pane._clock._now = lambda: today[0]
    desk.pane._look_at_calendar()
    desk.view.filters.period.choose(Period.TODAY)
    await desk.settled()
    assert desk.text(0).split()[1] == "14:02"
    desk.view.filters.period.choose(Period.THIS_WEEK)
    await desk.settled()
    today[0] = datetime(2026, 3, 11, 0, 1).astimezone()
    desk.pane._look_at_calendar()
    assert "yesterday 14:02" in desk.text(0)
    desk.view.filters.period.choose(Period.TODAY)
    await desk.settled()
    assert desk.model.rowCount() == 0
    assert desk.pane._clock.today() == date(2026, 3, 11)


async def test_the_back_fill_shows_how_far_it_is_and_can_be_stopped_and_taken_up(open_desk):
    desk = await open_desk()
    account = desk.accounts.accounts[0]
    oldest = datetime(2025, 3, 3).astimezone()
    report = SyncProgressReport(account, Source.USER, read=120_000, oldest=oldest)
    desk.schedule.tell(ScheduleState("office", backfill=BackfillState.RUNNING, progress=report))
    line = desk.view.backfill_line
    assert line.text.startswith("Office: reading older calls, 120")
    line.button.click()
    assert desk.schedule.asked == [("cancel", "office")]
    assert "stopped" in line.text
    line.button.click()
    assert desk.schedule.asked[-1] == ("resume", "office")
    assert line.text == ""
    desk.schedule.tell(ScheduleState("office", backfill=BackfillState.RUNNING))
    assert line.text == "Office: reading older calls …"


async def test_the_row_is_one_sentence_for_a_screen_reader(open_desk):
    desk = await open_desk(
        FakeCallLog([logged(1, 1, source=Source.QUEUE, name="Sales", outcome=Outcome.MISSED, duration_s=48)])
    )
    for column in (Column.DIRECTION, Column.CALLER):
        index = desk.model.index(0, column)
        said = desk.model.data(index, Qt.ItemDataRole.AccessibleTextRole)
        assert said.startswith("Missed call from +44 20 7946 0958, Sales queue, ")
        assert said.endswith(", waited 48 seconds")


@pytest.fixture
def listened_to():
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


async def test_a_call_that_nobody_returned_says_so_where_somebody_listens(open_desk, listened_to):
    call = logged(1, 1, outcome=Outcome.MISSED)
    desk = await open_desk(FakeCallLog([call, logged(2, 2, outcome=Outcome.MISSED)]))
    desk.missed_calls.calls = [MissedCall(call, MissedKind.MISSED, (1,))]
    desk.missed_calls.changed.emit(None)

    def unreturned():
        index = (desk.model.index(row, 0) for row in range(2))
        return [
            desk.model.call(i.row()).id
            for i in index
            if desk.model.data(i, Qt.ItemDataRole.AccessibleTextRole).endswith(", not returned")
        ]

    await until(lambda: unreturned() == [1])
    desk.missed_calls.calls = []
    desk.missed_calls.changed.emit(None)
    await until(lambda: unreturned() == [])
