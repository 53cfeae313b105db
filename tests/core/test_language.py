"""Which language is spoken, and how numbers and lists are said in it."""

import ast
import gettext
import subprocess
import sys
from typing import ClassVar

import pytest

from voipdesk.core import language
from voipdesk.core.language import N_, _, joined, ngettext, pgettext, shown_number, system_languages, use_language


class Dutch(gettext.NullTranslations):
    TEXTS: ClassVar = {
        "": "Language: nl",
        "Dial": "Bellen",
        "Call {name}": "{name} bellen",
        "One call": "Eén oproep",
        "broken {name}": "stuk {nom}",
        "{list} and {last}": "{list} en {last}",
    }

    def gettext(self, message):
        return self.TEXTS.get(message, message)

    def ngettext(self, one, many, n):
        return "{n} oproep" if n == 1 else "{n} oproepen"

    def pgettext(self, context, message):
        return {("state", "Open"): "Geopend", ("deed", "Open"): "Openen"}[context, message]


@pytest.fixture(autouse=True)
def english_afterwards():
    yield
    use_language(system=[])


@pytest.fixture
def dutch(monkeypatch):
    monkeypatch.setattr(language, "_catalogue", lambda code: Dutch())
    use_language("nl", system=[])


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
def test_the_wished_language_is_spoken_else_the_first_of_the_system_s_that_is_known(
    monkeypatch, wished, system, spoken
):
    monkeypatch.setattr(language, "_catalogue", lambda code: Dutch())
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
def test_numbers_are_written_as_in_the_system_s_region(monkeypatch, region, number):
    monkeypatch.setattr(language, "_catalogue", lambda code: Dutch())
    use_language(system=[region])
    assert shown_number(1_234_567).replace("\xa0", " ") == number
    assert (shown_number(-999), shown_number(0)) == ("-999", "0")


def test_speaking_english_loads_nothing_more():
    ask = "import sys; from voipdesk.core import language; language.use_language(system=[]); print(sorted(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-S", "-c", ask], capture_output=True, text=True, check=True, cwd="."
    ).stdout
    assert {"gettext", "babel", "re"}.isdisjoint(ast.literal_eval(loaded))
