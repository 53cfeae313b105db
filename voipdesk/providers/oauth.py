"""Signing in with OAuth 2.0 client credentials (RFC 6749, 4.4): a token for all who wait, kept in memory alone."""

from __future__ import annotations

import asyncio
import re
from collections import deque
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec

from voipdesk.core.errors import NotAuthorised, NotUnderstood, OverBudget, Refused, Unreachable, VoipdeskError
from voipdesk.core.language import _
from voipdesk.providers.exchange import Request
from voipdesk.providers.http import TooLarge, TooSlow
from voipdesk.providers.json_fields import text
from voipdesk.providers.json_repair import BROKEN
from voipdesk.providers.secret_text import SecretText

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from voipdesk.providers.exchange import Answer
    from voipdesk.providers.http import Http

EARLY = timedelta(seconds=60)
"""So long before its end a token is used no more: it must still be good when the request arrives."""
_LIFETIME_S = 300
"""Of a token whose answer does not say."""
_LONGEST_S = 86_400
_MOST_BYTES = 1 << 20
"""Of a token's answer, which has some hundreds."""
_REMEMBERED = 4
"""Tokens that are blanked where somebody repeats them: the present one and those before."""


class Tokens:
    """One application's tokens, asked for when needed; who asks meanwhile waits for the same request."""

    def __init__(self, http: Http, client_id: str, secret: SecretText, clock: Callable[[], datetime]) -> None:
        """`http` leads to the token's own address; `clock` gives aware times."""
        self._http = http
        self._client_id = client_id
        self._secret = secret
        self._clock = clock
        self._token: SecretText | None = None
        self._good_until: datetime | None = None
        self._asking: asyncio.Task[SecretText] | None = None
        self._known: deque[SecretText] = deque(maxlen=_REMEMBERED)

    async def aclose(self) -> None:
        """Forget the token, and close the connections."""
        if self._asking is not None:
            self._asking.cancel()
        self._token = self._good_until = None
        await self._http.aclose()

    async def get(self) -> SecretText:
        """Give a token that is good for a while, as the header Authorization has it.

        Raises NotAuthorised, which names the field that is wrong where the service tells it, and what `Http.send` does
        but TooSlow and TooLarge.
        """
        if self._token is not None and self._good_until is not None and self._clock() < self._good_until:
            return self._token
        if self._asking is None:
            self._asking = asyncio.ensure_future(self._ask())
            self._asking.add_done_callback(self._asked)
        return await asyncio.shield(self._asking)

    def drop(self, token: SecretText) -> None:
        """Use a token no more that the service has rejected; a newer one stays."""
        if self._token is token:
            self._token = None

    def redact(self, said: str) -> str:
        """Blank the client's secret and the tokens where a service or a library repeats them."""
        for secret in (self._secret, *self._known):
            said = secret.redact(said)
        return said

    def _asked(self, task: asyncio.Task[SecretText]) -> None:
        self._asking = None
        if not task.cancelled():
            task.exception()  # looked at, or it would be reported as forgotten when nobody waits any more

    async def _ask(self) -> SecretText:
        asked_at = self._clock()
        answer = await self._send()
        try:
            value, lifetime = _read_token(answer)
        except OverBudget:
            fault: VoipdeskError = await self._http.too_many(answer)
        except VoipdeskError as error:
            fault = error
        else:
            self._token = SecretText(value, before="Bearer ")
            self._known.append(self._token)
            self._good_until = asked_at + lifetime - EARLY
            return self._token
        raise fault.with_traceback(None)  # the frames of the readers hold the answer

    async def _send(self) -> Answer:
        """Send; no TooSlow or TooLarge is raised, which would be taken for the answer that the token is wanted for."""
        try:
            return await self._http.send(self._request())
        except TooSlow as error:
            fault = Unreachable(error.message, advice=error.advice, details=error.details)
        except TooLarge as error:
            fault = NotUnderstood(error.message, advice=error.advice, details=error.details)
        raise fault

    def _request(self) -> Request:
        # Some gateways look for the grant in the address, as KPN's own description has it, others in the body.
        grant = {"grant_type": "client_credentials"}
        return Request(
            "POST",
            "",
            params=grant,
            fields={**grant, "client_id": self._client_id},
            secret_fields={"client_secret": self._secret},
            most_bytes=_MOST_BYTES,
        )


class SignedIn:
    """Sends requests with a token; one whose token is rejected is sent once more with a new one.

    It was rejected before it was looked at, so that this is right for a request that acts, too.
    """

    def __init__(self, http: Http, tokens: Tokens, rejected: Callable[[Answer], bool]) -> None:
        self._http = http
        self._tokens = tokens
        self._rejected = rejected

    async def send(self, request: Request) -> Answer:
        """Send a request, and give its whole answer; raises as `Tokens.get` and `Http.send` do."""
        token = await self._tokens.get()
        answer = await self._http.send(_signed(request, token))
        if not self._rejected(answer):
            return answer
        self._tokens.drop(token)
        return await self._http.send(_signed(request, await self._tokens.get()))

    async def too_many(self, answer: Answer) -> OverBudget:
        """Close the budget after "too many requests", and give the error to raise."""
        return await self._http.too_many(answer)


def _signed(request: Request, token: SecretText) -> Request:
    return replace(request, secret_headers={**request.secret_headers, "Authorization": token})  # NON-NLS


def _read_token(answer: Answer) -> tuple[str, timedelta]:
    """Read a token and how long it is good for, or raise what the answer says."""
    try:
        fields = msgspec.json.decode(answer.body, type=dict[str, object])
    except BROKEN:
        fields = {}
    if not 200 <= answer.status < 300:
        raise _refusal(answer, _words(fields))
    token = text(fields, "access_token")
    if not token or not (token.isascii() and token.isprintable()) or " " in token:
        raise NotUnderstood(
            _("{host} answered without a token.", host=answer.host),
            advice=_("Check the token address in the account's settings."),
        )
    said = text(fields, "expires_in")
    seconds = int(said[:9]) if said.isascii() and said.isdecimal() else _LIFETIME_S
    return token, timedelta(seconds=min(seconds, _LONGEST_S))


def _refusal(answer: Answer, words: str) -> VoipdeskError:
    """Say what a status that is no success means; `words` are all that the answer says, in lower case."""
    host, status, squeezed = answer.host, answer.status, re.sub(r"[ _.:-]", "", words)
    if status == 429:
        return OverBudget(_("{host} takes no more requests for now (too many requests).", host=host))
    if "invalidclient" in squeezed or (status in {400, 401, 403} and "grant" not in squeezed):
        return NotAuthorised(
            _not_let_in(host, squeezed),
            advice=_("Copy both again from the application's page in the API store, where it must be approved."),
        )
    if status in {404, 405}:  # no NotFound, which would be taken for the loss of what was asked for with the token
        return Refused(
            _("{host} gives no tokens at this address (code {status}).", host=host, status=status),
            advice=_("Check the token address in the account's settings."),
        )
    if status >= 500 or status == 408:
        return Unreachable(
            _("{host} has a fault of its own and gives no token (code {status}).", host=host, status=status),
            advice=_("Try again in a few minutes."),
        )
    return Refused(_("{host} refused to give a token with the code {status}.", host=host, status=status))


def _not_let_in(host: str, squeezed: str) -> str:
    if "clientsecret" in squeezed or "consumersecret" in squeezed:
        return _("{host} does not let this application in: the client secret is wrong.", host=host)
    if any(name in squeezed for name in ("clientid", "consumerkey")):
        return _("{host} does not let this application in: the client ID is wrong.", host=host)
    return _("{host} does not let this application in: the client ID or the client secret is wrong.", host=host)


def _words(value: object, depth: int = 0) -> str:
    if isinstance(value, str):
        return value[:500].lower()
    if isinstance(value, dict | list) and depth < 4:
        inner = value.values() if isinstance(value, dict) else value
        return " ".join(filter(None, (_words(one, depth + 1) for one in list(inner)[:20])))
    return ""
