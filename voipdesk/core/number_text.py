"""What stands in a typed, pasted or linked text: the digits of a number, and its extension."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

import msgspec

from voipdesk.core.errors import BadInput

LONGEST = 250
"""Characters a text may have; a number with its link's parameters takes far less."""
SHOWN = 40
"""Characters of a refused text that its sentence repeats."""

LINK = re.compile(r"(tel|callto|sips?):(?://)?", re.IGNORECASE)
LABEL = re.compile(r"(?:tele?(?:phone)?|phone|mobile|mob|cell|call|fax|t|m|p|f)\b[.:\s]*(?=[+(\d])", re.IGNORECASE)
EXTENSION = re.compile(r"[\s,;]*(?<![^\W\d_])(?:extension|extn?|x)[.:=\s]*(\d{1,9})", re.IGNORECASE)
OPTIONAL_ZERO = re.compile(r"\( ?0 ?\)")
SEPARATORS = re.compile(r"[ ().\[\]/~_-]")
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


def take_apart(text: str) -> WrittenNumber:
    """Find the digits in a text or a tel:, callto:, sip: link (RFC 3966, RFC 3261); raise BadInput when it is more."""
    if len(text) > LONGEST:
        raise BadInput(f"“{shown(text)}” is too long to be a telephone number.")
    plain = _plain(text)
    context, internal = "", False
    link = LINK.match(plain)
    if link:
        plain, context, internal = _read_link(link[1].lower(), plain[link.end() :])
    plain = plain.strip(AROUND)
    label = LABEL.match(plain)
    plain = plain[label.end() :] if label else plain
    extension = ""
    match = EXTENSION.search(plain)
    if match and match.end() == len(plain):
        plain, extension = plain[: match.start()].strip(AROUND), match[1]
    if extension and not plain:
        return WrittenNumber(extension, internal=True)
    digits = _digits(plain, text)
    if context and not digits.startswith("+"):
        digits = context + digits
    without_zero = SEPARATORS.sub("", OPTIONAL_ZERO.sub("", plain)) if OPTIONAL_ZERO.search(plain) else ""
    return WrittenNumber(digits, extension, internal=internal, without_optional_zero=without_zero)


def shown(text: str) -> str:
    """Make a text fit for a sentence: on one line, short, and without what cannot be seen."""
    line = "".join(character if character.isprintable() else " " for character in text[: SHOWN + 1]).strip()
    return line if len(text) <= SHOWN else line[:SHOWN] + "…"


def _plain(text: str) -> str:
    """Write every script's digits, spaces and dashes in ASCII and leave out invisible marks."""
    plain = []
    for character in unicodedata.normalize("NFKC", text.strip()):
        category = unicodedata.category(character)
        if category == "Nd":
            plain.append(str(unicodedata.decimal(character)))
        elif category == "Pd" or character == "\N{MINUS SIGN}":
            plain.append("-")
        elif category == "Zs" or character == "\t":
            plain.append(" ")
        elif category != "Cf":
            plain.append(character)
    return "".join(plain)


def _read_link(scheme: str, rest: str) -> tuple[str, str, bool]:
    """Give a link's number, the country code its phone-context adds, and whether it names an office's own number."""
    rest = rest.partition("?")[0]
    internal = False
    if scheme in {"sip", "sips"}:
        user, at, _ = rest.partition("@")
        rest, internal = user.partition(":")[0], bool(at)
    # Parameters are cut off before decoding: an encoded semicolon is part of a value.
    number, *parameters = rest.split(";")
    number, context = _plain(unquote(number)), ""
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        value = _plain(unquote(value)).strip()
        if key.strip().lower() == "phone-context":
            prefix = SEPARATORS.sub("", value)
            context = prefix if re.fullmatch(r"\+\d+", prefix) else ""
            internal = not context
        elif key.strip().lower() == "ext" and value:
            number += f" ext {value}"
    return number, context, internal and not number.strip().startswith("+")


def _digits(plain: str, text: str) -> str:
    if not plain:
        raise BadInput("There is no number to dial.")
    digits = SEPARATORS.sub("", plain)
    if re.fullmatch(r"\+?\d+", digits):
        return digits
    if re.search(r"[*#]", digits) and re.fullmatch(r"[\d*#+]+", digits):
        raise BadInput(
            f"“{shown(text)}” is a code that changes settings of a telephone.",
            advice="Dial it on the telephone itself.",
        )
    if any(character.isalpha() for character in digits):
        raise BadInput(f"“{shown(text)}” has letters in it.", advice="Write the number in digits alone.")
    raise BadInput(f"“{shown(text)}” is not a telephone number.", advice="Write one number, such as +44 20 7946 0958.")
