"""Every fault over real HTTP: what the client meets, and what the service did."""

import httpx
import pytest

FIELDS = {"user_number": "7042", "number_to_call": "+442079460958"}
CALLS = "/v1/get-user-calls"
DIAL = "/v1/call-to-number"


@pytest.mark.parametrize(
    ("fault", "details", "status", "code"),
    [
        ("too_many", {}, 429, 429),
        ("code_zero", {}, 200, 0),
        ("code_zero", {"status": 500}, 500, 0),
        ("bad_parameters", {}, 400, 400),
        ("wrong_key", {}, 401, 401),
        ("not_whitelisted", {}, 401, 401),
        ("not_whitelisted", {"status": 200}, 200, 401),
        ("no_tenant", {}, 404, 404),
    ],
)
def test_a_refusal_has_its_code_and_rings_nobody(demo, client, fault, details, status, code):
    demo.fault(fault, **details)
    response = client.post(DIAL, data=FIELDS)
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert demo.state().dials_accepted == 0


@pytest.mark.parametrize("value", ["30", "Wed, 04 Mar 2026 15:10:00 GMT"])
def test_too_many_may_say_when_to_come_again(demo, client, value):
    demo.fault("too_many", retry_after=value)
    assert client.get(CALLS).headers["retry-after"] == value


def test_a_server_error_is_no_json(demo, client):
    demo.fault("server_error", status=502)
    response = client.get(CALLS)
    assert response.status_code == 502
    assert response.headers["content-type"].startswith("text/plain")


def test_broken_json_html_and_an_empty_body_are_not_answers(demo, client):
    for fault in ("broken_json", "html", "empty_body"):
        demo.fault(fault, next=1)
        response = client.get(CALLS)
        assert response.status_code == 200
        with pytest.raises(ValueError, match=r"Expecting value|Unterminated string"):
            response.json()


def test_a_dial_cut_before_it_is_accepted_rings_nobody(demo, client):
    demo.fault("cut_before_act", operation="call-to-number")
    with pytest.raises(httpx.TransportError):
        client.post(DIAL, data=FIELDS)
    assert demo.state().dials_accepted == 0
    assert client.get(CALLS).status_code == 200


def test_a_dial_cut_after_it_is_accepted_rings(demo, client):
    demo.fault("cut_after_act", next=1)
    with pytest.raises(httpx.TransportError):
        client.post(DIAL, data=FIELDS)
    assert demo.state().dials_accepted == 1
    assert demo.state().seen[-1].status == 0
    assert client.post(DIAL, data=FIELDS).status_code == 200


def test_a_body_may_end_in_the_middle(demo, client):
    demo.fault("cut_during_body")
    with client.stream("GET", CALLS) as response:
        assert response.status_code == 200
        with pytest.raises(httpx.TransportError):
            response.read()


def test_a_slow_answer_comes_late_and_a_dial_is_carried_out_all_the_same(demo, client):
    demo.fault("slow", seconds=0.2, operation="call-to-number")
    with pytest.raises(httpx.ReadTimeout):
        client.post(DIAL, data=FIELDS, timeout=0.05)
    assert client.post(DIAL, data=FIELDS, timeout=10).status_code == 200
    assert demo.state().dials_accepted == 2


def test_slowness_goes_together_with_another_fault(demo, client):
    demo.fault("too_many", next=1)
    demo.fault("slow", seconds=0.01, next=1)
    assert [client.get(CALLS).status_code for _ in range(2)] == [429, 200]


def test_a_redirect_tells_whether_it_was_followed_and_with_the_key(demo, client):
    demo.fault("redirect")
    response = client.get(CALLS)
    assert response.status_code == 302
    assert demo.state().redirects_followed == 0
    client.get(response.headers["location"])
    assert (demo.state().redirects_followed, demo.state().keys_redirected) == (1, 1)


def test_a_huge_body_has_its_size_and_is_json(demo, client):
    demo.fault("huge_body", size=1 << 20)
    response = client.get(CALLS)
    assert len(response.content) >= 1 << 20
    assert response.json()["code"] == 200


def test_a_fault_for_the_next_requests_ends_by_itself(demo, client):
    demo.fault("server_error", next=2)
    assert [client.get(CALLS).status_code for _ in range(3)] == [503, 503, 200]


def test_a_fault_of_one_operation_leaves_the_others_alone(demo, client):
    demo.fault("server_error", operation="get-queue-calls")
    assert client.get(CALLS).status_code == 200
    assert client.get("/v1/get-queue-calls").status_code == 503
    demo.clear_faults()
    assert client.get("/v1/get-queue-calls").status_code == 200


def test_faults_and_switches_are_set_over_http_too(demo, client):
    def post(door, body):
        return httpx.post(f"{demo.base_url}/demo/{door}", json=body, trust_env=False).status_code

    assert post("faults", [{"kind": "too_many", "next": 1}]) == 200
    assert client.get(CALLS).status_code == 429
    assert post("faults", {"kind": "html"}) == 200
    assert client.get(CALLS).text.startswith("<!DOCTYPE")
    assert post("faults", []) == 200
    assert post("switches", {"bare_list": True}) == 200
    assert isinstance(client.get(CALLS).json(), list)
    assert post("faults", [{"kind": "gremlins"}]) == 400
    assert post("switches", {"gremlins": True}) == 400
    assert post("double", {"source": "user", "place": -9_999_999}) == 400
    assert post("reset", {}) == 200
    assert isinstance(client.get(CALLS).json(), dict)
    assert httpx.get(f"{demo.base_url}/demo/state", trust_env=False).json()["requests"] == {"get-user-calls": 1}
