"""The gateway's quota headers, in any shape that they may have."""

from datetime import UTC, datetime, timedelta

import pytest

from voipdesk.core.budget import Limit, Quota
from voipdesk.providers.quota import read_quota

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
RESET = NOW + timedelta(seconds=90)
TOLD = {
    "quota-limit": "600",
    "quota-interval": "15",
    "quota-time-unit": "minute",
    "quota-used": "37",
    "quota-reset-utc": str(int(RESET.timestamp() * 1000)),
}


def test_it_is_read_as_told():
    assert read_quota(TOLD, NOW) == Quota(Limit(600, timedelta(minutes=15)), 37, RESET)


@pytest.mark.parametrize(
    "reset", [str(int(RESET.timestamp())), RESET.isoformat(), "2026-03-01T12:01:30Z", "2026-03-01 12:01:30"]
)
def test_the_reset_may_be_seconds_milliseconds_or_a_date(reset):
    assert read_quota({**TOLD, "quota-reset-utc": reset}, NOW).resets_at == RESET


@pytest.mark.parametrize("reset", ["", "soon", "0", "9" * 15, "9" * 30, "2026-03-01T11:59:59Z", "2026-03-02T12:00:00Z"])
def test_a_reset_that_cannot_be_is_an_interval_from_now(reset):
    assert read_quota({**TOLD, "quota-reset-utc": reset}, NOW).resets_at == NOW + timedelta(minutes=15)


@pytest.mark.parametrize(
    ("unit", "interval", "window"),
    [
        ("hours", "2", timedelta(hours=2)),
        (" DAY ", "", timedelta(days=1)),
        ("month", "1", timedelta(days=30)),
        ("second", "0", timedelta(seconds=1)),
    ],
)
def test_the_interval_has_units(unit, interval, window):
    told = {**TOLD, "quota-time-unit": unit, "quota-interval": interval}
    assert read_quota(told, NOW).limit.window == window


@pytest.mark.parametrize(
    "wrong",
    [
        {"quota-limit": "0"},
        {"quota-limit": "-1"},
        {"quota-limit": "9" * 20},
        {"quota-limit": "٣"},
        {"quota-used": ""},
        {"quota-used": "many"},
        {"quota-time-unit": "fortnight"},
        {"quota-interval": "100000"},
    ],
)
def test_what_makes_no_sense_is_not_believed(wrong):
    assert read_quota({**TOLD, **wrong}, NOW) is None


def test_without_headers_there_is_none():
    assert read_quota({}, NOW) is None
