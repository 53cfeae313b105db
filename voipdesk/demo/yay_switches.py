"""How the demo's Yay behaves and writes: all that its documents leave open, to be set at will."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class SipFields(StrEnum):
    """The generation of a SIP user's field names."""

    NEW = "new"
    OLD = "old"
    MIXED = "mixed"


class Passwords(StrEnum):
    """How the passwords of a customer's users are sent."""

    PLAIN = "plain"
    MASKED = "masked"
    MISSING = "missing"


class CountShape(StrEnum):
    """What `result` of the call history is where its count is included."""

    COUNT_CALLS = "count-calls"
    TOTAL_CDR = "total-cdr"
    BESIDE = "beside"
    NONE = "none"


class EndNames(StrEnum):
    """The field names of a call's two ends."""

    FROM_TO = "from-to"
    SOURCE_DESTINATION = "source-destination"
    CALLER_CALLEE = "caller-callee"


class YaySwitches(msgspec.Struct, forbid_unknown_fields=True, kw_only=True, frozen=True):
    """Yay's behaviour; every field may be set at any time, over HTTP or in the process."""

    whitelisted: bool = True
    """Whether this computer's address is on the whitelist."""
    unknown_customer: int = 404
    """The status for an X-Auth-For that names no customer."""
    name_taken: int = 409
    """The status for a customer name that somebody has."""
    words_in: str = "result"
    """Where the words about a bad field are: "result", "result-list" or "message"."""
    customers_page: int = 0
    """The list of customers has pages of so many, with a count; 0 sends it whole."""
    customers_short: bool = False
    """The list of customers leaves out addresses and users."""
    customer_balance: bool = False
    """A customer's object has its balance."""
    balance_for: bool = True
    """Whether the balance can be asked for a customer."""
    balance_number: bool = False
    """A balance is sent as a number instead of a string."""
    passwords: Passwords = Passwords.PLAIN
    sip_fields: SipFields = SipFields.MIXED
    sip_users: int | None = None
    """So many SIP users for everybody; None is each one's own number."""
    count_shape: CountShape = CountShape.COUNT_CALLS
    end_names: EndNames = EndNames.FROM_TO
    calls_cap: int = 0
    """No page of the call history is longer, whatever is asked, and nothing says so; 0 is no cap."""
    arrivals_per_request: int = 0
    """So many calls arrive right after each request for the call history: the next page has shifted."""
    history_path: str = "/voip/call"
    click_to_call_path: str = "/voip/call"
    user_answers: bool = True
    """Whether the SIP user takes the phone that a click-to-call rings."""
