"""Telephone numbers: what a written number dials, and how one from a service is shown."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from voipdesk.core.countries import country_name, english_country_name
from voipdesk.core.errors import BadInput
from voipdesk.core.language import _
from voipdesk.core.number_text import SEPARATORS, WrittenNumber, letters_refused, shown, take_apart

if TYPE_CHECKING:
    from collections.abc import Iterator

    from phonenumbers import PhoneNumber

EMERGENCY_EVERYWHERE = frozenset({"000", "112", "911", "999"})
"""Refused whatever the region: networks carry these to their own emergency services."""
LONGEST_EXTENSION = 6
SHORTEST_INTERNATIONAL = 9
"""Digits of the shortest number that is taken for an international one without its "+"."""
LONGEST_NATIONAL = 10
"""Digits above which a number that is not valid at home is taken for an international one without its "+"."""
ALWAYS_EXTENSION = 4
"""Digits that are an extension even where a few numbers are that short (Luxembourg, islands)."""


class NumberKind(StrEnum):
    """What dialling a number means."""

    NORMAL = "normal"
    INTERNAL = "internal"
    """An extension, or a short number that the PBX may know."""
    EMERGENCY = "emergency"
    PREMIUM = "premium"
    CODE = "code"
    """A star code, dialled as it is written: the PBX acts on it."""


class Number(msgspec.Struct, frozen=True):
    """A number as it was written and as it is dialled."""

    written: str
    dialled: str
    """`+` and digits, or an internal number or star code as it is."""
    display: str
    """In international form, grouped."""
    country: str
    """Its name in the language spoken, "" for an internal number."""
    region: str
    """ISO 3166, "001" for numbers of no country."""
    kind: NumberKind
    extension: str = ""
    """Written behind the number; not dialled, but asked for once somebody answers."""

    @property
    def english_country(self) -> str:
        """The country's name as programs are told it."""
        return self.country and english_country_name(self.region)


def read_number(text: str, region: str) -> Number:
    """Read a typed or pasted number or a tel:, callto: or sip: link, as somebody in `region` (ISO 3166) means it.

    Raises BadInput with a sentence when there is no number in it, or more than one could be meant. Emergency wins over
    extension: 112 is an emergency number even as "ext 112". 1121 is an extension, though a telephone line would connect
    it to 112: a PBX takes the number as a whole.
    """
    import phonenumbers

    region = region.upper()
    if region not in phonenumbers.SUPPORTED_REGIONS:
        raise BadInput(
            _("“{text}” is not the code of a country.", text=shown(region)),
            advice=_("Write two letters, such as GB."),
        )
    written = take_apart(text)
    if written.code:
        return _short(text, written, region, NumberKind.CODE)
    if written.vanity:
        return _vanity(text, written, region)
    if _is_emergency(written.digits, region):
        return _short(text, written, region, NumberKind.EMERGENCY)
    parsed = _parse(written, region)
    if parsed is not None and _is_outside(written, parsed, region):
        return _full(text, written, parsed)
    if not written.digits.startswith("+") and len(written.digits) <= LONGEST_EXTENSION:
        premium = not written.internal and _is_dear_short_number(written.digits, region)
        return _short(text, written, region, NumberKind.PREMIUM if premium else NumberKind.INTERNAL)
    if parsed is None:
        raise _unusable(text, written, region)
    if _is_emergency(str(parsed.national_number), phonenumbers.region_code_for_country_code(parsed.country_code or 0)):
        return _short(text, written, region, NumberKind.EMERGENCY)
    # A numbering plan newer than the library's has numbers it does not know: the length decides.
    if phonenumbers.is_possible_number_with_reason(parsed) == phonenumbers.ValidationResult.IS_POSSIBLE:
        return _full(text, written, parsed)
    raise _unusable(text, written, region)


@lru_cache(maxsize=2_000)
def display_number(text: str, region: str) -> str:
    """Group a service's number in international form, with or without its "+"; give anything else back unchanged."""
    import phonenumbers

    digits = SEPARATORS.sub("", text)
    bare = digits.removeprefix("+")
    if len(bare) <= LONGEST_EXTENSION or not (bare.isascii() and bare.isdecimal()):
        return text
    parsed = _parse(WrittenNumber(digits), region)
    if parsed is None or not (phonenumbers.is_valid_number(parsed) or _may_be_newer(digits, parsed)):
        return text
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _may_be_newer(digits: str, parsed: PhoneNumber) -> bool:
    """Whether this is long enough for a number of a numbering plan newer than the library's, or one kept for films."""
    import phonenumbers

    return len(digits) >= SHORTEST_INTERNATIONAL and phonenumbers.is_possible_number(parsed)


def _parsed(digits: str, region: str) -> PhoneNumber | None:
    import phonenumbers

    try:
        return phonenumbers.parse(digits, region)
    except phonenumbers.NumberParseException:
        return None


def _parse(written: WrittenNumber, region: str) -> PhoneNumber | None:
    """Take the first reading that is a valid number; else the first that is a number at all."""
    import phonenumbers

    first = None
    for reading in _readings(written, region):
        parsed = _parsed(reading, region)
        if parsed is not None and phonenumbers.is_valid_number(parsed):
            return parsed
        first = first or parsed
    return first


def _readings(written: WrittenNumber, region: str) -> Iterator[str]:
    yield written.digits
    if written.without_optional_zero:
        yield written.without_optional_zero
    if _may_lack_plus(written.digits, region):
        yield f"+{written.digits}"


def _may_lack_plus(digits: str, region: str) -> bool:
    """Whether these may be a whole international number: services leave the "+" out of those in their logs.

    Not where they may as well be a number of the region itself, mistyped, or a local one without its area code.
    """
    import phonenumbers

    if digits.startswith(("+", "0")) or len(digits) < SHORTEST_INTERNATIONAL:
        return False
    here = _parsed(digits, region)
    if here is None or not phonenumbers.is_possible_number(here) or len(digits) > LONGEST_NATIONAL:
        return True
    return phonenumbers.ndd_prefix_for_region(region, True) == "0"


def _is_outside(written: WrittenNumber, parsed: PhoneNumber, region: str) -> bool:
    """Whether this is a number of the public network rather than an extension that looks like one."""
    import phonenumbers

    if not phonenumbers.is_valid_number(parsed):
        return False
    if written.digits.startswith("+"):
        return True
    if len(written.digits) <= (LONGEST_EXTENSION if written.internal else ALWAYS_EXTENSION):
        return False
    trunk = phonenumbers.ndd_prefix_for_region(region, True)
    return len(written.digits) > LONGEST_EXTENSION or not trunk or written.digits.startswith(trunk)


def _is_emergency(digits: str, region: str) -> bool:
    import phonenumbers

    bare = digits.removeprefix("+")
    return bare in EMERGENCY_EVERYWHERE or phonenumbers.is_emergency_number(bare, region)


def _is_dear_short_number(digits: str, region: str) -> bool:
    import phonenumbers

    number = _parsed(digits, region)
    if number is None or not phonenumbers.is_valid_short_number_for_region(number, region):
        return False
    if phonenumbers.is_sms_service_for_region(number, region):
        return False
    cost = phonenumbers.expected_cost_for_region(number, region)
    # 118 is directory enquiries in much of Europe, at prices the library does not know.
    unknown_directory = digits.startswith("118") and cost == phonenumbers.ShortNumberCost.UNKNOWN_COST
    return cost == phonenumbers.ShortNumberCost.PREMIUM_RATE or unknown_directory


def _short(text: str, written: WrittenNumber, region: str, kind: NumberKind) -> Number:
    country = "" if kind in {NumberKind.INTERNAL, NumberKind.CODE} else country_name(region)
    return Number(text, written.digits, written.digits, country, region, kind, written.extension)


def _vanity(text: str, written: WrittenNumber, region: str) -> Number:
    """Read letters as digits where that gives a number of the kind that is advertised so, digit for digit."""
    import phonenumbers

    kinds = phonenumbers.PhoneNumberType
    parsed = _parse(written, region)
    if parsed is None or not phonenumbers.is_valid_number(parsed):
        raise letters_refused(text)
    kind = phonenumbers.number_type(parsed)
    if kind not in {kinds.TOLL_FREE, kinds.SHARED_COST, kinds.UAN, kinds.PREMIUM_RATE}:
        raise letters_refused(text)
    return _full(text, written, parsed)


def _full(text: str, written: WrittenNumber, parsed: PhoneNumber) -> Number:
    import phonenumbers

    region = phonenumbers.region_code_for_number(parsed) or phonenumbers.region_code_for_country_code(
        parsed.country_code or 0
    )
    premium = phonenumbers.number_type(parsed) == phonenumbers.PhoneNumberType.PREMIUM_RATE
    return Number(
        written=text,
        dialled=phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164),
        display=phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL),
        country=country_name(region),
        region=region,
        kind=NumberKind.PREMIUM if premium else NumberKind.NORMAL,
        extension=written.extension,
    )


def _unusable(text: str, written: WrittenNumber, region: str) -> BadInput:
    import phonenumbers

    parsed = _parsed(written.digits, region)
    if parsed is None:
        if written.digits.startswith("+") and len(written.digits) > LONGEST_EXTENSION:
            return BadInput(
                _("“{text}” begins with no country's code.", text=shown(text)), advice=_("Look behind the “+”.")
            )
        return BadInput(
            _("“{text}” is not a telephone number.", text=shown(text)),
            advice=_("Look for missing or doubled digits."),
        )
    country = country_name(phonenumbers.region_code_for_country_code(parsed.country_code or 0))
    reason = phonenumbers.is_possible_number_with_reason(parsed)
    if reason == phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY:
        return BadInput(_("“{text}” lacks its area code.", text=shown(text)), advice=_("Write it with the area code."))
    if reason == phonenumbers.ValidationResult.INVALID_LENGTH:
        return BadInput(
            _("“{text}” has not the digits of a number in {country}.", text=shown(text), country=country),
            advice=_("Count them again."),
        )
    if reason == phonenumbers.ValidationResult.TOO_SHORT:
        message = _("“{text}” is too short for a number in {country}.", text=shown(text), country=country)
    else:
        message = _("“{text}” is too long for a number in {country}.", text=shown(text), country=country)
    return BadInput(message, advice=_("Count its digits again."))
