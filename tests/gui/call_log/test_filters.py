"""The filter bar: what is typed and chosen becomes the right CallFilter, once."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest

from voipdesk.core.call_log import CallFilter, Direction, Outcome, Source
from voipdesk.gui.call_log.filters import Choice, FilterBar
from voipdesk.gui.call_log.periods import Period, bounds, days

TODAY = date(2026, 3, 11)  # a Wednesday


@pytest.fixture
def bar(qtbot, theme):
    bar = FilterBar(theme, lambda: TODAY, QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    qtbot.addWidget(bar)
    bar.heard = []
    bar.changed.connect(lambda: bar.heard.append(bar.filter))
    return bar


def midnight(day):
    return datetime(day.year, day.month, day.day).astimezone()


def test_nothing_chosen_narrows_nothing(bar):
    assert bar.filter == CallFilter()
    assert not bar.narrows


def test_each_letter_typed_is_told(bar):
    QTest.keyClicks(bar.search, "ann")
    assert [heard.search for heard in bar.heard] == ["a", "an", "ann"]


def test_spaces_around_a_search_do_not_count(bar):
    bar.search.setText("  ann ")
    assert bar.filter.search == "ann"


@pytest.mark.parametrize(
    ("choice", "value", "field", "expected"),
    [
        ("source", (Source.QUEUE,), "sources", (Source.QUEUE,)),
        ("direction", Direction.OUT, "direction", Direction.OUT),
        ("outcome", (Outcome.ABANDONED,), "outcomes", (Outcome.ABANDONED,)),
        (
            "outcome",
            (Outcome.MISSED, Outcome.ABANDONED, Outcome.TIMED_OUT),
            "outcomes",
            (Outcome.MISSED, Outcome.ABANDONED, Outcome.TIMED_OUT),
        ),
    ],
)
def test_a_choice_becomes_its_filter(bar, choice, value, field, expected):
    getattr(bar, choice).choose(value)
    assert bar.heard == [CallFilter(**{field: expected})]


def test_a_name_narrows_to_its_source_too(bar):
    bar.set_names([(Source.QUEUE, "Sales"), (Source.RING_GROUP, "Sales"), (Source.USER, "Ann Lee")])
    assert [bar.name.itemText(i) for i in range(4)] == ["Anyone", "Sales queue", "Sales ring group", "Ann Lee"]
    bar.name.choose((Source.RING_GROUP, "Sales"))
    assert bar.filter == CallFilter(sources=(Source.RING_GROUP,), name="Sales")


def test_a_source_offers_its_own_names_only_and_drops_another_ones(bar):
    bar.set_names([(Source.QUEUE, "Sales"), (Source.USER, "Ann Lee")])
    bar.name.choose((Source.USER, "Ann Lee"))
    bar.source.choose((Source.QUEUE,))
    assert bar.name.count() == 2
    assert bar.filter == CallFilter(sources=(Source.QUEUE,))


def test_new_names_keep_the_one_chosen_and_tell_nobody(bar):
    bar.set_names([(Source.USER, "Ann Lee")])
    bar.name.choose((Source.USER, "Ann Lee"))
    bar.heard.clear()
    bar.set_names([(Source.USER, "Aaron"), (Source.USER, "Ann Lee")])
    assert bar.filter.name == "Ann Lee"
    assert bar.heard == []


def test_a_name_with_a_line_break_stays_on_its_line(bar):
    bar.set_names([(Source.USER, "Ann\nLee")])
    assert bar.name.itemText(1) == "Ann Lee"
    bar.name.setCurrentIndex(1)
    assert bar.filter.name == "Ann\nLee"


def test_accounts_are_offered_when_there_are_several(bar):
    bar.set_accounts([("a", "Office")])
    assert bar.account.isHidden()
    bar.set_accounts([("a", "Office"), ("b", "Depot")])
    assert not bar.account.isHidden()
    bar.account.choose("b")
    assert bar.filter == CallFilter(account_id="b")
    bar.set_accounts([("a", "Office")])
    assert bar.filter == CallFilter()


def test_clearing_takes_everything_back_and_tells_it_once(bar):
    bar.search.setText("ann")
    bar.outcome.choose((Outcome.ANSWERED,))
    bar.period.choose(Period.TODAY)
    bar.heard.clear()
    bar.clear()
    assert bar.heard == [CallFilter()]
    bar.clear()
    assert len(bar.heard) == 1


def test_a_period_is_whole_days_of_this_computers_zone(bar):
    bar.period.choose(Period.YESTERDAY)
    assert bar.filter.since == midnight(date(2026, 3, 10))
    assert bar.filter.until == midnight(TODAY)
    assert bar.filter.since.utcoffset() == timedelta(hours=1)  # the tests' zone is Amsterdam's


def test_dates_of_ones_own_begin_with_this_month_and_stay_in_order(bar):
    bar.period.choose(Period.CUSTOM)
    assert not bar.dates.isHidden()
    assert bar.dates.days == (date(2026, 3, 1), TODAY)
    bar.dates.set_days(date(2025, 1, 1), date(2025, 1, 31))
    assert bar.filter == CallFilter(since=midnight(date(2025, 1, 1)), until=midnight(date(2025, 2, 1)))
    bar.dates._from.setDate(bar.dates._to.date().addDays(5))
    assert bar.dates.days == (date(2025, 2, 5), date(2025, 2, 5))
    bar.dates._to.setDate(bar.dates._to.date().addDays(-9))
    assert bar.dates.days == (date(2025, 1, 27), date(2025, 1, 27))
    bar.period.choose(Period.ALL)
    bar.period.choose(Period.CUSTOM)
    assert bar.dates.days == (date(2025, 1, 27), date(2025, 1, 27))


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        (Period.ALL, None, None),
        (Period.TODAY, TODAY, TODAY),
        (Period.THIS_WEEK, date(2026, 3, 9), None),
        (Period.LAST_7_DAYS, date(2026, 3, 5), None),
        (Period.THIS_MONTH, date(2026, 3, 1), None),
        (Period.LAST_MONTH, date(2026, 2, 1), date(2026, 2, 28)),
        (Period.THIS_YEAR, date(2026, 1, 1), None),
    ],
)
def test_the_periods_are_those_of_the_calendar(period, first, last):
    assert days(period, TODAY, 1) == (first, last)


@pytest.mark.parametrize(("starts", "first"), [(1, 9), (7, 8), (6, 7), (3, 11)])
def test_a_week_begins_where_the_locale_begins_it(starts, first):
    assert days(Period.THIS_WEEK, TODAY, starts) == (date(2026, 3, first), None)


def test_last_month_in_january_is_december():
    assert days(Period.LAST_MONTH, date(2026, 1, 31), 1) == (date(2025, 12, 1), date(2025, 12, 31))


def test_the_day_that_loses_an_hour_has_twenty_three():
    zone = ZoneInfo("Europe/Amsterdam")
    since, until = bounds(date(2026, 3, 29), date(2026, 3, 29), zone)
    assert until.timestamp() - since.timestamp() == 23 * 3600


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down])
def test_the_search_field_is_left_for_the_table(bar, key):
    left = []
    bar.left.connect(lambda: left.append(1))
    QTest.keyClick(bar.search, key)
    assert left == [1]


def test_a_search_has_an_end(bar):
    bar.search.setText("x" * 5_000)
    assert len(bar.filter.search) == 200


def test_a_choice_that_does_not_fit_is_drawn_elided(qtbot):
    def picture(text):
        choice = Choice("Outcome", [("All", None), (text, 1)])
        choice.choose(1)
        qtbot.addWidget(choice)
        choice.resize(90, 26)
        return choice.grab().toImage()

    text = "Answered by nobody at all"
    assert any(picture(text) == picture(f"{text[:letters].rstrip()}…") for letters in range(2, 20))


@pytest.mark.parametrize(("width", "rows"), [(1400, 1), (800, 2)])
def test_where_one_row_has_no_room_for_all_there_are_two(bar, qtbot, width, rows):
    bar.set_accounts([("a", "Office"), ("b", "Reseller")])
    bar.resize(1000, 100)
    bar.show()
    for to in (1400 if rows == 2 else 600, width):  # the other way first
        bar.resize(to, 100)
        qtbot.wait(1)
    controls = [bar.search, *(choice for choice in bar.findChildren(Choice) if choice.isVisible())]
    assert len(controls) == 7
    assert 1 + sum(below - above > 10 for above, below in pairwise(sorted(c.y() for c in controls))) == rows
    for one in controls:
        assert one.width() >= one.minimumWidth()
        assert not any(one.geometry().intersects(other.geometry()) for other in controls if other is not one)
