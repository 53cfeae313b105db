"""The ways in which services write one number in their logs, and the one text that stands for all of them."""

from __future__ import annotations

from functools import lru_cache

from voipdesk.core.errors import BadInput
from voipdesk.core.number import Number, NumberKind, read_number

_OUTSIDE = {NumberKind.NORMAL, NumberKind.PREMIUM}


@lru_cache(maxsize=5_000)
def number_key(text: str, region: str) -> str:
    """Give one text for all spellings of a number: E.164, or an extension as it is; "" for one that was withheld."""
    number = _read(text, region)
    return number.dialled if number is not None else text.strip()


@lru_cache(maxsize=1_000)
def number_spellings(text: str, region: str) -> frozenset[str]:
    """Give the spellings in which the number may stand in a log: as it came, international, national."""
    number = _read(text, region)
    if number is None or number.kind not in _OUTSIDE:
        return frozenset({text, number.dialled if number else text})
    import phonenumbers

    parsed = phonenumbers.parse(number.dialled)
    international = str(parsed.country_code) + phonenumbers.national_significant_number(parsed)
    spellings = {text, number.dialled, number.display, international, f"00{international}"}
    if phonenumbers.region_code_for_country_code(parsed.country_code or 0) == region:
        national = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
        spellings |= {national, "".join(filter(str.isdecimal, national))}
    else:
        abroad = phonenumbers.format_out_of_country_calling_number(parsed, region)
        spellings.add("".join(filter(str.isdecimal, abroad)))
    return frozenset(spellings)


def _read(text: str, region: str) -> Number | None:
    if not any(map(str.isdecimal, text)):
        return None
    try:
        return read_number(text, region)
    except BadInput:
        return None
