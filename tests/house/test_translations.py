"""Every text for people can be translated, and is, into every language that the program speaks."""

import importlib.util
import string
from itertools import chain

import pytest

from tests.house.untranslated import ROOT, untranslated
from voipdesk.core.language import LANGUAGES

OTHERS = [language for language in LANGUAGES if language != "en"]


@pytest.fixture(scope="module")
def translations():
    spec = importlib.util.spec_from_file_location("translations", ROOT / "packaging" / "translations.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def texts(translations):
    return translations.gathered()


def test_no_text_for_people_is_out_of_the_translators_reach():
    said = [folder for folder in (ROOT / "voipdesk").iterdir() if folder.name not in ("demo", "__pycache__")]
    assert [str(each) for each in untranslated(*said)] == []


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ('label.setText("Dial")', 1),
        ('label.setText(_("Dial"))', 0),
        ('raise Refused(f"“{name}” is not known.")', 1),
        ('raise Refused(_("“{name}” is not known.", name=name))', 0),
        ('_(f"“{name}” is not known.")', 1),
        ('_("{what} is not known.", what="some call")', 1),
        ('ngettext("{n} call", "{n} calls", n)', 0),
        ('pgettext("state", "Open now")', 0),
        ('HEADINGS = ("Number", "Called at")', 2),
        ('HEADINGS = (N_("Number"), N_("Called at"))', 0),
        ('"""A sentence about this."""', 0),
        ('raise ValueError("this cannot be")', 0),
        ('_log.info("it came back")', 0),
        ('text("SELECT a FROM calls")', 0),
        ('NAME = "some words"  # NON-NLS', 0),
        ('# NON-NLS: a file format\nNAME = "some words"', 0),
    ],
)
def test_what_is_shown_is_told_from_what_is_not(tmp_path, source, texts):
    body = source if source.startswith(("#", '"""', "HEADINGS", "NAME")) else f"def show():\n    {source}"
    (tmp_path / "source.py").write_text(body)
    assert len(untranslated(tmp_path)) == texts


@pytest.mark.parametrize(
    "source", ['NAME = _("Dial")', 'def f(a=_("Dial")): pass', "def f():\n    for _ in x:\n        _('Dial')"]
)
def test_a_translation_at_the_wrong_time_or_by_the_wrong_name_is_found(tmp_path, source):
    (tmp_path / "source.py").write_text(source)
    assert len(untranslated(tmp_path)) == 1


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_has_all_texts_and_no_others(translations, texts, language):
    catalogue = translations.read(language)
    known = {(text.id, text.context) for text in catalogue if text.id}
    said = {(text.id, text.context) for text in texts if text.id}
    assert (said - known, known - said) == (set(), set()), "run packaging/translations.py"
    assert [text.id for text in translations.lacking(catalogue)] == []


@pytest.mark.parametrize("language", OTHERS)
def test_the_program_reads_what_the_translator_wrote(translations, language):
    compiled = (translations.FOLDER / f"{language}.mo").read_bytes()
    assert compiled == translations.mo_bytes(translations.read(language)), "run packaging/translations.py"


def values_in(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_keeps_the_values_the_ends_and_the_lines_of_its_text(translations, language):
    wrong = []
    for text in translations.read(language):
        sources = text.id if isinstance(text.id, tuple | list) else (text.id,)
        meant = text.string if isinstance(text.string, tuple | list) else (text.string,)
        for form in meant if text.id else ():
            source = sources[-1]
            values = set(chain.from_iterable(map(values_in, sources))) if "python-brace-format" in text.flags else set()
            if (
                (values and not values_in(form) <= values)
                or (values and not (values - {"n"}) <= values_in(form))
                or source.count("\n") != form.count("\n")
                or (source[:1].isspace(), source[-1:].isspace()) != (form[:1].isspace(), form[-1:].isspace())
                or source.endswith("…") != form.endswith("…")
                or source.endswith(".") != form.endswith(".")
                or ("&" in source.replace("&&", "")) != ("&" in form.replace("&&", ""))
            ):
                wrong.append((source, form))
    assert wrong == []
