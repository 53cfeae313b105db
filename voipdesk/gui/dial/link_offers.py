"""What becomes of a number that came from outside: it asks, unless the person wants links dialled at once."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from voipdesk.core.errors import BadInput
from voipdesk.core.number import NumberKind
from voipdesk.gui.dial import model

if TYPE_CHECKING:
    from collections.abc import Callable

    from voipdesk.gui.widgets.saying import Saying
    from voipdesk.services.dial import Dial

APART_S = 10.0
"""Seconds between two links that are dialled at once; what comes sooner asks."""
_HARMLESS = frozenset({NumberKind.NORMAL, NumberKind.INTERNAL})


class LinkOffers:
    """Knows what was said of the last link, and when one was last dialled without asking."""

    def __init__(self, dial: Dial, clock: Callable[[], float] = monotonic) -> None:
        self._dial = dial
        self._clock = clock
        self._link = ""
        self._said: Saying | None = None
        self._dialled_at: float | None = None

    def is_dialled_at_once(self, link: str, *, calling: bool) -> bool:
        """Whether to dial it now: not what costs extra or changes settings, not beside another call, not a row of them.

        A page must not keep a phone ringing.
        """
        if not self._dial.links_at_once or calling:
            return False
        now = self._clock()
        try:
            harmless = self._dial.read(link).kind in _HARMLESS
        except BadInput:
            return False
        if not harmless or (self._dialled_at is not None and now - self._dialled_at < APART_S):
            return False
        self._dialled_at = now
        return True

    def offer(self, link: str) -> Saying | None:
        """Say that a link asks; None where it holds no number, which is said below the field."""
        try:
            self._said = model.linked(self._dial.read(link))
        except BadInput:
            return None
        self._link = link
        return self._said

    def is_over(self, said: Saying, entered: str) -> bool:
        """Whether what is said is of a link that no longer stands in the field."""
        return said is self._said and entered != self._link
