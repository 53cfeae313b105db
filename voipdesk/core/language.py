"""The language in which the program speaks to people: texts by gettext, numbers by their region (CLDR).

Texts are written in English where they are used, and looked up when they are shown: `_` shows, `N_` only marks a text
that a table holds for later. What a service, a standard or a file says is no text of ours and is left as it is.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False  # typing takes a tenth of the time in which a link is handed over
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from decimal import Decimal
    from gettext import NullTranslations

LANGUAGES = {"en": "English", "nl": "Nederlands"}  # NON-NLS: each language is called as its speakers call it
"""What the program speaks: ISO 639 codes, and the languages' own names. The first is the one of the source."""
_SOURCE = "en"
_MARKS = {"en": ",.", "nl": ".,"}
"""What speakers of a language write between thousands, and before decimals."""
_AS_THEIR_LANGUAGE = frozenset(
    {"en", "en_AU", "en_CA", "en_GB", "en_IE", "en_NZ", "en_US", "nl", "nl_BE", "nl_NL"}  # NON-NLS: regions
)
"""Regions that are known to write so; CLDR is asked for others, which takes longer than a window may stand still."""

_language = _SOURCE
_texts: NullTranslations | None = None  # none for English: its texts are the source's
_region = _SOURCE


def use_language(wished: str = "", *, system: Sequence[str] | None = None) -> None:
    """Speak `wished`, one of LANGUAGES, else the first of the system's languages that the program knows, else English.

    `system` has names such as nl_BE or nl-BE, most wished for first; by default they are what the environment names.
    Numbers are written as in the system's region as long as that speaks the language. Where an installation lacks
    the texts of a language, it speaks English.
    """
    global _language, _texts, _region  # noqa: PLW0603 - a process speaks one language
    names = system_languages() if system is None else system
    known = [code for name in names if (code := _code(name)) in LANGUAGES]
    language = wished if wished in LANGUAGES else next(iter(known), _SOURCE)
    if language != _language:
        _texts = None if language == _SOURCE else _catalogue(language)
    if _texts is None:  # who cannot be spoken to in Dutch is better served in English than not at all
        language = _SOURCE
    _language = language
    _region = next((name.replace("-", "_") for name in names if _code(name) == language), language)


def current_language() -> str:
    """Give the language that is spoken, ISO 639."""
    return _language


def system_languages() -> list[str]:
    """List the languages that the environment names, as gettext reads it, most wished for first: nl_BE, nl, en_GB."""
    of_messages = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    name = of_messages.partition(".")[0].partition("@")[0]
    if name in ("", "C", "POSIX"):
        return [] if of_messages else _languages_of_windows()
    return [*filter(None, os.environ.get("LANGUAGE", "").split(":")), name]


def _(text: str, /, **values: object) -> str:
    """Give a text in the language spoken, with the values in the places of their names in braces."""
    # gettext answers the empty text with its catalogue's header
    return _filled(text if _texts is None or not text else _texts.gettext(text), text, values)


def ngettext(one: str, many: str, number: int, /, **values: object) -> str:
    """Give the text for one or for many things; {n} is the number as people write it."""
    source = one if number == 1 else many
    return _filled(
        source if _texts is None else _texts.ngettext(one, many, number), source, {"n": shown_number(number), **values}
    )


def pgettext(context: str, text: str, /, **values: object) -> str:
    """Give a text that the context tells from the same English words elsewhere, as "Open" the state and the deed."""
    return _filled(text if _texts is None else _texts.pgettext(context, text), text, values)


def N_(text: str, /) -> str:  # noqa: N802 - gettext's own name for it
    """Mark a text for translation and give it as it is: `_` is to be asked when it is shown."""
    return text


def shown_number(number: int) -> str:
    """Write a whole number as people do: 1,284 in English, 1.284 in Dutch."""
    if -1000 < number < 1000:
        return str(number)
    if _region in _AS_THEIR_LANGUAGE:
        return _with_marks(f"{number:,}")
    from babel.numbers import format_decimal

    return _by_region(lambda region: format_decimal(number, locale=region))


def shown_decimal(number: Decimal, places: int) -> str:
    """Write a number to so many decimals as people do: 1,250.00 in English, 1.250,00 in Dutch."""
    if _region in _AS_THEIR_LANGUAGE or not number.is_finite():
        return _with_marks(f"{number:,.{places}f}")
    from babel.numbers import format_decimal

    pattern = f"#,##0.{'0' * places}"
    return _by_region(lambda region: format_decimal(number, pattern, locale=region))


def decimal_sign() -> str:
    """Give what people write before decimals: a point in English, a comma in Dutch."""
    if _region in _AS_THEIR_LANGUAGE:
        return _MARKS[_language][1]
    from babel.numbers import get_decimal_symbol

    return _by_region(get_decimal_symbol)


def load_numbers() -> None:
    """Load how the region writes numbers, where that has to be looked up; call it in a thread before any is shown."""
    shown_number(1000)


def joined(parts: Iterable[str]) -> str:
    """List texts as a sentence does: "a", "a and b", "a, b and c"."""
    *head, last = parts
    return _("{list} and {last}", list=", ".join(head), last=last) if head else last


def _with_marks(number: str) -> str:
    return number.translate(str.maketrans(_MARKS[_SOURCE], _MARKS[_language]))


def _by_region(write: Callable[[str], str]) -> str:
    from babel.core import UnknownLocaleError

    try:
        return write(_region)
    except (UnknownLocaleError, ValueError):  # a region that nobody knows, as en_XX
        return write(_language)


def _filled(text: str, source: str, values: dict[str, object]) -> str:
    if not values:
        return text
    try:
        return text.format(**values)
    except (KeyError, IndexError, ValueError):  # a translation's mistake must not hide what is said
        return source.format(**values)


def _code(name: str) -> str:
    return name.replace("-", "_").partition("_")[0].lower()


def _catalogue(language: str) -> NullTranslations | None:
    """Read the texts of a language; None when this installation lacks them, or they are damaged."""
    from gettext import GNUTranslations
    from struct import error

    from voipdesk.core.errors import StorageFailed
    from voipdesk.core.resources import resource

    try:
        with resource(f"translations/{language}.mo").open("rb") as file:
            return GNUTranslations(file)
    except (StorageFailed, OSError, ValueError, error):
        return None


def _languages_of_windows() -> list[str]:
    try:
        from ctypes import windll  # type: ignore[attr-defined,unused-ignore] # there on Windows alone
        from locale import windows_locale
    except ImportError:
        return []
    name = windows_locale.get(windll.kernel32.GetUserDefaultUILanguage())
    return [name] if name else []
