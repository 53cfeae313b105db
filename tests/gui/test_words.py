from datetime import date, datetime, timedelta

import pytest

from tests.fakes.languages import dutch
from voipdesk.gui.words import day, sample_time, span, until, when

NOW = datetime(2025, 6, 15, 14, 2).astimezone()


@pytest.mark.parametrize(
    ("days", "begins"), [(0, ""), (-1, "yesterday "), (1, "tomorrow "), (-2, "2025-06-13 "), (-400, "2024-05-11 ")]
)
def test_near_days_are_named_and_far_ones_dated(days, begins):
    said = when(NOW + timedelta(days=days), NOW)
    assert said.startswith(begins)
    assert said.endswith("14:02") or "2:02" in said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0 s"),
        (-3, "0 s"),
        (48, "48 s"),
        (120, "2 min"),
        (130, "2 min 10 s"),
        (3600, "1 h"),
        (11100, "3 h 5 min"),
        (4_960_000, "1,377 h 46 min"),
    ],
)
def test_durations_are_said_in_the_largest_units(seconds, said):
    assert span(seconds) == said


def test_a_column_has_room_for_a_time_of_any_day():
    for days in (0, -1, -30, -400):
        assert len(sample_time()) >= len(when(NOW + timedelta(days=days), NOW))


def test_what_comes_is_counted_down_and_then_dated():
    assert until(NOW - timedelta(seconds=1), NOW) == "now"
    assert until(NOW + timedelta(seconds=40), NOW) == "in 40 s"
    assert until(NOW + timedelta(hours=1), NOW).startswith("at ")
    assert until(NOW + timedelta(days=1), NOW).startswith("tomorrow ")


def test_a_day_is_dated():
    assert "2025" in day(date(2025, 6, 15))


def test_times_and_spans_are_said_in_the_language_spoken():
    texts = {
        "yesterday {time}": "gisteren {time}",
        "in {span}": "over {span}",
        "{hours} h {minutes} min": "{hours} u {minutes} min",
        "{seconds} s": "{seconds} sec",
    }
    with dutch(texts):
        assert when(NOW - timedelta(days=1), NOW).startswith("gisteren ")
        assert until(NOW + timedelta(seconds=40), NOW) == "over 40 sec"
        assert span(11100) == "3 u 5 min"
