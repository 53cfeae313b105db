"""A language for tests: each text that is translated stands in ⟦brackets⟧, and all else does not."""

import gettext
import re

from voipdesk.core import language


class Foreign(gettext.NullTranslations):
    """Puts texts in brackets."""

    def gettext(self, message):
        return f"⟦{message}⟧"

    def ngettext(self, msgid1, msgid2, n):
        return self.gettext(msgid1 if n == 1 else msgid2)

    def pgettext(self, context, message):
        return self.gettext(message)


def speak_foreign(monkeypatch):
    """Have this process speak it, as one in whose environment Dutch is named."""
    monkeypatch.setenv("LC_ALL", "nl_NL.UTF-8")
    monkeypatch.setattr(language, "_catalogue", lambda _code: Foreign())
    language.use_language()


def untranslated(text):
    """Leave out what is in brackets, with what stands in it."""
    innermost = re.compile(r"⟦[^⟦⟧]*⟧")
    while innermost.search(text):
        text = innermost.sub("", text)
    return text
