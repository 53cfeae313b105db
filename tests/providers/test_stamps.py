"""Stamps with Z, with an offset, with neither; in the hours when clocks change; and what is no stamp."""

import contextlib
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voipdesk.providers.stamps import moment_reader, stamp_reader

SYDNEY = ZoneInfo("Australia/Sydney")


def ms(*when: int) -> int:
    return int(datetime(*when, tzinfo=UTC).timestamp() * 1000)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-01T09:15:00Z", ms(2026, 3, 1, 9, 15)),
        ("2026-03-01T09:15:00.000Z", ms(2026, 3, 1, 9, 15)),
        ("2026-03-01T09:15:00.250Z", ms(2026, 3, 1, 9, 15) + 250),
        ("2026-03-01T09:15:00+11:00", ms(2026, 2, 28, 22, 15)),
        ("2026-03-01T09:15:00+1100", ms(2026, 2, 28, 22, 15)),
        ("2026-03-01T09:15:00-03:30", ms(2026, 3, 1, 12, 45)),
        ("2026-03-01 09:15:00", ms(2026, 2, 28, 22, 15)),
        ("2026-03-01T09:15:00", ms(2026, 2, 28, 22, 15)),
        ("2026-07-01T09:15:00", ms(2026, 6, 30, 23, 15)),
        ("20260301T091500Z", ms(2026, 3, 1, 9, 15)),
        ("2026-03-01", ms(2026, 2, 28, 13)),
        ("1969-12-31T23:59:59Z", -1000),
    ],
)
def test_a_stamp_is_read_in_its_own_offset_or_the_accounts_zone(text, expected):
    read = stamp_reader(SYDNEY)
    assert read(text) == expected
    assert read(text) == expected, "and again, from what is remembered"


def test_without_a_zone_this_computers_counts():
    assert stamp_reader(None)("2026-07-01T12:00:00") == ms(2026, 7, 1, 10)  # Amsterdam, as the tests' environment is


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2026-13-01T00:00:00Z",
        "2026-03-01T25:00:00Z",
        "2026-03-01T09:15:60Z",
        "0000-00-00 00:00:00",
        "0001-01-01T00:00:00",
        "9999-12-31T23:59:59-12:00",
        "٢٠٢٦-03-01T09:15:00Z",
    ],
)
def test_what_is_no_stamp_is_a_value_error(text):
    with pytest.raises(ValueError, match=r"."):
        stamp_reader(SYDNEY)(text)


@pytest.mark.parametrize("zone", ["Australia/Sydney", "Europe/London", "Australia/Lord_Howe", "America/St_Johns", None])
@pytest.mark.parametrize("days", ["2026-03-29", "2026-04-05", "2026-10-04", "2026-10-25", "2006-10-29", "2026-06-01"])
def test_remembering_changes_nothing_where_clocks_change(zone, days):
    zone = ZoneInfo(zone) if zone else None
    read = stamp_reader(zone)
    for second in range(0, 86_400, 599):
        text = f"{days}T{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"
        naive = datetime.fromisoformat(text)
        aware = naive.replace(tzinfo=zone) if zone else naive.astimezone()
        assert read(text) == round(aware.timestamp() * 1000)


@given(st.datetimes(timezones=st.none() | st.timezones()), st.sampled_from(["T", " "]))
def test_any_time_is_read_as_python_reads_it(moment, separator):
    moment = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    text = moment.isoformat(separator)
    try:
        got = stamp_reader(None)(text)
    except ValueError:
        assert not 1900 <= moment.year <= 9000
    else:
        aware = datetime.fromisoformat(text).astimezone(UTC)
        assert got == round((aware - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() * 1000)


@given(st.text(max_size=40))
def test_any_text_is_a_stamp_or_a_value_error(text):
    with contextlib.suppress(ValueError):
        assert isinstance(stamp_reader(SYDNEY)(text), int)


def test_what_is_remembered_is_bounded(monkeypatch):
    from voipdesk.providers import stamps

    monkeypatch.setattr(stamps, "_MOST_REMEMBERED", 3)
    read = stamp_reader(SYDNEY)
    for hour in range(24):
        assert read(f"2026-06-01T{hour:02}:00:00Z") == ms(2026, 6, 1, hour)


@given(st.text(max_size=40) | st.datetimes().map(str))
def test_any_text_is_a_moment_that_every_zone_can_show_or_none(text):
    if (moment := moment_reader(UTC)(text)) is not None:
        assert [moment.astimezone(timezone(timedelta(hours=hours))) for hours in (-23, 23)] == [moment] * 2
