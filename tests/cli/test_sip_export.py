"""Softphones set up from the command line: from a service's SIP account, and from one that is typed."""

import re
import stat
import subprocess
import sys

import pytest

from tests.cli.typed import on_a_terminal
from voipdesk.demo.yay_people import make_customer, sip_users

OWN = sip_users(1, "")[0]
CUSTOMER = next(c for c in (make_customer(1, index) for index in range(100)) if len(sip_users(1, c.uuid)) > 2)
THEIRS = sip_users(1, CUSTOMER.uuid)[1]
TYPED = ("sip", "export", "--user", "1001", "--domain", "sip.example.com:5070")
CLIENTS = ("sheet", "zoiper", "linphone", "microsip", "baresip", "twinkle", "gnome-calls")


@pytest.mark.parametrize("client", CLIENTS)
def test_a_services_account_is_made_into_what_a_softphone_takes(reseller, demo, tmp_path, client):
    asked = ("sip", "export", str(OWN.extension), "--client", client)
    file = tmp_path / "made"
    for with_password in (True, False):
        options = ["--with-password"] if with_password else ["--force"]
        ended = reseller(*asked, *options, "--output", str(file))
        assert (ended.code, ended.out) == (0, "")
        assert f"Written: {file}" in ended.err
        assert OWN.password not in ended.err
        text = file.read_bytes().decode("utf-16" if client == "microsip" else "utf-8")
        assert OWN.login in text
        assert "sip.example.com" in text
        assert (OWN.password in text) == (with_password and client != "gnome-calls")
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_customers_is_said_to_be_the_customers(reseller):
    ended = reseller("sip", "export", THEIRS.uuid, "--for", CUSTOMER.name, "--client", "sheet")
    assert ended.code == 0
    assert f"Reseller, acting for: {CUSTOMER.name}" in ended.err
    assert THEIRS.login in ended.out


def test_one_that_is_typed_needs_no_account_and_no_archive(run, home):
    ended = run(*TYPED, "--client", "baresip", "--display-name", "Zoë", "--with-password", stdin=" p w;\n")
    assert ended.code == 0
    assert ended.out == (
        '"Zoë" <sip:1001@sip.example.com:5070;transport=udp>;auth_user="1001";auth_pass=" p w;";regint=3600\n'
    )
    assert list((home / "voipdesk").iterdir()) == []


def test_all_that_is_typed_goes_in(run):
    ended = run(
        *TYPED, "--proxy", "192.0.2.1:4060", "--transport", "tcp", "--auth-user", "other", "--label", "Desk",
        "--client", "zoiper", "--as", "xml",
    )  # fmt: skip
    for field, value in {
        "name": "Desk",
        "SIP_outbound_proxy": "192.0.2.1:4060",
        "SIP_transport_type": "tcp",
        "SIP_auth_username": "other",
    }.items():
        assert f"<{field}>{value}</{field}>" in ended.out


def test_what_is_given_comes_before_what_the_service_says(reseller):
    ended = reseller(
        "sip", "export", OWN.uuid, "--client", "baresip", "--domain", "pbx.example", "--proxy", "p.example:1",
        "--transport", "tcp",
    )  # fmt: skip
    assert f"<sip:{OWN.login}@pbx.example;transport=tcp>" in ended.out
    assert 'outbound="sip:p.example:1;transport=tcp"' in ended.out


def test_the_password_is_not_in_it_unless_asked_for_and_that_is_said(run):
    ended = run(*TYPED, "--client", "linphone", stdin="hunter2\n")
    assert ended.code == 0
    assert "hunter2" not in ended.out
    assert "The password is not in it" in ended.err
    asked = run(*TYPED, "--client", "linphone", "--with-password", stdin="hunter2\n")
    assert "hunter2" in asked.out
    assert "delete the file" in asked.err


def test_the_files_ending_chooses_the_format_and_a_folder_gets_a_name(run, tmp_path):
    assert run(*TYPED, "--client", "sheet", "--output", str(tmp_path / "a.html")).code == 0
    assert (tmp_path / "a.html").read_text().startswith("<!DOCTYPE html>")
    assert run(*TYPED, "--client", "zoiper", "--output", str(tmp_path)).code == 0
    assert "Domain / Host" in (tmp_path / "1001@sip.example.com.txt").read_text()
    refused = run(*TYPED, "--client", "twinkle", "--as", "html")
    assert (refused.code, refused.out) == (2, "")
    assert "For Twinkle there is no .html file" in refused.err


def test_a_file_that_is_there_stays_unless_forced(run, tmp_path):
    file = tmp_path / "mine.cfg"
    file.write_text("mine")
    refused = run(*TYPED, "--client", "twinkle", "--output", str(file))
    assert refused.code == 2
    assert "already there" in refused.err
    assert "--force" in refused.err
    assert file.read_text() == "mine"
    assert run(*TYPED, "--client", "twinkle", "--output", str(file), "--force").code == 0
    assert "user_name=1001" in file.read_text()


def test_a_pipe_gets_byte_by_byte_what_a_file_would_hold(run, tmp_path):
    file = tmp_path / "m.ini"
    run(*TYPED, "--client", "microsip", "--display-name", "Zoë", "--output", str(file))
    command = [sys.executable, "-m", "voipdesk", *TYPED, "--client", "microsip", "--display-name", "Zoë"]
    piped = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=True, timeout=120)
    assert piped.stdout == file.read_bytes()
    assert b"Close MicroSIP first" in piped.stderr


@pytest.mark.parametrize(
    ("client", "password"),
    [("baresip", 'hunter"2'), ("twinkle", " hunter2"), ("twinkle", "hunter2 "), ("sheet", "hunter\x072")],
)
def test_what_a_client_cannot_take_is_exit_code_2_with_the_reason(run, tmp_path, client, password):
    ended = run(*TYPED, "--client", client, "--with-password", "--output", str(tmp_path / "x"), stdin=f"{password}\n")
    assert ended.code == 2
    assert "password" in ended.err
    assert "hunter" not in ended.err
    assert list(tmp_path.iterdir()) == []


def test_what_is_missing_is_said(run, reseller):
    for argv, said in {
        ("--client", "sheet"): "Give the ID",
        ("1001", "--user", "x", "--client", "sheet"): "give one of them",
        ("--user", "1001", "--client", "sheet"): "--domain",
        (*TYPED[2:], "--client", "sheet", "--with-password"): "password is missing",
        ("1001", "--display-name", "x", "--client", "sheet"): "go with --user",
    }.items():
        ended = run("sip", "export", *argv)
        assert (ended.code, ended.out) == (2, ""), argv
        assert said in ended.err
    assert reseller("sip", "export", "nobody", "--client", "sheet").code == 3


def test_on_a_terminal_domain_and_password_are_asked_for(tmp_path):
    file = tmp_path / "line"
    code, shown = on_a_terminal(
        ["sip", "export", "--user", "1001", "--client", "baresip", "--with-password", "--output", str(file)],
        b"sip.example.com\n",
        b"hunter2\n",
    )
    assert code == 0, shown
    assert "hunter2" not in shown
    assert 'auth_pass="hunter2"' in file.read_text()
    assert "<sip:1001@sip.example.com;" in file.read_text()


def test_a_registrar_nobody_knows_is_asked_for(run, demo):
    run(
        "accounts", "add", "yay", "--name", "Bare", "--base-url", demo.base_url,
        "--reseller", demo.yay.reseller, "--user", demo.yay.user, stdin=demo.yay.password,
    )  # fmt: skip
    refused = run("sip", "export", OWN.uuid, "--client", "sheet")
    assert refused.code == 2
    assert "--domain" in refused.err
    ended = run("sip", "export", OWN.uuid, "--client", "sheet", "--domain", "sip.example.net")
    assert re.search(r"Domain / Host +sip\.example\.net$", ended.out, re.MULTILINE)
