"""A reseller's days on the command line, against the demo's Yay over HTTP; on one of them each command is a process."""

import json
from decimal import Decimal

import pytest

from tests.e2e.program import Here, Program, without_proxies
from tests.e2e.yay import add_reseller, in_a_store, some_customer, transfers, well_behaved, with_phones
from tests.fakes.keyring_session import KeyringSession

MASK = "••••••"
STORE_CUSTOMER = {
    "users": [
        {
            "contact_first_name": "Geoff",
            "contact_last_name": "Wilson",
            "name": "admin",
            "password": "Zq7usrGeoff",
            "role_id": "3",
            "email": "customer@example.com",
        }
    ],
    "addresses": [
        {"street_one": "Westbury House", "city": "Guildford", "state": "Surrey", "zip": "GU2 4AW", "country_code": "GB"}
    ],
    "contact_name": "Geoff Wilson",
}


@pytest.fixture
def run(demo):
    run = Here(common=("--secret-stdin",), stdin=demo.yay.password)
    add_reseller(run, demo)
    return run


def test_from_the_sign_in_to_credit_calls_and_a_dial_with_the_password_in_a_keyring(demo):
    with KeyringSession() as session:
        run = Program(without_proxies(session.environment))
        add_reseller(run, demo, "--low-balance", "300")
        tested = run("accounts", "test", "Reseller")
        assert tested.code == 0
        assert "The credentials and this computer's address are accepted." in tested.out
        assert demo.yay.reseller in tested.out
        status = run("status")
        assert (status.code, "250.00" in status.out) == (0, True)

        opened = run("customers", "create", "--name", "my_customer", "--contact-name", "A Contact")
        assert (opened.code, demo.yay.customer("my_customer")["contact_name"]) == (0, "A Contact")
        moved = run("customers", "credit", "my_customer", "10.50", "--yes")
        assert (moved.code, transfers(demo)) == (0, [("my_customer", "10.500")])
        assert (demo.yay.balance(), demo.yay.balance("my_customer")) == (Decimal("239.5"), Decimal("10.5"))
        assert "10.50" in run("customers", "show", "my_customer").out

        dialled = run("dial", "+49 30 901820")
        assert dialled.code == 0, dialled.err
        assert [(d.extension, d.destination, d.acting_for) for d in demo.yay.state().dials] == [
            ("1001", "+4930901820", "")
        ]
        demo.tick(120)
        assert run("sync").code == 0
        calls = run("calls", "--format", "json").json
        assert len(calls) == demo.yay.state().calls == 2_001
        assert (calls[0]["called"], calls[0]["outcome"], calls[0]["direction"]) == (
            *("+4930901820", "answered", "out"),
        )
        assert " 0 new, 0 changed" in run("sync").out
    well_behaved(demo)


def test_every_customer_is_listed_and_any_is_shown_with_its_passwords_blanked(run, demo):
    listed = run("customers", "list", "--format", "json")
    assert (listed.code, [each["name"] for each in listed.json]) == (0, demo.yay.names())
    assert demo.yay.user_mark not in listed.out
    name = some_customer(demo, in_a_store)
    shown = run("customers", "show", name, "--format", "json")
    whole = demo.yay.customer(name)
    assert Decimal(shown.json["balance"]) == demo.yay.balance(name)
    assert {user["password"] for user in shown.json["raw"]["users"]} == {MASK}
    revealed = run("customers", "show", name, "--format", "json", "--reveal").json
    assert revealed["raw"] == whole, "the service's own fields, all of them"
    for text in (shown.out, run("customers", "show", name).out):
        assert demo.yay.user_mark not in text
    assert whole["users"][0]["password"] in run("customers", "show", name, "--reveal").out
    assert len(run("stores", "list", "--format", "json").json) == len(demo.yay.stores())
    well_behaved(demo)


def test_a_customer_of_a_store_is_opened_from_a_file(run, demo, tmp_path):
    file = tmp_path / "customer.json"
    file.write_text(json.dumps({**STORE_CUSTOMER, "name": "shop-1", "store_front": demo.yay.stores()[2].uuid}))
    opened = run("customers", "create", "--from-file", str(file))
    assert opened.code == 0, opened.err
    whole = demo.yay.customer("shop-1")
    assert whole["store_front"] == demo.yay.stores()[2].uuid
    assert (whole["users"][0]["role_id"], whole["users"][0]["password"]) == (3, "Zq7usrGeoff")
    assert whole["addresses"][0]["street_one"] == "Westbury House"
    assert "Zq7usr" not in opened.out + opened.err


@pytest.mark.parametrize("status", [409, 400])
@pytest.mark.parametrize("whose", ["own", "another reseller's"])
def test_a_name_that_is_taken_is_exit_code_3_and_said_in_words(run, demo, status, whose):
    demo.yay.switch(name_taken=status)
    name = demo.yay.names()[9] if whose == "own" else demo.yay.names_elsewhere[0]
    ended = run("customers", "create", "--name", name, "--contact-name", "X")
    assert (ended.code, ended.out) == (3, "")
    assert name in ended.err
    assert demo.yay.state().customers == 5_000


def test_an_edit_changes_what_it_says_and_loses_nothing(run, demo):
    name = some_customer(demo, in_a_store)
    demo.yay.change(name, notes="Pays late.", allow_international=True, low_balance_email="a@b.example")
    demo.yay.switch(customer_balance=True)
    demo.yay.set_balance("12.5", name)
    before = demo.yay.customer(name)
    demo.tick(60)
    edited = run("customers", "edit", name, "--phone", "+442079460123", "--allow-outbound", "no", "--yes")
    assert edited.code == 0, edited.err
    after = demo.yay.customer(name)
    assert {key for key in after if after[key] != before[key]} - {"users", "addresses"} == {
        *("phone", "allow_outbound", "updated_on")
    }
    assert (after["phone"], after["allow_outbound"]) == ("+442079460123", False)
    for parts in ("users", "addresses"):
        assert [part | {"updated_on": ""} for part in after[parts]] == [
            part | {"updated_on": ""} for part in before[parts]
        ]
    assert transfers(demo) == [], "the balance in the object is not sent back: it would be moved"
    assert demo.yay.balance(name) == Decimal("12.5")
    assert demo.yay.state().edited == [name]


@pytest.mark.parametrize("passwords", ["masked", "missing"])
def test_an_edit_that_would_overwrite_passwords_is_not_sent(run, demo, passwords):
    name = some_customer(demo, in_a_store)
    before = demo.yay.customer(name)
    demo.yay.switch(passwords=passwords)
    ended = run("customers", "edit", name, "--phone", "+442079460123", "--yes")
    assert (ended.code, "password" in ended.err) == (2, True), ended.err
    assert demo.yay.customer(name) == before
    assert demo.yay.state().edited == []


def test_sip_users_are_one_s_own_or_those_of_who_is_acted_for(run, demo):
    name = with_phones(demo)
    theirs = demo.yay.sip_users(name)
    assert [each["id"] for each in run("sip", "list", "--format", "json").json] == [
        user.uuid for user in demo.yay.sip_users()
    ]
    listed = run("sip", "list", "--for", name, "--format", "json")
    assert [each["id"] for each in listed.json] == [user.uuid for user in theirs]
    assert demo.yay.sip_mark not in listed.out
    for generation in ("new", "old"):
        demo.yay.switch(sip_fields=generation)
        shown = run("sip", "show", "1001", "--for", name, "--reveal", "--format", "json").json
        assert (shown["username"], shown["password"], shown["display_name"], shown["extension"]) == (
            *(theirs[0].login, theirs[0].password, theirs[0].display_name, "1001"),
        )
        assert shown["domain"] == demo.yay.registrar
        assert (shown["acting_for"], shown["account"]) == (name, "Reseller")
    blank = run("sip", "show", "1001", "--for", name)
    assert (blank.code, demo.yay.sip_mark in blank.out) == (0, False)
    assert name in blank.out
    assert run("sip", "list", "--for", "nobody-here").code == 3
    seen = [(each.path.partition("/voip/user")[0], bool(each.acting_for)) for each in demo.yay.state().seen]
    assert ("/account", True) not in seen
    well_behaved(demo)


@pytest.mark.parametrize("command", [("customers", "list"), ("stores", "list"), ("sync",), ("calls",), ("status",)])
def test_acting_for_a_customer_is_a_usage_error_where_it_governs_nothing(run, demo, command):
    ended = run(*command, "--for", demo.yay.names()[0])
    assert (ended.code, ended.out) == (2, "")
    assert demo.yay.state().requests == {}


def test_without_the_whitelist_or_the_password_both_causes_are_named(run, demo):
    demo.yay.switch(whitelisted=False)
    for stdin in (demo.yay.password, "wrong"):
        ended = run("accounts", "test", stdin=stdin)
        assert ended.code == 3
        said = (ended.out + ended.err).lower()
        assert "password" in said
        assert "address" in said
        demo.yay.switch(whitelisted=True)


@pytest.mark.parametrize("path", ["/voip/calls", "/calls/outbound"])
def test_a_command_that_is_elsewhere_is_said_and_its_path_is_a_setting(demo, path):
    demo.yay.switch(click_to_call_path=path, history_path=path)
    run = Here(common=("--secret-stdin",), stdin=demo.yay.password)
    add_reseller(run, demo)
    dialled, synced = run("dial", "+4930901820"), run("sync")
    assert (dialled.code, synced.code) == (3, 3)
    assert all("/voip/call" in ended.err for ended in (dialled, synced))
    assert run("accounts", "remove", "Reseller").code == 0
    add_reseller(run, demo, "--history-path", path, "--click-to-call-path", path)
    assert (run("dial", "+4930901820").code, len(demo.yay.state().dials)) == (0, 1)
    demo.tick(120)
    assert run("sync").code == 0


@pytest.mark.parametrize(
    "switches",
    [
        {"count_shape": "total-cdr", "end_names": "caller-callee"},
        {"count_shape": "beside", "end_names": "source-destination", "calls_cap": 60},
        {"count_shape": "none", "arrivals_per_request": 3},
    ],
)
def test_calls_are_read_whole_whatever_the_documents_leave_open(run, demo, switches):
    demo.yay.switch(**switches)
    assert run("sync").code == 0
    demo.yay.switch(arrivals_per_request=0)
    assert run("sync").code == 0
    calls = run("calls", "--format", "json").json
    assert len(calls) == demo.yay.state().calls
    assert " 0 new, 0 changed" in run("sync").out
    assert {call["source"] for call in calls} == {"user"}
    assert all(call["caller"] and call["called"] for call in calls)
