"""A language with a few texts, that a test speaks until it ends."""

import gettext
from collections.abc import Mapping

from voipdesk.core import language


class Catalogue(gettext.NullTranslations):
    def __init__(self, texts: Mapping[str, str]) -> None:
        super().__init__()
        self.texts = texts

    def gettext(self, message):
        return self.texts.get(message, message)

    def ngettext(self, one, many, n):
        return self.texts.get(one, one) if n == 1 else self.texts.get(many, many)

    def pgettext(self, context, message):
        return self.texts.get(message, message)


def speak(monkeypatch, **texts: str) -> None:
    """Speak Dutch for the rest of a test, with these texts by their English ones, a space for each "_"."""
    monkeypatch.setattr(language, "_language", "nl")
    monkeypatch.setattr(language, "_texts", Catalogue({key.replace("_", " "): text for key, text in texts.items()}))
