"""Telephone numbers that reach nobody: the ranges regulators keep for fiction.

Sources: Ofcom, "Telephone numbers for use in TV and radio drama programmes"; ACMA, "Phone numbers for use in TV shows,
films and creative works"; the North American 555-0100 to 555-0199; BNetzA, "Rufnummern für Medien"; ARCEP, "Plan
national de numérotation", numbers for audiovisual works; PTS, "Telefonnummer för användning i böcker och filmer".
"""

from __future__ import annotations

from typing import NamedTuple


class Range(NamedTuple):
    """`size` numbers: `prefix` followed by `digits` digits; without "+", as the service sends them."""

    prefix: str
    digits: int

    @property
    def size(self) -> int:
        """How many numbers it has."""
        return int(10**self.digits)

    def number(self, index: int) -> str:
        """Give the number at `index`, scattered over the range so that neighbours look unlike."""
        return f"{self.prefix}{(index * 617 + 458) % self.size:0{self.digits}d}"


OFFICE = Range("4420794601", 2)
"""The demo office's own block; left out of the ranges its customers call from."""

MOBILE = Range("447700900", 3)
_LONDON = tuple(Range(f"442079460{hundreds}", 2) for hundreds in (0, 2, 3, 4, 5, 6, 7, 8, 9))
_CITIES = tuple(
    Range(f"44{area}", 3)
    for area in (
        *("1614960", "1214960", "1134960", "1144960", "1164960", "1174960", "1184960", "1314960", "1414960"),
        *("1514960", "1914980", "2920180"),
    )
)
GEOGRAPHIC = (*_LONDON, *_CITIES)
ABROAD = (
    Range("121255501", 2),
    Range("141555501", 2),
    Range("493023125", 3),
    Range("468465004", 2),
    Range("3319900", 4),
    Range("3346571", 4),
    Range("6125550", 4),
    Range("6135550", 4),
)


def from_ranges(ranges: tuple[Range, ...], index: int) -> str:
    """Give the number at `index`, taking the ranges in turn while they last; another index, another number.

    Raises IndexError beyond the last.
    """
    open_ranges = list(ranges)
    used = 0
    while open_ranges:
        smallest = min(r.size for r in open_ranges) - used
        if index < smallest * len(open_ranges):
            return open_ranges[index % len(open_ranges)].number(used + index // len(open_ranges))
        index -= smallest * len(open_ranges)
        used += smallest
        open_ranges = [r for r in open_ranges if r.size > used]
    raise IndexError(index)
