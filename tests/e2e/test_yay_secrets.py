"""The passwords of the account, of SIP users and of customers' users are searched for in all the program leaves."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.program import Program, without_proxies
from tests.e2e.searching import BUG, LOUD, assert_nowhere
from tests.e2e.yay import SOON, add_reseller, in_a_store, some_customer, with_phones
from tests.fakes.keyring_session import KeyringSession
from voipdesk.demo import yay
from voipdesk.demo.server import DemoServer
from voipdesk.demo.yay_handle import YayHandle

WINDOW = Path(__file__).with_name("reseller_window_to_be_searched.py")
PLANTED = "pl4nt/d+K3y=Zw9Qx7%20&Tb6"
TYPED = "Zq7usr-typed/by+hand=9&x"
FAULTS = ("wrong_key", "not_whitelisted", "bad_parameters", "server_error", "broken_json", "html", "cut_during_body")


@pytest.fixture
def server(monkeypatch):
    for module in (yay, YayHandle):
        monkeypatch.setattr(module, "PASSWORD" if module is yay else "password", PLANTED)
    with DemoServer(seed=1, calls=0, customers=40, yay_calls=30) as server:
        yield server


@pytest.fixture
def run(home, monkeypatch, server):
    """A program that is as talkative as it can be, with everything it may write under this test's home."""
    monkeypatch.setenv("TMPDIR", str(home / "tmp"))
    (home / "tmp").mkdir()
    monkeypatch.setenv("PYTHONASYNCIODEBUG", "1")
    with KeyringSession() as session:
        run = Program(without_proxies(session.environment), first=LOUD + SOON)
        add_reseller(run, server)
        yield run


def test_the_command_line_tells_them_nobody_who_does_not_ask(server, run, home, tmp_path):
    store, phones = some_customer(server, in_a_store), with_phones(server)
    file = tmp_path / "customer.json"
    file.write_text(json.dumps(new_customer(server)))
    for command in (
        ("accounts", "list", "--format", "json"), ("accounts", "test"), ("status",), ("sync",),
        ("calls", "--format", "csv", "--output", str(home / "calls.csv")),
        ("customers", "list", "--format", "json"), ("customers", "show", store),
        ("customers", "show", store, "--format", "json"), ("customers", "create", "--from-file", str(file)),
        ("customers", "edit", store, "--phone", "+442079460123", "--yes"),
        ("customers", "credit", store, "1", "--yes"), ("customers", "transfers", "--format", "json"),
        ("sip", "list"), ("sip", "list", "--format", "json"), ("sip", "show", "1001", "--for", phones),
        ("sip", "show", "1001", "--for", phones, "--format", "json"), ("dial", "+4930901820"),
    ):  # fmt: skip
        ended = run(*command)
        assert ended.code == 0, (command, ended.err[-2000:])
    everything_is_searched(server, home, run)


def test_faults_that_repeat_them_and_bugs_tell_them_nobody(server, run, home, tmp_path):
    store = some_customer(server, in_a_store)
    echo = f"the password {PLANTED} is not good"
    for place, fault in enumerate(FAULTS):
        server.fault(fault, text=echo)
        command = (("status",), ("sip", "list"), ("customers", "show", store), ("dial", "7041"))[place % 4]
        assert run(*command).code in {3, 5, 6}
        server.clear_faults()
    file = tmp_path / "customer.json"
    file.write_text(json.dumps(new_customer(server)))
    server.fault("bad_parameters", operation="create-customer", text=f"users: the password {TYPED} is too weak")
    refused = run("customers", "create", "--from-file", str(file))
    assert refused.code == 3
    server.clear_faults()
    run.first = LOUD + BUG
    assert run("sip", "show", "1001", "--reveal").code == 1
    run.environment = {**run.environment, "VOIPDESK_TRACEBACK": "1"}
    trace = run("customers", "list", "--format", "json")
    assert "RuntimeError: a planted bug" in trace.err
    everything_is_searched(server, home, run)


def test_the_window_tells_them_nobody_who_does_not_ask(server, home, monkeypatch):
    monkeypatch.setenv("PYTHONASYNCIODEBUG", "1")
    monkeypatch.setenv("PYTHONPATH", str(WINDOW.parents[2]))
    faults = [{"kind": kind, "text": f"the password {PLANTED} is not good"} for kind in FAULTS]
    customers = (
        {"name": name, "id": server.yay.uuid(name)} for name in (some_customer(server, in_a_store), with_phones(server))
    )
    lines = [PLANTED, *map(json.dumps, (*customers, faults))]
    process = subprocess.Popen(
        [sys.executable, str(WINDOW), server.base_url, str(home / "voipdesk")],
        env=without_proxies(os.environ), text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        out, err = process.communicate("\n".join(lines) + "\n", timeout=240)
    finally:
        process.kill()
    assert process.returncode == 0, err[-3000:]
    assert len(re.findall("^STRIP ", out, re.MULTILINE)) >= len(FAULTS)
    assert "the password ••• is not good" in out, "the search is for what is really there"
    assert "REPORT voipdesk" in out
    assert server.yay.state().edited == [some_customer(server, in_a_store)]
    nowhere(server, home, [out, err])


def new_customer(server):
    return {
        "name": "shop-1",
        "contact_name": "Geoff Wilson",
        "store_front": server.yay.stores()[0].uuid,
        "users": [{"name": "admin", "password": TYPED, "role_id": "3", "contact_first_name": "Geoff",
                   "contact_last_name": "Wilson", "email": "geoff@customer.example"}],
        "addresses": [{"street_one": "Westbury House", "city": "Guildford", "zip": "GU2 4AW", "country_code": "GB"}],
    }  # fmt: skip


def everything_is_searched(server, home, run):
    assert any(file.suffix == ".keyring" for file in home.rglob("*"))
    nowhere(server, home, run.said)


def nowhere(server, home, texts):
    files = {file: file.read_bytes() for file in home.rglob("*") if file.is_file()}
    assert any(b"Reseller" in content for content in files.values()), "what is kept can be found this way"
    assert any("httpcore" in text for text in texts), "the libraries were as talkative as they can be"
    said = [(str(file), content) for file, content in files.items()]
    said += [("what it said", text.encode()) for text in texts]
    marks = (server.yay.sip_mark.encode(), server.yay.user_mark.encode())
    for where, content in said:
        for secret in (PLANTED, TYPED):
            assert_nowhere(secret, where, content)
        for mark in marks:
            place = content.find(mark)
            assert place < 0, f"{where} holds a password: {content[max(0, place - 300) : place + 60]}"
    for seen in server.yay.state().seen:
        assert PLANTED not in str(seen)
    assert server.yay.state().credentials_in_url == 0
