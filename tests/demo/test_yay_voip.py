"""Yay's SIP users, call history and click-to-call over real HTTP."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.demo.test_yay import result

LONDON = ZoneInfo("Europe/London")
EVER = {"start": "2025-01-01T0:00:00", "end": "2027-01-01T00:00:00"}
OLD = {"name", "password", "nickname"}
NEW = {"user_name", "user_password", "display_name"}


def rows(yay, **query):
    return result(yay.get("/voip/call", params={**EVER, "include_count": "no", **query}))


@pytest.fixture
def name(demo):
    """A customer with some SIP users."""
    return next(name for name in demo.yay.names() if len(demo.yay.sip_users(name)) > 2)


@pytest.mark.parametrize(
    ("fields", "generations"), [("new", [NEW]), ("old", [OLD]), ("mixed", [NEW, OLD]), ("unset", [NEW, OLD])]
)
def test_sip_users_have_the_field_names_of_a_generation(demo, yay, fields, generations):
    if fields != "unset":
        demo.yay.switch(sip_fields=fields)
    listed = result(yay.get("/voip/user"))
    assert [each["extension"] for each in listed] == list(range(1001, 1013))
    for generation in generations:
        assert any(generation <= set(each) for each in listed)
    assert all(any(generation <= set(each) for generation in generations) for each in listed)
    assert all(len((NEW | OLD) & set(each)) == 3 for each in listed)


def test_a_customer_s_sip_users_are_its_own_and_passwords_can_be_recognised(demo, yay, name):
    own, theirs = result(yay.get("/voip/user")), result(yay.get("/voip/user", headers={"X-Auth-For": name}))
    assert {each["uuid"] for each in own}.isdisjoint(each["uuid"] for each in theirs)
    assert [each["uuid"] for each in theirs] == [user.uuid for user in demo.yay.sip_users(name)]
    for each in own + theirs:
        assert (each.get("user_password") or each["password"]).startswith(demo.yay.sip_mark)
    one = theirs[0]["uuid"]
    assert result(yay.get(f"/voip/user/{one}", headers={"X-Auth-For": name})) == theirs[0]
    assert result(yay.get(f"/voip/user/{one}"), 404) == {}


def test_there_may_be_as_many_sip_users_as_wanted(demo, yay):
    demo.yay.switch(sip_users=300)
    assert len(result(yay.get("/voip/user"))) == 300
    demo.yay.switch(sip_users=0)
    assert result(yay.get("/voip/user")) == []
    demo.yay.switch(sip_users=None)
    assert len(result(yay.get("/voip/user"))) == 12


def test_states_are_open_closed_or_other_words_and_some_are_missing(demo, yay):
    demo.yay.switch(sip_users=300)
    states = result(yay.get("/voip/user-status"))
    assert {"open", "closed", "ringing"} < {each["status"] for each in states}
    known = {user.uuid for user in demo.yay.sip_users()}
    assert {each["uuid"] for each in states} < known
    user = demo.yay.sip_users()[0]
    assert demo.yay.sip_status(user) == next((s["status"] for s in states if s["uuid"] == user.uuid), "")


def test_the_history_has_ten_rows_a_page_newest_first_unless_more_are_asked_for(demo, yay):
    assert len(rows(yay)) == 10
    whole = rows(yay, limit=5_000)
    assert len(whole) == 2_000 == demo.yay.state().calls
    starts = [row["call_start_time"] for row in whole]
    assert starts == sorted(starts, reverse=True)
    assert len({row["uuid"] for row in whole}) == 2_000
    paged, page = [], 1
    while found := rows(yay, limit=333, page=page):
        paged, page = paged + found, page + 1
    assert paged == whole
    assert {row["call_type"] for row in whole} == {"INBOUND", "OUTBOUND", "INTERNAL"}
    own = {user.uuid for user in demo.yay.sip_users()}
    assert {row["sip_user"] for row in whole} <= own


def test_start_and_end_are_uk_time_and_both_inclusive(demo, yay):
    whole = rows(yay, limit=5_000)
    newest, oldest = (datetime.fromtimestamp(whole[place]["call_start_time"], LONDON) for place in (20, 90))
    asked = rows(yay, start=f"{oldest:%Y-%m-%dT%H:%M:%S}", end=f"{newest:%Y-%m-%dT%H:%M:%S}", limit=500)
    assert asked == [row for row in whole if oldest.timestamp() <= row["call_start_time"] <= newest.timestamp()]
    assert len(asked) >= 71


@pytest.mark.parametrize(
    "query",
    [
        {"start": ""}, {"end": ""}, {"start": "2026-01-01"}, {"end": "2026-01-01T00:00:00Z"}, {"limit": "0"},
        {"page": "0"}, {"page": "x"}, {"call_type": "sideways"}, {"include_count": "maybe"}, {"answered": "perhaps"},
    ],
)  # fmt: skip
def test_bad_parameters_are_refused_with_words(yay, query):
    assert set(result(yay.get("/voip/call", params={**EVER, **query}), 400)) == set(query)


def test_the_history_can_be_narrowed(yay):
    whole = rows(yay, limit=5_000)
    assert rows(yay, limit=5_000, call_type="internal") == [row for row in whole if row["call_type"] == "INTERNAL"]
    assert rows(yay, limit=5_000, answered="false") == [row for row in whole if not row["answered"]]
    assert rows(yay, limit=5_000, recording="true") == [row for row in whole if row["has_recording"]]


@pytest.mark.parametrize("shape", ["count-calls", "total-cdr", "beside", "none"])
def test_the_count_is_included_in_any_shape(demo, yay, shape):
    demo.yay.switch(count_shape=shape)
    plain, counted = rows(yay), yay.get("/voip/call", params=EVER).json()
    assert counted == {
        "count-calls": {"result": {"count": 2_000, "calls": plain}},
        "total-cdr": {"result": {"total": "2000", "cdr": plain}},
        "beside": {"result": plain, "count": 2_000},
        "none": {"result": plain},
    }[shape] | {"status_code": 200, "status_message": "OK"}


def test_calls_may_be_left_out(yay):
    assert result(yay.get("/voip/call", params={**EVER, "include_cdr": "no"})) == {"count": 2_000, "calls": []}


@pytest.mark.parametrize(
    ("names", "ends"),
    [
        ("from-to", ("from", "to")),
        ("source-destination", ("source", "destination")),
        ("caller-callee", ("caller", "callee")),
    ],
)
def test_the_ends_have_any_of_some_names(demo, yay, names, ends):
    demo.yay.switch(end_names=names)
    assert all(set(ends) <= set(row) for row in rows(yay))


def test_a_silent_cap_makes_pages_shorter(demo, yay):
    demo.yay.switch(calls_cap=25)
    first, second = (rows(yay, limit=100, page=page) for page in (1, 2))
    assert len(first) == len(second) == 25
    assert first + second == rows(yay, limit=25) + rows(yay, limit=25, page=2)


def test_calls_that_arrive_shift_the_pages(demo, yay):
    demo.yay.switch(arrivals_per_request=2)
    first, second = (rows(yay, page=page) for page in (1, 2))
    assert first[-2:] == second[:2]
    demo.yay.arrive(3)
    assert demo.yay.state().calls == 2_007


def test_a_customer_has_calls_of_its_own(demo, yay, name):
    asked = {**EVER, "include_count": "no", "limit": 500}
    theirs = result(yay.get("/voip/call", params=asked, headers={"X-Auth-For": name}))
    assert len(theirs) == 60
    assert {row["uuid"] for row in theirs}.isdisjoint(row["uuid"] for row in rows(yay, limit=5_000))
    nobody = next(name for name in demo.yay.names() if not demo.yay.sip_users(name))
    assert result(yay.get("/voip/call", params=asked, headers={"X-Auth-For": nobody})) == []


@pytest.mark.parametrize("body", ["user_uuid", "targets", "both"])
def test_a_click_to_call_rings_is_answered_ends_and_is_in_the_history(demo, yay, body):
    user = demo.yay.sip_users()[4]
    fields = {"user_uuid": user.uuid, "targets": [{"type": "sipuser", "uuid": user.uuid}]}
    fields = {key: value for key, value in fields.items() if body in {key, "both"}}
    placed = result(yay.post("/voip/call", json={**fields, "destination": "+442079460958"}))
    (dial,) = demo.yay.state().dials
    assert (dial.extension, dial.destination, dial.call_uuid) == ("1005", "+442079460958", placed["uuid"])
    assert all(row["uuid"] != placed["uuid"] for row in rows(yay)), "it is not over"
    demo.tick(120)
    row = rows(yay)[0]
    assert (row["uuid"], row["from"], row["to"], row["call_type"], row["answered"], row["sip_user"]) == (
        *(placed["uuid"], "1005", "+442079460958", "OUTBOUND", True, user.uuid),
    )
    assert row["call_duration"] > 0


def test_a_click_to_call_of_a_colleague_is_internal_and_may_ring_in_vain(demo, yay):
    demo.yay.switch(user_answers=False)
    user, colleague = demo.yay.sip_users()[:2]
    yay.post("/voip/call", json={"user_uuid": user.uuid, "destination": str(colleague.extension)})
    demo.tick(120)
    row = rows(yay)[0]
    assert (row["call_type"], row["answered"], row["to_name"]) == ("INTERNAL", False, colleague.display_name)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"user_uuid": "nobody", "destination": "+442079460958"}, 404),
        ({"user_uuid": "OWN"}, 400),
        ({"user_uuid": "OWN", "destination": "call me"}, 400),
        ({"user_uuid": "OWN", "destination": 7041}, 400),
        ({"targets": "x", "destination": "+442079460958"}, 400),
    ],
)
def test_a_click_to_call_that_cannot_be_read_rings_nobody(demo, yay, body, status):
    own = demo.yay.sip_users()[0].uuid
    assert (
        result(yay.post("/voip/call", json={k: own if v == "OWN" else v for k, v in body.items()}), status) is not None
    )
    assert demo.yay.state().dials == []


def test_a_click_to_call_cut_after_it_is_taken_rings(demo, yay):
    import httpx

    demo.fault("cut_after_act", operation="yay-dial", next=1)
    with pytest.raises(httpx.TransportError):
        yay.post("/voip/call", json={"user_uuid": demo.yay.sip_users()[0].uuid, "destination": "7041"})
    assert len(demo.yay.state().dials) == 1
