"""The contract of VoIPcloud's integration API over real HTTP."""

import re

import httpx
import pytest

LOGS = {"get-user-calls": "users_names", "get-queue-calls": "queues_names", "get-ringgroup-calls": "ringgroups_names"}
V1_USER = {
    *("from_number", "to_number", "user_name", "is_inbound", "call_start_at", "call_duration", "call_finished_at"),
    "conversation_duration",
}
V1_DESK = {
    *("callerid", "inbound_number", "call_start_at", "call_answered_at", "call_finished_at", "answered_by_user_name"),
    "status",
}
V2_USER = {
    *("unique_call_id", "type", "caller_id", "caller_name", "dest_number", "user_name", "user_number", "call_start_at"),
    *("connected_at", "call_duration", "conversation_duration"),
}
V2_DESK = {
    *("callerid", "caller_name", "dest_number", "user_name", "user_number", "call_start_at", "connected_at"),
    *("call_duration", "conversation_duration", "status"),
}
COLUMNS = {
    ("v1", "get-user-calls"): V1_USER,
    ("v1", "get-queue-calls"): V1_DESK | {"queue_name"},
    ("v1", "get-ringgroup-calls"): V1_DESK | {"ring_group_name"},
    ("v2", "get-user-calls"): V2_USER,
    ("v2", "get-queue-calls"): V2_DESK | {"queue_name"},
    ("v2", "get-ringgroup-calls"): V2_DESK | {"ring_group_name"},
}


def rows(client, operation="get-user-calls", version="v1", **query):
    response = client.get(f"/{version}/{operation}", params=query)
    assert response.status_code == 200, response.text
    body = response.json()
    assert body["code"] == 200
    assert body["status"] == "success"
    return body["data"]


@pytest.mark.parametrize(("version", "operation"), COLUMNS)
def test_rows_have_the_fields_of_their_version_and_come_newest_first(client, version, operation):
    found = rows(client, operation, version)
    assert len(found) == 100  # the default limit
    assert all(set(row) == COLUMNS[version, operation] for row in found)
    starts = [row["call_start_at"] for row in found]
    assert starts == sorted(starts, reverse=True)
    form = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d" + (r"\+0[01]:00" if version == "v1" else r"\.000Z")
    assert all(re.fullmatch(form, start) for start in starts)


def test_limit_and_offset_page_through_the_whole_log_without_gap_or_double(client):
    whole = rows(client, limit=10_000)
    paged = []
    while page := rows(client, limit=333, offset=len(paged)):
        paged += page
    assert paged == whole
    assert len(whole) + sum(len(rows(client, operation, limit=10_000)) for operation in list(LOGS)[1:]) == 2_000


def test_days_are_the_tenants_and_both_inclusive(client):
    march = [row for row in rows(client, limit=10_000) if "2026-03-02" <= row["call_start_at"][:10] <= "2026-03-03"]
    assert march
    assert rows(client, from_date="2026-03-02", to_date="2026-03-03", limit=10_000) == march
    assert rows(client, from_date="2026-03-02", to_date="2026-03-03", limit=2, offset=1) == march[1:3]
    assert rows(client, from_date="2027-01-01") == []


@pytest.mark.parametrize(("operation", "key"), LOGS.items())
def test_names_narrow_a_log(client, operation, key):
    everything = rows(client, operation, limit=10_000)
    column = next(column for column in ("user_name", "queue_name", "ring_group_name") if column in everything[0])
    names = sorted({row[column] for row in everything})
    wanted = {names[0], names[-1]}
    asked = rows(client, operation, limit=10_000, **{key: f"{names[0]}, {names[-1]}"})
    assert asked == [row for row in everything if row[column] in wanted]
    assert rows(client, operation, **{key: "Nobody"}) == []


@pytest.mark.parametrize(
    "query",
    [
        {"limit": "0"}, {"limit": "10001"}, {"limit": "ten"}, {"limit": "-1"}, {"offset": "-1"}, {"offset": "x"},
        {"from_date": "04/03/2026"}, {"from_date": "20260304"}, {"to_date": "2026-02-30"}, {"sort_by": "oldest_first"},
        {"from_date": "2026-03-04", "to_date": "2026-03-01"},
    ],
)  # fmt: skip
def test_bad_parameters_are_refused_with_words(client, query):
    response = client.get("/v1/get-user-calls", params=query)
    assert response.status_code == response.json()["code"] == 400
    assert next(reversed(query)) in response.json()["message"] or "from_date" in response.json()["message"]


def test_a_call_is_found_by_its_id_in_version_2(client):
    row = rows(client, version="v2", limit=500)[321]
    assert rows(client, version="v2", unique_call_id=row["unique_call_id"]) == [row]


@pytest.mark.parametrize("headers", [{}, {"token": "wrong"}, {"Authorization": "Bearer demo-key"}])
def test_another_key_is_refused(demo, headers):
    response = httpx.get(f"{demo.base_url}/api/integration/v1/get-user-calls", headers=headers, trust_env=False)
    assert response.status_code == response.json()["code"] == 401


@pytest.mark.parametrize("parameter", ["api_key", "token"])
def test_a_key_in_the_address_is_refused_and_counted(demo, client, parameter):
    assert client.get("/v1/get-user-calls", params={parameter: demo.api_key}).status_code == 401
    assert demo.state().keys_in_url == 1
    assert demo.api_key not in str(demo.state())


def test_an_unknown_version_is_not_found(client):
    assert client.get("/v3/get-user-calls").status_code == 404


@pytest.mark.parametrize("retry_after", [False, True])
def test_the_hundred_and_first_request_in_a_window_is_too_many(demo, client, retry_after):
    demo.on_server(lambda: setattr(demo._tenant, "retry_after", retry_after))
    assert {client.get("/v1/get-system-status").status_code for _ in range(100)} == {200}
    refused = client.get("/v1/get-system-status")
    assert refused.status_code == refused.json()["code"] == 429
    assert refused.headers.get("retry-after") == ("901" if retry_after else None)
    demo.tick(899)
    assert client.get("/v1/get-system-status").status_code == 429
    demo.tick(1)
    assert client.get("/v1/get-system-status").status_code == 200


@pytest.mark.parametrize(("shape", "kind"), [("text", str), ("object", dict), ("list", list)])
def test_the_system_status_comes_in_any_shape(demo, client, shape, kind):
    demo.switch(status_shape=shape)
    assert isinstance(client.get("/v1/get-system-status").json()["data"], kind)


FIELDS = {"user_number": "7042", "number_to_call": "+442079460958"}


@pytest.mark.parametrize(
    "body",
    [{"data": FIELDS}, {"files": {key: (None, value) for key, value in FIELDS.items()}}, {"json": FIELDS}],
    ids=["form", "multipart", "json"],
)
@pytest.mark.parametrize("version", ["v1", "v2"])
def test_a_dial_is_accepted_in_every_encoding(demo, client, body, version):
    response = client.post(f"/{version}/call-to-number", **body)
    assert response.status_code == 200
    assert response.json()["data"]["user_name"] == "Tom Okafor"
    assert ("unique_call_id" in response.json()["data"]) == (version == "v2")
    assert [(dial.user_number, dial.number_to_call) for dial in demo.state().dials] == [("7042", "+442079460958")]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"data": {"user_number": "7042"}}, 400),
        ({"data": {"user_number": "7042", "number_to_call": "call me"}}, 400),
        ({"json": [1]}, 400),
        ({"content": b"{", "headers": {"content-type": "application/json"}}, 400),
        ({"data": {"user_number": "9", "number_to_call": "7041"}}, 404),
        ({"params": FIELDS}, 400),
    ],
)
def test_a_dial_that_cannot_be_read_is_refused_and_rings_nobody(demo, client, body, status):
    response = client.post("/v1/call-to-number", **body)
    assert response.status_code == response.json()["code"] == status
    assert demo.state().dials_accepted == 0


def test_a_dial_may_be_answered_with_a_list(demo, client):
    demo.switch(dial_shape="list")
    assert client.post("/v1/call-to-number", data=FIELDS).json()["data"][0]["dest_number"] == "442079460958"
