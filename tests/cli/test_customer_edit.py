"""Changing a customer from the command line."""

import os

import pytest

from tests.cli.typed import on_a_terminal
from voipdesk.demo.yay_people import make_customer, stores
from voipdesk.services.customers import Change, Customers, Edited

OF_A_STORE = make_customer(1, 0)
RICH = next(c for c in (make_customer(1, index) for index in range(0, 2000, 4)) if c.low_balance_email)


def edit(run, *more):
    return run("customers", "edit", *more)


def raw(run, name):
    return run("customers", "show", name, "--format", "json", "--reveal").json["raw"]


def test_an_edit_says_what_changes_and_loses_nothing_else(reseller, demo):
    before = raw(reseller, RICH.name)
    ended = edit(reseller, RICH.name, "--contact-name", "Ann Lee", "--phone", "+441483550000", "--yes")
    assert ended.code == 0, ended.err
    assert "These are to change:\n" in ended.err
    assert f"{RICH.contact_name} → Ann Lee\n" in ended.err
    assert ended.out == f"“{RICH.name}” is changed, and reads back so.\n"
    after = raw(reseller, RICH.name)
    changed = {key for key in before if before[key] != after[key]} - {"updated_on", "users", "addresses"}
    assert changed == {"contact_name", "phone"}
    assert [user["password"] for user in after["users"]] == [user["password"] for user in before["users"]]
    assert demo.yay.state().transfers == []


def test_may_call_out_and_the_store_are_changed(reseller):
    other = next(store for store in stores(1) if store.uuid != OF_A_STORE.store_front)
    ended = edit(
        reseller, OF_A_STORE.name, "--allow-outbound", "no", "--store", other.name.upper(), "--yes", "--format", "json"
    )
    assert ended.code == 0, ended.err
    assert other.name in ended.err
    assert (ended.json["allow_outbound"], ended.json["store"]) == (False, other.uuid)
    assert edit(reseller, OF_A_STORE.name, "--store", OF_A_STORE.store_front, "--yes").code == 0
    assert edit(reseller, OF_A_STORE.name, "--store", "", "--yes").code == 0
    assert raw(reseller, OF_A_STORE.name)["store_front"] is None


def test_what_is_so_already_is_not_sent(reseller, demo):
    ended = edit(reseller, RICH.name, "--contact-name", RICH.contact_name, "--yes", "--format", "json")
    assert (ended.code, ended.err) == (0, "It is so already; nothing was sent.\n")
    assert ended.json["name"] == RICH.name
    assert demo.yay.state().edited == []


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (("--yes",), "Nothing is to be changed"),
        (("--phone", "1"), "there is no terminal to ask on: nothing was sent"),
        (("--store", "Nobody's", "--yes"), "There is no store “Nobody's”"),
        (("--allow-outbound", "maybe", "--yes"), "--allow-outbound"),
    ],
)
def test_what_cannot_be_is_exit_code_2(reseller, demo, argv, words):
    ended = edit(reseller, RICH.name, *argv)
    assert (ended.code, ended.out) == (2, "")
    assert words in ended.err
    assert demo.yay.state().edited == []


def test_a_mask_is_never_saved_as_a_password(reseller, demo):
    demo.yay.switch(passwords="masked")
    ended = edit(reseller, RICH.name, "--phone", "1", "--yes")
    assert ended.code == 2
    assert demo.yay.state().edited == []


def test_a_refusal_is_exit_code_3(reseller, demo):
    ended = edit(reseller, RICH.name, "--contact-name", " ", "--yes")
    assert ended.code in {2, 3}
    assert edit(reseller, "nobody-here", "--phone", "1", "--yes").code == 3
    assert demo.yay.state().edited == []


def test_what_reads_back_otherwise_is_said(reseller, monkeypatch):
    async def edit_otherwise(_customers, _account, before, _after):
        return Edited(before, (Change("Phone", "1", ""),), (Change("Notes", "", "Barred."),))

    monkeypatch.setattr(Customers, "edit", edit_otherwise)
    ended = edit(reseller, RICH.name, "--phone", "1", "--yes", "--format", "json")
    assert ended.code == 3
    assert ended.json["name"] == RICH.name
    assert "The service changed more than that:\n  Notes: nothing → Barred.\n" in ended.err
    assert "The service did not take:\n  Phone: 1 → nothing\n" in ended.err


@pytest.mark.skipif(os.name != "posix", reason="no pseudo-terminals elsewhere")
def test_on_a_terminal_a_yes_is_asked_for(reseller, demo):
    password = f"{demo.yay.password}\n".encode()
    argv = ["customers", "edit", RICH.name, "--phone", "+441483550000"]
    code, shown = on_a_terminal(argv, password, b"y\n")
    assert code == 2, shown
    assert f"Change “{RICH.name}” of Reseller? Type yes: " in shown
    assert "The answer was not yes: nothing was sent." in shown
    assert demo.yay.state().edited == []
    code, shown = on_a_terminal(argv, password, b"yes\n")
    assert code == 0, shown
    assert demo.yay.state().edited == [RICH.name]
