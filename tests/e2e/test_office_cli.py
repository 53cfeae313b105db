"""An office worker's days on the command line: each command a process, a real keyring, the demo PBX over HTTP."""

import csv
import json
import re
import socket
from datetime import datetime, timedelta

import pytest

from tests.e2e.program import Program, without_proxies
from tests.fakes.keyring_session import KeyringSession
from voipdesk.demo.server import DemoServer

KEYS = [
    *("account", "source", "name", "caller", "called", "direction", "started_at", "answered_at", "finished_at"),
    *("duration_s", "talk_s", "answered_by", "outcome"),
]
ASK_KEYRING = "import sys, keyring; print(keyring.get_password('voipdesk', sys.argv[1]))"


def test_an_account_is_added_dialled_with_synced_searched_exported_and_removed(home, tmp_path):
    with DemoServer(seed=1, calls=25_000) as server:
        with KeyringSession() as session:
            run = Program(without_proxies(session.environment))
            added = run(
                "accounts", "add", "voipcloud", "--name", "Office", "--base-url", server.base_url,
                "--my-number", "7040", stdin=f"{server.api_key}\n",
            )  # fmt: skip
            assert (added.code, added.err) == (0, "")
            tested = run("accounts", "test", "Office")
            assert tested.code == 0
            assert "The key and this computer's address are accepted." in tested.out

            before = server.state().requests
            dry = run("dial", "030 901820", "--region", "de", "--dry-run")
            assert dry.code == 0
            assert "+4930901820 would be dialled" in dry.out
            assert server.state().requests == before
            dialled = run("dial", "+49 30 901820")
            assert (dialled.code, server.state().dials_accepted) == (0, 1)
            assert "your phone is about to ring" in dialled.out
            assert (server.state().dials[0].user_number, server.state().dials[0].number_to_call) == (
                "7040",
                "+4930901820",
            )

            server.tick(3)
            assert run("sync").code == 0
            rings = run("calls", "--search", "30901820", "--format", "json").json
            assert [(call["outcome"], call["finished_at"]) for call in rings] == [("in-progress", None)]
        server.tick(120)

        with KeyringSession() as session:  # signed out and in again: the keyring's file is all that is left of it
            run = Program(without_proxies(session.environment))
            assert "1 changed" in run("sync").out
            again = run("sync")
            assert again.code == 0
            assert " 0 new, 0 changed" in again.out

            ended = run("calls", "--search", "30901820", "--format", "json").json
            assert len(ended) == 1
            assert list(ended[0]) == KEYS
            assert (ended[0]["account"], ended[0]["source"], ended[0]["outcome"]) == ("Office", "user", "answered")
            started, finished = (datetime.fromisoformat(ended[0][key]) for key in ("started_at", "finished_at"))
            assert finished - started == timedelta(seconds=ended[0]["duration_s"])
            assert started.utcoffset() is not None

            json_file, csv_file = tmp_path / "calls.json", tmp_path / "calls.csv"
            assert run("calls", "--format", "json", "--output", str(json_file)).code == 0
            rows = server.state().rows
            calls = json.loads(json_file.read_text())
            assert {source: sum(call["source"] == source for call in calls) for source in rows} == rows
            assert {tuple(call) for call in calls} == {tuple(KEYS)}
            asked = ("--source", "queue", "--outcome", "abandoned")
            assert run("calls", *asked, "--format", "csv", "--output", str(csv_file)).code == 0
            with csv_file.open(newline="") as file:
                table = list(csv.reader(file))
            assert table[0][: len(KEYS)] == KEYS
            matching = [c for c in calls if (c["source"], c["outcome"]) == ("queue", "abandoned")]
            assert len(table) - 1 == len(matching) > 100
            shown = run("calls", "--limit", "7").out.splitlines()
            assert len(shown) == 8

            status = run("status", "--format", "json").json
            assert (status["answered"], status["accepted"]) == (True, True)
            assert all(known["from_beginning"] for known in status["sync"].values())
            budget = run("budget", "--format", "json").json
            assert list(budget) == ["limit", "window_s", "used", "left", "next_at"]
            assert budget["used"] == sum(server.state().requests.values())
            assert budget["left"] == budget["limit"] - budget["used"] == 100 - budget["used"]
            assert server.state().refused == {}

            (settings,) = (home / "voipdesk").glob("*.toml")
            account_id = re.search(r"[0-9a-f]{32}", settings.read_text()).group()
            assert server.api_key in session.run(ASK_KEYRING, account_id)
            assert run("accounts", "remove", "Office").code == 0
            assert session.run(ASK_KEYRING, account_id) == "None"
            assert run("accounts", "list", "--format", "json").json == []
            assert len(run("calls", "--account", "Office", "--search", "30901820", "--format", "json").json) == 1


@pytest.fixture
def office(demo):
    """An account whose key is given with each command, for a computer without a keyring."""
    run = Program(common=("--secret-stdin",), stdin=demo.api_key)
    added = run(
        "accounts", "add", "voipcloud", "--name", "Office", "--base-url", demo.base_url, "--my-number", "7040",
        "--request-limit", "4",
    )  # fmt: skip
    assert added.code == 0
    assert "The secret was not kept." in added.err
    return run


def test_each_exit_code_is_reached_for_its_reason(office, demo):
    assert office("dial", "7042").code == 0
    bad = office("dial", "0800 CALL NOW PLEASE")
    assert (bad.code, bad.out) == (2, "")
    assert office("budget", "--account", "Nobody").code == 2
    assert Program()("dial", "7042").code == 2, "no key anywhere"
    refused = office("dial", "7042", "--my-number", "9999")
    assert (refused.code, "user_number" in refused.err) == (3, True)
    demo.fault("cut_after_act", operation="call-to-number")
    unknown = office("dial", "7042")
    assert (unknown.code, demo.state().dials_accepted) == (6, 2)
    assert "look before you try again" in unknown.err
    demo.clear_faults()
    assert office("status").code == 0
    seen = sum(demo.state().requests.values())
    over = office("dial", "7042")
    assert (over.code, sum(demo.state().requests.values())) == (4, seen)
    assert "All 4 requests in 15 minutes are used up." in over.err
    assert re.search(r"Try again at \d\d:\d\d:\d\d", over.err)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        closed = f"http://127.0.0.1:{listener.getsockname()[1]}"
    added = office("accounts", "add", "voipcloud", "--name", "Gone", "--base-url", closed, "--my-number", "7040")
    assert added.code == 0
    gone = office("dial", "7042", "--account", "gone")
    assert (gone.code, gone.out) == (5, "")
    assert len(gone.err.splitlines()) == 3, "what was about to happen, why it did not, what to do"


def test_the_budget_is_what_the_service_counted_and_forgets_what_never_left(office, demo):
    demo.fault("cut_before_act", next=1)
    assert office("status").code == 5
    assert office("status").code == 0
    budget = office("budget", "--format", "json").json
    assert (budget["used"], budget["left"]) == (2, 2) == (sum(demo.state().requests.values()), 2)
