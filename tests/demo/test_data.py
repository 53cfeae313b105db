"""The year of calls: the same for a seed, believable, and nobody real in it."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import phonenumbers
import pytest

from voipdesk.core.call_log import Source
from voipdesk.demo.calls import Ending
from voipdesk.demo.data import TENANT_ZONE, History
from voipdesk.demo.numbers import ABROAD, GEOGRAPHIC, from_ranges
from voipdesk.demo.people import USERS, customer

END = datetime(2026, 3, 4, 15, 0, tzinfo=UTC)


def everything(history):
    return {source: history.calls(source, history.span(source, None, None)) for source in Source}


@pytest.fixture(scope="module")
def year():
    return History(1, END, 25_000)


@pytest.fixture(scope="module")
def calls(year):
    return everything(year)


@pytest.mark.parametrize("rows", [0, 1, 2, 3, 10, 999])
def test_the_logs_have_as_many_rows_as_asked_for(rows):
    assert sum(len(log) for log in everything(History(3, END, rows)).values()) == rows


def test_a_seed_gives_the_same_calls_and_another_seed_others(calls):
    assert everything(History(1, END, 25_000)) == calls
    assert everything(History(2, END, 25_000)) != calls


def test_the_year_ends_now_and_begins_a_year_ago(calls):
    starts = [call.started for log in calls.values() for call in log]
    assert END - timedelta(hours=2) < datetime.fromtimestamp(max(starts), UTC) < END
    assert END - timedelta(days=367) < datetime.fromtimestamp(min(starts), UTC) < END - timedelta(days=355)
    assert all(call.finished <= END.timestamp() for log in calls.values() for call in log)


def test_every_log_is_in_order_of_its_own_start(calls):
    for source, log in calls.items():
        starts = [call.starts_in(source) for call in log]
        assert starts == sorted(starts)


def test_a_call_answered_at_a_desk_is_in_the_answering_users_log_once(calls):
    users = Counter(call.id for call in calls[Source.USER])
    for call in calls[Source.QUEUE] + calls[Source.RING_GROUP]:
        assert users[call.id] == (call.ending is Ending.ANSWERED)
        assert (call.user in call.desk.users) == (call.ending is Ending.ANSWERED)


def test_an_office_calls_in_the_daytime_on_weekdays_and_all_its_people_do(calls):
    local = [datetime.fromtimestamp(call.started, TENANT_ZONE) for call in calls[Source.USER]]
    assert sum(8 <= moment.hour < 18 for moment in local) > 0.9 * len(local)
    assert sum(moment.weekday() < 5 for moment in local) > 0.9 * len(local)
    assert {call.user for call in calls[Source.USER]} == set(USERS)


def test_outcomes_are_mixed_and_customers_call_again(calls):
    endings = Counter(call.ending for call in calls[Source.QUEUE])
    assert endings[Ending.ANSWERED] > 0.75 * len(calls[Source.QUEUE])
    assert endings[Ending.ABANDONED] > endings[Ending.TIMED_OUT] > 50
    known = Counter(call.customer for log in calls.values() for call in log)
    assert 500 < len(known) < 2_000
    assert known.most_common(1)[0][1] > 50


def test_every_number_is_of_a_range_that_reaches_nobody_and_all_differ():
    numbers = [customer(index).number for index in range(30_000)]
    assert len(set(numbers)) == 30_000
    for number in numbers[:3_000]:
        parsed = phonenumbers.parse(f"+{number}")
        assert phonenumbers.is_valid_number(parsed) or number.startswith("447700900")


def test_there_is_no_number_beyond_the_last_of_the_ranges():
    size = sum(r.size for r in GEOGRAPHIC)
    assert len({from_ranges(GEOGRAPHIC, index) for index in range(size)}) == size
    with pytest.raises(IndexError):
        from_ranges(GEOGRAPHIC, size)
    assert from_ranges(ABROAD, 0).startswith("1212555")
