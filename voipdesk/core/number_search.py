"""The numbers in a text: one that is meant as a whole, or those among other words, of which somebody has to choose."""

from __future__ import annotations

import re

from voipdesk.core.errors import BadInput
from voipdesk.core.language import _
from voipdesk.core.number import Number, read_number
from voipdesk.core.number_text import LINK, plain_text, shown

LONGEST_SEARCHED = 2_000
"""Characters of the longest text that is looked through: a paragraph."""
MOST = 12
"""Numbers to choose from; more of them is a list, which nobody means to dial."""

_MOST_SEEN = 40
"""Numbers that are read, repeated ones too: the window waits for it while somebody types."""
_BETWEEN = re.compile(r"[\r\n\t,;|/•]+|\s+(?:or|and|oder|und|of|en|ou|et)\s+|\s{3,}", re.IGNORECASE)
_SHOUTED = re.compile(r"[\s().-]*[A-Z]{3,}\b")
"""Capitals right behind a number: they may be its rest, as in 0800 CALL NOW."""


class SeveralNumbers(BadInput):
    """There is more than one number in the text; `numbers` are those, in its order."""

    def __init__(self, text: str, numbers: tuple[Number, ...]) -> None:
        listed = "; ".join(number.display for number in numbers)
        super().__init__(
            _("There are several numbers in “{text}”.", text=shown(text)),
            advice=_("Choose one of them: {numbers}.", numbers=listed),
        )
        self.numbers = numbers


def find_number(text: str, region: str) -> Number:
    """Read a number as `read_number` does; else the only one that stands among other words.

    Raises SeveralNumbers when there are more, BadInput when there is none, or digits that belong to none. A link is
    one number or none.
    """
    try:
        return read_number(text, region)
    except BadInput:
        if len(text) > LONGEST_SEARCHED or LINK.match(plain_text(text[:40])):
            raise
        found = _side_by_side(text, region) or _among_words(text, region)
        numbers = tuple({number.dialled: number for number in reversed(found)}.values())[::-1]
        if not 0 < len(numbers) <= MOST:
            raise
    if len(numbers) > 1:
        raise SeveralNumbers(text, numbers)
    return numbers[0]


def _side_by_side(text: str, region: str) -> list[Number]:
    """Give the numbers of a text part by part, as of a list; none when a part has digits that belong to none."""
    parts = [part for part in _BETWEEN.split(text) if any(character.isnumeric() for character in part)]
    if len(parts) > MOST:
        return []
    numbers: list[Number] = []
    for part in parts:
        try:
            found = [read_number(part, region)]
        except BadInput:
            found = _among_words(part, region)
        if not found:
            return []
        numbers += found
    return numbers


def _among_words(text: str, region: str) -> list[Number]:
    """Give the numbers in a sentence; none when digits are left over, for they may be part of one."""
    import phonenumbers

    plain = "\n".join(plain_text(line) for line in text.splitlines())
    numbers: list[Number] = []
    left, end = "", 0
    for match in phonenumbers.PhoneNumberMatcher(plain, region, leniency=phonenumbers.Leniency.VALID, max_tries=MOST):
        if _SHOUTED.match(plain, match.end) or len(numbers) >= _MOST_SEEN:
            return []
        left += plain[end : match.start]
        end = match.end
        try:
            numbers.append(read_number(match.raw_string, region))
        except BadInput:
            return []
    left += plain[end:]
    return [] if any(character.isnumeric() or character in "*#" for character in left) else numbers
