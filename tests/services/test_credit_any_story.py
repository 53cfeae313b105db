"""Whatever is cut, late, cancelled or spent by others meanwhile: credit is moved at most once, and nothing false said.

Amounts end at the second decimal, what calls cost has a thousandth more and what others pay in a ten-thousandth: so no
sum of the latter can look like a transfer, which is all that balances can ever tell.
"""

import asyncio
from dataclasses import dataclass
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes.archive import NOW, FakeLedger
from tests.fakes.credit_journal import FakeCreditJournal
from tests.fakes.keyring_backend import FakeKeyring
from tests.fakes.reseller import ACCOUNT, Cut, Reseller, ResellerProvider
from voipdesk.core.credit import CreditOutcome
from voipdesk.core.customers import Customer
from voipdesk.core.errors import (
    AnswerLate,
    OutcomeUnknown,
    Refused,
    StorageFailed,
    Unreachable,
    VoipdeskError,
)
from voipdesk.services.connections import Connections
from voipdesk.services.credit import UNDER_WAY, Credit
from voipdesk.settings.secrets import Secrets

CENT = Decimal("0.01")
LOOKS = 3  # requests at least: what a service does later than the last look, only a late answer warns of


@dataclass(frozen=True)
class Step:
    amount: Decimal
    cut: Cut | None
    spending: list[tuple[str, Decimal]]
    """At each request in turn, who spends (or is paid) how much."""
    unreadable: list[bool]
    cancel_after: int | None
    full_disk: bool
    restarts: bool


def lost(draw):
    late = draw(st.booleans())
    error = AnswerLate("Nobody waits any more.") if late else OutcomeUnknown("The connection was cut.")
    when = draw(st.sampled_from(["later", "at once", "never"]))
    later = draw(st.integers(1, 3 * LOOKS if late else LOOKS)) if when == "later" else 0
    return Cut(error, acts=when == "at once", later=later)


@st.composite
def steps(draw):
    cent = st.integers(0, 500).map(lambda n: n * CENT)
    spending = st.one_of(
        st.just(("nobody", Decimal(0))),
        st.tuples(st.sampled_from(["own", "customer"]), cent.map(lambda c: -c - Decimal("0.001"))),
        st.tuples(st.sampled_from(["own", "customer"]), cent.map(lambda c: c + Decimal("0.0001"))),
    )
    cut = draw(st.sampled_from(["lost", "lost", "lost", "none", "refused", "not sent"]))
    quiet = draw(st.sampled_from([True, False]))  # or there would hardly ever be a lost answer and nothing else
    errors = {"refused": Refused("No."), "not sent": Unreachable("Nothing was sent.")}
    return Step(
        amount=draw(st.integers(1, 2000).map(lambda n: n * CENT)),
        cut=lost(draw) if cut == "lost" else Cut(errors[cut]) if cut in errors else None,
        spending=[] if quiet else draw(st.lists(spending, max_size=9)),
        unreadable=[] if quiet else draw(st.lists(st.sampled_from([False, False, True]), max_size=2 * LOOKS)),
        cancel_after=None if quiet else draw(st.one_of(st.none(), st.integers(0, 40))),
        full_disk=draw(st.sampled_from([False] * 5 + [True])),
        restarts=draw(st.booleans()),
    )


class Story:
    def __init__(self) -> None:
        self.service = Reseller()
        self.customer = Customer(self.service.add("my_customer"), "my_customer")
        self.journal = FakeCreditJournal()
        self.at = NOW
        self.sent = 0
        self.credit = self.start()

    def start(self) -> Credit:
        connections = Connections({"reseller": ResellerProvider(self.service)}, Secrets(FakeKeyring()), FakeLedger())
        return Credit(connections, self.journal, clock=lambda: self.at, sleep=lambda _seconds: asyncio.sleep(0))

    async def take(self, step: Step) -> None:
        self.at += 2 * UNDER_WAY
        if step.restarts:
            self.credit = self.start()
        before = await self.credit.balances(ACCOUNT, self.customer)
        self.service.cuts = {"move": [step.cut] if step.cut else []}
        self.service.on_request = self.others(step)
        self.journal.on_end = self.full_disk if step.full_disk else self.journal._nothing
        moved, told, rows = len(self.service.moved), [], len(self.journal.rows)
        unsubscribe = self.credit.moved.subscribe(told.append)
        moving = asyncio.ensure_future(self.credit.move(ACCOUNT, self.customer, step.amount, before))
        if step.cancel_after is not None:
            for _ in range(step.cancel_after):
                await asyncio.sleep(0)
            moving.cancel()
        [result] = await asyncio.gather(moving, return_exceptions=True)
        unsubscribe()
        self.service.on_request, self.service.cuts = None, {}
        self.service.finish()
        really = self.service.moved[moved:]
        assert really in ([], [(self.customer.id, step.amount)])
        sent = [asked for asked in self.service.asked if asked.startswith("move")]
        self.check(len(sent) - self.sent, really, told, result)
        self.sent = len(sent)
        assert len(self.journal.rows) <= rows + 2
        await self.check_journal(step, bool(really), rows)

    def check(self, sent, really, told, result) -> None:
        assert sent <= 1
        assert len(told) <= 1
        for one in told:
            assert one.outcome is not CreditOutcome.SENT
            assert truthful(one.outcome, bool(really))
        if isinstance(result, VoipdeskError):
            assert not really
        elif not isinstance(result, BaseException):
            assert [result] == told
        if sent or really:
            assert told

    async def check_journal(self, step: Step, really: bool, rows: int) -> None:
        """What a program started anew would say is as true as what was said."""
        lines = await self.start().journal(ACCOUNT)
        if len(self.journal.rows) > rows:
            assert lines[0].amount == step.amount
            assert truthful(lines[0].outcome, really)
        else:
            assert not really

    def others(self, step: Step):
        spending, unreadable = list(step.spending), list(step.unreadable)

        def on_request(operation: str) -> None:
            who, amount = spending.pop(0) if spending else ("nobody", Decimal(0))
            if who == "own":
                self.service.own += amount
            elif who == "customer":
                self.service.balances[self.customer.id] += amount
            if self.sent_now() and "balance" in operation and unreadable and unreadable.pop(0):
                self.service.cuts[operation.partition(" ")[0]] = [Unreachable("No answer.")]

        return on_request

    def sent_now(self) -> bool:
        return len([asked for asked in self.service.asked if asked.startswith("move")]) > self.sent

    async def full_disk(self) -> None:
        raise StorageFailed("The disk is full.")


def truthful(outcome: CreditOutcome, really: bool) -> bool:
    return outcome is CreditOutcome.NOT_KNOWN or (outcome is CreditOutcome.MOVED) is really


@settings(max_examples=120)
@given(st.lists(steps(), min_size=3, max_size=6))
def test_credit_is_moved_at_most_once_and_nothing_false_is_said_of_it(told):
    async def run():
        story = Story()
        for step in told:
            await story.take(step)

    asyncio.run(run())
