"""A VoIPcloud account's connection: sends what the wire module writes, and hands its answers to the readers."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

import msgspec

from voipdesk.core.accounts import Check, TestReport
from voipdesk.core.call_log import CallPage, Source, UnreadableRow
from voipdesk.core.dial import Dialled
from voipdesk.core.errors import BadInput, SecretMissing, about_field
from voipdesk.core.language import _
from voipdesk.core.status import ServiceStatus
from voipdesk.providers.asking import PLACED, ask
from voipdesk.providers.exchange import Encoding
from voipdesk.providers.http import Http, utc_now
from voipdesk.providers.secret_text import SecretText
from voipdesk.providers.voipcloud import wire
from voipdesk.providers.voipcloud.wire_call_log import read_calls
from voipdesk.providers.voipcloud.wire_status import read_status

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime

    import httpx

    from voipdesk.core.budget import RequestBudget
    from voipdesk.providers.exchange import Answer, Request

T = TypeVar("T")


class VoipcloudClient:
    """Dials, reads the call log, tells the status, and can be tested."""

    def __init__(
        self,
        *,
        base_url: str,
        api_key: str,
        budget: RequestBudget,
        version: str = "v1",
        encoding: str = "form",
        time_zone: str = "",
        transport: httpx.AsyncBaseTransport | None = None,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        with about_field("api_key"):
            self._key = _checked_key(api_key)
        self._version = wire.Version(version)
        self._encoding = Encoding(encoding)
        self._zone = ZoneInfo(time_zone) if time_zone else None
        self._http = Http(base_url, {"token": self._key}, budget, transport=transport, clock=clock)

    def __repr__(self) -> str:
        return f"VoipcloudClient({self._http!r}, {self._version})"

    async def aclose(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def test(self) -> TestReport:
        """Ask for one call: that reaches the service, shows the key and the address, and reads the log."""
        begin = time.monotonic()
        page = await self.fetch_calls(Source.USER, limit=1)
        took_ms = (time.monotonic() - begin) * 1000
        checks = [
            Check(passed=True, text=_("{host} answers (in {ms} ms).", host=self._http.host, ms=round(took_ms))),
            Check(passed=True, text=_("The key and this computer's address are accepted.")),
        ]
        if page.unreadable:
            reason = page.unreadable[0].reason
            checks.append(
                Check(
                    passed=False, text=_("Its calls cannot be read ({reason}): try another API version.", reason=reason)
                )
            )
        elif page.calls:
            checks.append(Check(passed=True, text=_("The call log can be read.")))
        else:
            checks.append(Check(passed=True, text=_("The call log can be read; it has no calls yet.")))
        return TestReport(tuple(checks))

    async def dial(self, number: str, my_number: str) -> Dialled:
        """Ring `my_number` and, once it is answered, call `number`.

        Sent once. An answer that cannot be read, or that reports a fault (5xx) in no envelope of the service, leaves
        open whether the phone rings: OutcomeUnknown. A "no" in the service's own envelope is Refused.
        """
        request = wire.dial_request(self._version, self._encoding, number, my_number)
        said = await self._ask(request, wire.read_dialled)
        return Dialled(call_id=self._key.redact(said.call_id), text=self._key.redact(said.text))

    @property
    def call_page_limit(self) -> int:
        """The service's own limit."""
        return wire.PAGE_LIMIT

    @property
    def call_pages_aligned(self) -> bool:
        """False: a page may begin anywhere."""
        return False

    async def fetch_calls(
        self,
        source: Source,
        *,
        since: date | None = None,
        until: date | None = None,
        limit: int = 100,
        offset: int = 0,
        names: Sequence[str] = (),
    ) -> CallPage:
        """Fetch calls newest first; days are the service's own, both inclusive."""
        request = wire.call_log_request(
            self._version, source, since=since, until=until, limit=limit, offset=offset, names=names
        )
        page = await self._ask(request, lambda answer: read_calls(answer, self._version, source, self._zone))
        rows = [UnreadableRow(self._key.redact(row.raw), self._key.redact(row.reason)) for row in page.unreadable]
        return msgspec.structs.replace(page, unreadable=rows)

    async def fetch_status(self) -> ServiceStatus:
        """Ask the service how it is (its own report, as its operators write it)."""
        status = await self._ask(wire.status_request(self._version), read_status)
        redact = self._key.redact
        return ServiceStatus(
            text=redact(status.text),
            columns=tuple(map(redact, status.columns)),
            rows=tuple(tuple(map(redact, row)) for row in status.rows),
        )

    async def _ask(self, request: Request, read: Callable[[Answer], T]) -> T:
        return await ask(self._http, request, read, redact=self._key.redact, doubt=PLACED)


def _checked_key(api_key: str) -> SecretText:
    key = api_key.strip()
    if not key:
        raise SecretMissing(_("The API key is missing."), advice=_("Enter it in the account's settings."))
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise BadInput(
            _("The API key has a blank or a character that no key has."), advice=_("Copy it from the portal once more.")
        )
    return SecretText(key)
