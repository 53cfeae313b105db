"""Yay's customers and stores over real HTTP: list, create, and a PUT that resets what it leaves out."""

import copy

import pytest

from tests.demo.test_yay import result
from voipdesk.demo.server import DemoServer
from voipdesk.demo.yay_customers import MASK

STORE_CUSTOMER = {
    "name": "my_store_customer_1",
    "contact_name": "Geoff Wilson",
    "users": [
        {
            "contact_first_name": "Geoff",
            "contact_last_name": "Wilson",
            "name": "admin",
            "password": "password",
            "role_id": "3",
            "email": "customer@example.com",
        }
    ],
    "addresses": [
        {"street_one": "Westbury House", "city": "Guildford", "state": "Surrey", "zip": "GU2 4AW", "country_code": "GB"}
    ],
}  # as in Part 2 of the vendor's guide


def without(body, *path):
    """A copy of a body that leaves something out."""
    changed = copy.deepcopy(body)
    inner = changed
    for step in path[:-1]:
        inner = inner[step]
    del inner[path[-1]]
    return changed


def in_a_store(demo):
    """The name of a customer that has all there is."""
    return next(name for name in demo.yay.names() if len(demo.yay.customer(name)["users"]) == 2)


def test_five_thousand_customers_are_listed_whole_and_each_by_itself(demo, yay):
    listed = result(yay.get("/account/reseller"))
    assert len(listed) == 5_000
    assert len({each["name"] for each in listed}) == len({each["uuid"] for each in listed}) == 5_000
    assert [each["name"] for each in listed] == demo.yay.names()
    assert result(yay.get(f"/account/reseller/{listed[4321]['uuid']}")) == listed[4321]
    assert all(user["password"].startswith(demo.yay.user_mark) for each in listed for user in each["users"])
    assert {store["uuid"] for store in result(yay.get("/account/store"))} >= {
        each["store_front"] for each in listed if each["store_front"]
    }


def test_the_same_seed_has_the_same_customers_and_their_number_can_be_set(demo, yay):
    with DemoServer(seed=7, calls=0, customers=12) as other, DemoServer(seed=8, calls=0, customers=12) as another:
        assert other.yay.names() == demo.yay.names()[:12]
        assert another.yay.names() != demo.yay.names()[:12]
        assert other.yay.state().customers == 12


def test_the_list_may_have_pages_with_a_count(demo, yay):
    demo.yay.switch(customers_page=300)
    first, last = (result(yay.get("/account/reseller", params={"page": page})) for page in (1, 17))
    assert (first["count"], len(first["resellers"]), len(last["resellers"])) == (5_000, 300, 200)
    names = [each["name"] for each in first["resellers"]]
    assert names == demo.yay.names()[:300]
    assert len(result(yay.get("/account/reseller", params={"limit": 7}))["resellers"]) == 7


def test_the_list_may_leave_out_addresses_and_users(demo, yay):
    demo.yay.switch(customers_short=True)
    assert not {"addresses", "users"} & {key for each in result(yay.get("/account/reseller")) for key in each}


@pytest.mark.parametrize(("passwords", "sent"), [("masked", MASK), ("missing", None)])
def test_passwords_of_users_may_be_masked_or_missing(demo, yay, passwords, sent):
    demo.yay.switch(passwords=passwords)
    uuid = demo.yay.uuid(in_a_store(demo))
    assert {user.get("password") for user in result(yay.get(f"/account/reseller/{uuid}"))["users"]} == {sent}
    assert demo.yay.user_mark not in yay.get("/account/reseller").text


def test_the_smallest_customer_is_opened(demo, yay):
    created = result(yay.post("/account/reseller", json={"name": "my_customer", "contact_name": "A Contact"}))
    assert (created["name"], created["addresses"], created["users"], created["store_front"]) == (
        *("my_customer", [], [], None),
    )
    assert result(yay.get(f"/account/reseller/{created['uuid']}")) == created
    assert result(yay.get("/account/reseller"))[-1] == created
    assert (demo.yay.state().created, demo.yay.state().customers) == (["my_customer"], 5_001)
    assert demo.yay.balance("my_customer") == 0
    assert result(yay.get("/account/balance", headers={"X-Auth-For": "my_customer"})) == {"balance": "0.000"}


def test_a_store_s_customer_is_opened_as_the_guide_has_it(demo, yay):
    body = {**STORE_CUSTOMER, "store_front": demo.yay.stores()[0].uuid}
    created = result(yay.post("/account/reseller", json=body))
    assert created["users"][0]["role_id"] == 3
    assert created["users"][0]["uuid"] != created["addresses"][0]["uuid"]
    assert demo.yay.customer("my_store_customer_1")["users"][0]["password"] == "password"


@pytest.mark.parametrize("switch", [{}, {"name_taken": 400}, {"words_in": "message"}, {"words_in": "result-list"}])
@pytest.mark.parametrize("whose", ["own", "another reseller's"])
def test_a_name_that_somebody_has_is_refused_with_words(demo, yay, switch, whose):
    demo.yay.switch(**switch)
    name = demo.yay.names()[7] if whose == "own" else demo.yay.names_elsewhere[0]
    response = yay.post("/account/reseller", json={"name": name, "contact_name": "X"})
    assert response.status_code == response.json()["status_code"] == switch.get("name_taken", 409)
    assert "This name is already in use" in response.text
    assert demo.yay.state().customers == 5_000


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        {"name": "x"},
        {"contact_name": "x"},
        {"name": "", "contact_name": "x"},
        {"name": "x\u00e9", "contact_name": "x"},
        {"name": "x", "contact_name": " "},
        {"name": "x", "contact_name": 7},
        {**STORE_CUSTOMER, "store_front": "3951ec81-cca4-4c4a-8efb-4bce76e04032"},
        {**STORE_CUSTOMER, "store_front": "STORE", "addresses": []},
        {**STORE_CUSTOMER, "store_front": "STORE", "users": []},
        {**STORE_CUSTOMER, "store_front": "STORE", "users": [{**STORE_CUSTOMER["users"][0], "role_id": 2}]},
        without(STORE_CUSTOMER, "addresses", 0, "zip"),
        without(STORE_CUSTOMER, "users", 0, "name"),
    ],
)
def test_a_customer_that_lacks_something_is_refused_with_words(demo, yay, body):
    if "store_front" in body and body["store_front"] == "STORE":
        body = {**body, "store_front": demo.yay.stores()[0].uuid}
    response = yay.post("/account/reseller", json=body)
    assert result(response, 400)
    assert demo.yay.state().created == []


def test_a_put_of_the_whole_object_changes_what_it_changes_and_its_stamps(demo, yay):
    name = in_a_store(demo)
    path = f"/account/reseller/{demo.yay.uuid(name)}"
    before = result(yay.get(path))
    demo.tick(60)
    after = result(yay.put(path, json={**before, "phone": "+442079460000"}))
    assert after["phone"] == "+442079460000"
    assert after["updated_on"] > before["updated_on"]
    assert {key for key in after if after[key] != before[key]} == {"phone", "updated_on", "addresses", "users"}
    assert [part["uuid"] for part in after["users"]] == [part["uuid"] for part in before["users"]]
    assert [part["password"] for part in after["users"]] == [part["password"] for part in before["users"]]
    assert (demo.yay.state().edited, demo.yay.state().transfers) == ([name], [])
    assert result(yay.get("/account/reseller"))[demo.yay.names().index(name)] == after


def test_a_put_resets_what_it_leaves_out(demo, yay):
    name = in_a_store(demo)
    demo.yay.change(name, notes="a note", allow_outbound=False, allow_international=True, timezone="Europe/Paris")
    after = result(yay.put(f"/account/reseller/{demo.yay.uuid(name)}", json={"name": name, "contact_name": "Somebody"}))
    assert (after["phone"], after["store_front"], after["addresses"], after["users"], after["notes"]) == (
        *(None, None, [], [], ""),
    )
    assert (after["allow_outbound"], after["allow_international"], after["timezone"]) == (True, False, "Europe/London")


def test_a_put_without_a_user_s_password_loses_it(demo, yay):
    name = in_a_store(demo)
    demo.yay.switch(passwords="missing")
    path = f"/account/reseller/{demo.yay.uuid(name)}"
    assert yay.put(path, json=result(yay.get(path))).status_code == 200
    assert {user["password"] for user in demo.yay.customer(name)["users"]} == {""}


@pytest.mark.parametrize(
    "change",
    [
        {"name": "acme"},
        {"contact_name": ""},
        {"users": [{"uuid": "another's", "name": "x", "role_id": 3}]},
        {"name": 1},
    ],
)
def test_a_put_that_cannot_be_taken_changes_nothing(demo, yay, change):
    name = in_a_store(demo)
    before = demo.yay.customer(name)
    response = yay.put(f"/account/reseller/{before['uuid']}", json={**before, **change})
    assert response.status_code in {400, 409}
    assert demo.yay.customer(name) == before
    assert result(yay.put("/account/reseller/nobody", json=before), 404) == {}


def test_a_customer_that_is_renamed_is_found_by_the_new_name_alone(demo, yay):
    name = demo.yay.names()[5]
    whole = demo.yay.customer(name)
    yay.put(f"/account/reseller/{whole['uuid']}", json={**whole, "name": "new-name"})
    assert demo.yay.uuid("new-name") == whole["uuid"]
    with pytest.raises(KeyError):
        demo.yay.uuid(name)
    assert result(yay.post("/account/reseller", json={"name": name, "contact_name": "free again"}))
