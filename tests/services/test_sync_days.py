from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from voipdesk.archive.sync_state import SyncProgress
from voipdesk.services.sync_days import before, first_covered, last_over, refresh_horizon

NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)
DAY = timedelta(days=1)
MOMENT = timedelta(milliseconds=1)


def test_a_day_is_covered_when_it_is_read_from_its_first_moment_anywhere():
    kiritimati = datetime(2026, 3, 3, 10, tzinfo=UTC)  # there it is midnight, the fourth begins
    assert first_covered(kiritimati - MOMENT) == date(2026, 3, 4)
    assert first_covered(kiritimati) == date(2026, 3, 5)


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_reading_back_to_before_a_day_covers_it(day):
    assert first_covered(before(day)) == day


def test_a_day_is_over_when_it_has_ended_everywhere_and_half_a_day_more():
    pago_pago = datetime(2026, 3, 3, 11, tzinfo=UTC)  # there the second ends
    assert last_over(pago_pago) == date(2026, 3, 1)
    assert last_over(datetime(2026, 3, 4, 0, tzinfo=UTC)) == date(2026, 3, 2)


def test_a_refresh_reads_some_hours_before_the_last_one():
    known = SyncProgress(refreshed_at=NOW - timedelta(minutes=1), complete_to=last_over(NOW))
    assert refresh_horizon(known, None, NOW) == NOW - timedelta(hours=3, minutes=1)


def test_a_refresh_reads_back_to_the_oldest_call_in_progress():
    known = SyncProgress(refreshed_at=NOW, complete_to=last_over(NOW))
    assert refresh_horizon(known, NOW - timedelta(hours=9), NOW) == NOW - timedelta(hours=9)


def test_the_first_refresh_of_all_completes_a_day():
    assert first_covered(refresh_horizon(SyncProgress(), None, NOW)) == last_over(NOW)


def test_a_refresh_after_days_off_completes_these_days():
    known = SyncProgress(refreshed_at=NOW - 3 * DAY, complete_to=last_over(NOW) - 3 * DAY)
    assert first_covered(refresh_horizon(known, None, NOW)) == last_over(NOW) - 2 * DAY


def test_a_refresh_after_a_year_off_reads_a_week():
    known = SyncProgress(refreshed_at=NOW - 365 * DAY, complete_to=last_over(NOW) - 365 * DAY)
    assert refresh_horizon(known, None, NOW) == NOW - 7 * DAY


def test_a_clock_that_was_ahead_at_the_last_refresh_hides_nothing():
    known = SyncProgress(refreshed_at=NOW + DAY, complete_to=last_over(NOW))
    assert refresh_horizon(known, None, NOW) == NOW - timedelta(hours=3)
