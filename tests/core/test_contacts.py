"""What is said of a contact's numbers."""

import pytest

from tests.fakes.catalogue import speak
from voipdesk.core.contacts import ContactNumber, kind_called, number_text


def test_a_number_is_said_with_what_it_is_in_the_language_spoken(monkeypatch):
    number = ContactNumber("020 7946 0958", "work fax")
    assert number_text(number) == "020 7946 0958 (work fax)"
    speak(monkeypatch, work_fax="fax werk")
    assert number_text(number) == "020 7946 0958 (fax werk)"
    assert number.kind == "work fax", "it is kept as before"


def test_a_file_s_own_label_and_no_label_are_left_as_they_are(monkeypatch):
    speak(monkeypatch, **{"boat": "schip", "": "Project-Id-Version: voipdesk"})
    assert ContactNumber("1", "boat").label == "boat"
    assert ContactNumber("1").label == ""


@pytest.mark.parametrize(
    ("label", "kind"),
    [("werk", "work"), ("work", "work"), ("mobiel werk", "work mobile"), ("schip", "schip"), ("", "")],
)
def test_a_kind_is_known_by_what_it_is_called_in_either_language(monkeypatch, label, kind):
    speak(monkeypatch, work="werk", work_mobile="mobiel werk")
    assert kind_called(label) == kind
