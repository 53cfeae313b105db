"""Languages to try texts in: Dutch with a few words of its own, and one in which all that is translated shows."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from gettext import NullTranslations

import pytest

from voipdesk.core import language

Key = str | tuple[str, str]
"""An English text, or its context and the text."""


class Catalogue(NullTranslations):
    """Says each text, given in its English and with its context, as a function does."""

    def __init__(self, say: Callable[[Key], str]) -> None:
        super().__init__()
        self._say = say

    def gettext(self, message):
        return self._say(message)

    def ngettext(self, one, many, n):
        return self._say(one if n == 1 else many)

    def pgettext(self, context, message):
        return self._say((context, message))


@contextmanager
def spoken(say: Callable[[Key], str], **environment: str) -> Iterator[None]:
    """Speak it in the place of Dutch, and English again afterwards; `environment` is for who looks into that."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        patch.setattr(language, "_catalogue", lambda _code: Catalogue(say))
        language.use_language("nl", system=[])
        try:
            yield
        finally:
            language.use_language(system=[])


def dutch(texts: Mapping[Key, str] | None = None):
    """Speak Dutch with these texts, and say the others as they are."""
    known = texts or {}
    return spoken(lambda key: known.get(key, english(key)))


def foreign():
    """Speak a language in which each text that is translated stands in ⟦brackets⟧; so do programs run in here."""
    return spoken(lambda key: f"⟦{english(key)}⟧", LC_ALL="nl_NL.UTF-8")


def english(key: Key) -> str:
    """Give the English text."""
    return key if isinstance(key, str) else key[1]


def untranslated(text: str) -> str:
    """Leave out what is in brackets, with what stands in it."""
    innermost = re.compile(r"⟦[^⟦⟧]*⟧")
    while innermost.search(text):
        text = innermost.sub("", text)
    return text
