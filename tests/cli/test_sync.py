"""Syncing from the command line."""

import os
import signal
import subprocess
import sys
import time
from types import SimpleNamespace

import pytest

from voipdesk.cli import sync


def test_a_sync_reads_the_log_and_a_second_one_adds_nothing(office):
    first = office("sync")
    assert first.code == 0, first.err
    assert first.out.startswith("Office: ")
    assert " 0 new" not in first.out
    count = len(office("calls", "--format", "json").json)
    assert count > 1500
    second = office("sync", "--account", "Office")
    assert second.code == 0
    assert " 0 new" in second.out
    assert len(office("calls", "--format", "json").json) == count


def test_only_the_days_asked_for_are_read(office, demo):
    assert office("sync", "--since", "yesterday", "--until", "today").code == 0
    assert len(office("calls", "--format", "json").json) < 1500


def test_rows_that_cannot_be_read_are_counted(office, demo):
    demo.switch(unreadable_every=10)
    assert "could not be read and are kept as they came" in office("sync").out


def test_one_row_is_a_row_and_thousands_are_told_apart():
    office = SimpleNamespace(name="Office")
    one = SimpleNamespace(read=1, added=1, changed=0, unreadable=1)
    assert sync._summary(office, one) == (
        "Office: 1 row read, 1 new, 0 changed. 1 could not be read and is kept as it came."
    )
    many = SimpleNamespace(read=1284, added=1000, changed=2, unreadable=0)
    assert sync._summary(office, many) == "Office: 1,284 rows read, 1,000 new, 2 changed."


def test_over_the_limit_what_was_read_is_kept_and_the_time_is_told(run, demo):
    run(
        "accounts", "add", "voipcloud", "--name", "Small", "--base-url", demo.base_url, "--request-limit", "11",
        stdin=demo.api_key,
    )  # fmt: skip
    ended = run("sync")
    assert ended.code == 4
    assert "Try again at" in ended.err
    assert run("calls", "--format", "json").json


def test_one_account_that_fails_does_not_stop_the_others(office, demo):
    for name in ("Away", "Gone"):
        office("accounts", "add", "voipcloud", "--name", name, "--base-url", "http://127.0.0.1:9", stdin=demo.api_key)
    ended = office("sync")
    assert ended.code == 5
    assert ended.out.startswith("Office: ")
    assert "Gone: " in ended.err
    assert "refused the connection" in ended.err


def test_without_an_account_there_is_nothing_to_sync(run):
    ended = run("sync")
    assert ended.code == 2
    assert "no account" in ended.err


def test_a_terminal_sees_progress(office, monkeypatch, capsys):
    monkeypatch.setattr(sync, "_on_a_terminal", lambda: True)
    ended = office("sync")
    assert "\rOffice, user: " in ended.err
    assert ended.err.endswith("\n")


@pytest.mark.skipif(os.name != "posix", reason="Ctrl-C is sent otherwise elsewhere")
def test_ctrl_c_ends_a_sync_cleanly(office, demo):
    demo.fault("slow", operation="get-queue-calls", seconds=25)
    command = [sys.executable, "-m", "voipdesk", "sync", "--secret-stdin"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, text=True, **pipes) as child:
        child.stdin.write(demo.api_key + "\n")
        child.stdin.flush()
        while not office("calls", "--limit", "1", "--format", "json").json:
            time.sleep(0.05)
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=60)
    assert (child.returncode, out) == (130, "")
    assert err == "Cancelled. What was read is kept; the next sync goes on from there.\n"
    assert {call["source"] for call in office("calls", "--format", "json").json} == {"user"}


def test_a_service_with_one_log_is_synced_into_the_same_archive(reseller, demo):
    first = reseller("sync")
    assert first.code == 0, first.err
    assert first.out.startswith("Reseller: ")
    calls = reseller("calls", "--format", "json").json
    assert len(calls) == demo.yay.state().calls
    assert {call["account"] for call in calls} == {"Reseller"}
    again = reseller("sync")
    assert " 0 new" in again.out
    assert len(reseller("calls", "--format", "json").json) == len(calls)
    assert {seen.acting_for for seen in demo.yay.state().seen} == {""}


def test_an_export_tells_of_the_logs_that_a_service_has(reseller, tmp_path):
    file = str(tmp_path / "calls.csv")
    reseller("sync")
    told = reseller("calls", "--output", file).err.splitlines()
    assert len(told) == 2
    assert told[1].startswith("Reseller, user calls: complete ")
    assert len(reseller("calls", "--source", "queue", "--output", file).err.splitlines()) == 1


def test_only_the_days_asked_for_are_read_from_a_service_that_counts_in_pages(reseller, demo):
    ended = reseller("sync", "--since", "yesterday", "--until", "today")
    assert ended.code == 0, ended.err
    assert len(reseller("calls", "--format", "json").json) < demo.yay.state().calls
