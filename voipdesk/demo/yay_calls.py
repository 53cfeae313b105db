"""The calls of the reseller or of one of its customers, and the rows that the call history has of them.

Source: Yay.com, API documentation, "Phone Calls & CDR Data"; the names of a call's ends are those of its webhooks.
"""

from __future__ import annotations

import random
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from voipdesk.core.call_log import Source
from voipdesk.demo.calls import Ending, PhoneCall
from voipdesk.demo.data import History
from voipdesk.demo.people import USERS, Customer, User, customer
from voipdesk.demo.yay_people import Dice, stamp
from voipdesk.demo.yay_switches import EndNames

if TYPE_CHECKING:
    from voipdesk.demo.clock import Clock
    from voipdesk.demo.yay_objects import SipUser

_LIVE_IDS = 1 << 26
_INTERNAL_EVERY = 17
_RECORDED_EVERY = 9
_PENCE_A_MINUTE = 0.012
_ENDS = {
    EndNames.FROM_TO: ("from", "to"),
    EndNames.SOURCE_DESTINATION: ("source", "destination"),
    EndNames.CALLER_CALLEE: ("caller", "callee"),
}


class Wanted(NamedTuple):
    """The calls that are asked for; times are whole seconds since 1970, `until` exclusive; "" and None are any."""

    since: int
    until: int
    call_type: str = ""
    answered: bool | None = None
    recording: bool | None = None


class CallBook:
    """One owner's calls; a year of them behind it, then those that come in or are dialled while it runs."""

    def __init__(
        self, seed: int, owner: str, users: tuple[SipUser, ...], clock: Clock, *, rows: int, pace: float
    ) -> None:
        """Begin with `rows` rows (none without SIP users); `pace` calls a second arrive from now on."""
        self._seed = seed
        self._owner = owner
        self._users = users
        self._clock = clock
        own = Dice.of(seed, "calls", owner).below(1 << 30)
        # Of the three logs the history makes, this one has the users' alone: some 70 of 100 rows.
        self._history = History(own, clock.now(), rows * 3 // 2 + 60 if users and rows else 0)
        self._oldest = max(0, self._history.count(Source.USER) - rows)
        self._random = random.Random(own)  # noqa: S311 - the same for a seed
        self._pace = pace if users else 0.0
        self._next_arrival = clock.seconds() + self._random.expovariate(pace) if self._pace else None
        self._live: list[PhoneCall] = []

    def __len__(self) -> int:
        return (
            self._history.count(Source.USER)
            - self._oldest
            + sum(call.finished <= self._clock.seconds() for call in self._live)
        )

    def rows(self, wanted: Wanted, first: int, count: int, names: EndNames) -> tuple[list[dict[str, object]], int]:
        """Give rows from the place `first` (0 the newest) and how many there are in all."""
        self._arrivals()
        now = self._clock.seconds()
        live = [call for call in self._live if call.finished <= now and wanted.since <= call.rang < wanted.until]
        live.sort(key=lambda call: (call.rang, call.id), reverse=True)
        span = self._history.span(Source.USER, wanted.since, wanted.until)
        span = range(max(self._oldest, span.start), span.stop)[::-1]
        if wanted == Wanted(wanted.since, wanted.until):
            past = span[max(0, first - len(live)) : max(0, first + count - len(live))]
            found = live[first : first + count] + self._history.calls(Source.USER, past)
            return [self.row(call, names) for call in found], len(live) + len(span)
        every = live + self._history.calls(Source.USER, span)
        rows = [row for call in every if _is_wanted(row := self.row(call, names), wanted)]
        return rows[first : first + count], len(rows)

    def row(self, call: PhoneCall, names: EndNames) -> dict[str, object]:
        """Write a call."""
        user = self._user(call)
        internal = self._internal(call)
        outside = str(internal.extension) if internal else _number(call.customer.number)
        ends = [
            ("sipuser", str(user.extension), user.display_name),
            ("sipuser" if internal else "number", outside, internal.display_name if internal else call.customer.name),
        ]
        if call.inbound:
            ends.reverse()
        told: dict[str, object] = {}
        for name, (kind, value, who) in zip(_ENDS[names], ends, strict=True):
            told |= {name: value, f"{name}_type": kind, f"{name}_name": who or None}
        answered = call.ending is Ending.ANSWERED
        uuid = Dice.of(self._seed, self._owner, "call", call.id, call.started).uuid
        minutes = call.talk / 60 if answered and not call.inbound and not internal else 0.0
        return {
            "uuid": uuid,
            "child_uuid": Dice.of(uuid, "child").uuid,
            "call_type": "INTERNAL" if internal else "INBOUND" if call.inbound else "OUTBOUND",
            "answered": answered,
            "call_start_time": call.rang,
            "call_duration": call.finished - call.rang,
            "cost": round(minutes * _PENCE_A_MINUTE, 4),
            "has_recording": answered and call.id % _RECORDED_EVERY == 0,
            "sip_user": user.uuid,
            **told,
            "created_on": stamp(datetime.fromtimestamp(call.finished, UTC)),
        }

    def dial(self, user: SipUser, number: str, *, user_answers: bool) -> PhoneCall:
        """Ring the SIP user for some seconds and, if they answer, the number; they talk for 6 to 20 seconds."""
        rings = 2 + self._random.randrange(2, 5)
        call = PhoneCall(
            id=_LIVE_IDS + len(self._live),
            started=int(self._clock.seconds()),
            customer=Customer(number.lstrip("+"), ""),
            inbound=False,
            ending=Ending.ANSWERED if user_answers else Ending.TIMED_OUT,
            answered_after=rings if user_answers else 20,
            talk=self._random.randint(6, 20) if user_answers else 0,
            user=User(user.display_name, str(user.extension), ""),
        )
        self._live.append(call)
        return call

    def arrive(self, count: int, at: int | None = None) -> None:
        """Let calls come in that begin and end this second."""
        for _ in range(count):
            user = self._random.choice(self._users)
            self._live.append(
                PhoneCall(
                    id=_LIVE_IDS + len(self._live),
                    started=int(self._clock.seconds()) if at is None else at,
                    customer=customer(self._random.randrange(150)),
                    inbound=True,
                    ending=Ending.ABANDONED if at is None else Ending.ANSWERED,
                    answered_after=0 if at is None else 5,
                    talk=0 if at is None else self._random.randint(10, 90),
                    user=User(user.display_name, str(user.extension), ""),
                )
            )

    def _arrivals(self) -> None:
        while self._next_arrival is not None and self._next_arrival <= self._clock.seconds():
            self.arrive(1, int(self._next_arrival))
            self._next_arrival += self._random.expovariate(self._pace)

    def _user(self, call: PhoneCall) -> SipUser:
        """Tell whose phone it was: the year's calls have the office's users, who stand for ours in turn."""
        known = next((user for user in self._users if call.user and str(user.extension) == call.user.extension), None)
        return known or self._users[(USERS.index(call.user) if call.user in USERS else 0) % len(self._users)]

    def _internal(self, call: PhoneCall) -> SipUser | None:
        """Give the colleague who was called, None for a call with the world outside."""
        if call.id >= _LIVE_IDS:
            return next((user for user in self._users if str(user.extension) == call.customer.number), None)
        if call.inbound or call.id % _INTERNAL_EVERY:
            return None
        return self._users[call.id // _INTERNAL_EVERY % len(self._users)]


def _number(text: str) -> str:
    return f"+{text}" if text.isdecimal() and len(text) > 6 else text


def _is_wanted(row: dict[str, object], wanted: Wanted) -> bool:
    return (
        wanted.call_type in {"", str(row["call_type"]).lower()}
        and wanted.answered in {None, row["answered"]}
        and wanted.recording in {None, row["has_recording"]}
    )
