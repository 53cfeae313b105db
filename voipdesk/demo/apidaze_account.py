"""All that Apidaze and KPN's gateway know of the demo's application: its tokens, quota, SIP accounts and scripts."""

from __future__ import annotations

from collections import Counter, deque
from typing import TYPE_CHECKING

import msgspec

from voipdesk.demo.apidaze_objects import MAIN_SCRIPT, SIP_MARK, Script, SipAccount, sip_accounts
from voipdesk.demo.apidaze_switches import ApidazeSwitches
from voipdesk.demo.yay_people import Dice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voipdesk.demo.clock import Clock

CLIENT_ID, CLIENT_SECRET = "demo-client-id", "demo-kpn-secret"
_SEEN_KEPT = 1_000


class ApidazeSeen(msgspec.Struct, frozen=True):
    """One request as it came, without its credentials."""

    operation: str
    method: str
    path: str
    query: dict[str, str]
    form: dict[str, str]
    """But for what a token is asked for with."""
    status: int
    """0 when the connection was cut."""


class ApidazeState(msgspec.Struct, frozen=True):
    """Apidaze's part of GET /demo/state."""

    requests: dict[str, int]
    """By operation, all that reached the server, refused ones too."""
    refused: dict[str, int]
    """By HTTP status from 300."""
    tokens: int
    """How many were given."""
    quota_used: int
    usernames: list[str]
    scripts: list[str]
    """Their addresses."""
    created: list[str]
    updated: list[str]
    deleted: list[str]
    """User names of SIP accounts and addresses of scripts."""
    credentials_in_url: int
    """Requests with a secret or a token in the address: must stay 0."""
    bodies_where_none_belongs: int
    """GET and DELETE with a body: must stay 0."""
    seen: list[ApidazeSeen]
    """The last thousand, oldest first."""


class ApidazeAccount:
    """Touched by the server's thread alone."""

    def __init__(self, seed: int, clock: Clock) -> None:
        self._seed = seed
        self._clock = clock
        self.switches = ApidazeSwitches()
        self.sip = {one.id: one for one in sip_accounts(seed)}
        self.scripts = {311: Script(id=311, url=MAIN_SCRIPT, name="Main menu", created_at=self.stamp())}
        self.created: list[str] = []
        self.updated: list[str] = []
        self.deleted: list[str] = []
        self.misused: Counter[str] = Counter()
        """By the names of ApidazeState's counters."""
        self._tokens: dict[str, float] = {}
        """When each ends."""
        self._worth: Counter[str] = Counter()
        """How often each was used."""
        self._quota: list[float] = []
        """When each request was counted."""
        self._requests: Counter[str] = Counter()
        self._refused: Counter[str] = Counter()
        self._seen: deque[ApidazeSeen] = deque(maxlen=_SEEN_KEPT)
        self._last_id = 4_000

    def switch(self, switches: Mapping[str, object]) -> None:
        """Set switches by name and leave the others; raises msgspec.ValidationError for what is none."""
        self.switches = msgspec.convert({**msgspec.to_builtins(self.switches), **switches}, ApidazeSwitches)

    def stamp(self) -> str:
        """Write the present as the service does."""
        return f"{self._clock.now():%Y-%m-%dT%H:%M:%S}.000Z"

    # Tokens and quota

    def give_token(self) -> str:
        """Make a token that is good for the switch's time."""
        token = Dice.of(self._seed, "token", len(self._tokens)).text(28)
        self._tokens[token] = self._clock.seconds() + self.switches.token_lifetime
        return token

    def takes(self, token: str) -> str:
        """Take a token for one request; give why not, or ""."""
        if token not in self._tokens:
            return "Invalid Access Token"
        worth = self.switches.tokens_worth
        if self._tokens[token] <= self._clock.seconds() or (worth and self._worth[token] >= worth):
            return "Access Token expired"
        self._worth[token] += 1
        return ""

    def end_tokens(self) -> None:
        """Let all tokens end now."""
        self._tokens = dict.fromkeys(self._tokens, 0.0)

    def knows_token_in(self, text: str) -> bool:
        """Tell whether a text holds a token that was given."""
        return any(token in text for token in self._tokens)

    def count(self) -> bool:
        """Count a request, or tell that the quota is used up."""
        if self.quota_used >= self.switches.quota_limit:
            return False
        self._quota.append(self._clock.seconds())
        return True

    @property
    def quota_used(self) -> int:
        """Requests in the present interval, whoever sent them; intervals begin with the clock's quarters or such."""
        begin = self._interval_begin
        self._quota = [at for at in self._quota if at >= begin]
        return min(len(self._quota) + self.switches.used_elsewhere, self.switches.quota_limit)

    @property
    def quota_headers(self) -> dict[str, str]:
        """What the gateway tells of it (developer portal, "Response headers")."""
        switches = self.switches
        resets = self._interval_begin + switches.quota_minutes * 60
        return {
            "quota-limit": str(switches.quota_limit),
            "quota-interval": str(switches.quota_minutes),
            "quota-time-unit": "minute",
            "quota-used": str(self.quota_used),
            "quota-reset-UTC": str(int(resets * 1000)),
        }

    @property
    def _interval_begin(self) -> float:
        seconds = self.switches.quota_minutes * 60
        return self._clock.seconds() // seconds * seconds

    # SIP accounts and scripts

    def new_sip(self, username: str) -> SipAccount:
        """Add a SIP account with a password of its own."""
        number = self._new_id()
        now = self.stamp()
        made = SipAccount(
            id=number,
            username=username,
            password=f"{SIP_MARK}{Dice.of(self._seed, 'made', number).text(12)}",
            created_at=now,
            updated_at=now,
        )
        self.sip[number] = made
        return made

    def new_script(self, url: str, name: str) -> Script:
        """Add a script."""
        number, now = self._new_id(), self.stamp()
        self.scripts[number] = Script(id=number, url=url, name=name, created_at=now, updated_at=now)
        return self.scripts[number]

    def _new_id(self) -> int:
        self._last_id += 1
        return self._last_id

    def note(self, seen: ApidazeSeen) -> None:
        """Count a request."""
        self._requests[seen.operation] += 1
        self._seen.append(seen)
        if seen.status >= 300:
            self._refused[str(seen.status)] += 1

    def state(self) -> ApidazeState:
        """Tell what has happened."""
        return ApidazeState(
            requests=dict(self._requests),
            refused=dict(self._refused),
            tokens=len(self._tokens),
            quota_used=self.quota_used,
            usernames=[one.username for one in self.sip.values()],
            scripts=[one.url for one in self.scripts.values()],
            created=list(self.created),
            updated=list(self.updated),
            deleted=list(self.deleted),
            credentials_in_url=self.misused["credentials_in_url"],
            bodies_where_none_belongs=self.misused["bodies_where_none_belongs"],
            seen=list(self._seen),
        )
