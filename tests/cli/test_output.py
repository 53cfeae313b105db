"""What is printed is safe for a terminal, and lines up."""

from datetime import UTC, datetime

import pytest

from voipdesk.cli import output


def test_nothing_a_service_sends_steers_the_terminal():
    assert output.plain("Ann\x1b[31m\r\nLee\u202e\x07") == "Ann [31m  Lee  "
    assert output.plain("Zoë 李") == "Zoë 李"


def test_columns_are_as_wide_as_what_they_hold():
    text = output.table([("a", "1"), ("李李", "100"), ("é\u0301", "")], ("Name", "N"), right=(1,))
    assert text == "Name    N\na       1\n李李  100\né\u0301\n"


def test_a_table_of_nothing_is_its_headings():
    assert output.table([], ("A", "B")) == "A  B\n"


def test_pairs_line_up():
    assert output.pairs([("a", "1\x00"), ("bcd", "2")]) == "a    1\nbcd  2\n"
    assert output.pairs([]) == ""


def test_json_shows_no_invisible_characters_but_means_the_same():
    import json

    text = output.json_text({"a": "x\u202e\x85\ufeff\x7fé"})
    assert "é" in text
    assert text.isprintable()
    assert json.loads(text) == {"a": "x\u202e\x85\ufeff\x7fé"}


def test_times_are_this_computers():
    at = datetime(2026, 7, 1, 10, 0, tzinfo=UTC)
    assert output.local_time(at) == "2026-07-01T12:00:00+02:00"
    assert output.shown_time(at) == output.shown_time(int(at.timestamp() * 1000)) == "2026-07-01 12:00:00"
    assert (output.local_time(None), output.shown_time(None)) == (None, "")


def test_a_bug_is_named_without_its_text():
    def breaks():
        raise ValueError("secret")

    with pytest.raises(ValueError, match="secret") as caught:
        breaks()
    named = output.where(caught.value)
    assert named.startswith("ValueError in breaks, line ")
    assert "secret" not in named
    assert output.where(KeyError("x")) == "KeyError"


def test_many_rows_are_an_array_with_one_on_each_line(capsys):
    output.show_json_rows([{"a": "x\n\u202e"}, {"b": None}])
    text = capsys.readouterr().out
    assert text == '[\n{"a": "x\\n\\u202e"},\n{"b": null}\n]\n'
    output.show_json_rows([])
    assert capsys.readouterr().out == "[]\n"
