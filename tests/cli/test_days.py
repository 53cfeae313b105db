"""Days on the command line."""

import argparse
from datetime import UTC, date, datetime, timedelta

import pytest

from voipdesk.cli.days import day_begins, day_ends, read_day


def test_a_day_is_a_date_today_or_yesterday():
    today = datetime.now().astimezone().date()
    assert read_day("2026-03-01") == date(2026, 3, 1)
    assert read_day("today") == today
    assert read_day("Yesterday") == today - timedelta(days=1)


@pytest.mark.parametrize("text", ["", "01/03/2026", "20260301", "2026-W09-7", "2026-02-30", "soon", "2026-03-01T10"])
def test_anything_else_is_no_day(text):
    with pytest.raises(argparse.ArgumentTypeError):
        read_day(text)


def test_a_day_begins_and_ends_here_even_when_the_clocks_change():
    assert day_begins(date(2026, 3, 29)).astimezone(UTC) == datetime(2026, 3, 28, 23, tzinfo=UTC)
    assert day_ends(date(2026, 3, 29)).astimezone(UTC) == datetime(2026, 3, 29, 22, tzinfo=UTC)


def test_the_last_day_there_is_ends_too():
    assert day_ends(date(9998, 12, 31)).year == 9999
    assert day_ends(date.max).date() == date.max
