"""The pane in another language: whole sentences, and what a service or a standard says left as it is."""

from datetime import UTC, datetime

from tests.fakes.languages import dutch
from tests.softphones.any_settings import made
from voipdesk.core.errors import NotFound
from voipdesk.core.sip_check import CheckReport, CheckStep, Outcome, StepKind, Verdict
from voipdesk.gui.sip import check_model, model

AT = datetime(2026, 3, 4, 12, tzinfo=UTC)
NAMES = ("Bakker 1", "Bakker 2", "Bakker 3", "Kapper")


def test_names_that_may_be_meant_are_listed_as_the_language_lists():
    with dutch(
        {"{error} Did you mean {names}?": "{error} Bedoelde u {names}?", "{list} or {last}": "{list} of {last}"}
    ):
        text = model.why(NotFound("Er is geen “Bakker 4”."), "Bakker 4", NAMES)
    assert text == "Er is geen “Bakker 4”. Bedoelde u Bakker 3, Bakker 2 of Bakker 1?"


def test_whose_list_it_is_is_one_sentence_with_the_number_as_many_as_there_are():
    words = {
        "SIP accounts of {customer}, read at {when}": "SIP-accounts van {customer}, gelezen {when}",
        "{n} SIP account": "{n} SIP-account",
        "{n} SIP accounts": "{n} SIP-accounts",
    }
    with dutch(words):
        one, many = (model.read("Bakker", "KPN", number, AT) for number in (1, 1284))
    assert one.title.startswith("SIP-accounts van Bakker, gelezen ")
    assert one.detail.endswith(" · 1 SIP-account")
    assert many.detail.endswith(" · 1.284 SIP-accounts")


def test_the_report_of_a_check_has_its_verdicts_in_the_language_spoken():
    step = CheckStep(StepKind.SIGN_IN, Verdict.PASSED, "Gelukt.", details="SIP/2.0 200 OK")
    words = {
        "passed": "geslaagd",
        "Sign in": "Aanmelden",
        "Below stands at which step, and what to do.": "Zie hieronder.",
    }
    with dutch(words):
        saying = check_model.ended(CheckReport(Outcome.REFUSED, "Geweigerd.", (step,)))
        text = check_model.report_text(made(), saying, (step,), AT)
    assert "Geweigerd. Zie hieronder.\n\nAanmelden: geslaagd\n  Gelukt.\n  SIP/2.0 200 OK\n" in text
