"""SIP accounts from the command line, of the account and of a customer it acts for."""

import re

import pytest

from voipdesk.core.blanking import BLANK
from voipdesk.demo.yay_people import make_customer, sip_users

OWN = sip_users(1, "")
CUSTOMER = next(c for c in (make_customer(1, index) for index in range(100)) if len(sip_users(1, c.uuid)) > 2)
THEIRS = sip_users(1, CUSTOMER.uuid)
NOBODY = next(c for c in (make_customer(1, index) for index in range(100)) if not sip_users(1, c.uuid))


def test_the_accounts_own_are_listed_without_passwords(reseller, demo):
    ended = reseller("sip", "list")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.splitlines()[0].split() == ["Extension", "Name", "Username", "Id"]
    assert len(ended.out.splitlines()) == len(OWN) + 1
    assert demo.yay.sip_mark not in ended.out
    shown = reseller("sip", "list", "--reveal")
    assert shown.out.splitlines()[0].endswith("Password")
    assert all(user.password in shown.out for user in OWN)
    assert {seen.acting_for for seen in demo.yay.state().seen} == {""}


def test_a_customers_are_listed_and_it_is_said_whose_they_are(reseller, demo):
    ended = reseller("sip", "list", "--for", CUSTOMER.name)
    assert (ended.code, ended.err) == (0, f"Reseller, acting for: {CUSTOMER.name}\n")
    assert len(ended.out.splitlines()) == len(THEIRS) + 1
    assert {seen.acting_for for seen in demo.yay.state().seen if seen.path.startswith("/voip")} == {CUSTOMER.name}
    listed = reseller("sip", "list", "--for", CUSTOMER.name, "--format", "json")
    assert listed.err == ""
    assert {(one["account"], one["acting_for"]) for one in listed.json} == {("Reseller", CUSTOMER.name)}
    assert {one["id"] for one in listed.json} == {user.uuid for user in THEIRS}


def test_they_are_searched(reseller):
    first, last = OWN[0].display_name.split(" ", 1)
    ended = reseller("sip", "list", "--search", f"{last} {first}", "--format", "json")
    assert OWN[0].uuid in {one["id"] for one in ended.json}
    nobody = reseller("sip", "list", "--search", "zzzz")
    assert (nobody.code, nobody.out, nobody.err) == (0, "", "No SIP accounts match.\n")
    none = reseller("sip", "list", "--for", NOBODY.name)
    assert (none.code, none.out) == (0, "")
    assert "There are no SIP accounts." in none.err
    assert "There are no SIP accounts." in reseller("sip", "status", "--for", NOBODY.name).err


@pytest.mark.parametrize("generation", ["new", "old"])
@pytest.mark.parametrize("by", ["uuid", "login", "extension"])
def test_what_a_telephone_signs_in_with_is_found_by_any_of_its_names(reseller, demo, generation, by):
    demo.yay.switch(sip_fields=generation)
    user = THEIRS[1]
    ended = reseller("sip", "show", str(getattr(user, by)), "--for", CUSTOMER.name)
    assert (ended.code, ended.err) == (0, "")
    rows = dict(line.split("  ", 1) for line in ended.out.splitlines())
    rows = {name: value.strip() for name, value in rows.items()}
    assert (rows["Account"], rows["Acting for"]) == ("Reseller", CUSTOMER.name)
    assert (rows["Username"], rows["Extension"]) == (user.login, str(user.extension))
    assert (rows["Name"], rows["Registrar"]) == (user.display_name, "sip.example.com")
    assert rows["Password"] == f"{BLANK}  (--reveal shows it)"
    shown = reseller("sip", "show", str(getattr(user, by)), "--for", CUSTOMER.name, "--reveal")
    assert user.password in shown.out


def test_json_blanks_the_password_wherever_it_stands(reseller, demo):
    ended = reseller("sip", "show", OWN[0].uuid, "--format", "json")
    assert list(ended.json) == [
        *("account", "acting_for", "id", "username", "password", "display_name", "extension", "domain"),
        *("outbound_proxy", "encrypted", "internal_number", "external_number", "mailbox", "raw"),
    ]
    assert ended.json["password"] == BLANK
    assert demo.yay.sip_mark not in ended.out
    assert ended.json["raw"]["uuid"] == OWN[0].uuid
    shown = reseller("sip", "show", OWN[0].uuid, "--format", "json", "--reveal")
    assert shown.json["password"] == OWN[0].password
    assert shown.out.count(OWN[0].password) == 2, "in our field and in the service's own"


def test_without_a_registrar_it_is_said_where_it_goes(run, demo):
    run(
        "accounts", "add", "yay", "--name", "Bare", "--base-url", demo.base_url,
        "--reseller", demo.yay.reseller, "--user", demo.yay.user, stdin=demo.yay.password,
    )  # fmt: skip
    assert re.search(r"^Registrar +not known: ", run("sip", "show", str(OWN[0].extension)).out, re.MULTILINE)
    assert run("sip", "show", str(OWN[0].extension), "--format", "json").json["domain"] is None


def test_the_states_are_the_services_own_words(reseller):
    ended = reseller("sip", "status", "--format", "json")
    assert (ended.code, ended.err) == (0, "")
    assert {one["id"] for one in ended.json} == {user.uuid for user in OWN}
    assert "open" in {one["status"] for one in ended.json}
    assert "open" in reseller("sip", "status").out
    assert reseller("sip", "status", "--for", CUSTOMER.name).err == f"Reseller, acting for: {CUSTOMER.name}\n"


def test_who_is_not_there_is_exit_code_3(reseller):
    assert reseller("sip", "show", "nobody").code == 3
    refused = reseller("sip", "list", "--for", "nobody-here")
    assert refused.code == 3
    assert "nobody-here" in refused.err


def test_a_name_that_no_request_can_carry_is_exit_code_2(reseller, demo):
    ended = reseller("sip", "list", "--for", "a\r\nX-Evil: 1")
    assert (ended.code, ended.out) == (2, "")
    assert demo.yay.state().requests == {}


def test_a_service_without_sip_accounts_is_said(office):
    ended = office("sip", "list")
    assert ended.code == 2
    assert "has no SIP accounts" in ended.err
