"""What stands in a typed, pasted or linked text: the digits of a number, and its extension."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import unquote

import msgspec

from voipdesk.core.errors import BadInput
from voipdesk.core.language import _

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 250
"""Characters a text may have; a number with its link's parameters takes far less."""
SHOWN = 40
"""Characters of a refused text that its sentence repeats."""

LINK = re.compile(r"(tel|callto|sips?):(?://)?", re.IGNORECASE)
LABEL = re.compile(r"(?:tele?(?:phone)?|phone|mobile|mob|cell|call|fax|t|m|p|f)\b[.:\s]*(?=[+(\d])", re.IGNORECASE)
EXTENSION = re.compile(r"[\s,;]*(?<![^\W\d_])(?:extension|extn?|x)[.:=\s]*(\d{1,9})", re.IGNORECASE)
OPTIONAL_ZERO = re.compile(r"\( ?0 ?\)")
PAUSED = re.compile(r"(?<=\d)\s*,[,\s]*(\d[\d*#,]{0,31})$")
"""What a conference's link has entered after a pause: ",,123456#"."""
SHORTEST_BEFORE_PAUSE = 7
"""Digits of the shortest number that something is entered behind; "9,112" is two numbers."""
SEPARATORS = re.compile(r"[ ().\[\]/~_-]")
DASHES = frozenset(
    "\N{MINUS SIGN}\N{MODIFIER LETTER MINUS SIGN}\N{HYPHEN BULLET}\N{HYPHENATION POINT}\N{SWUNG DASH}"
    "\N{TILDE OPERATOR}\N{KATAKANA-HIRAGANA PROLONGED SOUND MARK}\N{HEAVY MINUS SIGN}"
    "\N{BOX DRAWINGS LIGHT HORIZONTAL}\N{MIDDLE DOT}\N{BULLET}\N{BULLET OPERATOR}"
)
"""What stands for a dash beside those that Unicode calls one."""
CODE = re.compile(r"(?=\d*[*#])[\d*#]{2,32}")
"""A star code: *97 for the voicemail, *21*7042# to divert calls."""
VANITY = re.compile(r"\+?[\d ().-]*\d[ ().-]*[A-Za-z][A-Za-z ().-]*\d*")
"""0800 CALL NOW, 1-800-FLOWERS."""
AROUND = " <>\"'“”‘’«»,;:."


class WrittenNumber(msgspec.Struct, frozen=True):
    """A text taken apart."""

    digits: str
    """ASCII digits, after a "+" when the number was written in international form."""
    extension: str = ""
    """Digits behind "ext" or the like."""
    internal: bool = False
    """Written as an extension of the office: "ext 7042", a link for the office's own domain."""
    without_optional_zero: str = ""
    """The digits when a "(0)" is left out: "+45 (0) 32 12 34 56", though Denmark has no trunk zero."""
    vanity: bool = False
    """The digits stand for letters: a number only if it is exactly one that is advertised so."""
    code: bool = False
    """A star code; `digits` has "*" and "#" in it."""


def take_apart(text: str) -> WrittenNumber:
    """Find the digits in a text or a tel:, callto:, sip: link (RFC 3966, RFC 3261); raise BadInput when it is more."""
    if len(text) > LONGEST:
        raise BadInput(_("“{text}” is too long to be a telephone number.", text=shown(text)))
    plain = plain_text(text)
    context, internal = "", False
    link = LINK.match(plain)
    if link:
        plain, context, internal = _read_link(link[1].lower(), plain[link.end() :])
    plain = plain.strip(AROUND)
    label = LABEL.match(plain)
    plain = plain[label.end() :] if label else plain
    plain, extension = _cut_extension(plain)
    if extension and not plain:
        return WrittenNumber(extension, internal=True)
    if CODE.fullmatch(SEPARATORS.sub("", plain)) and not extension:
        return _code(plain, text, linked=link is not None)
    vanity = VANITY.fullmatch(plain) is not None
    digits = _digits(_dialled_letters(plain) if vanity else plain, text)
    if context and not digits.startswith("+"):
        digits = context + digits
    without_zero = SEPARATORS.sub("", OPTIONAL_ZERO.sub("", plain)) if OPTIONAL_ZERO.search(plain) else ""
    return WrittenNumber(digits, extension, internal, "" if vanity else without_zero, vanity)


def shown(text: str) -> str:
    """Make a text fit for a sentence: on one line, short, and without what cannot be seen."""
    line = "".join(character if character.isprintable() else " " for character in text[: SHOWN + 1]).strip()
    return line if len(text) <= SHOWN else line[:SHOWN] + "…"


def plain_text(text: str) -> str:
    """Write every script's digits, spaces and dashes in ASCII and leave out invisible marks.

    A raised "²" is a footnote's, no digit of the number: it stays what it is.
    """
    return "".join(_plain_characters(text.strip()))


def _plain_characters(text: str) -> Iterator[str]:
    for written in text:
        if (written.isascii() and written != "\t") or unicodedata.category(written) == "No":
            yield written
        else:
            for character in unicodedata.normalize("NFKC", written):
                category = unicodedata.category(character)
                if category == "Nd":
                    yield str(unicodedata.decimal(character))
                elif category == "Pd" or character in DASHES:
                    yield "-"
                elif category == "Zs" or character == "\t":
                    yield " "
                elif category != "Cf":
                    yield character


def _cut_extension(plain: str) -> tuple[str, str]:
    """Part a number from what is dialled by hand once somebody answers."""
    match = EXTENSION.search(plain)
    if match and match.end() == len(plain):
        return plain[: match.start()].strip(AROUND), match[1]
    match = PAUSED.search(plain)
    if match and sum(map(str.isdecimal, plain[: match.start()])) >= SHORTEST_BEFORE_PAUSE:
        return plain[: match.start()], match[1]
    return plain, ""


def _code(plain: str, text: str, *, linked: bool) -> WrittenNumber:
    if linked:
        raise BadInput(
            _("“{text}” is a code that changes settings of a telephone.", text=shown(text)),
            advice=_("A link may not dial it. If you mean it, type it."),
        )
    return WrittenNumber(SEPARATORS.sub("", plain), code=True)


def _dialled_letters(plain: str) -> str:
    """Put the key that a letter stands on for each letter."""
    return plain.lower().translate(_KEYS)


_KEYS = str.maketrans("abcdefghijklmnopqrstuvwxyz", "22233344455566677778889999")


def _read_link(scheme: str, rest: str) -> tuple[str, str, bool]:
    """Give a link's number, the country code its phone-context adds, and whether it names an office's own number."""
    internal = False
    if scheme in {"sip", "sips"}:
        user, at, _host = rest.partition("@")
        if not at and re.match(r"[\w.-]*\.[\w.-]", rest):
            raise BadInput(_("The link names a computer, not a number to dial."))
        rest, internal = user.partition(":")[0], bool(at)
        # before the "@" a "?" is part of the name, behind the host it begins what is no part of the number
        rest = rest if at else rest.partition("?")[0]
    else:
        rest = rest.partition("?")[0]
    # Parameters are cut off before decoding: an encoded semicolon is part of a value.
    number, *parameters = rest.split(";")
    number, context = plain_text(unquote(number)), ""
    for parameter in parameters:
        key, _sign, value = parameter.partition("=")
        value = plain_text(unquote(value)).strip()
        if key.strip().lower() == "phone-context":
            prefix = SEPARATORS.sub("", value)
            context = prefix if re.fullmatch(r"\+\d+", prefix) else ""
            internal = not context
        elif key.strip().lower() == "ext" and value:
            number += f" ext {value}"  # NON-NLS: as links and the readers of numbers have it
    return number, context, internal and not number.strip().startswith("+")


def _digits(plain: str, text: str) -> str:
    if not plain:
        raise BadInput(_("There is no number to dial."))
    digits = SEPARATORS.sub("", plain)
    if re.fullmatch(r"\+?\d+", digits) and digits.isascii():
        return digits
    if any(character.isalpha() for character in digits):
        raise letters_refused(text)
    raise BadInput(
        _("“{text}” is not a telephone number.", text=shown(text)),
        advice=_("Write one number, such as +44 20 7946 0958."),
    )


def letters_refused(text: str) -> BadInput:
    """Say that a text with letters is no number."""
    return BadInput(_("“{text}” has letters in it.", text=shown(text)), advice=_("Write the number in digits alone."))
