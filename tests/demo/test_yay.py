"""Yay's way in over real HTTP: credentials, whitelist, User-Agent, acting for a customer, tracking tokens."""

import re
import socket
from uuid import UUID

import pytest

WHOLE = [
    "/authenticated", "/account/balance", "/account/reseller", "/account/store", "/voip/user", "/voip/user-status",
    "/voip/call?start=2026-01-01T9:00:00&end=2026-03-04T15:00:00",
]  # fmt: skip
NOT_FOR_A_CUSTOMER = ["/authenticated", "/account/reseller", "/account/store", "/account/reseller/{uuid}"]


def result(response, status=200):
    """What is in the envelope."""
    body = response.json()
    assert (response.status_code, body["status_code"]) == (status, status), response.text
    assert {"result", "status_message"} < set(body)
    return body["result"]


@pytest.mark.parametrize("path", WHOLE)
def test_every_answer_is_in_the_envelope_and_has_a_fresh_tracking_token(yay, path):
    first, second = yay.get(path), yay.get(path)
    assert result(first)
    assert first.json()["status_message"] == "OK"
    tokens = {UUID(each.headers["x-tracking-token"]) for each in (first, second)}
    assert len(tokens) == 2


def test_the_sign_in_tells_the_reseller_s_details(demo, yay):
    assert result(yay.get("/authenticated"))["name"] == demo.yay.reseller


@pytest.mark.parametrize("header", ["X-Auth-Reseller", "X-Auth-User", "X-Auth-Password"])
@pytest.mark.parametrize("value", ["", "wrong"])
def test_wrong_credentials_are_refused(yay, header, value):
    response = yay.get("/authenticated", headers={header: value})
    assert result(response, 401) == {}
    assert response.headers["x-tracking-token"]


def test_an_address_that_is_not_whitelisted_is_refused(demo, yay):
    demo.yay.switch(whitelisted=False)
    assert result(yay.get("/authenticated"), 403) == {}
    assert "not permitted" in yay.get("/authenticated").json()["status_message"]


def test_a_request_without_a_user_agent_is_rejected(demo, yay):
    credentials = "".join(f"{name}: {value}\r\n" for name, value in yay.headers.items() if name.startswith("x-auth"))
    address = demo.base_url.removeprefix("http://").split(":")
    with socket.create_connection((address[0], int(address[1])), 10) as plain:
        plain.sendall(f"GET /authenticated HTTP/1.1\r\nHost: demo\r\nConnection: close\r\n{credentials}\r\n".encode())
        answer = b"".join(iter(lambda: plain.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b"User-Agent" in answer
    assert demo.yay.state().without_user_agent == 1


@pytest.mark.parametrize("path", NOT_FOR_A_CUSTOMER)
def test_acting_for_a_customer_where_it_is_not_allowed_is_rejected_and_counted(demo, yay, path):
    name = demo.yay.names()[0]
    response = yay.get(path.format(uuid=demo.yay.uuid(name)), headers={"X-Auth-For": name})
    assert "X-Auth-For" in response.json()["status_message"]
    assert response.status_code == 400
    assert demo.yay.state().acting_where_not_allowed == 1


@pytest.mark.parametrize("status", [404, 403])
def test_acting_for_nobody_s_customer_is_refused(demo, yay, status):
    demo.yay.switch(unknown_customer=status)
    assert result(yay.get("/voip/user", headers={"X-Auth-For": "nobody"}), status) == {}


def test_a_body_where_none_belongs_is_counted_and_ignored(demo, yay):
    assert result(yay.request("GET", "/authenticated", content=b"{}"))
    assert demo.yay.state().bodies_where_none_belongs == 1


@pytest.mark.parametrize("path", ["/voip/nothing", "/account", "/account/reseller/x/y", "/calls/outbound"])
def test_an_unknown_command_is_not_found(yay, path):
    assert yay.get(path).status_code == 404
    if path != "/account":  # which is not even Yay's
        assert result(yay.get(path), 404) == {}


def test_a_known_path_with_another_method_is_not_allowed(yay):
    assert result(yay.delete("/account/store"), 405) == {}


def test_the_commands_about_calls_may_be_elsewhere(demo, yay):
    demo.yay.switch(history_path="/voip/call-history", click_to_call_path="/calls/outbound")
    asked = {"start": "2026-01-01T9:00:00", "end": "2026-03-04T15:00:00"}
    assert result(yay.get("/voip/call-history", params=asked))["count"] > 0
    assert result(yay.get("/voip/call", params=asked), 404) == {}
    assert result(yay.get("/calls/outbound"), 405) == {}
    assert "user_uuid" in result(yay.post("/calls/outbound", json={}), 400)


def test_what_was_asked_is_told_without_the_credentials(demo, yay):
    name = demo.yay.names()[1]
    token = yay.get("/voip/user", headers={"X-Auth-For": name}).headers["x-tracking-token"]
    state = demo.state()
    assert state.requests == {}, "VoIPcloud's are counted apart"
    (seen,) = state.yay.seen
    assert (seen.operation, seen.method, seen.path, seen.acting_for, seen.status, seen.tracking_token) == (
        *("sip-users", "GET", "/voip/user", name, 200, token),
    )
    assert demo.yay.password not in str(state)
    yay.get("/authenticated", params={"password": demo.yay.password})
    assert demo.yay.state().credentials_in_url == 1


def test_switches_and_state_are_over_http_too(demo, yay):
    assert yay.post("/demo/yay-switches", json={"whitelisted": False}).status_code == 200
    assert yay.get("/authenticated").status_code == 403
    assert yay.post("/demo/yay-switches", json={"gremlins": 1}).status_code == 400
    assert yay.get("/demo/state").json()["yay"]["refused"] == {"403": 1}
    assert yay.post("/demo/reset").status_code == 200
    assert yay.get("/authenticated").status_code == 200


@pytest.mark.parametrize(
    ("fault", "details", "status", "code"),
    [
        ("too_many", {"retry_after": "30"}, 429, 429),
        ("code_zero", {}, 200, 0),
        ("bad_parameters", {"text": "no such thing"}, 400, 400),
        ("wrong_key", {}, 401, 401),
        ("not_whitelisted", {}, 403, 403),
        ("no_tenant", {}, 404, 404),
    ],
)
def test_faults_that_are_refusals_are_in_yay_s_envelope(demo, yay, fault, details, status, code):
    demo.fault(fault, operation="stores", **details)
    response = yay.get("/account/store")
    assert (response.status_code, response.json()["status_code"]) == (status, code)
    assert response.headers.get("retry-after") == details.get("retry_after")
    assert details.get("text", "") in response.json()["status_message"]
    assert response.headers["x-tracking-token"]
    assert yay.get("/account/balance").status_code == 200, "the others are left alone"


@pytest.mark.parametrize(
    ("fault", "status"),
    [("server_error", 503), ("broken_json", 200), ("html", 200), ("empty_body", 200), ("redirect", 302)],
)
def test_faults_that_are_no_answers_are_tracked_too(demo, yay, fault, status):
    demo.fault(fault)
    response = yay.get("/account/reseller")
    assert response.status_code == status
    assert response.headers["x-tracking-token"]
    with pytest.raises(ValueError, match=r"Expecting|Unterminated|Extra data"):
        response.json()


def test_a_huge_answer_is_a_list_in_the_envelope(demo, yay):
    demo.fault("huge_body", size=1 << 20)
    response = yay.get("/voip/user")
    assert len(response.content) >= 1 << 20
    assert len(result(response)) > 200


def test_a_redirect_that_is_followed_with_the_password_is_noticed(demo, yay):
    demo.fault("redirect", status=307)
    location = yay.put("/account/reseller/x", json={"balance": "1.000"}).headers["location"]
    assert re.match(demo.base_url, location)
    yay.put(location, json={})
    assert (demo.state().redirects_followed, demo.state().keys_redirected) == (1, 1)
