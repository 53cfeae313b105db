"""The door to one Yay.com account: signs requests in, reads lists whole, and keeps passwords out of every error."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from voipdesk.core.blanking import BLANK, is_secret
from voipdesk.core.errors import NotAuthorised, NotFound, SecretMissing, about_field
from voipdesk.core.language import _
from voipdesk.providers.asking import CARRIED_OUT, Doubt, ask
from voipdesk.providers.http import Http, tracking_words, utc_now
from voipdesk.providers.plain_text import plain
from voipdesk.providers.secret_text import SecretText
from voipdesk.providers.yay.wire import ACT_FOR, TRACKING, get, header_value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from decimal import Decimal
    from zoneinfo import ZoneInfo

    import httpx

    from voipdesk.core.budget import RequestBudget
    from voipdesk.providers.exchange import Answer, Request
    from voipdesk.providers.yay.wire_rows import Rows

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the account's settings say beyond how to sign in."""

    zone: ZoneInfo
    """Of the service's days, and of times that come without a zone."""
    registrar: str = ""
    low_balance: Decimal | None = None
    history_path: str = "/voip/call"
    click_to_call_path: str = "/voip/call"


class Door:
    """Sends one account's requests."""

    def __init__(
        self,
        *,
        base_url: str,
        reseller: str,
        user: str,
        password: str,
        budget: RequestBudget,
        transport: httpx.AsyncBaseTransport | None = None,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        with about_field("password"):
            if not password:
                raise SecretMissing(_("The password is missing."), advice=_("Enter it in the account's settings."))
            self.password = SecretText(header_value(_("The password"), password))
        headers: dict[str, SecretText | str] = {
            "X-Auth-Reseller": header_value(_("The reseller"), reseller),
            "X-Auth-User": header_value(_("The user"), user),
            "X-Auth-Password": self.password,
        }
        self._http = Http(base_url, headers, budget, tracking_header=TRACKING, transport=transport, clock=clock)
        self.host = self._http.host
        self.clock = clock

    def __repr__(self) -> str:
        return f"Door({self._http!r})"

    async def aclose(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def ask(self, request: Request, read: Callable[[Answer], T], *, doubt: Doubt = CARRIED_OUT) -> T:
        """Send a request once and read its answer; see `asking.ask`."""
        try:
            return await ask(
                self._http,
                request,
                read,
                redact=lambda said: _without(self.password.redact(said), request),
                doubt=doubt,
                details=_details,
            )
        except (NotAuthorised, NotFound) as error:
            if name := request.headers.get(ACT_FOR):
                other = _("If the account works otherwise, “{name}” may be no customer of it.", name=plain(name, 80))
                error.advice = f"{other} {error.advice}"
            raise

    async def ask_all(
        self, path: str, read: Callable[[Answer], Rows[T]], id_of: Callable[[T], str], *, acting_for: str = ""
    ) -> list[T]:
        """Read a list, and its further pages where the answer says that there is more than it brought."""
        rows = await self.ask(get(path, acting_for=acting_for), read)
        items, size, page = list(rows.items), len(rows.items), 1
        known = {id_of(item) for item in items} if len(items) < rows.total else set()
        while size and len(items) < rows.total:
            page += 1
            params = {"page": str(page), "limit": str(size)}
            more = await self.ask(get(path, acting_for=acting_for, params=params), read)
            new = [item for item in more.items if id_of(item) not in known]
            if not new:
                break
            known.update(map(id_of, new))
            items += new
        return items

    async def timed(self, request: Request, read: Callable[[Answer], T]) -> tuple[T, float]:
        """Ask, and give with the answer the milliseconds that it took."""
        begin = time.monotonic()
        value = await self.ask(request, read)
        return value, (time.monotonic() - begin) * 1000


class Behind:
    """A part of what the client can do, all parts behind the one door."""

    def __init__(self, door: Door, settings: Settings) -> None:
        self._door = door
        self._settings = settings


def _details(request: Request, answer: Answer) -> str:
    """Name request and answer for support, which finds the request by its tracking token; nothing of the body."""
    token = answer.headers.get(TRACKING.lower(), "")
    kind = plain(answer.content_type, 60) or "no content type"  # NON-NLS: for support
    quoted = f" {tracking_words(TRACKING, token)}" if token else ""
    return f"{request.method} {request.path}: status {answer.status}, {kind}{quoted}"  # NON-NLS: for support


def _without(said: str, request: Request) -> str:
    """Blank the passwords that were sent in a body where the service repeats them."""
    for secret in sorted(set(_secrets(request.json)), key=len, reverse=True):
        said = said.replace(secret, BLANK)
    return said


def _secrets(value: object, *, secret: bool = False) -> Iterator[str]:
    if isinstance(value, str) and value and secret:
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _secrets(inner, secret=is_secret(key))
    elif isinstance(value, list):
        for inner in value:
            yield from _secrets(inner, secret=secret)
