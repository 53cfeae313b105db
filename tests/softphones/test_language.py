"""What is said to people is in the language spoken; what a client reads or has in its own form is not."""

import pytest

from tests.fakes.languages import foreign
from tests.softphones.any_settings import made
from voipdesk.core.errors import BadInput
from voipdesk.core.language import use_language
from voipdesk.softphones.registry import softphone_module, softphones, with_configuration

FOR_CLIENTS = [
    ("zoiper", "xml"),
    *(("linphone", "xml"), ("microsip", "ini"), ("baresip", "txt"), ("twinkle", "cfg"), ("gnome-calls", "cfg")),
]


@pytest.fixture
def speak():
    """Speak English, or in the place of Dutch a language in ⟦brackets⟧."""
    with foreign():
        yield lambda code: use_language(code, system=[])


def test_the_sheet_is_for_people_its_labels_included(speak):
    speak("nl")
    module = softphone_module("sheet")
    page = module.set_up(made(), with_password=True, ending="html").text
    assert '<html lang="nl">' in page
    for text in ("⟦User name⟧", "⟦In the softphone, add an account", "⟦Whoever has this sheet", "⟦Set up a softphone⟧"):
        assert text in page
    text = module.set_up(made(), with_password=False).text
    assert "  ⟦Password⟧ " in text
    assert "  ⟦(not on this sheet)⟧" in text
    speak("en")
    assert '<html lang="en">' in module.set_up(made(), with_password=True, ending="html").text


def test_zoiper_s_form_has_the_labels_that_zoiper_shows(speak):
    speak("nl")
    page = softphone_module("zoiper").set_up(made(outbound_proxy="192.0.2.7"), with_password=True, ending="html").text
    for label in ("User name", "Use outbound proxy", "Account name"):
        assert f'<th scope="row">{label}</th>' in page
    assert "⟦In Zoiper: Settings" in page
    assert "⟦any name will do⟧" in page


@pytest.mark.parametrize(("key", "ending"), FOR_CLIENTS)
def test_what_a_client_reads_is_the_same_in_every_language_and_what_is_to_be_done_is_not(speak, key, ending):
    module, settings = softphone_module(key), made(outbound_proxy="192.0.2.7:5070", display_name="Ann")
    speak("en")
    english = module.set_up(settings, with_password=True, ending=ending)
    speak("nl")
    dutch = module.set_up(settings, with_password=True, ending=ending)
    assert dutch.content == english.content
    assert all(note.startswith("⟦") for note in dutch.notes)
    assert len(dutch.notes) == len(english.notes)


def test_the_list_is_in_the_language_spoken(speak):
    speak("nl")
    listed = {one.key: one for one in softphones()}
    assert listed["sheet"].name == "⟦Settings sheet⟧"
    assert all(one.about.startswith("⟦") for one in listed.values())
    with pytest.raises(BadInput, match=r"⟦Settings sheet⟧ is not set up from here"):
        with_configuration("sheet")


def test_a_value_that_cannot_be_carried_is_refused_in_the_language_spoken(speak):
    speak("nl")
    with pytest.raises(BadInput) as refused:
        softphone_module("baresip").set_up(made(password='a"b'), with_password=True)
    assert refused.value.message == '⟦baresip cannot take this password: ⟦its file cannot hold the character "⟧.⟧'
    assert refused.value.advice.startswith("⟦Choose another password")
