"""Apidaze behind KPN's gateway over real HTTP: tokens, quota, SIP accounts, scripts, and the shapes of its answers."""

import httpx
import pytest

from tests.demo.conftest import grant

ROWS = 8
NOW = 1_772_636_400


def refused(response, status):
    """The words of KPN's error object."""
    body = response.json()
    assert (response.status_code, body["status"]) == (status, str(status)), response.text
    assert {"transactionId", "status", "name", "message", "info"} == set(body)
    return body["message"]


# Signing in


def test_a_token_is_given_with_numbers_as_texts(demo, kpn):
    given = kpn.post(demo.apidaze.token_url, data=grant(demo.apidaze)).json()
    assert (given["expires_in"], given["refresh_token_expires_in"], given["token_type"]) == ("3599", "0", "Bearer")
    assert given["issued_at"] == str(NOW * 1000)
    assert demo.apidaze.state().tokens == 2


def test_the_grant_may_stand_in_the_address(demo, kpn):
    body = grant(demo.apidaze)
    del body["grant_type"]
    assert kpn.post(demo.apidaze.token_url, data=body).status_code == 400
    assert kpn.post(f"{demo.apidaze.token_url}?grant_type=client_credentials", data=body).status_code == 200


@pytest.mark.parametrize("status", [500, 401])
def test_a_wrong_client_id_is_a_fault(demo, kpn, status):
    demo.apidaze.switch(wrong_client=status)
    response = kpn.post(demo.apidaze.token_url, data=grant(demo.apidaze, client_id="x"))
    assert (response.status_code, response.json()["fault"]["faultstring"]) == (
        status,
        "invalid_client-invalid_client_id",
    )


def test_a_wrong_secret_is_refused(demo, kpn):
    response = kpn.post(demo.apidaze.token_url, data=grant(demo.apidaze, client_secret="x"))
    assert (response.status_code, response.json()["ErrorCode"]) == (401, "invalid_client")


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer nonsense", "Basic abc"])
def test_without_a_good_token_nothing_is_let_in(kpn, header):
    response = kpn.get("/sipaccounts", headers={"Authorization": header})
    assert (response.status_code, response.json()["fault"]["faultstring"]) == (401, "Invalid Access Token")


@pytest.mark.parametrize("end", ["time", "before its time", "too many uses"])
def test_a_token_ends(demo, kpn, end):
    assert kpn.get("/sipaccounts").status_code == 200
    if end == "time":
        demo.tick(3598)
        assert kpn.get("/sipaccounts").status_code == 200
        demo.tick(1)
    elif end == "before its time":
        demo.apidaze.end_tokens()
    else:
        demo.apidaze.switch(tokens_worth=1)
    response = kpn.get("/sipaccounts")
    assert (response.status_code, response.json()["fault"]["faultstring"]) == (401, "Access Token expired")
    demo.apidaze.switch(wrong_token=500)
    assert kpn.get("/sipaccounts").status_code == 500


def test_an_application_without_the_product_has_a_token_that_is_not_taken(demo, kpn):
    demo.apidaze.switch(product=False)
    response = kpn.get("/sipaccounts")
    assert (response.status_code, "apiproduct" in response.text) == (401, True)


def test_credentials_in_the_address_are_counted(demo, kpn):
    token = kpn.headers["authorization"].split()[1]
    kpn.get(f"/sipaccounts?access_token={token}")
    kpn.post(f"{demo.apidaze.token_url}?client_secret={demo.apidaze.client_secret}")
    assert demo.apidaze.state().credentials_in_url == 2


# Quota


def test_the_quota_is_told_and_kept_until_its_interval_ends(demo, kpn):
    demo.apidaze.switch(quota_limit=3, used_elsewhere=1)
    told = [kpn.get("/sipaccounts") for _ in range(3)]
    assert [response.status_code for response in told] == [200, 200, 429]
    assert [response.headers["quota-used"] for response in told] == ["2", "3", "3"]
    assert {k: v for k, v in told[0].headers.items() if k.startswith("quota-") and k != "quota-used"} == {
        "quota-limit": "3",
        "quota-interval": "15",
        "quota-time-unit": "minute",
        "quota-reset-utc": str((NOW + 900) * 1000),
    }
    assert "quota" in refused(told[2], 429)
    demo.tick(900)
    assert kpn.get("/sipaccounts").status_code == 200
    demo.apidaze.switch(quota=False)
    assert "quota-used" not in kpn.get("/sipaccounts").headers


# SIP accounts


def test_sip_accounts_are_listed_under_the_names_they_are_read_by(demo, kpn):
    rows = kpn.get("/sipaccounts").json()
    assert len(rows) == ROWS
    first = demo.apidaze.sip_accounts()[0]
    assert rows[0]["id"] == str(first.id)
    assert rows[0]["sip"] == {"username": first.username, "password": first.password}
    assert rows[0]["callerid"]["internal_number"] == first.internal_number
    assert rows[0]["voicemail"] == {"mwi_account": first.mwi_account}
    assert first.password.startswith(demo.apidaze.sip_mark)


@pytest.mark.parametrize(("where", "listed", "single"), [("single", False, True), ("never", False, False)])
def test_passwords_may_be_kept_back(demo, kpn, where, listed, single):
    demo.apidaze.switch(passwords=where)
    row = kpn.get("/sipaccounts").json()[0]
    assert ("password" in row["sip"]) is listed
    (one,) = kpn.get(f"/sipaccounts/{row['id']}").json()
    assert ("password" in one["sip"]) is single


@pytest.mark.parametrize("shape", ["list", "object"])
def test_single_things_and_lists_of_one_have_two_shapes(demo, kpn, shape):
    demo.apidaze.switch(single=shape, list_of_one=shape)
    kind = list if shape == "list" else dict
    assert type(kpn.get("/externalscripts").json()) is kind
    assert type(kpn.get("/sipaccounts/2101").json()) is kind
    assert type(kpn.post("/sipaccounts", data={"username": "new_1"}).json()) is kind
    assert type(kpn.get("/sipaccounts").json()) is list


def test_one_is_created_changed_and_deleted(demo, kpn):
    created = kpn.post("/sipaccounts", data={"username": "new_1", "name": "New", "mwi_account": "9"})
    (row,) = created.json()
    assert (created.status_code, row["name"], row["voicemail"]["mwi_account"]) == (201, "New", "9")
    path = f"/sipaccounts/{row['id']}"
    updated = kpn.put(path, data={"internal_caller_id_number": "12"}).json()[0]
    assert (updated["name"], updated["callerid"]["internal_number"]) == ("New", "12")
    demo.apidaze.switch(put_resets=True)
    assert kpn.put(path, data={"internal_caller_id_number": "12"}).json()[0]["name"] == ""
    deleted = kpn.delete(path)
    assert (deleted.status_code, deleted.content) == (204, b"")
    assert refused(kpn.get(path), 404) == "SIP account not found"
    state = demo.apidaze.state()
    assert (state.created, state.updated, state.deleted) == (["new_1"], ["new_1"] * 2, ["new_1"])


@pytest.mark.parametrize(
    "data",
    [{}, {"username": "a b"}, {"username": "ann_7040"}, {"username": "x1", "internal_caller_id_number": "seven"}],
)
def test_what_cannot_be_is_refused(kpn, data):
    assert refused(kpn.post("/sipaccounts", data=data), 400)
    assert len(kpn.get("/sipaccounts").json()) == ROWS


def test_answers_may_be_others_than_documented(demo, kpn):
    demo.apidaze.switch(created=202, updated=202, deleted=200, answers_empty=True, own_names=True)
    assert (kpn.post("/sipaccounts", data={"username": "new_1"}).content) == b""
    assert kpn.put("/sipaccounts/2101", data={"name": "x"}).status_code == 202
    assert kpn.delete("/sipaccounts/2101").status_code == 200
    row = kpn.get("/sipaccounts").json()[0]
    assert (row["id"], row["callerid"]["internalCallerIdNumber"]) == (2108, "7041")
    demo.apidaze.switch(failure="NORMAL TEMPORARY_FAILURE")
    response = kpn.post("/sipaccounts", data={"username": "new_2"})
    assert (response.status_code, response.json()) == (202, {"failure": "NORMAL TEMPORARY_FAILURE"})
    assert demo.apidaze.state().created == ["new_1"]


@pytest.mark.parametrize(
    ("shape", "told"),
    [
        ("uri", {"uri": "sip:ann_7040@vm.4711.apidaze.voip", "status": "Registered"}),
        ("host", {"host": "vm.4711.apidaze.voip", "status": "Registered"}),
    ],
)
def test_a_registration_has_several_shapes(demo, kpn, shape, told):
    demo.apidaze.switch(registration=shape)
    assert kpn.get("/sipaccounts/2101/status").json() == [told]
    demo.apidaze.switch(registration="account")
    assert kpn.get("/sipaccounts/2101/status").json()[0]["sip"] == {"username": "ann_7040"}


# Scripts


@pytest.mark.parametrize(("domain", "status"), [("host", 201), ("account", 412)])
def test_a_domain_has_one_script(demo, kpn, domain, status):
    demo.apidaze.switch(script_domain=domain)
    assert refused(kpn.post("/externalscripts", data={"url": "https://SCRIPTS.demo.example/x"}), 412)
    assert kpn.post("/externalscripts", data={"url": "https://other.example/x"}).status_code == status


def test_a_script_is_changed_and_deleted(demo, kpn):
    path = f"/externalscripts/{demo.apidaze.script_id()}"
    changed = kpn.put(path, data={"url": "https://other.example/x"}).json()[0]
    assert (changed["url"], changed["name"]) == ("https://other.example/x", "Main menu")
    assert refused(kpn.put(path, data={"name": "x"}), 400)
    assert kpn.delete(path).status_code == 204
    assert kpn.get("/externalscripts").json() == []
    assert refused(kpn.get(path), 404)


def test_a_script_s_address_is_tried(demo, kpn):
    tried = kpn.get("/externalscripts/test", params={"url": demo.apidaze.main_script})
    assert (tried.headers["content-type"], tried.text[:5]) == ("application/xml", "<?xml")
    demo.apidaze.switch(test_in_json=True)
    assert kpn.get("/externalscripts/test", params={"url": demo.apidaze.main_script}).json()["content"] == tried.text
    assert "did not answer" in refused(kpn.get("/externalscripts/test?url=https://nobody.example/x"), 400)
    assert refused(kpn.get("/externalscripts/test"), 400)


# The rest


def test_what_there_is_not_is_told_apart(kpn):
    assert refused(kpn.delete("/sipaccounts"), 405)
    assert kpn.get("/calls").json()["fault"]["detail"]["errorcode"].endswith("ApplicationNotFound")


def test_faults_are_the_gateway_s(demo, kpn):
    demo.fault("bad_parameters", operation="create-script", status=503, text="Under maintenance")
    assert refused(kpn.post("/externalscripts", data={"url": "https://other.example/x"}), 503) == "Under maintenance"
    demo.fault("redirect", operation="scripts", next=1)
    assert kpn.get("/externalscripts").headers["location"].endswith("/demo/elsewhere")


def test_switches_are_set_over_http_too(demo, kpn):
    assert (
        httpx.post(f"{demo.base_url}/demo/apidaze-switches", json={"deleted": 200}, trust_env=False).status_code == 200
    )
    assert kpn.delete("/sipaccounts/2101").status_code == 200
    bad = httpx.post(f"{demo.base_url}/demo/apidaze-switches", json={"no_such": 1}, trust_env=False)
    assert bad.status_code == 400
