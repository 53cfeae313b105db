"""Pages of calls: every documented row, every way it may be sent otherwise, and no row lost."""

import contextlib
import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.providers.voipcloud.samples import said, sample
from voipdesk.core.call_log import Call, CallPage, Direction, Outcome, Source
from voipdesk.core.errors import NotUnderstood, VoipdeskError
from voipdesk.providers.voipcloud.wire import Version
from voipdesk.providers.voipcloud.wire_call_log import read_calls

V1, V2 = Version.V1, Version.V2
SYDNEY = ZoneInfo("Australia/Sydney")


def ms(*when: int) -> int:
    return int(datetime(*when, tzinfo=UTC).timestamp() * 1000)


def read(answer, version=V1, source=Source.USER, zone=None) -> CallPage:
    return read_calls(answer, version, source, zone)


def outcomes(page: CallPage) -> list[Outcome]:
    return [call.outcome for call in page.calls]


def test_a_users_calls_are_read():
    page = read(sample("user-calls-v1.json"))
    assert page.unreadable == []
    assert outcomes(page) == [Outcome.ANSWERED, Outcome.MISSED, Outcome.NO_ANSWER, Outcome.IN_PROGRESS]
    assert page.calls[0] == Call(
        identity="61291234567\x1f1010\x1f1\x1f2026-03-01T09:15:00+11:00",
        source=Source.USER,
        name="Ann Lee",
        caller="61291234567",
        called="1010",
        direction=Direction.IN,
        outcome=Outcome.ANSWERED,
        started_at=ms(2026, 2, 28, 22, 15),
        finished_at=ms(2026, 2, 28, 22, 16, 15),
        duration_s=75,
        talk_s=60,
        answered_by="Ann Lee",
    )
    assert page.calls[3].direction is Direction.OUT
    assert page.calls[3].finished_at is None
    assert page.calls[3].started_at == ms(2026, 2, 28, 22) + 250


def test_a_call_that_is_answered_for_later_keeps_its_identity():
    row = json.loads(sample("user-calls-v1.json").body)["data"][0]
    later = row | {"user_name": "Bob Ray", "call_duration": 80, "conversation_duration": 65}
    page = read(said(json.dumps([row, later])))
    assert page.calls[0].identity == page.calls[1].identity


def test_numbers_as_numbers_and_texts_as_texts_are_the_same():
    page = read(sample("user-calls-v1-loose.json"), zone=SYDNEY)
    assert page.unreadable == []
    first, second, third = page.calls
    assert (first.caller, first.called, first.name) == ("61291234567", "1010", "")
    assert (first.started_at, first.duration_s, first.talk_s) == (ms(2026, 2, 28, 22, 15), 75, 60)
    assert (second.outcome, second.duration_s, second.talk_s) == (Outcome.MISSED, 20, None)
    assert (third.name, third.duration_s, third.finished_at) == ("42", None, None)
    assert third.outcome is Outcome.IN_PROGRESS


def test_a_row_that_cannot_be_read_is_kept_as_it_came_and_stops_nothing():
    page = read(sample("user-calls-v1-unreadable.json"))
    assert [call.name for call in page.calls] == ["Half \N{REPLACEMENT CHARACTER}"]
    assert page.row_count == 11
    assert [row.raw for row in page.unreadable[-5:]] == ['"a text"', "null", "7", "[]", "{}"]
    assert json.loads(page.unreadable[1].raw)["call_start_at"] == "yesterday"
    assert [row.reason[:24] for row in page.unreadable[:3]] == [
        "call_start_at is missing",
        "Invalid isoformat string",
        "is_inbound is missing",
    ]
    assert all(row.reason for row in page.unreadable)


def test_a_row_that_only_its_times_make_unreadable_stops_nothing_on_the_fast_way_either():
    rows = [
        {"is_inbound": 1, "call_start_at": at} for at in ("2026-03-01T09:15:00Z", "", "soon", "2026-03-01T09:14:00Z")
    ]
    page = read(said(json.dumps(rows)))
    assert [call.started_at for call in page.calls] == [ms(2026, 3, 1, 9, 15), ms(2026, 3, 1, 9, 14)]
    assert [json.loads(row.raw) for row in page.unreadable] == rows[1:3]


def test_a_queues_calls_are_read():
    page = read(sample("queue-calls-v1.json"), source=Source.QUEUE)
    assert outcomes(page) == [
        Outcome.ANSWERED,
        Outcome.ABANDONED,
        Outcome.TIMED_OUT,
        Outcome.IN_PROGRESS,
        Outcome.ANSWERED,
    ]
    first = page.calls[0]
    assert first.identity == "Sales\x1f61291234567\x1f61280000000\x1f2026-03-01T00:00:00Z"
    assert (first.name, first.direction, first.answered_by) == ("Sales", Direction.IN, "Ann Lee")
    assert (first.duration_s, first.talk_s) == (75, 60)
    assert (page.calls[1].duration_s, page.calls[1].talk_s, page.calls[1].answered_by) == (40, None, "")
    assert [row.reason for row in page.unreadable] == ["status is “voicemail”"]


@pytest.mark.parametrize(
    ("fields", "outcome"),
    [
        ({"status": "Answered", "call_finished_at": "2026-03-01T00:00:20Z"}, Outcome.ANSWERED),
        ({"status": "timed_out", "call_finished_at": "2026-03-01T00:00:20Z"}, Outcome.TIMED_OUT),
        ({"status": "abandoned", "call_finished_at": None}, Outcome.ABANDONED),
        ({"status": None, "call_finished_at": None}, Outcome.IN_PROGRESS),
        (
            {
                "status": None,
                "call_answered_at": "2026-03-01T00:00:10Z",
                "call_finished_at": "2026-03-01T00:00:20Z",
            },
            Outcome.ANSWERED,
        ),
    ],
)
def test_a_status_is_read_with_what_the_rest_of_the_row_says(fields, outcome):
    row = {"ring_group_name": "Desk", "callerid": "1", "call_start_at": "2026-03-01T00:00:00Z", **fields}
    assert outcomes(read(said(json.dumps([row])), source=Source.RING_GROUP)) == [outcome]


def test_a_status_that_is_missing_from_a_finished_call_makes_the_row_unreadable():
    row = {"call_start_at": "2026-03-01T00:00:00Z", "call_finished_at": "2026-03-01T00:00:20Z"}
    page = read(said(json.dumps([row])), source=Source.RING_GROUP)
    assert [r.reason for r in page.unreadable] == ["status is missing"]


def test_a_queues_call_that_ends_before_it_is_answered_has_no_length():
    row = {
        "status": "answered",
        "call_start_at": "2026-03-01T00:00:00Z",
        "call_answered_at": "2026-03-01T00:00:30Z",
        "call_finished_at": "2026-03-01T00:00:20Z",
    }
    assert read(said(json.dumps([row])), source=Source.QUEUE).calls[0].talk_s is None


def test_version_2_knows_calls_by_id_and_type():
    page = read(sample("user-calls-v2.json"), V2)
    assert outcomes(page) == [
        Outcome.MISSED,
        Outcome.ANSWERED,
        Outcome.IN_PROGRESS,
        Outcome.MISSED,
        Outcome.NO_ANSWER,
    ]
    missed, outgoing, out_inside, in_inside, unknown = page.calls
    assert (missed.identity, missed.caller_name, missed.duration_s) == ("a-1", "Bob", 12)
    assert (outgoing.direction, outgoing.caller, outgoing.called, outgoing.caller_name) == (
        Direction.OUT,
        "61280000000",
        "61390000000",
        "",
    )
    assert outgoing.answered_at == ms(2019, 10, 1, 15, 30, 25)
    assert (out_inside.direction, in_inside.direction) == (Direction.OUT, Direction.IN)
    assert out_inside.identity == "1010\x1f1011\x1f0\x1f2019-10-01T15:29:15.000Z"
    assert unknown.caller == "1010"
    assert [row.reason for row in page.unreadable] == ["type is “fax”", "type is missing"]


def test_version_2_reads_ring_groups():
    page = read(sample("ringgroup-calls-v2.json"), V2, Source.RING_GROUP)
    answered, timed_out = page.calls
    assert (answered.identity, answered.name, answered.answered_by) == ("r-1", "Front desk", "Ann Lee")
    assert (answered.caller, answered.caller_name, answered.duration_s, answered.talk_s) == (
        "61300000000",
        "Bob",
        65,
        60,
    )
    assert (timed_out.outcome, timed_out.answered_by) == (Outcome.TIMED_OUT, "")
    assert timed_out.identity == "Front desk\x1f61300000001\x1f61280000000\x1f2019-10-01T14:31:15.000Z"


@pytest.mark.parametrize(
    "body",
    ["[]", '{"code":200,"data":[]}', '{"code":200,"data":null}', '{"code":200,"data":{}}', '{"data":{"calls":[]}}'],
)
def test_no_calls_is_an_empty_page(body):
    assert read(said(body)).row_count == 0


@pytest.mark.parametrize(
    "body",
    [
        "7",
        '"text"',
        '{"code":200}',
        '{"code":200,"data":"text"}',
        '{"code":200,"data":{"a":[],"b":[]}}',
        '{"data":{"a":1}}',
    ],
)
def test_an_answer_without_a_list_is_not_understood(body):
    with pytest.raises(NotUnderstood, match="no list of calls"):
        read(said(body))


def test_bytes_that_are_no_utf8_spoil_only_their_own_letters():
    body = b'[{"is_inbound":1,"call_start_at":"2026-03-01T09:15:00Z","user_name":"Zo\xeb"}]'
    assert read(said(body)).calls[0].name == "Zo\ufffd"
    assert read(said(b"\xef\xbb\xbf" + body)).row_count == 1
    assert read(said(b'{"data":{"\xeb":' + body + b"}}")).row_count == 1


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["0", "1", "-1", "12.5"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
stamps = st.sampled_from(["2026-03-01T09:15:00Z", "2026-10-25 01:30:00", "0000-00-00 00:00:00", "", None]) | json_values
FIELDS = [
    "from_number", "to_number", "user_name", "is_inbound", "call_duration", "conversation_duration", "queue_name",
    "ring_group_name", "callerid", "inbound_number", "answered_by_user_name", "status", "unique_call_id", "type",
    "caller_id", "caller_name", "dest_number", "user_number",
]  # fmt: skip
rows = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(FIELDS, json_values)
    | dict.fromkeys(("call_start_at", "call_answered_at", "call_finished_at", "connected_at"), stamps),
)


@given(
    st.lists(rows | json_values, max_size=5),
    st.sampled_from(list(Version)),
    st.sampled_from(list(Source)),
    st.sampled_from([None, SYDNEY]),
)
def test_every_row_is_a_call_or_kept(sent, version, source, zone):
    page = read(said(json.dumps({"code": 200, "data": sent})), version, source, zone)
    assert page.row_count == len(sent)
    for call in page.calls:
        assert call.duration_s is None or 0 <= call.duration_s < 2**31
        for text in (call.identity, call.name, call.caller, call.called, call.answered_by, call.caller_name):
            text.encode()


@given(
    st.binary(max_size=60) | st.text(max_size=60).map(str.encode) | json_values.map(lambda v: json.dumps(v).encode()),
    st.sampled_from([200, 404, 500]),
)
@example(b"[" * 100_000 + b"]" * 100_000, 200)
@example(b'{"data":' + b"[" * 900 + b"]" * 900 + b"}", 200)
@example(b'{"code":1e999}', 200)
@example(b"9" * 5000, 200)
def test_any_answer_is_a_page_or_an_expected_error(body, status):
    with contextlib.suppress(VoipdeskError):
        assert isinstance(read(said(body, status)), CallPage)
