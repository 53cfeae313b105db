"""SIP accounts created, changed and deleted from the command line, and asked about one by one."""

import os

import pytest

from tests.cli.typed import on_a_terminal
from voipdesk.core.blanking import BLANK
from voipdesk.services import sip_edit


def names(demo):
    return demo.apidaze.state().usernames


def test_they_are_listed_with_the_columns_they_have(voice, demo):
    ended = voice("sip", "list")
    assert (ended.code, ended.err) == (0, "")
    heading, *rows = ended.out.splitlines()
    assert heading.split("  ")[0] == "Name"
    assert heading.split() == ["Name", "Username", "Internal", "number", "External", "number", "Id"]
    assert len(rows) == len(names(demo))
    assert len(voice("sip", "list", "--search", "442079460121 priya").out.splitlines()) == 2
    assert demo.apidaze.sip_mark not in ended.out
    assert voice("sip", "list", "--reveal").out.count(demo.apidaze.sip_mark) == len(rows)


@pytest.mark.parametrize("wanted", ["2101", "ann_7040"])
def test_one_is_shown_with_its_domain_proxy_and_numbers(voice, demo, wanted):
    shown = voice("sip", "show", wanted).out
    assert f"Registrar        vm.4711.apidaze.voip\nUsername         ann_7040\nPassword         {BLANK}" in shown
    assert "Outbound proxy   46.101.153.96:4060\n" in shown
    assert "Internal number  7040\n" in shown
    whole = voice("sip", "show", wanted, "--format", "json", "--reveal").json
    assert whole["password"] == whole["raw"]["sip"]["password"] == demo.apidaze.sip_accounts()[0].password
    assert (whole["domain"], whole["mailbox"], whole["external_number"]) == (
        *("vm.4711.apidaze.voip", "7040", "442079460120"),
    )


def test_a_password_that_the_service_keeps_to_itself_is_said_so(voice, demo):
    demo.apidaze.switch(passwords="never")
    assert "Password         the service does not say it\n" in voice("sip", "show", "2101", "--reveal").out
    assert voice("sip", "show", "2101", "--format", "json").json["password"] is None
    demo.apidaze.switch(passwords="single")
    assert demo.apidaze.sip_mark in voice("sip", "show", "2101", "--reveal").out


def test_a_domain_that_the_service_does_not_tell_is_the_settings_or_not_known(voice, demo, home):
    demo.apidaze.switch(registration="account")
    assert "Registrar        not known" in voice("sip", "show", "2101").out
    demo.apidaze.switch(registration="host", domain="told.example")
    assert "Registrar        told.example\n" in voice("sip", "show", "2101").out


def test_the_status_of_one_and_of_all_is_asked_for(voice, demo):
    one = voice("sip", "status", "2108", "--format", "json").json
    assert (one["username"], one["status"], one["domain"]) == ("priya_7041", "Not registered", "vm.4711.apidaze.voip")
    demo_before = demo.apidaze.state().requests["sip-registration"]
    every = voice("sip", "status")
    assert every.out.splitlines()[0].split() == ["Username", "Name", "Status", "Id"]
    assert every.out.count("Not registered") == 3
    assert demo.apidaze.state().requests["sip-registration"] == demo_before + len(names(demo))


def test_what_is_known_is_shown_when_the_budget_ends_in_the_middle(voice, demo):
    demo.fault("too_many", operation="sip-registration", retry_after="60")
    ended = voice("sip", "status")
    assert ended.code == 4
    assert ended.out.count("not known") == len(names(demo))


def test_one_is_created_and_its_password_is_shown_when_asked_for(voice, demo):
    ended = voice(
        "sip", "create", "new_1", "--name", "New desk", "--internal-number", "12", "--external-number", "31205550112",
        "--mwi-account", "box", "--reveal",
    )  # fmt: skip
    assert (ended.code, ended.err) == (0, "SIP account “new_1” is created.\n")
    made = demo.apidaze.sip_accounts()[-1]
    assert (made.username, made.name, made.internal_number, made.external_number, made.mwi_account) == (
        *("new_1", "New desk", "12", "31205550112", "box"),
    )
    assert f"Password         {made.password}\n" in ended.out
    blank = voice("sip", "create", "new_2", "--format", "json")
    assert (blank.json["username"], blank.json["password"], blank.json["domain"]) == (
        *("new_2", BLANK, "vm.4711.apidaze.voip"),
    )
    assert demo.apidaze.state().created == ["new_1", "new_2"]


def test_a_name_that_is_taken_or_cannot_be_is_refused(voice, demo):
    assert voice("sip", "create", "ann_7040").code == 3
    refused = voice("sip", "create", "a b")
    assert (refused.code, "username must have" in refused.err) == (3, True)
    assert voice("sip", "create", " ").code == 2
    assert demo.apidaze.state().created == []


def test_an_update_shows_what_changes_and_sends_it_once(voice, demo):
    ended = voice("sip", "update", "ann_7040", "--name", "Ann Lee-Shah", "--mwi-account", "")
    assert ended.code == 0, ended.err
    assert ended.err == "“ann_7040” changes:\n  Name: Ann Lee → Ann Lee-Shah\n  Mailbox: 7040 → nothing\n"
    assert ended.out == "SIP account “ann_7040” is changed, and reads back so.\n"
    made = demo.apidaze.sip_accounts()[0]
    assert (made.name, made.mwi_account, made.internal_number) == ("Ann Lee-Shah", "", "7040")
    (sent,) = [seen.form for seen in demo.apidaze.state().seen if seen.method == "PUT"]
    assert sent == {
        "name": "Ann Lee-Shah",
        "internal_caller_id_number": "7040",
        "external_caller_id_number": "442079460120",
        "mwi_account": "",
    }


def test_an_update_loses_nothing_where_the_service_resets_what_is_left_out(voice, demo):
    demo.apidaze.switch(put_resets=True)
    assert voice("sip", "update", "2101", "--name", "Ann", "--format", "json").json["display_name"] == "Ann"
    made = demo.apidaze.sip_accounts()[0]
    assert (made.internal_number, made.external_number, made.mwi_account) == ("7040", "442079460120", "7040")


def test_what_is_so_already_and_nothing_at_all_are_not_sent(voice, demo):
    assert voice("sip", "update", "2101", "--name", "Ann Lee").err == "It is so already; nothing was sent.\n"
    assert voice("sip", "update", "2101").code == 2
    assert demo.apidaze.state().updated == []


def test_what_the_service_does_not_take_is_said(voice, demo, monkeypatch):
    monkeypatch.setattr(sip_edit, "LOOK_AFTER_S", (0.0, 0.0))
    demo.apidaze.switch(own_names=True)  # in which there is no mailbox
    ended = voice("sip", "update", "2101", "--mwi-account", "box")
    assert ended.code == 3
    assert "The service did not take:\n  Mailbox: nothing → box\n" in ended.err


@pytest.mark.parametrize("command", [("show",), ("status",), ("update", "--name", "x"), ("delete", "--yes")])
def test_an_id_that_is_not_there_is_exit_code_3(voice, command):
    ended = voice("sip", command[0], "9999", *command[1:])
    assert (ended.code, ended.out) == (3, "")
    assert "“Voice” has no SIP account “9999”" in ended.err


def test_a_deletion_without_a_yes_is_refused_where_nobody_can_be_asked(voice, demo):
    ended = voice("sip", "delete", "2101")
    assert (ended.code, ended.out) == (2, "")
    assert demo.apidaze.state().requests == {}
    done = voice("sip", "delete", "2101", "--yes")
    assert (done.code, done.out) == (0, "SIP account “ann_7040” (Ann Lee) is deleted.\n")
    assert "ann_7040" not in names(demo)
    assert voice("sip", "delete", "2108", "--yes", "--format", "json").json["deleted"] is True


@pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals are POSIX's")
@pytest.mark.parametrize(("answer", "code", "left"), [(b"yes\n", 0, 7), (b"y\n", 2, 8)])
def test_a_deletion_asks_on_a_terminal_and_names_the_account(demo, voice, answer, code, left):
    ended, shown = on_a_terminal(["sip", "delete", "2101"], f"{demo.apidaze.client_secret}\n".encode(), answer)
    assert "Delete the SIP account “ann_7040” (Ann Lee) of Voice? It cannot be undone. Type yes:" in shown
    assert (ended, len(names(demo))) == (code, left)


def test_a_service_whose_sip_accounts_cannot_be_changed_says_so(reseller, demo):
    ended = reseller("sip", "delete", "x", "--yes")
    assert ended.code == 2
    assert "has no SIP accounts that can be changed" in ended.err


def test_the_status_of_one_is_told_at_other_services_too(reseller, demo):
    user = demo.yay.sip_users()[0]
    one = reseller("sip", "status", "1001", "--format", "json").json
    assert (one["id"], one["status"] or "") == (user.uuid, demo.yay.sip_status(user))


def test_the_budget_is_the_gateway_s_word_where_that_leaves_less(voice, demo):
    demo.apidaze.switch(quota_limit=50, used_elsewhere=20)
    assert voice("budget", "--format", "json").json["limit"] == 600
    assert voice("sip", "list").code == 0
    told = voice("budget", "--format", "json").json
    assert (told["limit"], told["window_s"], told["used"], told["left"]) == (50, 900, 21, 29)
    assert "29 of 50 requests in 15 minutes are left" in voice("budget").out
    demo.apidaze.switch(used_elsewhere=50)
    full = voice("sip", "list")
    assert (full.code, "All 50 requests in 15 minutes are used up" in full.err) == (4, True)
    assert demo.apidaze.state().requests["sip-accounts"] == 1, "with the token came the word that none is left"


def test_a_redirect_after_a_creation_is_looked_after_and_not_followed(voice, demo, monkeypatch):
    monkeypatch.setattr(sip_edit, "LOOK_AFTER_S", (0.0,))
    demo.fault("redirect", operation="create-sip-account", next=1)
    unknown = voice("sip", "create", "new_1")
    assert (unknown.code, "“new_1” is not among the SIP accounts so far" in unknown.err) == (6, True)
    assert demo.state().redirects_followed == 0
