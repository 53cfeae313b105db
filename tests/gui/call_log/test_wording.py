"""Words for calls: times, durations, parties and the sentence a screen reader says."""

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QLocale

from tests.fakes.call_log import logged
from tests.fakes.languages import dutch
from voipdesk.core.call_log import Direction, Outcome, Source
from voipdesk.gui.call_log.details import fields
from voipdesk.gui.call_log.wording import (
    Clock,
    clock_duration,
    is_withheld,
    noun,
    one_line,
    other_number,
    party,
    place,
    sentence,
    spoken_duration,
    talked_s,
    waited_s,
)

NOW = datetime(2026, 3, 11, 15, 0).astimezone()
BRITISH = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)


def ms(moment):
    return int(moment.timestamp() * 1000)


def clock(locale=BRITISH):
    return Clock(locale, lambda: NOW)


AT = ms(NOW.replace(hour=14, minute=2))


@pytest.mark.parametrize(
    ("back", "text"), [(0, "14:02"), (1, "yesterday 14:02"), (2, "09/03/2026 14:02"), (-1, "12/03/2026 14:02")]
)
def test_near_days_are_named_and_far_ones_dated(back, text):
    assert clock().moment(ms(NOW.replace(hour=14, minute=2) - timedelta(days=back))) == text


def test_without_a_language_times_are_those_of_iso():
    plain = clock(QLocale(QLocale.Language.C))
    assert plain.moment(AT) == "14:02"
    assert plain.moment(ms(datetime(2025, 1, 2, 3, 4).astimezone())) == "2025-01-02 03:04"


def test_the_systems_format_is_kept():
    american = clock(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    assert american.moment(ms(datetime(2025, 1, 2, 15, 4).astimezone())).replace("\u202f", " ") == "1/2/25 3:04 PM"


def test_the_clock_says_when_the_day_turns():
    now = [NOW]
    turning = Clock(BRITISH, lambda: now[0])
    assert not turning.turn()
    now[0] += timedelta(days=1)
    assert turning.turn()
    assert turning.moment(AT) == "yesterday 14:02"
    assert not turning.turn()


@pytest.mark.parametrize(("seconds", "text"), [(None, ""), (0, "0:00"), (48, "0:48"), (130, "2:10"), (3723, "1:02:03")])
def test_durations_in_columns(seconds, text):
    assert clock_duration(seconds) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0 seconds"), (1, "1 second"), (130, "2 minutes 10 seconds"), (3600, "1 hour"), (7_325, "2 hours 2 minutes")],
)
def test_durations_read_aloud(seconds, text):
    assert spoken_duration(seconds) == text


@pytest.mark.parametrize(
    ("fields", "seconds"),
    [
        ({"answered_at": AT + 7_000, "duration_s": 99}, 7),
        ({"answered_at": AT - 7_000}, 0),
        ({"duration_s": 50, "talk_s": 40}, 10),
        ({"duration_s": 48, "outcome": Outcome.MISSED}, 48),
        ({"finished_at": AT + 12_000, "outcome": Outcome.ABANDONED}, 12),
        ({"finished_at": AT + 12_000}, None),
        ({"duration_s": 5, "outcome": Outcome.IN_PROGRESS}, None),
        ({}, None),
    ],
)
def test_the_wait_is_the_time_to_the_answer_or_to_the_end(fields, seconds):
    assert waited_s(logged(1, AT, **fields).call) == seconds


def test_no_talk_is_not_zero_seconds_of_talk():
    assert talked_s(logged(1, AT, talk_s=0).call) is None


@pytest.mark.parametrize(
    ("name", "number", "shown"),
    [
        ("Mary", "123", ("Mary", "#123")),
        ("", "123", ("", "#123")),
        ("123", "123", ("", "#123")),
        ("#123", "123", ("", "#123")),
        ("Mary", "anonymous", ("Mary", "")),
        ("Anonymous", "anonymous", ("Withheld", "")),
        ("", "", ("", "")),
        ("Ma\nry\x00", "", ("Ma ry", "")),
    ],
)
def test_a_party_is_its_name_before_its_number(name, number, shown):
    assert party(name, number, lambda text: f"#{text}") == shown


@pytest.mark.parametrize(
    ("number", "withheld"), [("", True), ("Private", True), ("unknown7", False), ("reception", False)]
)
def test_a_number_that_is_none_is_known(number, withheld):
    assert is_withheld(number) is withheld


def test_the_other_number_is_the_one_outside():
    assert other_number(logged(1, AT, caller=" 123 ", called="9").call) == "123"
    assert other_number(logged(1, AT, caller="9", called="123", direction=Direction.OUT).call) == "123"
    assert other_number(logged(1, AT, caller="reception").call) == ""


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (
            logged(
                1,
                AT,
                caller_name="Ann Lee",
                caller="anonymous",
                source=Source.QUEUE,
                name="Sales",
                outcome=Outcome.MISSED,
                duration_s=48,
            ),
            "Missed call from Ann Lee, Sales queue, today 14:02, waited 48 seconds",
        ),
        (
            logged(1, AT, caller="", name="Bob", answered_by="Cleo", answered_at=AT + 1_000),
            "Answered call from a withheld number, Bob, today 14:02, waited 1 second, answered by Cleo",
        ),
        (
            logged(1, AT - 86_400_000, called="7042", direction=Direction.OUT, name="", outcome=Outcome.NO_ANSWER),
            "Unanswered call to 7042, yesterday 14:02",
        ),
        (
            logged(1, AT, called="7042", direction=Direction.OUT, name="Bob", outcome=Outcome.IN_PROGRESS),
            "Call in progress to 7042, Bob, today 14:02",
        ),
        (
            logged(1, AT, caller="7042", source=Source.QUEUE, name="Sales queue", outcome=Outcome.TIMED_OUT),
            "Timed out call from 7042, Sales queue, today 14:02",
        ),
    ],
)
def test_a_call_is_one_sentence(call, said):
    assert sentence(call, clock(), str) == said


def test_it_says_that_nobody_returned_it():
    call = logged(1, AT, caller_name="Ann Lee", caller="", name="Bob", outcome=Outcome.MISSED)
    assert sentence(call, clock(), str, unreturned=True) == "Missed call from Ann Lee, Bob, today 14:02, not returned"


def test_every_field_is_among_the_details():
    call = logged(1, AT, finished_at=AT + 60_000, duration_s=60, answered_by="Cleo", name="Sales", source=Source.QUEUE)
    shown = dict(fields(call, clock(), str))
    assert shown["Ended"] == "11/03/2026 14:03:00"
    assert shown["Answered"] == "–"
    assert (shown["In all"], shown["Answered by"], shown["Queue"]) == ("1 min", "Cleo", "Sales")
    assert shown["Account"] == "Office"


def test_one_line_leaves_ordinary_text_alone():
    assert one_line("Zoë O’Neil") == "Zoë O’Neil"


def test_a_call_is_said_in_the_language_spoken():
    call = logged(1, AT, caller="", source=Source.QUEUE, name="Sales", outcome=Outcome.ABANDONED, duration_s=61)
    texts = {
        "Abandoned call from {caller}": "Afgehaakt gesprek van {caller}",
        "a withheld number": "een anoniem nummer",
        "{name} queue": "wachtrij {name}",
        "today {time}": "vandaag {time}",
        "waited {duration}": "{duration} gewacht",
        "{n} minute": "{n} minuut",
        "{n} second": "{n} seconde",
        "Queue": "Wachtrij",
        "Withheld": "Anoniem",
    }
    with dutch(texts):
        said = sentence(call, clock(), str)
        shown = dict(fields(call, clock(), str))
    assert said == (
        "Afgehaakt gesprek van een anoniem nummer, wachtrij Sales, vandaag 14:02, 1 minuut 1 seconde gewacht"
    )
    assert (shown["Wachtrij"], shown["Caller"]) == ("Sales", "Anoniem")


def test_a_name_that_says_what_it_is_of_is_left_as_it_is_in_either_language():
    with dutch({"queue": "wachtrij", "ring group": "belgroep", "{name} queue": "wachtrij {name}"}):
        assert noun(Source.QUEUE, "Sales") == "wachtrij"
        assert noun(Source.USER, "Ann") == ""
        names = ("Wachtrij Sales", "Sales-wachtrij", "Sales queue")
        assert [place(Source.QUEUE, name) for name in names] == [*names]
        assert place(Source.RING_GROUP, "Wachtrij Sales") == "Wachtrij Sales ring group"
