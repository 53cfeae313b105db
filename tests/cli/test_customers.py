"""A reseller's customers from the command line."""

import json

import pytest

from voipdesk.core.blanking import BLANK
from voipdesk.core.credit import shown_amount
from voipdesk.demo.yay_objects import USER_MARK
from voipdesk.demo.yay_people import first_balance, make_customer, stores

OF_A_STORE = make_customer(1, 0)
ALONE = make_customer(1, 3)


@pytest.fixture
def both(reseller, office):
    """Two accounts: only one of them has customers."""
    return reseller


def test_all_customers_are_listed_and_searched(reseller, demo):
    ended = reseller("customers", "list", "--format", "json")
    assert (ended.code, ended.err) == (0, "")
    assert len(ended.json) == demo.yay.state().customers
    listed = reseller("customers", "list", "--search", ALONE.name.upper())
    assert listed.out.splitlines()[0].split() == ["Name", "Contact", "Phone", "Opened"]
    assert listed.out.splitlines()[1].startswith(f"{ALONE.name}  {ALONE.contact_name}")
    assert len(listed.out.splitlines()) == 2
    first, last = OF_A_STORE.contact_name.rsplit(" ", 1)
    assert OF_A_STORE.name in reseller("customers", "list", "--search", f"{last} {first}").out
    nobody = reseller("customers", "list", "--search", "zzzz nobody")
    assert (nobody.code, nobody.out, nobody.err) == (0, "", "No customers match.\n")
    assert reseller("customers", "list", "--search", "zzzz nobody", "--format", "json").json == []


def test_the_account_with_customers_need_not_be_named(both):
    assert both("customers", "list", "--search", ALONE.name).code == 0
    assert both("stores", "list", "--account", "reseller").code == 0
    refused = both("customers", "list", "--account", "Office")
    assert (refused.code, refused.out) == (2, "")
    assert "“Office” has no customers" in refused.err


def test_a_customer_is_shown_without_its_passwords(reseller, demo):
    ended = reseller("customers", "show", OF_A_STORE.name)
    assert (ended.code, ended.err) == (0, "")
    store = next(store.name for store in stores(1) if store.uuid == OF_A_STORE.store_front)
    rows = dict(line.split("  ", 1) for line in ended.out.splitlines() if not line.startswith(("User", "Address")))
    rows = {name: value.strip() for name, value in rows.items()}
    assert rows["Account"] == "Reseller"
    assert (rows["Name"], rows["Contact"], rows["Store"]) == (OF_A_STORE.name, OF_A_STORE.contact_name, store)
    assert rows["Balance"] == shown_amount(first_balance(1, 0))
    assert OF_A_STORE.users[0].email in ended.out
    assert OF_A_STORE.addresses[0].street_one in ended.out
    assert BLANK in ended.out
    assert OF_A_STORE.users[0].password not in ended.out
    assert OF_A_STORE.users[0].password in reseller("customers", "show", OF_A_STORE.name, "--reveal").out
    assert demo.yay.state().acting_where_not_allowed == 0


def test_json_has_our_names_and_the_services_own(reseller):
    shown = reseller("customers", "show", OF_A_STORE.name.upper(), "--format", "json")
    assert list(shown.json) == [
        *("id", "name", "contact_name", "phone", "store", "allow_outbound", "balance", "created_at"),
        *("addresses", "users", "raw"),
    ]
    assert shown.json["raw"]["store_front"] == shown.json["store"] == OF_A_STORE.store_front
    assert isinstance(shown.json["balance"], str)
    assert shown.json["users"][0]["password"] == shown.json["raw"]["users"][0]["password"] == BLANK
    assert USER_MARK not in shown.out
    bare = reseller("customers", "show", OF_A_STORE.name, "--format", "json", "--reveal").json
    assert bare["users"][0]["password"] == bare["raw"]["users"][0]["password"] == OF_A_STORE.users[0].password


def test_a_list_blanks_passwords_too(reseller):
    assert USER_MARK not in reseller("customers", "list", "--format", "json").out
    assert USER_MARK in reseller("customers", "list", "--format", "json", "--reveal").out


def test_what_is_not_known_of_a_customer_leaves_the_rest(reseller, demo):
    demo.yay.switch(balance_for=False)
    demo.fault("server_error", operation="stores")
    ended = reseller("customers", "show", OF_A_STORE.name)
    assert ended.code == 0
    assert OF_A_STORE.contact_name in ended.out
    assert "Balance" not in ended.out
    assert "The balance is not known: " in ended.err
    assert "The name of the store is not known: " in ended.err
    assert OF_A_STORE.store_front in ended.out
    assert reseller("customers", "show", OF_A_STORE.name, "--format", "json").json["balance"] is None


def test_a_balance_in_the_customers_own_object_is_shown(reseller, demo):
    demo.yay.switch(customer_balance=True)
    asked = reseller("customers", "show", ALONE.name, "--format", "json").json["balance"]
    demo.yay.switch(customer_balance=False)
    assert reseller("customers", "show", ALONE.name, "--format", "json").json["balance"] == asked


def test_a_name_that_nobody_has_is_said_with_those_like_it(reseller):
    ended = reseller("customers", "show", f"{ALONE.name}x")
    assert (ended.code, ended.out) == (3, "")
    assert ALONE.name in ended.err


@pytest.mark.parametrize(
    "argv",
    [
        ("customers", "list"),
        ("customers", "show", "x"),
        ("customers", "create", "--contact-name", "x"),
        ("customers", "edit", "x", "--phone", "1", "--yes"),
        ("customers", "credit", "x", "1", "--yes"),
        ("customers", "transfers"),
        ("stores", "list"),
        ("status",),
        ("sync",),
        ("dial", "1002"),
        ("calls",),
        ("budget",),
        ("accounts", "test"),
    ],
)
def test_acting_for_a_customer_is_wrong_usage_where_it_governs_nothing(reseller, demo, argv):
    ended = reseller(*argv, "--for", ALONE.name)
    assert (ended.code, ended.out) == (2, "")
    assert "--for" in ended.err
    assert demo.yay.state().requests == {}


@pytest.mark.parametrize("action", ["list", "show", "create", "edit", "credit", "transfers"])
def test_each_action_has_help(run, action):
    shown = run("customers", action, "--help")
    assert shown.code == 0
    assert "--format" in shown.out


def test_names_from_the_service_do_not_steer_the_terminal(reseller, demo):
    demo.yay.change(ALONE.name, contact_name="Ann\x1b[2J\u202eLee")
    assert "\x1b" not in reseller("customers", "show", ALONE.name).out
    assert "\u202e" not in reseller("customers", "list", "--search", ALONE.name).out
    shown = reseller("customers", "show", ALONE.name, "--format", "json")
    assert "\u202e" not in shown.out
    assert json.loads(shown.out)["contact_name"] == "Ann\x1b[2J\u202eLee"
