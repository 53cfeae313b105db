"""A Yay.com account's connection: all that it can do, behind one door."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from voipdesk.core.accounts import Check, TestReport
from voipdesk.core.language import _
from voipdesk.core.status import ServiceStatus
from voipdesk.providers.http import utc_now
from voipdesk.providers.yay.call_log import YayCallLog
from voipdesk.providers.yay.credit import YayCredit
from voipdesk.providers.yay.dial import YayDial
from voipdesk.providers.yay.door import Door, Settings
from voipdesk.providers.yay.wire_status import read_status, status_request

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from decimal import Decimal

    import httpx

    from voipdesk.core.budget import RequestBudget

_MOST_DETAILS = 40


class YayClient(YayCredit, YayDial, YayCallLog):
    """Can be tested, tells the status, and what its parts say."""

    def __init__(
        self,
        *,
        base_url: str,
        reseller: str,
        user: str,
        password: str,
        budget: RequestBudget,
        registrar: str = "",
        low_balance: Decimal | None = None,
        time_zone: str = "Europe/London",
        history_path: str = "/voip/call",
        click_to_call_path: str = "/voip/call",
        transport: httpx.AsyncBaseTransport | None = None,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        door = Door(
            base_url=base_url,
            reseller=reseller,
            user=user,
            password=password,
            budget=budget,
            transport=transport,
            clock=clock,
        )
        settings = Settings(
            zone=ZoneInfo(time_zone),
            registrar=registrar,
            low_balance=low_balance,
            history_path=history_path,
            click_to_call_path=click_to_call_path,
        )
        super().__init__(door, settings)

    def __repr__(self) -> str:
        return f"YayClient({self._door!r})"

    async def aclose(self) -> None:
        """Close the connections."""
        await self._door.aclose()

    async def test(self) -> TestReport:
        """Ask who asks: that reaches the service, shows that it lets this account in, and what it calls it."""
        status, took_ms = await self._door.timed(status_request(), read_status)
        said = [f"{key}: {value}" for key, value in (row[:2] for row in status.rows if len(row) > 1) if value]
        checks = [
            _("{host} answers (in {ms} ms).", host=self._door.host, ms=round(took_ms)),
            _("The credentials and this computer's address are accepted."),
            *map(self._door.password.redact, [status.text, *said][:_MOST_DETAILS]),
        ]
        return TestReport(tuple(Check(passed=True, text=text) for text in checks if text))

    async def fetch_status(self) -> ServiceStatus:
        """Ask the service who asks: it reports on the account, not on itself."""
        status = await self._door.ask(status_request(), read_status)
        redact = self._door.password.redact
        return ServiceStatus(
            text=redact(status.text),
            columns=tuple(map(redact, status.columns)),
            rows=tuple(tuple(map(redact, row)) for row in status.rows),
        )
