"""Accounts from the command line."""

import os

import pytest

from tests.cli.typed import on_a_terminal
from voipdesk.core.errors import KeyringFailed
from voipdesk.providers.registry import providers

KEY = "demo-key"


def add(run, demo, name="Office", stdin=KEY, *more):
    return run("accounts", "add", "voipcloud", "--name", name, "--base-url", demo.base_url, *more, stdin=stdin)


def test_an_account_is_added_with_its_key_in_the_keyring(run, demo, keyring):
    ended = add(run, demo, "Office", "demo-key\n", "--my-number", "7040", "--api-version", "v2")
    assert (ended.code, ended.out, ended.err) == (0, "Account “Office” is added.\n", "")
    assert KEY in next(iter(keyring["keyring"].entries.values()))
    listed = run("accounts", "list", "--format", "json").json
    assert listed == [
        {
            "name": "Office",
            "vendor": "voipcloud",
            "my_number": "7040",
            "base_url": demo.base_url,
            "api_version": "v2",
        }
    ]
    assert run("accounts", "test").code == 0


def test_without_a_keyring_the_key_is_not_kept_and_that_is_said(run, demo, keyring, home):
    keyring["keyring"] = None
    ended = add(run, demo)
    assert ended.code == 0
    assert "no keyring" in ended.err
    assert "--secret-stdin" in ended.err
    refused = run("accounts", "test", "Office")
    assert refused.code == 2
    assert "--secret-stdin" in refused.err
    assert run("accounts", "test", "Office", "--secret-stdin", stdin=KEY).code == 0
    assert run("--secret-stdin", "accounts", "test", "Office", stdin="").code == 2
    assert [f for f in home.rglob("*") if f.is_file() and KEY.encode() in f.read_bytes()] == []


def test_every_setting_of_the_vendor_is_an_option(run):
    shown = run("accounts", "add", "voipcloud", "--help").out
    for field in providers()["voipcloud"].vendor.settings:
        assert f"--{field.key.replace('_', '-')}" in shown
    assert "--api-key" not in shown, "a process list shows options"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--request-limit", "0"), "the least is 1"),
        (("--time-zone", "Mars"), "not known"),
        (("--my-number", "ann"), "your own number"),
    ],
)
def test_what_cannot_be_right_is_said(run, demo, more, words):
    ended = add(run, demo, "Office", KEY, *more)
    assert ended.code == 2
    assert words in ended.err
    assert run("accounts", "list", "--format", "json").json == []


def test_no_key_is_no_account(run, demo):
    ended = add(run, demo, "Office", "\n")
    assert ended.code == 2
    assert "API key of “Office” is missing" in ended.err


def test_a_name_is_taken_once(office, demo):
    assert add(office, demo).code == 2


def test_accounts_are_listed(office, run):
    assert "Office  VoIPcloud  7040" in office("accounts", "list").out
    office("accounts", "remove", "Office")
    ended = run("accounts", "list")
    assert ended.out == ""
    assert "no account yet" in ended.err


def test_a_test_says_what_it_found(office):
    ended = office("accounts", "test", "Office")
    assert ended.code == 0
    assert "ok   127.0.0.1 answers" in ended.out


def test_a_test_that_finds_rows_of_another_version_fails(office, demo):
    demo.switch(unreadable_every=1)
    ended = office("accounts", "test")
    assert ended.code == 5
    assert "NOT  Its calls cannot be read" in ended.out


def test_a_wrong_key_is_named_with_its_other_cause(office):
    ended = office("accounts", "test", "--secret-stdin", stdin="other-key-1234")
    assert ended.code == 3
    assert "whitelist" in ended.err
    assert "other-key-1234" not in ended.err


def test_an_account_that_is_not_there_is_said(office):
    assert office("accounts", "remove", "Nobody").code == 2
    assert office("accounts", "test", "Nobody").code == 2


def test_removing_keeps_the_calls_unless_told_otherwise(office, run, demo):
    office("sync")
    assert "stay in the archive" in office("accounts", "remove", "Office").out
    assert len(run("calls", "--account", "office", "--limit", "3", "--format", "json").json) == 3
    add(run, demo)
    run("sync")
    assert "deleted" in run("accounts", "remove", "Office", "--with-calls").out
    assert run("calls", "--format", "json", "--name", "Nobody").json == []


@pytest.mark.skipif(os.name != "posix", reason="no pseudo-terminals elsewhere")
def test_on_a_terminal_the_key_is_asked_for_and_not_shown(demo):
    argv = ["accounts", "add", "voipcloud", "--name", "Office", "--base-url", demo.base_url]
    code, shown = on_a_terminal(argv, b"demo-key\n")
    assert code == 0, shown
    assert "API key of Office: " in shown
    assert "demo-key" not in shown
    code, shown = on_a_terminal(["accounts", "test"], b"demo-key\n")
    assert code == 0, shown
    assert "demo-key" not in shown


@pytest.mark.skipif(os.name != "posix", reason="no pseudo-terminals elsewhere")
def test_ctrl_c_at_the_prompt_ends_at_once():
    argv = ["accounts", "add", "voipcloud", "--name", "Office", "--base-url", "http://127.0.0.1:9"]
    code, shown = on_a_terminal(argv, b"\x03")
    assert code == 130, shown
    assert "Traceback" not in shown


def test_on_a_terminal_a_broken_keyring_leads_to_the_prompt(office, monkeypatch, keyring, capsys):
    keyring["keyring"].broken = KeyringFailed("The keyring is locked.")
    monkeypatch.setattr("voipdesk.cli.terminal.on_a_terminal", lambda: True)
    monkeypatch.setattr("voipdesk.cli.terminal.getpass", lambda _prompt: KEY)
    ended = office("accounts", "test")
    assert ended.code == 0
    assert "The keyring is locked" in ended.err


def test_on_a_terminal_nothing_is_asked_that_the_keyring_knows(office, monkeypatch):
    monkeypatch.setattr("voipdesk.cli.terminal.on_a_terminal", lambda: True)
    monkeypatch.setattr("voipdesk.cli.terminal.getpass", lambda _prompt: pytest.fail("asked"))
    assert office("accounts", "test").code == 0


def test_an_empty_answer_at_the_prompt_is_a_missing_key(run, demo, monkeypatch):
    def end_of_file(_prompt):
        raise EOFError

    monkeypatch.setattr("voipdesk.cli.terminal.on_a_terminal", lambda: True)
    monkeypatch.setattr("voipdesk.cli.terminal.getpass", end_of_file)
    assert add(run, demo).code == 2


def test_the_key_is_in_no_file_and_no_output(office, home, demo):
    shown = [office("status"), office("sync"), office("dial", "+442079460958"), office("accounts", "test")]
    demo.fault("too_many")
    shown += [office("status"), office("sync")]
    demo.clear_faults()
    shown.append(office("calls", "--format", "csv", "--output", str(home / "calls.csv")))
    assert [s for s in shown if KEY in s.out + s.err] == []
    assert [f for f in home.rglob("*") if f.is_file() and KEY.encode() in f.read_bytes()] == []


def test_an_account_of_another_service_is_added_by_its_own_fields(reseller, demo):
    (listed,) = reseller("accounts", "list", "--format", "json").json
    assert listed == {
        "name": "Reseller",
        "vendor": "yay",
        "my_number": "1001",
        "reseller": demo.yay.reseller,
        "user": demo.yay.user,
        "base_url": demo.base_url,
        "registrar": "sip.example.com",
    }
    ended = reseller("accounts", "test")
    assert ended.code == 0, ended.err
    assert "NOT" not in ended.out
    assert "Harbour Telecom" in ended.out, "the reseller's details"


def test_the_help_names_the_kinds_of_its_fields(run):
    shown = run("accounts", "add", "yay", "--help").out
    for option in ("--registrar HOST", "--low-balance AMOUNT", "--history-path PATH", "--base-url URL", "--user TEXT"):
        assert option in shown
    assert "--password" not in shown
    assert "Default: https://api.yay.com." in " ".join(shown.split())


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--low-balance", "1,000"), "two ways"),
        (("--low-balance", "much"), "is no amount"),
        (("--registrar", "sip:me@example.com"), "is no host name"),
        (("--history-path", "voip/call"), "is no path"),
        (("--base-url", "http://api.yay.com"), "https"),
        (("--user", ""), "User is missing"),
    ],
)
def test_what_cannot_be_right_of_another_service_is_said(run, more, words):
    given = dict(zip(("--name", "--reseller", "--user"), ("R", "r", "u"), strict=True)) | {more[0]: more[1]}
    argv = [word for option in given.items() for word in option]
    ended = run("accounts", "add", "yay", *argv, stdin="a-password")
    assert (ended.code, ended.out) == (2, "")
    assert words in ended.err
    assert run("accounts", "list", "--format", "json").json == []


def test_a_refused_sign_in_names_both_causes(reseller, demo):
    wrong = reseller("accounts", "test", "--secret-stdin", stdin="other-password")
    demo.yay.switch(whitelisted=False)
    elsewhere = reseller("accounts", "test")
    for ended in (wrong, elsewhere):
        assert ended.code == 3
        assert "whitelist" in ended.err
        assert "password" in ended.err
        assert "other-password" not in ended.err


def test_passwords_are_in_no_file_and_no_output(reseller, home, demo):
    customer = demo.yay.names()[0]
    shown = [
        reseller(*argv)
        for argv in (
            ("status",),
            ("accounts", "test"),
            ("customers", "list", "--format", "json"),
            ("customers", "show", customer),
            ("customers", "edit", customer, "--phone", "1", "--yes", "--format", "json"),
            ("customers", "credit", customer, "1", "--yes"),
            ("sip", "list", "--for", customer, "--format", "json"),
            ("sip", "show", "1001"),
        )
    ]
    assert {ended.code for ended in shown} == {0}
    for secret in (demo.yay.password, demo.yay.sip_mark, demo.yay.user_mark):
        assert [s for s in shown if secret in s.out + s.err] == []
        assert [f for f in home.rglob("*") if f.is_file() and secret.encode() in f.read_bytes()] == []
