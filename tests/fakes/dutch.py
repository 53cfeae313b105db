"""A catalogue of a few Dutch texts, for what must hold in every language."""

from __future__ import annotations

import gettext
from contextlib import contextmanager
from typing import TYPE_CHECKING
from unittest.mock import patch

from voipdesk.core import language

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Texts(gettext.NullTranslations):
    def __init__(self, texts: dict[str, str]) -> None:
        super().__init__()
        self._texts = texts

    def gettext(self, message: str) -> str:
        return self._texts.get(message, message)


@contextmanager
def spoken(texts: dict[str, str]) -> Iterator[None]:
    """Speak Dutch for a while, with these texts and no others."""
    with patch.object(language, "_catalogue", lambda _code: _Texts(texts)):
        language.use_language("nl", system=[])
        try:
            yield
        finally:
            language.use_language(system=[])
