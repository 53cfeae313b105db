"""Opening customers from the command line."""

import json
import os

import pytest

from tests.cli.typed import on_a_terminal
from voipdesk.core.blanking import BLANK
from voipdesk.demo.yay_people import make_customer, stores
from voipdesk.services import customers

PASSWORD = "hunter2-hunter2"
FOR_A_STORE = {
    "users": [{"name": "admin", "role_id": "3", "email": "pete@example.com", "password": PASSWORD}],
    "addresses": [{"street_one": "1 High Street", "city": "Guildford", "zip": "GU2 4AW", "country_code": "GB"}],
    "store_front": stores(1)[0].uuid,
    "notes": "From a file.",
}


@pytest.fixture
def write(tmp_path):
    def write(fields):
        file = tmp_path / "new.json"
        file.write_text(json.dumps(fields))
        return str(file)

    return write


def create(run, *more):
    return run("customers", "create", *more)


def test_the_smallest_customer_is_opened_once(reseller, demo):
    ended = create(reseller, "--name", "pete_plumber", "--contact-name", "Pete Plumber", "--format", "json")
    assert (ended.code, ended.err) == (0, "")
    assert (ended.json["name"], ended.json["contact_name"]) == ("pete_plumber", "Pete Plumber")
    assert demo.yay.state().created == ["pete_plumber"]
    assert reseller("customers", "show", "pete_plumber", "--format", "json").json["id"] == ended.json["id"]


def test_without_a_name_a_random_one_is_made_and_told(reseller, demo):
    ended = create(reseller, "--contact-name", "Pete Plumber", "--phone", "+441483550000")
    (name,) = demo.yay.state().created
    assert ended.code == 0
    assert ended.err == f"The customer's name is {name}.\n"
    assert ended.out.startswith(f"The customer “{name}” is open.\n")
    assert "+441483550000" in ended.out


def test_a_customer_of_a_store_is_opened_from_a_file(reseller, demo, write):
    ended = create(reseller, "--contact-name", "Pete", "--name", "pete", "--from-file", write(FOR_A_STORE))
    assert (ended.code, ended.err) == (0, "")
    assert PASSWORD not in ended.out
    shown = reseller("customers", "show", "pete", "--format", "json", "--reveal").json
    assert (shown["store"], shown["raw"]["notes"]) == (FOR_A_STORE["store_front"], "From a file.")
    assert (shown["users"][0]["name"], shown["users"][0]["password"]) == ("admin", PASSWORD)
    assert shown["addresses"][0]["city"] == "Guildford"


def test_the_file_may_say_it_all_and_options_go_before_it(reseller, demo, write):
    file = write({**FOR_A_STORE, "name": "in-file", "contact_name": "From File"})
    assert create(reseller, "--from-file", file).code == 0
    ended = create(reseller, "--from-file", file, "--name", "typed", "--contact-name", "Typed", "--format", "json")
    assert (ended.json["name"], ended.json["contact_name"]) == ("typed", "Typed")
    assert ended.json["users"][0]["password"] == BLANK
    assert demo.yay.state().created == ["in-file", "typed"]


def test_a_name_that_is_taken_is_exit_code_3(reseller, demo):
    for name in (make_customer(1, 3).name, demo.yay.names_elsewhere[0]):
        ended = create(reseller, "--name", name, "--contact-name", "Pete")
        assert (ended.code, ended.out) == (3, "")
        assert name in ended.err
    assert demo.yay.state().created == []


@pytest.mark.parametrize(
    ("fields", "argv", "words"),
    [
        (None, (), "needs a contact name"),
        ({}, (), "needs a contact name"),
        ({"contact_name": 12}, (), "“contact_name” of the file is no text"),
        ({"contact_name": "a", "name": []}, (), "“name” of the file is no text"),
        ([1], (), "no JSON object"),
        ({"contact_name": "a", "users": [{"name": "admin"}]}, (), "admin has no password in the file"),
        ({"contact_name": "a", "users": [{"password": ""}]}, (), "the user has no password in the file"),
        ({"contact_name": "a", "users": [{"name": 1}]}, (), "“name” of the file is no text"),
    ],
)
def test_what_cannot_be_opened_is_exit_code_2_and_nothing_is_sent(reseller, demo, write, fields, argv, words):
    file = () if fields is None else ("--from-file", write(fields))
    ended = create(reseller, *file, *argv)
    assert (ended.code, ended.out) == (2, "")
    assert words in ended.err
    assert demo.yay.state().requests == {}


def test_a_balance_in_the_file_moves_no_credit(reseller, demo, write):
    ended = create(reseller, "--name", "pete", "--contact-name", "Pete", "--from-file", write({"balance": "10.000"}))
    assert ended.code == 2
    assert "balance" in ended.err
    assert demo.yay.state().transfers == []


def test_a_lost_answer_is_looked_after(reseller, demo):
    demo.fault("cut_after_act", operation="create-customer", next=1)
    ended = create(reseller, "--name", "pete", "--contact-name", "Pete")
    assert ended.code == 0, ended.err
    assert demo.yay.state().created == ["pete"]


def test_a_lost_answer_that_cannot_be_looked_after_is_exit_code_6(reseller, demo, monkeypatch):
    monkeypatch.setattr(customers, "LOOK_AFTER_S", (0.0, 0.0, 0.0))
    demo.fault("cut_after_act", operation="create-customer")
    demo.fault("server_error", operation="customers")
    ended = create(reseller, "--name", "pete", "--contact-name", "Pete")
    assert (ended.code, ended.out) == (6, "")
    assert demo.yay.state().created == ["pete"]


@pytest.mark.skipif(os.name != "posix", reason="no pseudo-terminals elsewhere")
def test_on_a_terminal_a_users_password_is_asked_for_and_not_shown(reseller, demo, write):
    user = {key: value for key, value in FOR_A_STORE["users"][0].items() if key != "password"}
    argv = ["customers", "create", "--name", "pete", "--contact-name", "Pete", "--from-file"]
    code, shown = on_a_terminal(
        [*argv, write({**FOR_A_STORE, "users": [user]})],
        f"{demo.yay.password}\n".encode(), f"{PASSWORD}\n".encode(),
    )  # fmt: skip
    assert code == 0, shown
    assert "Password for admin: " in shown
    assert PASSWORD not in shown
    assert (
        reseller("customers", "show", "pete", "--format", "json", "--reveal").json["users"][0]["password"] == PASSWORD
    )
