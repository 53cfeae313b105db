"""Pages of services that count in pages: one of `limit` rows begins at a multiple of `limit`; neighbours never overlap.

Pages of different limits do: rows 0–99 and then, in pages of 75, rows 75–149. Of all limits that are allowed there is
nearly always one whose page begins a little above where the last page ended, and ends well below.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageRequest:
    """A page to ask for."""

    offset: int
    limit: int

    @property
    def end(self) -> int:
        """The first place behind it."""
        return self.offset + self.limit


def page_at(most: int, place: int) -> PageRequest:
    """Give the aligned page of at most `most` rows that has this place and reaches farthest down."""
    return max(_pages_with(most, place), key=lambda page: page.end)


def page_across(most: int, last: int, *, wanted: int, beyond: int) -> PageRequest | None:
    """Give an aligned page that begins at `wanted` or above and ends far below `beyond`, or the farthest there is.

    Its first row is at `last` or above at any rate. None where no page of at most `most` rows lies across `beyond`.
    """
    pages = _pages_with(most, last)
    best = max((page for page in pages if page.offset <= wanted), key=lambda page: page.end, default=None)
    if best is None or best.end - beyond < most // 4:
        best = max(pages, key=lambda page: page.end)
    return best if best.end > beyond else None


def _pages_with(most: int, place: int) -> list[PageRequest]:
    return [PageRequest(place // limit * limit, limit) for limit in range(1, most + 1)]
