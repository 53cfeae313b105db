"""A language to try texts in, with a few words of its own."""

from contextlib import contextmanager
from gettext import NullTranslations

import pytest

from voipdesk.core import language


class Catalogue(NullTranslations):
    """Knows some texts, and says the others as they are."""

    def __init__(self, texts):
        super().__init__()
        self._known = texts

    def gettext(self, message):
        return self._known.get(message, message)

    def ngettext(self, one, many, n):
        return self._known.get(one if n == 1 else many, one if n == 1 else many)

    def pgettext(self, context, message):
        return self._known.get((context, message), message)


@contextmanager
def dutch(texts=()):
    """Speak Dutch with these texts, and English again afterwards."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(language, "_catalogue", lambda code: Catalogue(dict(texts)))
        language.use_language("nl", system=[])
        try:
            yield
        finally:
            language.use_language(system=[])
