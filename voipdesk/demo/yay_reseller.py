"""All that Yay knows of the demo reseller: its credit, customers, phones and calls, and what has been asked."""

from __future__ import annotations

from collections import Counter, deque
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

import msgspec

from voipdesk.demo.yay_answers import Refused
from voipdesk.demo.yay_calls import CallBook
from voipdesk.demo.yay_customers import Customers
from voipdesk.demo.yay_people import Dice, sip_users
from voipdesk.demo.yay_switches import YaySwitches

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voipdesk.demo.clock import Clock
    from voipdesk.demo.telephones import Telephones
    from voipdesk.demo.yay_objects import SipUser

RESELLER, USER, PASSWORD = "demo-reseller", "api-user", "demo-yay-password"
OWN_BALANCE = Decimal("250.000")
LEAST = Decimal("0.01")
_CUSTOMER_CALLS = 60
_SEEN_KEPT = 1_000


class Transfer(msgspec.Struct, frozen=True):
    """Credit that has moved."""

    customer: str
    amount: str
    in_edit: bool
    """True when the request had other fields too: an edit that moved credit on the way."""


class YaySeen(msgspec.Struct, frozen=True):
    """One request as it came, without its credentials."""

    operation: str
    method: str
    path: str
    query: dict[str, str]
    acting_for: str
    status: int
    """0 when the connection was cut."""
    tracking_token: str


class YayDial(msgspec.Struct, frozen=True):
    """One click-to-call that was accepted."""

    acting_for: str
    extension: str
    destination: str
    call_uuid: str


class YayState(msgspec.Struct, frozen=True):
    """Yay's part of GET /demo/state."""

    requests: dict[str, int]
    """By operation, all that reached the server, refused ones too."""
    refused: dict[str, int]
    """By HTTP status from 300."""
    balance: str
    transfers: list[Transfer]
    created: list[str]
    edited: list[str]
    """Names of customers, each time one was opened or replaced."""
    customers: int
    dials: list[YayDial]
    calls: int
    """Rows of the reseller's own call history."""
    acting_where_not_allowed: int
    """Requests about customers, stores or the reseller itself with X-Auth-For: must stay 0."""
    bodies_where_none_belongs: int
    """GET and DELETE with a body: must stay 0."""
    without_user_agent: int
    credentials_in_url: int
    seen: list[YaySeen]
    """The last thousand, oldest first."""


class Reseller:
    """Touched by the server's thread alone."""

    def __init__(
        self, seed: int, clock: Clock, *, customers: int, calls: int, calls_per_hour: float, telephones: Telephones
    ) -> None:
        self._seed = seed
        self.telephones = telephones
        self._clock = clock
        self._calls = calls
        self._pace = calls_per_hour / 3600
        self._books: dict[str, CallBook] = {}
        self.switches = YaySwitches()
        self.balance = OWN_BALANCE
        self.customers = Customers(seed, customers, clock)
        self.transfers: list[Transfer] = []
        self.created: list[str] = []
        self.edited: list[str] = []
        self.dials: list[YayDial] = []
        self.misused: Counter[str] = Counter()
        """By the names of YayState's counters."""
        self._requests: Counter[str] = Counter()
        self._refused: Counter[str] = Counter()
        self._seen: deque[YaySeen] = deque(maxlen=_SEEN_KEPT)

    @property
    def details(self) -> dict[str, object]:
        """What /authenticated tells."""
        return {
            "uuid": Dice.of(self._seed, "reseller").uuid,
            "name": RESELLER,
            "contact_name": "Harbour Telecom Ltd",
            "email": "office@harbour-telecom.example",
            "country_code": "GB",
            "timezone": "Europe/London",
            "balance_type": "prepay",
        }

    @property
    def seed(self) -> int:
        """What makes another reseller."""
        return self._seed

    def switch(self, switches: Mapping[str, object]) -> None:
        """Set switches by name and leave the others; raises msgspec.ValidationError for what is none."""
        self.switches = msgspec.convert({**msgspec.to_builtins(self.switches), **switches}, YaySwitches)

    def sip_users(self, owner: str) -> tuple[SipUser, ...]:
        """Give the SIP users of a customer by its uuid, or the reseller's own for ""."""
        return sip_users(self._seed, owner, self.switches.sip_users)

    def book(self, owner: str) -> CallBook:
        """Give the calls of a customer by its uuid, or the reseller's own for ""."""
        if owner not in self._books:
            rows, pace = (_CUSTOMER_CALLS, 0.0) if owner else (self._calls, self._pace)
            users = sip_users(self._seed, owner)
            self._books[owner] = CallBook(self._seed, owner, users, self._clock, rows=rows, pace=pace)
        return self._books[owner]

    def move_credit(self, uuid: str, given: object, *, in_edit: bool) -> None:
        """Move an amount from the reseller to a customer; raises Refused."""
        customer = self.customers.get(uuid)
        amount = self.check_amount(given)
        self.balance -= amount
        self.customers.set_balance(uuid, self.customers.balance(uuid) + amount)
        self.transfers.append(Transfer(customer.name, f"{amount:.3f}", in_edit))

    def check_amount(self, given: object) -> Decimal:
        """Read an amount that can be moved; raises Refused."""
        try:
            amount = Decimal(str(given)) if isinstance(given, str | int | float) else Decimal("NaN")
        except InvalidOperation:
            amount = Decimal("NaN")
        if not amount.is_finite() or amount != round(amount, 3):
            raise Refused(400, "must be an amount with up to three decimals", "balance")
        if amount < LEAST:
            raise Refused(400, f"must be at least {LEAST}", "balance")
        if amount > self.balance:
            raise Refused(400, "Insufficient balance", "balance")
        return amount

    def note(self, seen: YaySeen) -> None:
        """Count a request."""
        self._requests[seen.operation] += 1
        self._seen.append(seen)
        if seen.status >= 300:
            self._refused[str(seen.status)] += 1

    def state(self) -> YayState:
        """Tell what has happened."""
        return YayState(
            requests=dict(self._requests),
            refused=dict(self._refused),
            balance=f"{self.balance:.3f}",
            transfers=list(self.transfers),
            created=list(self.created),
            edited=list(self.edited),
            customers=len(self.customers),
            dials=list(self.dials),
            calls=len(self._books[""]) if "" in self._books else self._calls,
            acting_where_not_allowed=self.misused["acting_where_not_allowed"],
            bodies_where_none_belongs=self.misused["bodies_where_none_belongs"],
            without_user_agent=self.misused["without_user_agent"],
            credentials_in_url=self.misused["credentials_in_url"],
            seen=list(self._seen),
        )
