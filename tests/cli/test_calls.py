"""The call log on the command line: filters, formats, files."""

import csv
import io
import json
import re

import pytest

COLUMNS = (
    "account source name caller called direction started_at answered_at finished_at "
    "duration_s talk_s answered_by outcome"
)


@pytest.fixture
def log(office):
    """An office whose log is in the archive; nothing more is asked of its service."""
    assert office("sync").code == 0
    return office


def rows(log, *argv):
    return log("calls", "--format", "json", *argv).json


def test_json_is_one_array_of_documented_objects(log):
    calls = rows(log)
    assert all(list(call) == COLUMNS.split() for call in calls)
    starts = [call["started_at"] for call in calls]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?\+0[12]:00", start) for start in starts)
    assert any(call["answered_at"] is None for call in calls)


def test_no_calls_are_an_empty_array_and_a_note(run):
    assert run("calls", "--format", "json").out == "[]\n"
    ended = run("calls")
    assert (ended.code, ended.out, ended.err) == (0, "", "No calls match.\n")


@pytest.mark.parametrize(
    ("argv", "holds"),
    [
        (("--source", "queue"), lambda c: c["source"] == "queue"),
        (("--source", "queue", "--source", "ring-group"), lambda c: c["source"] in {"queue", "ring-group"}),
        (("--direction", "out"), lambda c: c["direction"] == "out"),
        (("--outcome", "missed", "--outcome", "abandoned"), lambda c: c["outcome"] in {"missed", "abandoned"}),
        (("--name", "Sales"), lambda c: c["name"] == "Sales"),
        (("--search", "okaf"), lambda c: "okaf" in json.dumps(c).lower()),
        (("--account", "OFFICE"), lambda c: c["account"] == "Office"),
    ],
)
def test_filters_narrow_the_list(log, argv, holds):
    everything, some = rows(log), rows(log, *argv)
    assert some
    assert all(map(holds, some))
    assert len(some) == len(everything) if "--account" in argv else len(some) < len(everything)


def test_days_are_local_and_both_included(log):
    days = sorted({call["started_at"][:10] for call in rows(log)})
    first, last = days[-9], days[-5]
    some = rows(log, "--since", first, "--until", last)
    assert {call["started_at"][:10] for call in some} == {d for d in days if first <= d <= last}
    assert {call["started_at"][:10] for call in rows(log, "--since", last, "--until", last)} == {last}


def test_the_newest_come_first_and_a_limit_takes_them(log, monkeypatch):
    from voipdesk.cli import calls

    everything = rows(log)
    monkeypatch.setattr(calls, "CHUNK", 7)
    assert rows(log, "--limit", "20") == everything[:20]
    assert rows(log, "--limit", "999999") == everything
    assert len(log("calls", "--limit", "20").out.splitlines()) == 20 + 3  # the headings of three chunks


def test_a_table_shows_a_screenful_and_says_so(log):
    ended = log("calls")
    lines = ended.out.splitlines()
    assert len(lines) == 101
    assert lines[0].split()[0] == "When"
    assert "newest 100" in ended.err


def test_csv_has_all_columns_and_line_ends_as_documented(log):
    ended = log("calls", "--format", "csv", "--limit", "5")
    assert "\r\n" in ended.out
    table = list(csv.DictReader(io.StringIO(ended.out, newline="")))
    assert len(table) == 5
    assert set(COLUMNS.split()) <= set(table[0])


@pytest.mark.parametrize("kind", ["json", "csv", "table"])
def test_a_file_holds_what_the_screen_would_show(log, tmp_path, kind):
    file = tmp_path / "calls.out"
    ended = log("calls", "--format", kind, "--output", str(file))
    assert (ended.code, ended.out) == (0, "")
    assert "Office, user calls: complete from its beginning" in ended.err
    shown = log("calls", "--format", kind, "--output", "-").out
    assert file.read_bytes().decode() == shown
    assert [f.name for f in tmp_path.iterdir()] == ["calls.out"]


def test_a_file_that_cannot_be_written_leaves_the_old_one(log, tmp_path):
    ended = log("calls", "--format", "csv", "--output", str(tmp_path / "nowhere" / "calls.csv"))
    assert ended.code == 1
    assert "cannot be written" in ended.err
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_account_is_named_with_those_there_are(log, run):
    ended = log("calls", "--account", "Nobody")
    assert ended.code == 2
    assert "“Office”" in ended.err


def test_an_account_before_there_is_any(run):
    assert "none yet" in run("calls", "--account", "Nobody").err


def test_a_broken_settings_file_keeps_nobody_from_the_archive(log, home, tmp_path):
    (home / "voipdesk" / "settings.toml").write_text("[[[ broken")
    assert rows(log, "--account", "Office", "--limit", "1")
    assert log("calls", "--output", str(tmp_path / "x"), "--limit", "1").code == 0


def test_no_request_is_sent(log, demo):
    before = demo.state().requests
    log("calls")
    log("budget")
    assert demo.state().requests == before


def test_lengths_are_shown_as_people_read_them():
    from voipdesk.cli.calls import _length

    assert [_length(s) for s in (None, -1, 0, 65, 3725)] == ["", "", "0:00", "1:05", "1:02:05"]
