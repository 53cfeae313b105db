"""All that the demo server knows: its calls, faults and switches, who may ask, and what has been asked."""

from __future__ import annotations

from collections import Counter, deque
from typing import TYPE_CHECKING

import msgspec

from voipdesk.core.call_log import Source
from voipdesk.demo.apidaze_account import ApidazeAccount, ApidazeState
from voipdesk.demo.clock import Clock
from voipdesk.demo.data import History
from voipdesk.demo.exchange import Exchange
from voipdesk.demo.faults import Faults
from voipdesk.demo.limiter import Limiter
from voipdesk.demo.switches import Switches
from voipdesk.demo.telephones import NoTelephones
from voipdesk.demo.yay_reseller import Reseller, YayState

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from voipdesk.demo.telephones import Telephones

KEY = "demo-key"
_SEEN_KEPT = 1_000


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """How a demo server is made."""

    seed: int = 1
    calls: int = 25_000
    """Rows in the three logs together at the start."""
    now: datetime | None = None
    """Aware; when the year ends and the clock starts. None is this computer's time."""
    frozen: bool = False
    """The clock stands still but for `tick`."""
    calls_per_hour: float = 0.0
    """Calls that arrive while it runs."""
    limit: int = 100
    window_s: float = 900.0
    customers: int = 5_000
    """Of the reseller at Yay."""
    yay_calls: int = 2_000
    """Rows of the reseller's own call history at the start."""
    retry_after: bool = False
    """Whether "too many requests" says when to come again."""


class Seen(msgspec.Struct, frozen=True):
    """One request as it came, without its key."""

    operation: str
    version: str
    query: dict[str, str]
    encoding: str
    status: int
    """0 when the connection was cut."""


class DialSeen(msgspec.Struct, frozen=True):
    """One dial that was accepted."""

    user_number: str
    number_to_call: str
    caller_id: str
    call_id: int


class State(msgspec.Struct, frozen=True):
    """What GET /demo/state shows."""

    now: str
    requests: dict[str, int]
    """By operation, all that reached the server, refused ones too."""
    refused: dict[str, int]
    """By HTTP status from 300."""
    dials_accepted: int
    dials: list[DialSeen]
    rows: dict[str, int]
    seen: list[Seen]
    """The last thousand, oldest first."""
    redirects_followed: int
    keys_redirected: int
    """Requests at the redirect's target that brought a key along: must stay 0."""
    keys_in_url: int
    """Requests with a key in the address: must stay 0."""
    yay: YayState
    apidaze: ApidazeState


class Tenant:
    """A customer of VoIPcloud, reseller at Yay and user of Apidaze; touched by the server's thread alone."""

    def __init__(self, options: Options, telephones: Telephones | None = None) -> None:
        self._options = options
        self.telephones = telephones or NoTelephones()
        self.base_url = ""
        self.reset()

    def reset(self) -> None:
        """Begin anew: same calls, no faults, nothing counted."""
        options = self._options
        self.clock = Clock(options.now, frozen=options.frozen)
        history = History(options.seed, self.clock.now(), options.calls)
        self.exchange = Exchange(self.clock, history, seed=options.seed, calls_per_hour=options.calls_per_hour)
        self.limiter = Limiter(self.clock, options.limit, options.window_s)
        self.yay = Reseller(
            options.seed,
            self.clock,
            customers=options.customers,
            calls=options.yay_calls,
            calls_per_hour=options.calls_per_hour / 2,
            telephones=self.telephones,
        )
        self.apidaze = ApidazeAccount(options.seed, self.clock)
        self.faults = Faults()
        self.switches = Switches()
        self.retry_after = options.retry_after
        self.dials: list[DialSeen] = []
        self.redirects_followed = self.keys_redirected = self.keys_in_url = 0
        self._requests: Counter[str] = Counter()
        self._refused: Counter[str] = Counter()
        self._seen: deque[Seen] = deque(maxlen=_SEEN_KEPT)

    def switch(self, switches: Mapping[str, object]) -> None:
        """Set switches by name and leave the others; raises msgspec.ValidationError for what is none."""
        self.switches = msgspec.convert({**msgspec.to_builtins(self.switches), **switches}, Switches)

    def note(self, seen: Seen) -> None:
        """Count a request."""
        self._requests[seen.operation] += 1
        self._seen.append(seen)
        if seen.status >= 300:
            self._refused[str(seen.status)] += 1

    def state(self) -> State:
        """Tell what has happened."""
        return State(
            now=self.clock.now().isoformat(),
            requests=dict(self._requests),
            refused=dict(self._refused),
            dials_accepted=len(self.dials),
            dials=list(self.dials),
            rows={source.value: self.exchange.count(source) for source in Source},
            seen=list(self._seen),
            redirects_followed=self.redirects_followed,
            keys_redirected=self.keys_redirected,
            keys_in_url=self.keys_in_url,
            yay=self.yay.state(),
            apidaze=self.apidaze.state(),
        )
