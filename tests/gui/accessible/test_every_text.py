"""Every text of the window is translated, and has room for two fifths more than the English has."""

import json
import re

import pytest
from babel import Locale

from tests.fakes.languages import Catalogue, english
from tests.gui.accessible.texts import Texts, not_cut, strange
from tests.gui.accessible.walk import SAMPLE, Walk
from tests.gui.accessible.ways import everywhere
from voipdesk.core import language
from voipdesk.providers import http

NAMES = """
    voipdesk VoIPcloud Yay com Apidaze KPN Voice VoIP Innovations Zoiper Linphone MicroSIP baresip Twinkle GNOME Calls
    English Nederlands TLS TCP UDP SIP HTTP URL XML HTML CSV vCard PNG Ctrl Alt Shift Esc Enter Del Ins tel callto sips
"""
"""Names, and what is called the same in every language."""
TYPED = "Office Reseller Ann Lee 020 7946 mistake ValueError dial selection ask"
"""What was put in: accounts, a contact, a mistake."""
OTHERS = "form json multipart status active_incidents updated_by Cancel Close Return"
"""What the services call things, and what Qt says itself; `app.py` lets it speak the language."""


def words(*texts):
    return {word.lower() for text in texts for word in re.findall(r"[A-Za-z]{3,}", text)}


def values(answer):
    """Every text in an answer, but for the names of its fields."""
    if isinstance(answer, dict):
        for value in answer.values():
            yield from values(value)
    elif isinstance(answer, list):
        for value in answer:
            yield from values(value)
    elif isinstance(answer, str):
        yield answer


@pytest.fixture
def answered(monkeypatch):
    """The words that came from the services."""
    known = set()
    send = http.Http.send

    async def heard(self, request):
        answer = await send(self, request)
        try:
            known.update(words(*values(json.loads(answer.body))))
        except ValueError:
            known.update(words(answer.body.decode(errors="replace")))
        return answer

    monkeypatch.setattr(http.Http, "send", heard)
    return known


@pytest.fixture
def strangers(monkeypatch):
    """Let the program speak the language that nobody speaks."""
    monkeypatch.setattr(language, "_texts", Catalogue(lambda key: strange(english(key))))


def test_the_language_that_nobody_speaks_keeps_values_and_mnemonics_and_is_longer():
    assert strange("&Call {name}…") == "&Ćáĺĺ {name}≈≈≈…"
    assert len(strange("A sentence of words.")) == len("A sentence of words.") * 1.4


async def test_all_that_is_said_is_translated_and_has_room(strangers, answered, session, no_network, demo, until, find):
    session.window.resize(1024, 640)
    ours_too = words(NAMES, TYPED, OTHERS, SAMPLE)
    countries = Locale(language.current_language()).territories.values()
    answered |= ours_too | words(demo.apidaze.base_url, *countries, "and SMS")
    sources = {text for text in language._catalogue("nl")._catalog if isinstance(text, str) and words(text) - ours_too}
    walk = Walk(session, until, rules=(Texts(answered, sources), not_cut))
    await everywhere(session, demo, walk, until, find)
    assert walk.screens > len(session.window.offered)
    assert walk.findings == [], "\n".join(sorted(set(walk.findings)))
