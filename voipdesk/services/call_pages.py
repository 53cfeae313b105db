"""Reading a log page by page while it moves: which page to ask for next, which of its calls are new, when the log ends.

Services page by offset, newest first, and the log moves in between: a call that arrives pushes all others down, a row
that is taken away pulls them up. So each page begins some rows before the end of the former one, and must show a row of
it: then nothing lies between them. If it does not, the reading steps back.

Calls that nothing tells apart (equal `identity`) are kept apart by an ordinal, 0 for the newest. They start at the same
moment and so stand together, in a *run* of calls with one start. A run is numbered only when its page shows all of it:
the run on top of a page, which may be cut, stands whole on one before; the run at the bottom is written as far as it is
seen, and again, whole, with the next page. So the ordinals of a call depend on the log alone, not on where a page
was cut, where the reading began, or whether the service keeps the order within one moment. When an equal call joins a
run, the run is written anew as a whole: the archive then holds as many as the service, each with its own end.

Some services count in pages (`page` and `limit`), so that a page begins at a multiple of its own limit: see
`aligned_pages` for how these overlap. Where such a service caps its pages without a word, it begins them elsewhere than
was meant; so as long as a limit is not proven by a full page, pages are read from the top.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from voipdesk.core.errors import NotUnderstood
from voipdesk.core.language import _, ngettext
from voipdesk.services.aligned_pages import PageRequest, page_across, page_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voipdesk.core.call_log import Call, CallPage, UnreadableRow

OVERLAP = 100
"""Rows that a page shares with the one before: more than are taken away from a log between two requests."""
SLACK = 10
"""Rows that may stand out of order: one wrong stamp must not make years of the log look as if they had been read."""
GROWTH = 5
STEPS_BACK = 8
SETTLED = 2
"""Calls above the run at the bottom of a page that it takes to go on: one to begin the next page with, one to gain."""
SHORTEST_CAP = 100
"""A full page of this many rows or more may be a service's own limit, below the one asked for."""
SHORTEST_ALIGNED_CAP = 10
"""The same of a service that counts in pages: they are shorter."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What a page adds to what was read before it."""

    calls: Sequence[Call] = ()
    ordinals: Sequence[int] = ()
    unreadable: Sequence[UnreadableRow] = ()
    ended: bool = False
    """The log has no further calls."""
    edge: int | None = None
    """All calls that start later than this have been read (milliseconds since 1970); None: not even these."""


class CallPages:
    """One reading of a log from its newest call down; ask for `next`, give the answer to `take`, until it ended."""

    def __init__(
        self,
        limit: int,
        *,
        first_limit: int | None = None,
        overlap: int = OVERLAP,
        shortest_cap: int | None = SHORTEST_CAP,
        aligned: bool = False,
        proven: int = 0,
    ) -> None:
        """Read pages of `limit` rows; `first_limit` begins with a smaller one.

        A page shorter than asked for ends the log. With `shortest_cap`, one of at least so many rows must be followed
        by one that shows nothing new: a service that caps its pages silently must not hide the rest of its log.
        `aligned` pages begin at a multiple of their limit, which is lowered to such a cap; the service is known to
        bring pages of as many rows as are `proven`.
        """
        self.next = PageRequest(0, min(first_limit or limit, limit))
        self.proven = proven
        """The most rows that were asked for and brought by one page."""
        self._limit = limit
        self._overlap = overlap
        self._shortest_cap = min(shortest_cap or 0, SHORTEST_ALIGNED_CAP) or None if aligned else shortest_cap
        self._aligned = aligned
        self._suspect: CallPage | None = None
        self._known: frozenset[str] = frozenset()
        """What identifies the rows of the last page that joined."""
        self._bottom: int | None = None
        self._certain = 0
        self._steps_back = 0

    def take(self, page: CallPage) -> Batch:
        """Take the page that was asked for, and set `next` unless the log has ended.

        Pure and without I/O, some milliseconds for 10,000 rows. Raises NotUnderstood when the log cannot be read in
        pages: it moves too fast, or more calls than fit a page start at one moment.
        """
        if self._suspect is not None:
            return self._confirm(self._suspect, page)
        if self.next.offset and not self._joins(page):
            self._step_back()
            return Batch()
        calls = page.calls
        top = _top_run(calls) if self.next.offset else 0
        # An aligned page may begin above the one before, where all has been read.
        if not self._aligned and not any(call.identity in self._known for call in calls[:top]):
            top = 0
        if page.row_count >= self.next.limit:
            self.proven = max(self.proven, self.next.limit)
        ended = self._ends(page)
        bottom = len(calls) if ended else _bottom_run(calls)
        edge = max((call.started_at for call in calls[-SLACK:]), default=None) if not ended else None
        self._known = frozenset(_rows(page))
        if calls:
            self._bottom = calls[-1].started_at
        if not ended:
            self._advance(page, bottom)
        fresh = calls[top:] if top else calls
        return Batch(fresh, number(fresh), page.unreadable, ended, edge)

    def _joins(self, page: CallPage) -> bool:
        if page.calls and page.calls[0].started_at == self._bottom:
            return False
        return any(row in self._known for row in _rows(page))

    def _ends(self, page: CallPage) -> bool:
        if page.row_count >= self.next.limit:
            return False
        if self._shortest_cap is None or page.row_count < self._shortest_cap:
            return True
        if self._aligned:
            return self.next.limit <= self.proven
        return _bottom_run(page.calls) < SETTLED or all(row in self._known for row in _rows(page))

    def _advance(self, page: CallPage, bottom: int) -> None:
        """Go on before the run at the bottom, which begins at the `bottom`th call of the page."""
        if self._aligned and page.row_count < self.next.limit:
            self._suspect = page
            self.next = PageRequest(page.row_count, page.row_count)
            return
        if self._aligned and self.proven < self._limit:
            self.next = PageRequest(0, self._larger())
            return
        rows = page.row_count - (len(page.calls) - bottom)
        settled = bottom if page.calls else rows
        overlap = min(self._overlap, max(settled // 4, 1))
        if settled < SETTLED:
            self.next = self._around(page.row_count)
            return
        # Unreadable rows do not say where they stood: supposed to stand above the run, until that proves wrong.
        self._certain = self.next.offset + settled - overlap
        place = self.next.offset + rows
        self.next = self._across(place, place - overlap, self.next.offset + page.row_count)

    def _across(self, place: int, begin: int, end: int) -> PageRequest:
        """Give the page that shows what is below `place` and goes beyond `end`."""
        if not self._aligned:
            return PageRequest(begin, self._larger())
        page = page_across(self._limit, place - 1, wanted=begin, beyond=end)
        if page is None:
            raise self._crowded()
        return page

    def _around(self, rows: int) -> PageRequest:
        """Give a page that shows more of the calls that fill this one of so many rows, all of one moment."""
        begin, limit = self.next.offset, self.next.limit
        if self._aligned and begin:
            return self._across(begin, begin - 1, begin + rows)
        if self._aligned or limit >= self._limit:
            raise self._crowded()
        return PageRequest(begin, self._larger())

    def _crowded(self) -> NotUnderstood:
        return NotUnderstood(
            ngettext(
                "In pages of {n} call the service's list cannot be read without gaps: too many of them start at one "
                "moment.",
                "In pages of {n} calls the service's list cannot be read without gaps: too many of them start at one "
                "moment.",
                self._limit,
            )
            if self._aligned
            else ngettext(
                "More than {n} call starts at one moment, more than can be asked for at once.",
                "More than {n} calls start at one moment, more than can be asked for at once.",
                self._limit - 2,
            ),
            advice=_("Ask the service's support about these calls."),
        )

    def _confirm(self, suspect: CallPage, page: CallPage) -> Batch:
        """See by the rows behind a page that was shorter than asked for whether it ended the log or was capped."""
        self._suspect = None
        if not page.row_count:
            return Batch(ended=True)
        self._limit = self.proven = suspect.row_count
        self.next = PageRequest(0, self._limit)
        self._advance(suspect, _bottom_run(suspect.calls))
        return Batch()

    def _step_back(self) -> None:
        self._steps_back += 1
        if self._steps_back > STEPS_BACK:
            raise NotUnderstood(
                _("The service's list of calls changes faster than it can be read."),
                advice=_("What was read is kept; try again at a quieter time."),
            )
        # At most half a page: a longer step could pass over all the rows that are known.
        behind = min(self._overlap * GROWTH ** (self._steps_back - 1), self.next.limit // 2)
        place = max(0, min(self._certain, self.next.offset - behind))
        self.next = page_at(self._limit, place) if self._aligned else PageRequest(place, self._larger())

    def _larger(self) -> int:
        return min(self.next.limit * GROWTH, self._limit)


def number(calls: Sequence[Call]) -> list[int]:
    """Say for each call how many equal ones stand before it."""
    counts: dict[str, int] = {}
    ordinals = []
    for call in calls:
        ordinal = counts.get(call.identity, 0)
        counts[call.identity] = ordinal + 1
        ordinals.append(ordinal)
    return ordinals


def _rows(page: CallPage) -> list[str]:
    return [*(call.identity for call in page.calls), *(row.raw for row in page.unreadable)]


def _top_run(calls: Sequence[Call]) -> int:
    """Count the calls on top that start at one moment."""
    return next((n for n, call in enumerate(calls) if call.started_at != calls[0].started_at), len(calls))


def _bottom_run(calls: Sequence[Call]) -> int:
    """Say where the calls at the bottom that start at one moment begin."""
    start = len(calls)
    while start and calls[start - 1].started_at == calls[-1].started_at:
        start -= 1
    return start
