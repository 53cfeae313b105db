"""How the demo exchange behaves and writes its rows: all that the vendor's documents leave open, to be set at will."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Stamps(StrEnum):
    """How a moment is written: in UTC with Z, in the tenant's time with or without its offset, or all three in turn."""

    Z = "z"
    OFFSET = "offset"
    NONE = "none"
    MIXED = "mixed"


class StatusShape(StrEnum):
    """What `data` of get-system-status is."""

    TEXT = "text"
    OBJECT = "object"
    LIST = "list"


class DialShape(StrEnum):
    """What `data` of call-to-number is."""

    OBJECT = "object"
    LIST = "list"


class Switches(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """The demo's state apart from its calls; every field may be set at any time, over HTTP or in the process."""

    stamps: Stamps | None = None
    """None is each version's own way: the offset in version 1, Z with milliseconds in version 2."""
    nulls: bool = False
    """Every fifth call has null wherever a row can do without a value."""
    numeric_strings: bool = False
    """Numbers are sent as strings."""
    unreadable_every: int = 0
    """One call in so many is sent as something that is no call; 0 is none."""
    answered_by_missing: int = 0
    """The newest so many rows of queues and ring groups do not say yet who answered."""
    arrivals_per_request: int = 0
    """So many calls arrive right after each request for calls: the next page has shifted."""
    user_answers: bool = True
    """Whether the user takes the phone that a dial rings."""
    bare_list: bool = False
    """Calls are sent as a list without the envelope."""
    status_shape: StatusShape = StatusShape.OBJECT
    dial_shape: DialShape = DialShape.OBJECT

    @property
    def odd_rows(self) -> bool:
        """True when rows cannot be sent as they were written before."""
        return bool(
            self.stamps or self.nulls or self.numeric_strings or self.unreadable_every or self.answered_by_missing
        )
