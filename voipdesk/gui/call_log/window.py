"""The window of rows that is kept of the log: blocks around what is seen, found by key and never by offset."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

import msgspec

from voipdesk.core.call_log import CallKey

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voipdesk.core.call_log import LoggedCall

BLOCK = 500
"""Rows in a block; the archive's anchors are the keys of every 500th row."""
CAPACITY = 2500
"""Rows kept at the most; blocks seen longest ago go first."""
FIRST = 200
"""Rows of the first page, which is shown before anything else is known."""
_HEAD = -1
_MARGIN = 150
"""Rows from the end of what is there at which the next are fetched ahead."""


class PageRequest(msgspec.Struct, frozen=True):
    """A page the window lacks: rows older than `before` or newer than `after` (both exclusive), the nearest `limit`."""

    block: int
    before: CallKey | None
    after: CallKey | None
    limit: int
    era: int
    """Answers of an earlier era are of a log that is gone."""


class _Block(msgspec.Struct):
    rows: Sequence[LoggedCall]
    stale: bool = False


class RowWindow(msgspec.Struct):
    """Knows how many rows the log has, holds some of them, and says which page to fetch next.

    Row 0 is the newest call. Rows that arrived after the anchors were read stand in a short `head` above block 0, so
    that anchors stay where they are.
    """

    count: int = 0
    counted: bool = False
    """False while `count` is what was loaded rather than what there is."""
    era: int = 0
    drifted: bool = False
    """True once a page is not what the anchors promised: rows came or went, and the anchors must be read anew."""
    _anchors: Sequence[CallKey] = ()
    _base: CallKey | None = None
    _head: list[LoggedCall] = msgspec.field(default_factory=list)
    _head_stale: bool = False
    _blocks: OrderedDict[int, _Block] = msgspec.field(default_factory=OrderedDict)

    def row(self, index: int) -> LoggedCall | None:
        """Give the call of a row, None when it is not loaded."""
        index -= len(self._head)
        if index < 0:
            return self._head[index] if -index <= len(self._head) else None
        number, within = divmod(index, BLOCK)
        block = self._blocks.get(number)
        return block.rows[within] if block is not None and within < len(block.rows) else None

    @property
    def top(self) -> CallKey | None:
        """The key of row 0, None in an empty log."""
        return self._head[0].key if self._head else self._base

    @property
    def reachable(self) -> bool:
        """Whether every row can be fetched."""
        return bool(self._anchors) or self.count <= BLOCK

    @property
    def kept(self) -> int:
        """Rows held."""
        return len(self._head) + sum(len(block.rows) for block in self._blocks.values())

    @property
    def arrived(self) -> int:
        """Rows that came above the anchors."""
        return len(self._head)

    def begin(self, rows: Sequence[LoggedCall], *, whole: bool) -> None:
        """Start over with the newest rows of another log; `whole` when there are no more."""
        self.era += 1
        self.count, self.counted, self.drifted = len(rows), whole, False
        self._anchors = ()
        self._base = rows[0].key if rows else None
        self._head, self._head_stale = [], False
        self._blocks = OrderedDict({0: _Block(rows)} if rows else {})

    def replace(self, count: int, anchors: Sequence[CallKey], blocks: dict[int, Sequence[LoggedCall]]) -> None:
        """Take over the log as it stands now, with the blocks that are seen; all else is fetched when it is."""
        self.era += 1
        self.count, self.counted, self.drifted = count, True, False
        self._anchors = anchors
        self._base = anchors[0] if anchors else None
        self._head, self._head_stale = [], False
        self._blocks = OrderedDict((number, _Block(rows)) for number, rows in blocks.items())

    def prepend(self, rows: Sequence[LoggedCall]) -> None:
        """Put new calls above row 0."""
        self._head[:0] = rows
        self.count += len(rows)

    def set_anchors(self, anchors: Sequence[CallKey]) -> None:
        """Take over the anchors of the log that `begin` started; they are no use when row 0 is another by now."""
        if anchors and anchors[0] == self._base:
            self._anchors = anchors
        else:
            self.drifted = True

    def mark_stale(self) -> None:
        """Have every row fetched again when it is seen; until then it stays as it is."""
        self._head_stale = bool(self._head)
        for block in self._blocks.values():
            block.stale = True

    def want(self, first: int, last: int) -> PageRequest | None:
        """Name the page that rows `first` to `last` lack most, or one worth fetching ahead; None when all is well."""
        if not self.count:
            return None
        first, last = max(0, first), min(self.count - 1, last)
        if first < len(self._head) and self._head_stale:
            return PageRequest(_HEAD, None, self._base, len(self._head), self.era)
        seen = range(self._number(first), self._number(last) + 1)
        near = (self._number(last + _MARGIN), self._number(first - _MARGIN))
        for number in seen:
            if number in self._blocks:
                self._blocks.move_to_end(number)
        for number in (*seen, *near):
            if self._lacks(number, last + _MARGIN) and (request := self._request(number)):
                return request
        return None

    def put(self, request: PageRequest, rows: Sequence[LoggedCall]) -> range:
        """Take a page over and say which rows it filled; nothing of an earlier era."""
        if request.era != self.era:
            return range(0)
        if request.block == _HEAD:
            self._head_stale = False
            if [row.id for row in rows] != [row.id for row in self._head]:
                self.drifted = True
                return range(0)
            self._head[:] = rows
            return range(len(rows))
        expected = self._expected(request.block)
        if len(rows) != expected or self._strays(request.block, rows):
            self.drifted = True
        rows = rows[:expected]
        self._blocks[request.block] = _Block(rows)
        self._blocks.move_to_end(request.block)
        while len(self._blocks) > CAPACITY // BLOCK:
            self._blocks.popitem(last=False)
        start = len(self._head) + request.block * BLOCK
        return range(start, start + len(rows))

    def _number(self, row: int) -> int:
        return max(0, min(row, self.count - 1) - len(self._head)) // BLOCK

    def _expected(self, number: int) -> int:
        """Rows that a block has, fewer than BLOCK in the last one."""
        return max(0, min(BLOCK, self.count - len(self._head) - number * BLOCK))

    def _lacks(self, number: int, upto: int) -> bool:
        """Tell whether a block lacks rows up to that one; the first page, a part of its block, is enough at first."""
        block = self._blocks.get(number)
        if block is None:
            return True
        needed = min(self._expected(number), upto + 1 - len(self._head) - number * BLOCK)
        return block.stale or (len(block.rows) < needed and not self.drifted)

    def _strays(self, number: int, rows: Sequence[LoggedCall]) -> bool:
        if number < len(self._anchors) and (not rows or rows[0].key != self._anchors[number]):
            return True
        return number + 1 < len(self._anchors) and bool(rows) and rows[-1].key <= self._anchors[number + 1]

    def _request(self, number: int) -> PageRequest | None:
        """Say how to reach a block: by its anchor, else from the block above; None when there is no way yet."""
        if number < len(self._anchors):
            return PageRequest(number, at_or_before(self._anchors[number]), None, BLOCK, self.era)
        if number == 0 and self._base is not None:
            return PageRequest(0, at_or_before(self._base), None, BLOCK, self.era)
        above = self._blocks.get(number - 1)
        if above is not None and len(above.rows) == BLOCK:
            return PageRequest(number, above.rows[-1].key, None, BLOCK, self.era)
        return None


def at_or_before(key: CallKey) -> CallKey:
    """Give the bound that lets the call of `key` itself through an exclusive "older than"."""
    return CallKey(key.started_at, key.id + 1)
