"""Which language is spoken, and how numbers and lists are said in it."""

import ast
import gettext
import subprocess
import sys
from decimal import Decimal

import pytest

from tests.fakes import languages
from voipdesk.core import language, resources
from voipdesk.core.language import (
    N_,
    _,
    decimal_sign,
    joined,
    ngettext,
    pgettext,
    shown_decimal,
    shown_number,
    system_languages,
    use_language,
)

TEXTS = {
    "": "Language: nl",
    "Dial": "Bellen",
    "Call {name}": "{name} bellen",
    "{n} call": "{n} oproep",
    "{n} calls": "{n} oproepen",
    "broken {name}": "stuk {nom}",
    "{list} and {last}": "{list} en {last}",
    ("state", "Open"): "Geopend",
    ("deed", "Open"): "Openen",
}


@pytest.fixture
def dutch():
    with languages.dutch(TEXTS):
        yield


def test_no_text_is_no_text_in_any_language(dutch):
    assert _("") == ""


@pytest.mark.parametrize(
    ("wished", "system", "spoken"),
    [
        ("", [], "en"),
        ("", ["nl_NL"], "nl"),
        ("", ["nl-BE", "fr-BE"], "nl"),
        ("", ["de_DE", "nl_NL", "en_GB"], "nl"),
        ("", ["de_DE"], "en"),
        ("en", ["nl_NL"], "en"),
        ("nl", ["en_GB"], "nl"),
        ("de", ["nl_NL"], "nl"),
        ("../../etc", [], "en"),
    ],
)
def test_the_wished_language_is_spoken_else_the_first_of_the_system_s_that_is_known(wished, system, spoken):
    use_language(wished, system=system)
    assert language.current_language() == spoken


@pytest.mark.parametrize(
    ("environment", "languages"),
    [
        ({}, []),
        ({"LANG": "nl_NL.UTF-8"}, ["nl_NL"]),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "nl_BE@euro"}, ["nl_BE"]),
        ({"LANG": "en_GB", "LC_ALL": "C.UTF-8", "LANGUAGE": "nl"}, []),
        ({"LANG": "en_GB", "LANGUAGE": "nl_BE:nl"}, ["nl_BE", "nl", "en_GB"]),
        ({"LANG": "en_GB", "LC_ALL": ""}, ["en_GB"]),
    ],
)
def test_the_environment_names_the_system_s_languages_as_gettext_reads_them(monkeypatch, environment, languages):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert system_languages() == languages


def test_texts_are_translated_when_they_are_shown(dutch):
    assert (_("Dial"), _("Call {name}", name="{Ann}"), N_("Dial")) == ("Bellen", "{Ann} bellen", "Dial")
    assert (pgettext("state", "Open"), pgettext("deed", "Open")) == ("Geopend", "Openen")
    assert [ngettext("{n} call", "{n} calls", n) for n in (0, 1, 1284)] == ["0 oproepen", "1 oproep", "1.284 oproepen"]
    assert joined(["a"]) + joined(["a", "b", "c"]) == "aa, b en c"


def test_english_needs_no_catalogue():
    use_language(system=["en_GB"])
    assert _("Call {name}", name="Ann") == "Call Ann"
    assert [ngettext("{n} call", "{n} calls", n) for n in (0, 1, 2, 12_345)] == [
        "0 calls",
        "1 call",
        "2 calls",
        "12,345 calls",
    ]
    assert pgettext("deed", "Open") == "Open"


def test_a_brace_is_a_brace_where_there_are_no_values():
    assert _("Write {} or {name}") == "Write {} or {name}"


def test_a_translation_s_mistake_hides_nothing(dutch):
    assert _("broken {name}", name="thing") == "broken thing"


@pytest.mark.parametrize(
    ("region", "number"),
    [
        ("en_GB", "1,234,567"),
        ("en_XX", "1,234,567"),
        ("en_ZA", "1 234 567"),
        ("nl_NL", "1.234.567"),
        ("nl_BE", "1.234.567"),
    ],
)
def test_numbers_are_written_as_in_the_system_s_region(region, number):
    use_language(system=[region])
    assert shown_number(1_234_567).replace("\xa0", " ") == number
    assert (shown_number(-999), shown_number(0)) == ("-999", "0")


@pytest.mark.parametrize("region", sorted(language._AS_THEIR_LANGUAGE))
def test_the_regions_whose_way_is_known_write_so_by_cldr(region, monkeypatch):
    use_language(system=[region])
    amounts = Decimal("1250.5"), Decimal("-0.125"), Decimal(1_000_000)

    def written():
        whole = [shown_number(number) for number in (-12_345, 1000, 1_234_567)]
        return [*whole, *(shown_decimal(amount, 2) for amount in amounts), decimal_sign()]

    known = written()
    monkeypatch.setattr(language, "_AS_THEIR_LANGUAGE", ())
    assert known == written()


def loaded_by(*lines):
    ask = "; ".join(["import sys; from voipdesk.core import language", *lines, "print(sorted(sys.modules))"])
    done = subprocess.run([sys.executable, "-S", "-c", ask], capture_output=True, text=True, check=True, cwd=".")
    return ast.literal_eval(done.stdout)


def test_speaking_english_loads_nothing_more():
    assert {"gettext", "babel", "re"}.isdisjoint(loaded_by("language.use_language(system=[])"))


@pytest.mark.parametrize("region", ["en_GB", "nl_NL"])
def test_the_numbers_of_most_who_use_it_load_nothing_that_a_window_would_stand_still_for(region):
    use = f"language.use_language(system=['{region}'])"
    assert "babel" not in loaded_by(use, "assert len(language.shown_number(27_000)) == 6", "language.load_numbers()")


@pytest.mark.parametrize(
    "content", [None, b"", b"\xde\x12\x04\x95", b"no catalogue at all", b"\xde\x12\x04\x95" + b"\xff" * 40]
)
def test_an_installation_without_a_language_s_texts_speaks_english(tmp_path, monkeypatch, content):
    (tmp_path / "translations").mkdir()
    if content is not None:
        (tmp_path / "translations" / "nl.mo").write_bytes(content)
    monkeypatch.setattr(resources, "_PLACES", (tmp_path,))
    use_language("nl", system=[])
    assert (language.current_language(), _("Dial")) == ("en", "Dial")


def test_a_language_that_is_spoken_already_is_not_read_again(monkeypatch):
    read = []
    monkeypatch.setattr(language, "_catalogue", lambda code: read.append(code) or gettext.NullTranslations())
    use_language(system=["nl_NL"])
    use_language("nl", system=["nl_NL"])
    assert (read, language.current_language()) == (["nl"], "nl")
