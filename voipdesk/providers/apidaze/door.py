"""The door to one Apidaze account: signs in, and keeps secrets and passwords out of every error."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

from voipdesk.core.errors import BadInput, SecretMissing, about_field
from voipdesk.core.language import _
from voipdesk.providers.apidaze.wire_refusal import rejects_token
from voipdesk.providers.asking import CARRIED_OUT, ask
from voipdesk.providers.http import Http, tracking_words, utc_now
from voipdesk.providers.oauth import SignedIn, Tokens
from voipdesk.providers.plain_text import plain
from voipdesk.providers.quota import read_quota
from voipdesk.providers.secret_text import SecretText

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    import httpx

    from voipdesk.core.budget import RequestBudget
    from voipdesk.providers.apidaze.wire_sip import SignInPlace
    from voipdesk.providers.exchange import Answer, Request

T = TypeVar("T")

TRACKING = "x-request-id"
"""By which KPN's support finds a request (developer portal, "Response headers")."""


class Door:
    """Sends one account's requests."""

    def __init__(
        self,
        *,
        base_url: str,
        token_url: str,
        client_id: str,
        client_secret: str,
        place: SignInPlace,
        budget: RequestBudget,
        transport: httpx.AsyncBaseTransport | None = None,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        with about_field("client_secret"):
            if not client_secret:
                raise SecretMissing(_("The client secret is missing."), advice=_("Enter it in the account's settings."))
            if not (client_secret.isascii() and client_secret.isprintable()) or " " in client_secret:
                raise BadInput(
                    _("The client secret has a blank or a character that no secret has."), advice=_("Copy it again.")
                )

        def http(url: str) -> Http:
            return Http(
                url,
                {},
                budget,
                tracking_header=TRACKING,
                read_quota=read_quota,
                redirects_when_done=True,  # 302 is among the documented return codes, “link in location header”
                transport=transport,
                clock=clock,
            )

        self._http = http(base_url)
        self._tokens = Tokens(http(token_url), client_id, SecretText(client_secret), clock)
        self._signed_in = SignedIn(self._http, self._tokens, rejects_token)
        self.place = place
        self.host = self._http.host

    def __repr__(self) -> str:
        return f"Door({self._http!r})"

    async def aclose(self) -> None:
        """Close the connections, and forget the token."""
        await self._tokens.aclose()
        await self._http.aclose()

    async def ask(self, request: Request, read: Callable[[Answer], T]) -> T:
        """Send a request once and read its answer; see `asking.ask`."""
        return await ask(
            self._signed_in, request, read, redact=self._tokens.redact, doubt=CARRIED_OUT, details=_details
        )

    async def timed(self, request: Request, read: Callable[[Answer], T]) -> tuple[T, float]:
        """Ask, and give with the answer the milliseconds that it took."""
        begin = time.monotonic()
        value = await self.ask(request, read)
        return value, (time.monotonic() - begin) * 1000


def _details(request: Request, answer: Answer) -> str:
    """Name request and answer for support; nothing of the body."""
    token = answer.headers.get(TRACKING, "")
    kind = plain(answer.content_type, 60) or "no content type"  # NON-NLS: for support
    quoted = f" {tracking_words(TRACKING, token)}" if token else ""
    return f"{request.method} {request.path}: status {answer.status}, {kind}{quoted}"  # NON-NLS: for support


class Behind:
    """A part of what the client can do, all parts behind the one door."""

    def __init__(self, door: Door) -> None:
        self._door = door
