"""The call history: every row is a call or kept as it came, page by page, newest first."""

import contextlib
import json
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.providers.yay.service import PASSWORD, Service, envelope, said
from voipdesk.core.call_log import Call, Direction, Outcome, Source
from voipdesk.core.errors import BadInput, NotFound, NotUnderstood, Refused, VoipdeskError
from voipdesk.providers.yay.wire_call_log import read_calls

LONDON = ZoneInfo("Europe/London")
AT = 1448457130
ROW = {
    "answered": True,
    "call_duration": 65,
    "call_start_time": AT,
    "call_type": "OUTBOUND",
    "child_uuid": "k-1",
    "cost": 0.012,
    "created_on": "2015-11-25",
    "has_recording": False,
    "from": "1001",
    "to": "+441483000000",
}


def read(*rows, **more):
    return read_calls(said(envelope(list(rows)), **more), "/voip/call", LONDON)


def call(**changes) -> Call:
    page = read({**ROW, **changes})
    assert page.unreadable == []
    return page.calls[0]


def logging(body=None, path="/voip/call"):
    return Service({f"GET {path}": envelope([ROW]) if body is None else body})


def test_a_row_is_read_as_a_call():
    assert call() == Call(
        identity="k-1",
        source=Source.USER,
        name="",
        caller="1001",
        called="+441483000000",
        direction=Direction.OUT,
        outcome=Outcome.ANSWERED,
        started_at=AT * 1000,
        talk_s=65,
    )


def test_what_a_length_means_depends_on_what_else_is_said():
    def lengths(**changes):
        found = call(**changes)
        return found.duration_s, found.talk_s, found.finished_at and found.finished_at // 1000 - AT

    assert lengths() == (None, 65, None), "it rang for a time that nobody says"
    assert lengths(answered="2015-11-25 13:12:20") == (None, 65, 75)
    assert lengths(talk_time=60) == (65, 60, 65)
    assert lengths(answered=False) == (65, None, 65)
    assert lengths(answered=False, talk_time=0) == (65, None, 65)
    assert lengths(call_duration=None) == (None, None, None)


@pytest.mark.parametrize(
    ("kind", "answered", "direction", "outcome"),
    [
        ("INBOUND", True, Direction.IN, Outcome.ANSWERED),
        ("inbound", 0, Direction.IN, Outcome.MISSED),
        ("OUTBOUND", "false", Direction.OUT, Outcome.NO_ANSWER),
        ("INTERNAL", "yes", Direction.OUT, Outcome.ANSWERED),
        (" Internal ", None, Direction.OUT, Outcome.NO_ANSWER),
    ],
)
def test_kind_and_answer_make_direction_and_outcome(kind, answered, direction, outcome):
    found = call(call_type=kind, answered=answered)
    assert (found.direction, found.outcome) == (direction, outcome)
    assert found.talk_s == (65 if outcome is Outcome.ANSWERED else None)


def test_an_answered_call_without_a_length_goes_on():
    assert call(call_duration=None).outcome is Outcome.IN_PROGRESS
    assert call(call_duration=None, answered=False).outcome is Outcome.NO_ANSWER


@pytest.mark.parametrize(
    ("start", "at"),
    [
        (AT, AT * 1000),
        (float(AT), AT * 1000),
        (AT + 0.5, AT * 1000 + 500),
        (str(AT), AT * 1000),
        (f" {AT}.25 ", AT * 1000 + 250),
        ("2015-11-25 13:12:10", AT * 1000),
        ("2015-11-25T13:12:10Z", AT * 1000),
        ("2015-07-31T9:00:00", datetime(2015, 7, 31, 8, tzinfo=UTC).timestamp() * 1000),
        ("2015-11-25T14:12:10+01:00", AT * 1000),
    ],
)
def test_the_start_is_a_number_or_a_stamp_in_the_accounts_zone(start, at):
    assert call(call_start_time=start).started_at == at


def test_other_names_for_the_fields_are_read_as_well():
    row = {
        "answered": "2015-11-25 13:12:20",
        "start": "2015-11-25 13:12:10",
        "duration": "70",
        "talk_time": 60,
        "direction": "inbound",
        "caller_id": {"name": "Bo", "number": "+4415"},
        "dialled": 1001,
        "caller_name": "Bo",
        "display_name": "Ann",
        "uuid": "r-1",
        "child_uuid": "k-1",
    }
    found = read(row).calls[0]
    assert (found.caller, found.called, found.caller_name, found.name) == ("+4415", "1001", "Bo", "Ann")
    assert (found.duration_s, found.talk_s, found.answered_by, found.identity) == (70, 60, "Ann", "r-1")
    assert found.answered_at == (AT + 10) * 1000


@pytest.mark.parametrize(("kind", "name"), [("INBOUND", "Bo"), ("OUTBOUND", "Ann"), ("INTERNAL", "Ann")])
def test_a_user_that_is_not_named_is_the_party_on_this_side(kind, name):
    assert call(call_type=kind, from_name="Ann", to_name="Bo").name == name
    assert call(call_type=kind, from_name="Ann", to_name="Bo", user_name="Cy").name == "Cy"


def test_without_an_id_the_fields_that_never_change_are_the_identity():
    one = {**ROW, "child_uuid": None}
    ended, going_on = call(**one), call(**{**one, "call_duration": None})
    assert ended.identity == going_on.identity
    assert ended.identity != call(**{**one, "from": "1002"}).identity
    assert ended.identity != call(**{**one, "call_start_time": AT + 1}).identity


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"call_start_time": None}, "call_start_time is missing"),
        ({"call_start_time": "soon"}, "soon"),
        ({"call_start_time": -5}, "call_start_time is -5"),
        ({"call_start_time": 1e300}, "call_start_time"),
        ({"call_start_time": AT * 1000}, "call_start_time is"),
        ({"call_type": None}, "call_type is missing"),
        ({"call_type": "SIDEWAYS"}, "call_type is “SIDEWAYS”"),
        ({"call_duration": -1}, "call_duration is -1"),
        ({"call_duration": "long"}, "long"),
        ({"call_duration": "1e400"}, "call_duration is 1e400"),
        ({"call_duration": "nan"}, "call_duration is nan"),
        ({"answered": "perhaps"}, "perhaps"),
    ],
)
def test_a_row_that_says_too_little_is_kept_as_it_came(change, reason):
    page = read(ROW, {**ROW, **change})
    assert len(page.calls) == 1
    assert reason in page.unreadable[0].reason
    assert json.loads(page.unreadable[0].raw) == {**ROW, **change}


def test_whether_it_was_answered_must_be_said():
    row = {key: value for key, value in ROW.items() if key != "answered"}
    assert read(row).unreadable[0].reason == "answered is missing"


def test_rows_that_are_no_objects_are_kept_and_secrets_in_others_are_not():
    page = read(1, None, "x", [ROW], {"user": {"password": "pw", "pin": ""}, "n": 10**30}, ROW)
    assert [row.raw for row in page.unreadable[:4]] == ["1", "null", '"x"', json.dumps([ROW])]
    assert json.loads(page.unreadable[4].raw) == {"user": {"password": "••••••", "pin": ""}, "n": 10**30}
    assert len(page.calls) == 1


def test_a_broken_row_breaks_no_other():
    broken = b'{"a":"\\ud83d"},{"b":1e999},' + b'{"c":' * 60 + b"1" + b"}" * 60
    page = read_calls(said(b'{"result":[' + json.dumps(ROW).encode() + b"," + broken + b"]}"), "/voip/call", LONDON)
    assert len(page.calls) == 1
    assert len(page.unreadable) == 3


@pytest.mark.parametrize(
    ("body", "count"),
    [
        (envelope([ROW]), 1),
        ([ROW], 1),
        (envelope({"count": 1, "calls": [ROW]}), 1),
        (envelope({"notes": ["x"], "cdr": [ROW, ROW]}), 2),
        (envelope({"page": {"of": {"rows": [ROW]}}}), 1),
        (envelope({}), 0),
        (envelope(None), 0),
        (envelope([]), 0),
        ({"status_code": 200}, 0),
    ],
)
async def test_the_first_list_in_the_result_is_the_log(body, count):
    assert (await logging(body).client().fetch_calls(Source.USER)).row_count == count


@pytest.mark.parametrize("body", ["none", {"count": 1}, {"a": {"b": {"c": {"d": {"e": []}}}}}])
async def test_an_answer_without_a_list_is_not_understood(body):
    with pytest.raises(NotUnderstood):
        await logging(envelope(body)).client().fetch_calls(Source.USER)


async def test_the_whole_log_is_asked_for_in_the_services_days():
    service = logging()
    await service.client(clock=lambda: datetime(2026, 7, 1, 23, 30, tzinfo=UTC)).fetch_calls(Source.USER)
    assert dict(service.requests[0].url.params) == {
        "start": "2000-01-01T00:00:00",
        "end": "2026-07-03T23:59:59",  # it is the 2nd in London by then
        "limit": "100",
        "page": "1",
        "include_legs": "no",
    }


async def test_days_and_place_are_asked_for():
    service = logging(path="/cdr/list")
    client = service.client(history_path="/cdr/list")
    await client.fetch_calls(Source.USER, since=date(2026, 2, 1), until=date(2026, 2, 3), limit=75, offset=150)
    assert dict(service.requests[0].url.params) == {
        "start": "2026-02-01T00:00:00",
        "end": "2026-02-03T23:59:59",
        "limit": "75",
        "page": "3",
        "include_legs": "no",
    }
    assert "x-auth-for" not in service.requests[0].headers


@pytest.mark.parametrize(
    "wrong",
    [{"limit": 0}, {"limit": 101}, {"offset": -100}, {"offset": 50}, {"names": ["Ann"]}, {"source": Source.QUEUE}],
)
async def test_what_the_service_cannot_be_asked_is_not_sent(wrong):
    service = logging()
    with pytest.raises(BadInput):
        await service.client().fetch_calls(**{"source": Source.USER, **wrong})
    assert service.requests == []


def test_the_log_is_read_in_pages_of_the_services():
    client = Service().client()
    assert client.call_page_limit == 100
    assert client.call_pages_aligned


@pytest.mark.parametrize("status", [404, 405])
@pytest.mark.parametrize("body", [b"<html>", b"", envelope({}, 404, "Not Found")])
async def test_a_path_that_is_not_there_is_named(status, body):
    service = logging((status, body))
    with pytest.raises(NotFound, match=r"This account's API has no such command at /voip/call\. Change the path"):
        await service.client().fetch_calls(Source.USER)


async def test_a_refusal_is_told_in_the_services_words():
    service = logging((400, envelope({"start": "is required"}, 400, "Bad Request")))
    with pytest.raises(Refused, match="start: is required"):
        await service.client().fetch_calls(Source.USER)


async def test_the_password_is_blanked_in_rows_that_cannot_be_read():
    page = await logging(envelope([{"odd": PASSWORD, "call_type": PASSWORD}])).client().fetch_calls(Source.USER)
    assert page.row_count == 1
    assert PASSWORD not in repr(page)


def starting(*minutes):
    return [{**ROW, "child_uuid": f"k-{n}", "call_start_time": AT + 60 * m} for n, m in enumerate(minutes)]


@pytest.mark.parametrize("minutes", [range(11), [*range(20), 19], [0, 2000]])
def test_a_log_that_begins_with_its_oldest_calls_is_refused_in_words(minutes):
    with pytest.raises(NotUnderstood, match="oldest calls first"):
        read(*starting(*minutes))


@pytest.mark.parametrize("minutes", [range(20, 0, -1), range(9), [5] * 30, [1, *range(20)], [9, 8, 2000], []])
def test_calls_a_little_out_of_order_are_taken(minutes):
    assert read(*starting(*minutes)).row_count == len(minutes)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)
odd_rows = st.fixed_dictionaries(
    {},
    optional={
        "answered": values | st.booleans(),
        "call_duration": values | st.integers(0, 9999),
        "call_start_time": values | st.integers(1, 2**31),
        "call_type": values | st.sampled_from(["INBOUND", "OUTBOUND", "INTERNAL"]),
        "from": values,
        "to": values,
        "uuid": values,
        "password": values,
    },
)


def in_order(row):
    """Give a row the start that all have, so that the list is not taken for one in the wrong order."""
    start = row.get("call_start_time") if isinstance(row, dict) else None
    return {**row, "call_start_time": AT} if isinstance(start, int | float | str) else row


@given(rows=st.lists((odd_rows | values).map(in_order), max_size=9) | st.lists(odd_rows, max_size=1))
@example([{**ROW, "call_start_time": "0000-00-00 00:00:00"}])
def test_rows_in_are_calls_and_unreadable_rows_out(rows):
    page = read_calls(said(json.dumps(envelope(rows))), "/voip/call", LONDON)
    assert page.row_count == len(rows)
    assert all(row.reason and row.reason.isprintable() for row in page.unreadable)


@given(st.binary(max_size=60) | values.map(lambda value: json.dumps(value).encode()))
@example(b"[" * 900 + b"]" * 900)
def test_any_answer_is_a_page_or_an_expected_error(body):
    with contextlib.suppress(VoipdeskError):
        read_calls(said(body), "/voip/call", LONDON)
