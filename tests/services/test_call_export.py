import csv
import io
import json
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voipdesk.core.call_log import Call, Direction, LoggedCall, Outcome, Source
from voipdesk.services.call_export import COLUMNS, csv_heading, csv_rows, json_row, plain_cell

CALL = Call(
    identity="",
    source=Source.QUEUE,
    name="Sales",
    caller="+442079460958",
    called="7042",
    direction=Direction.IN,
    outcome=Outcome.ANSWERED,
    started_at=1_772_618_400_000,
    answered_at=1_772_618_407_500,
    duration_s=60,
    talk_s=0,
    caller_name="Mary, “Major”",
)
LOGGED = LoggedCall(1, "a1", "office", CALL)


def test_a_json_row_has_the_documented_keys_and_times_with_an_offset():
    assert json_row(LOGGED, ZoneInfo("Europe/Amsterdam")) == {
        "account": "office",
        "source": "queue",
        "name": "Sales",
        "caller": "+442079460958",
        "called": "7042",
        "direction": "in",
        "started_at": "2026-03-04T11:00:00+01:00",
        "answered_at": "2026-03-04T11:00:07.500+01:00",
        "finished_at": None,
        "duration_s": 60,
        "talk_s": 0,
        "answered_by": None,
        "outcome": "answered",
    }
    assert json_row(LOGGED) == json_row(LOGGED, ZoneInfo("Europe/Amsterdam")), "this computer's zone"
    json.dumps(json_row(LOGGED))


def test_a_csv_is_read_back_as_it_was():
    text = csv_heading() + csv_rows([LOGGED], ZoneInfo("UTC"))
    assert text.endswith("\r\n")
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert tuple(row) == COLUMNS
    assert row["caller"] == "+442079460958"
    assert row["caller_name"] == "Mary, “Major”"
    assert row["finished_at"] == ""
    assert row["talk_s"] == "0"


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1+1", "+cmd|' /C calc'!A0", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "+", "+44 20"],
)
def test_what_a_spreadsheet_may_run_is_made_text(text):
    assert plain_cell(text) == "'" + text


@pytest.mark.parametrize("text", ["", "+442079460958", "02079460958", "Ann Lee", "a=b", "anonymous", "'quoted"])
def test_numbers_and_words_stay_as_they_are(text):
    assert plain_cell(text) == text


@given(st.text())
def test_no_cell_begins_as_a_formula(text):
    cell = plain_cell(text)
    assert cell[1:] == text or cell == text
    assert cell.strip()[:1] not in {"=", "-", "@"}
    assert not cell.startswith("+") or cell[1:].isdecimal()
