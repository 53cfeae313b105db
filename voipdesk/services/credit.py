"""Moving calling credit: written down before it is sent, sent once, and the truth said of it afterwards."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from voipdesk.core.budget import Priority
from voipdesk.core.credit import Balances, CanMoveCredit, CreditOutcome, CreditTransfer, check_amount, shown_amount
from voipdesk.core.errors import BadInput, OutcomeUnknown, StorageFailed, VoipdeskError
from voipdesk.core.language import _
from voipdesk.services.acting import LOOK_AFTER_S, to_the_end
from voipdesk.services.credit_evidence import Evidence, evidence, judged
from voipdesk.services.events import Event

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from decimal import Decimal

    from voipdesk.archive.credit import CreditJournal
    from voipdesk.core.accounts import Account
    from voipdesk.core.customers import Customer
    from voipdesk.services.connections import Connections

GRACE_S = 5.0
"""How long a request under way is still waited for when nobody waits for its outcome any more: the program closes."""
UNDER_WAY = timedelta(minutes=10)
"""How long another program on this computer may be at a transfer: the longest answer and the looks at the balances."""


class AlreadyMoving(BadInput):
    """Credit of the same account is being moved, here or by another voipdesk on this computer: nothing was sent."""


class BalancesChanged(BadInput):
    """The customer has more than when the user looked, so somebody else may have moved it: nothing was sent."""

    def __init__(self, message: str, now: Balances, *, advice: str = "") -> None:
        super().__init__(message, advice=advice)
        self.now = now


class Credit:
    """Moves credit to customers: one transfer of an account at a time, each sent once and never again.

    `moved` follows every transfer that was written down, whatever became of it.
    """

    def __init__(
        self,
        connections: Connections,
        journal: CreditJournal,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.moved: Event[CreditTransfer] = Event()
        self._connections = connections
        self._journal = journal
        self._clock = clock
        self._sleep = sleep
        self._busy: set[str] = set()
        self._here: dict[str, CreditTransfer] = {}
        """By id, what is under way in this process, and what ended but could not be written down."""

    async def balances(self, account: Account, customer: Customer) -> Balances:
        """Fetch what both sides have now: two requests."""
        return await self._balances(await self._client(account), customer)

    async def move(self, account: Account, customer: Customer, amount: Decimal, before: Balances) -> CreditTransfer:
        """Move an amount to a customer; `before` is what the user was shown. The record says what became of it.

        Both balances are read once more right before, and afterwards. When the answer is lost, they are read again for
        some ten seconds, and the record says what they show: MOVED, NOT_MOVED, or NOT_KNOWN with all figures.

        Raises AlreadyMoving, BalancesChanged or BadInput with nothing sent and nothing written down, and what kept the
        request from being carried out (Refused, OverBudget, Unreachable), written down as NOT_MOVED.

        When the caller is cancelled, a request under way is still waited for, up to GRACE_S, and what is known then is
        written down; balances are not read any more, so that the program can close: a lost answer stays NOT_KNOWN.
        """
        check_amount(amount, before.own)
        if account.id in self._busy:
            raise AlreadyMoving(
                _("Credit is being moved already."), advice=_("Wait until it is said what became of it.")
            )
        self._busy.add(account.id)
        try:
            client = await self._client(account)
            now = await self._balances(client, customer)
            _check_balances(customer, amount, before, now)
            transfer = CreditTransfer(
                id=uuid4().hex,
                account_id=account.id,
                customer_id=customer.id,
                customer_name=customer.name,
                amount=amount,
                at=self._now(),
                by=_signed_in(),
                outcome=CreditOutcome.SENT,
                before=now,
                account_name=account.name,
            )
            await self._begin(transfer)
            return await self._send(client, customer, transfer)
        finally:
            self._busy.discard(account.id)

    async def journal(self, account: Account | None = None, limit: int = 100) -> list[CreditTransfer]:
        """List transfers, of one account or of all there ever were, newest first.

        One whose outcome was never written down is NOT_KNOWN, and says why; SENT is what is under way here.
        """
        lines = await self._journal.recent(account.id if account else None, limit)
        return [self._told(line) for line in lines]

    async def unresolved(self, account: Account, customer: Customer) -> CreditTransfer | None:
        """Give the customer's newest transfer if it is not known what became of it."""
        lines = await self._journal.recent(account.id, 1, customer_id=customer.id)
        return next((line for line in map(self._told, lines) if line.outcome is CreditOutcome.NOT_KNOWN), None)

    async def _client(self, account: Account) -> CanMoveCredit:
        client = await self._connections.client(account, Priority.USER)
        if not isinstance(client, CanMoveCredit):
            raise BadInput(_("The service of “{account}” cannot move credit.", account=account.name))
        return client

    async def _balances(self, client: CanMoveCredit, customer: Customer) -> Balances:
        own = await client.fetch_balance()
        return Balances(own, await client.fetch_customer_balance(customer), self._now())

    def _now(self) -> datetime:
        """Give the time to the millisecond, as the journal keeps it."""
        now = self._clock()
        return now.replace(microsecond=now.microsecond // 1000 * 1000)

    async def _begin(self, transfer: CreditTransfer) -> None:
        since = transfer.at - UNDER_WAY
        begun = asyncio.ensure_future(self._journal.begin(transfer, since=since, ended=tuple(self._here)))
        try:
            other = await to_the_end(begun)
        except asyncio.CancelledError:
            if not begun.cancelled() and begun.exception() is None and begun.result() is None:
                await self._end(transfer, CreditOutcome.NOT_MOVED, _("It was cancelled before it was sent."))
            raise
        if other is not None:
            raise AlreadyMoving(
                _(
                    "Another window or command has begun to move {amount} to “{customer}”, and has not said yet what "
                    "became of it.",
                    amount=shown_amount(other.amount),
                    customer=other.customer_name,
                ),
                advice=_("If it was ended in between, look at the balances before you move more."),
                retry_at=other.at + UNDER_WAY,
            )

    async def _send(self, client: CanMoveCredit, customer: Customer, transfer: CreditTransfer) -> CreditTransfer:
        self._here[transfer.id] = transfer
        sending = asyncio.ensure_future(client.move_credit(customer, transfer.amount))
        try:
            await asyncio.shield(sending)
        except asyncio.CancelledError:
            await self._wait_a_little(sending)
            await self._end(transfer, *_outcome(sending))
            raise
        except OutcomeUnknown as lost:
            return await self._look(client, customer, transfer, lost)
        except BaseException:
            await self._end(transfer, *_outcome(sending))
            raise
        try:
            after = await self._balances(client, customer)
        except VoipdeskError as error:
            text = _("The balances could not be read afterwards: {reason}", reason=error.message)
            return await self._end(transfer, CreditOutcome.MOVED, text)
        except BaseException:
            await self._end(transfer, CreditOutcome.MOVED, "")
            raise
        return await self._end(replace(transfer, after=after), CreditOutcome.MOVED, "")

    async def _look(
        self, client: CanMoveCredit, customer: Customer, transfer: CreditTransfer, lost: OutcomeUnknown
    ) -> CreditTransfer:
        """Read the balances until they show that it was moved, or for some ten seconds."""
        assert transfer.before is not None
        after: Balances | None = None
        seen: Evidence | None = None
        unread = _("voipdesk was closed before.")
        try:
            for seconds in LOOK_AFTER_S:
                await self._sleep(seconds)
                try:
                    after = await self._balances(client, customer)
                except VoipdeskError as error:
                    seen, unread = None, error.message
                    continue
                seen = evidence(transfer.before, after, transfer.amount)
                if seen is Evidence.MOVED:
                    break
        except BaseException:
            told = judged(transfer, lost, after, None, unread)
            await self._end(told, told.outcome, told.text)
            raise
        told = judged(transfer, lost, after, seen, unread)
        return await self._end(told, told.outcome, told.text)

    async def _wait_a_little(self, sending: asyncio.Future[None]) -> None:
        grace = asyncio.ensure_future(self._sleep(GRACE_S))
        with contextlib.suppress(asyncio.CancelledError):  # cancelled again: then not even that long
            await asyncio.wait({sending, grace}, return_when=asyncio.FIRST_COMPLETED)
        grace.cancel()
        if not sending.done():
            sending.cancel()
            await asyncio.wait({sending})

    async def _end(self, transfer: CreditTransfer, outcome: CreditOutcome, text: str) -> CreditTransfer:
        """Write down what became of it. What it is matters more than that it could not be: that is only added."""
        told = replace(transfer, outcome=outcome, text=text)
        self._here[transfer.id] = told
        try:
            await to_the_end(asyncio.ensure_future(self._journal.end(told)))
            del self._here[transfer.id]
        except StorageFailed as error:
            unnoted = _("(It could not be noted: {reason})", reason=error.message)
            told = replace(told, text=f"{text} {unnoted}".strip())
            self._here[transfer.id] = told
        finally:
            self.moved.emit(told)
        return told

    def _told(self, line: CreditTransfer) -> CreditTransfer:
        if line.outcome is not CreditOutcome.SENT:
            return line
        if line.id in self._here:
            return self._here[line.id]
        text = (
            _(
                "It was about to be sent, and what became of it was never written down: voipdesk was ended in between, "
                "or another window or command is still at it. Compare the balances."
            )
            if line.at > self._clock() - UNDER_WAY
            else _(
                "It was about to be sent, and what became of it was never written down: voipdesk was ended in between. "
                "Compare the balances."
            )
        )
        return replace(line, outcome=CreditOutcome.NOT_KNOWN, text=text)


def _check_balances(customer: Customer, amount: Decimal, before: Balances, now: Balances) -> None:
    check_amount(amount, now.own)
    if now.customer > before.customer:
        raise BalancesChanged(
            _(
                "“{customer}” has {now} now, and had {before} when you looked: somebody else may have moved credit "
                "already.",
                customer=customer.name,
                now=shown_amount(now.customer),
                before=shown_amount(before.customer),
            ),
            now,
            advice=_("Nothing was sent. If it is still to be moved, do it again."),
        )


def _outcome(sending: asyncio.Future[None]) -> tuple[CreditOutcome, str]:
    """Say what is known of a request that has ended, without a look at the balances."""
    if sending.cancelled():
        return CreditOutcome.NOT_KNOWN, _("voipdesk was closed before the answer came.")
    match sending.exception():
        case None:
            return CreditOutcome.MOVED, ""
        case OutcomeUnknown() as error:
            return CreditOutcome.NOT_KNOWN, error.message
        case VoipdeskError() as error:
            return CreditOutcome.NOT_MOVED, error.message
        case error:
            return CreditOutcome.NOT_KNOWN, type(error).__name__


def _signed_in() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no name in the environment, and none for the number
        return ""
