"""Requests say what the service documents, and its envelope is read however it is sent."""

from datetime import date

import pytest

from tests.providers.voipcloud.samples import said, sample
from voipdesk.core.call_log import Source
from voipdesk.core.dial import Dialled
from voipdesk.core.errors import (
    BadInput,
    NotAuthorised,
    NotFound,
    NotUnderstood,
    OverBudget,
    Refused,
    Unreachable,
    VoipdeskError,
)
from voipdesk.providers.exchange import Encoding
from voipdesk.providers.plain_text import plain
from voipdesk.providers.voipcloud.wire import (
    Version,
    call_log_request,
    dial_request,
    read_dialled,
    read_envelope,
    status_request,
)

V1, V2 = Version.V1, Version.V2


@pytest.mark.parametrize(
    ("source", "path", "names"),
    [
        (Source.USER, "get-user-calls", "users_names"),
        (Source.QUEUE, "get-queue-calls", "queues_names"),
        (Source.RING_GROUP, "get-ringgroup-calls", "ringgroups_names"),
    ],
)
def test_calls_are_asked_for_with_all_parameters(source, path, names):
    request = call_log_request(
        V1, source, since=date(2026, 3, 1), until=date(2026, 3, 9), limit=10_000, offset=20_000, names=("Ann Lee", "B")
    )
    assert (request.method, request.path, request.acts) == ("GET", f"/api/integration/v1/{path}", False)
    assert request.params == {
        "limit": "10000",
        "offset": "20000",
        "from_date": "2026-03-01",
        "to_date": "2026-03-09",
        names: "Ann Lee,B",
    }


def test_what_is_not_asked_for_is_not_sent_and_version_2_names_the_order():
    assert call_log_request(V1, Source.USER).params == {"limit": "100", "offset": "0"}
    request = call_log_request(V2, Source.USER)
    assert request.path == "/api/integration/v2/get-user-calls"
    assert request.params == {"limit": "100", "offset": "0", "sort_by": "newest_first"}


@pytest.mark.parametrize(
    "asked", [{"limit": 0}, {"limit": 10_001}, {"offset": -1}, {"names": ("Lee, Ann",)}, {"names": ("",)}]
)
def test_what_cannot_be_asked_is_said_before_it_is_sent(asked):
    with pytest.raises(BadInput):
        call_log_request(V1, Source.USER, **asked)


def test_a_dial_acts_and_carries_both_numbers():
    request = dial_request(V1, Encoding.JSON, "+61390000000", "1010")
    assert (request.method, request.path, request.acts) == ("POST", "/api/integration/v1/call-to-number", True)
    assert request.fields == {"user_number": "1010", "number_to_call": "+61390000000"}
    assert request.encoding is Encoding.JSON
    assert request.params == {}


@pytest.mark.parametrize("number", ["", "+", "12 34", "12a", "1" * 33, "1\n", "٣٣", "+1+2"])
def test_what_is_no_number_is_never_sent(number):
    with pytest.raises(BadInput):
        dial_request(V1, Encoding.FORM, number, "1010")
    with pytest.raises(BadInput):
        dial_request(V1, Encoding.FORM, "+61390000000", number)


def test_the_status_is_asked_for():
    assert status_request(V2).path == "/api/integration/v2/get-system-status"


@pytest.mark.parametrize(
    ("body", "data"),
    [
        ('{"code":200,"data":[1],"status":"success","message":"done"}', b"[1]"),
        ('{"code":"200","data":{"a":1},"message":{"status":"Success"}}', b'{"a":1}'),
        ('{"code":200.0,"data":"x"}', b'"x"'),
        ('{"code":null,"data":7}', b"7"),
        ('{"code":201,"status":"ok"}', b""),
        ('{"code":200,"status":200,"data":1}', b"1"),
        ("[1,2]", b"[1,2]"),
        ('{"calls":[1]}', b'{"calls":[1]}'),
        ('\ufeff{"data":[1]}', b"[1]"),
    ],
)
def test_success_in_all_its_shapes(body, data):
    assert read_envelope(said(body)).data == data


SAID = [
    (200, '{"code":0,"message":"boom"}', Refused, "unknown error of its own (code 0): boom."),
    (500, '{"code":0}', Refused, "unknown error of its own (code 0)."),
    (200, '{"code":"0"}', Refused, "code 0"),
    (200, '{"code":400,"message":"limit is wrong."}', Refused, "refused the request as wrong: limit is wrong."),
    (400, '{"code":400}', Refused, "(parameters error)."),
    (400, "no json", Refused, "(parameters error)."),
    (400, '{"code":200,"message":"odd"}', Refused, "odd"),
    (200, '{"code":401,"message":"Authorization error"}', NotAuthorised, "(the service says: Authorization error)"),
    (401, "", NotAuthorised, "not on the whitelist"),
    (403, "{}", NotAuthorised, "not on the whitelist"),
    (404, '{"code":404,"message":{"text":"no tenant","status":"error"}}', NotFound, "tenant"),
    (200, '{"code":404,"data":"no such queue"}', NotFound, "no such queue"),
    (404, "<html>not found</html>", NotFound, "no VoIPcloud service under this address"),
    (429, "", OverBudget, "too many"),
    (200, '{"code":429}', OverBudget, "too many"),
    (500, "<html>oops</html>", Unreachable, "fault of its own (code 500)"),
    (503, '{"code":503,"message":"down"}', Unreachable, "(code 503): down."),
    (418, "", Refused, "code 418"),
    (200, '{"code":402,"message":"licence"}', Refused, "code 402: licence"),
    (200, '{"status":"error","message":"no such user"}', Refused, "no such user"),
    (200, '{"code":200,"message":{"status":"failed"}}', Refused, "says no: failed"),
    (200, "<!DOCTYPE html><html>Log in to the hotel</html>", NotUnderstood, "a web page"),
    (200, "", NotUnderstood, "no JSON"),
    (200, '{"code":200,"data":[', NotUnderstood, "no JSON"),
]


@pytest.mark.parametrize(("status", "body", "error", "words"), SAID)
def test_every_no_has_its_own_words(status, body, error, words):
    with pytest.raises(error) as caught:
        read_envelope(said(body, status))
    assert type(caught.value) is error
    assert words in caught.value.message
    assert "pbx.example" in caught.value.message


def test_faults_differ_from_each_other():
    said_so = set()
    for status, body, *_ in SAID:
        with pytest.raises(VoipdeskError) as caught:
            read_envelope(said(body, status))
        said_so.add(caught.value.message)
    assert len(said_so) > 15


def test_a_401_says_where_the_whitelist_is():
    with pytest.raises(NotAuthorised) as caught:
        read_envelope(said("", 401))
    assert "PBX ▸ Settings ▸ Integrations ▸ API ▸ Whitelisted IPs" in caught.value.advice
    assert "save and apply the configuration" in caught.value.advice


def test_the_services_words_are_made_plain():
    body = '{"code":400,"message":"<b>a</b>\\n\\u001b[31mred\\u202e' + "x" * 5000 + '"}'
    with pytest.raises(Refused) as caught:
        read_envelope(said(body))
    assert caught.value.message.isprintable()
    assert len(caught.value.message) < 500


def test_plain_text_is_one_short_line():
    assert plain(" a\tb\r\nc\x00 ") == "a b c"
    assert plain("abcdef", 4) == "abc…"


@pytest.mark.parametrize(
    ("answer", "dialled"),
    [
        (sample("dial-v2.json"), Dialled("d-1", "")),
        (sample("dial-list.json"), Dialled("77", "queued")),
        (said('{"code":200,"data":[],"message":"Call is placed"}'), Dialled("", "Call is placed")),
        (said('{"code":200}'), Dialled()),
        (said('{"code":200,"data":"\\ud83d ok"}'), Dialled("", "\N{REPLACEMENT CHARACTER} ok")),
        (said('{"code":200,"data":null}'), Dialled()),
        (said("[]"), Dialled()),
    ],
)
def test_the_answer_to_a_dial_is_read_in_all_its_shapes(answer, dialled):
    assert read_dialled(answer) == dialled
