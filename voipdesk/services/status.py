"""How an account's service is, and what the account has: one look is a request or two, and what was seen is kept."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from voipdesk.core.accounts import CanTest
from voipdesk.core.budget import Priority
from voipdesk.core.credit import Balance, HasBalance
from voipdesk.core.errors import BadInput, NotAuthorised, Refused, Unreachable, VoipdeskError
from voipdesk.core.language import _
from voipdesk.core.status import HasStatus, ServiceStatus, StatusSample

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from voipdesk.archive.status import StatusHistory
    from voipdesk.archive.sync_state import SyncProgress, SyncState
    from voipdesk.core.accounts import Account
    from voipdesk.core.budget import Budget
    from voipdesk.core.call_log import Source
    from voipdesk.services.accounts import Accounts
    from voipdesk.services.connections import Connections

SUMMARY_LENGTH = 200
"""Characters of a service's report that are kept in the history."""


@dataclass(frozen=True, slots=True)
class StatusReport:
    """What is known of an account's service."""

    sample: StatusSample | None
    """The look just taken, or the last one; None before the first."""
    service: ServiceStatus | None
    """The service's own report; None when there is none, or this is what was stored."""
    budget: Budget
    sync: Mapping[Source, SyncProgress]
    """For a service with a call log, how far each source is read."""
    error: VoipdeskError | None = None
    """Why the look just taken did not end well: what to do, and the exit code."""
    balance: Balance | None = None
    """What the account has, read with the look just taken; None where the service has no balances."""
    balance_error: VoipdeskError | None = None
    """Why the balance could not be read, while the rest of the look stands."""


class Status:
    """Looks at services, and remembers."""

    def __init__(
        self,
        accounts: Accounts,
        connections: Connections,
        history: StatusHistory,
        sync_state: SyncState,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._accounts = accounts
        self._connections = connections
        self._history = history
        self._sync_state = sync_state
        self._clock = clock

    async def look(self, account: Account) -> StatusReport:
        """Send one request and report what came of it; a service that says no or nothing is a report, too.

        One request more asks for the balance, where the service has balances and has just answered.

        Raises what kept the request from being sent: OverBudget, SecretMissing, KeyringFailed, BadInput.
        """
        client = await self._connections.client(account, Priority.USER)
        at, started = self._clock(), time.perf_counter()
        service: ServiceStatus | None = None
        error: VoipdeskError | None = None
        try:
            service, summary = await _ask(client)
        except (Refused, Unreachable) as failure:
            error, summary = failure, failure.message
        answered = not isinstance(error, Unreachable)
        sample = StatusSample(
            at=at,
            answered=answered,
            accepted=_accepted(error),
            latency_ms=round((time.perf_counter() - started) * 1000) if answered else None,
            summary=summary,
        )
        await self._history.add(account.id, sample)
        balance, balance_error = await _balance(client) if error is None else (None, None)
        return StatusReport(
            sample,
            service,
            await self._connections.budget(account),
            await self._sync(account),
            error,
            balance,
            balance_error,
        )

    async def report(self, account: Account) -> StatusReport:
        """Report from what is stored, without a request."""
        samples = await self._history.recent(account.id, limit=1)
        budget = await self._connections.budget(account)
        return StatusReport(samples[0] if samples else None, None, budget, await self._sync(account))

    async def history(self, account: Account, limit: int = 50) -> list[StatusSample]:
        """List the last looks, newest first."""
        return await self._history.recent(account.id, limit)

    async def _sync(self, account: Account) -> dict[Source, SyncProgress]:
        sources = self._accounts.call_sources(account)
        return {source: await self._sync_state.progress(account.id, source) for source in sources}


async def _ask(client: object) -> tuple[ServiceStatus | None, str]:
    if isinstance(client, HasStatus):
        service = await client.fetch_status()
        return service, _summary(service)
    if isinstance(client, CanTest):
        report = await client.test()
        return None, _one_line(" · ".join(check.text for check in report.checks))
    raise BadInput(_("This service cannot be asked how it is."))


async def _balance(client: object) -> tuple[Balance | None, VoipdeskError | None]:
    if not isinstance(client, HasBalance):
        return None, None
    try:
        return Balance(await client.fetch_balance(), client.low_balance), None
    except VoipdeskError as error:
        return None, error


def _accepted(error: VoipdeskError | None) -> bool | None:
    """Whether the key was accepted: any other refusal leaves that open."""
    if error is None:
        return True
    return False if isinstance(error, NotAuthorised) else None


def _summary(service: ServiceStatus) -> str:
    return _one_line(service.text or " · ".join(": ".join(cell for cell in row if cell) for row in service.rows))


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SUMMARY_LENGTH else line[: SUMMARY_LENGTH - 1] + "…"
