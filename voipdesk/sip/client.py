"""An account at a server: builds the requests that ask whether it is there, and whether the account is let in."""

# NON-NLS: SIP's own words

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from voipdesk import __version__
from voipdesk.core.sip_settings import Transport
from voipdesk.sip.digest import Challenge, Credentials, challenges, to_answer
from voipdesk.sip.message import address
from voipdesk.sip.transaction import ask
from voipdesk.sip.trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from voipdesk.core.sip_settings import SipSettings
    from voipdesk.sip.connection import Connection
    from voipdesk.sip.message import Message
    from voipdesk.sip.timers import Timers

Headers = tuple[tuple[str, str], ...]
_TOO_BRIEF = 423
_ROUNDS_MOST = 6
"""Requests for one REGISTER: a proxy and a registrar may ask, and each may find its nonce stale once."""
_EXPIRES_MOST = 24 * 3600


@dataclass(frozen=True, slots=True)
class Registered:
    """The final answer to a REGISTER, and how it came about."""

    answer: Message
    answered: tuple[Challenge, ...] = ()
    """The questions for the password that were answered, in their order."""
    refused: tuple[Challenge, ...] = ()
    """What the final answer asks, when it asks again, or asks what cannot be answered."""
    expires: int | None = None
    """The seconds that a registration was asked for."""

    @property
    def is_accepted(self) -> bool:
        """Whether the server did what it was asked."""
        return 200 <= self.answer.status < 300

    @property
    def contacts(self) -> list[str]:
        """Give the addresses of the telephones that are registered with the account, as the server has them."""
        return [address(value) for value in self.answer.listed("contact")]


class Client:
    """Asks over one connection, in the name of one account; one request at a time."""

    def __init__(
        self,
        settings: SipSettings,
        connection: Connection,
        timers: Timers,
        reopen: Callable[[], Awaitable[Connection]] | None = None,
    ) -> None:
        """Ask over a connection; with `reopen`, over another where the server has closed it between two requests."""
        self._settings = settings
        self._connection = connection
        self._timers = timers
        self._reopen = reopen
        self._credentials = Credentials(settings.auth_name, settings.password)
        self._from_tag = secrets.token_hex(6)
        # all REGISTER of a telephone have one Call-ID (RFC 3261, section 10.2), and questions have another
        self._call_ids = {"REGISTER": secrets.token_hex(16), "OPTIONS": secrets.token_hex(16)}
        self._cseq = 0
        port = f":{settings.port}" if settings.port else ""
        self._uri = f"sip:{settings.host}{port}"
        parameter = "" if settings.transport is Transport.UDP else f";transport={connection.place.transport}"
        self.contact = f"sip:{settings.username}@{connection.sent_by}{parameter}"
        """This computer, as a telephone of the account."""

    async def options(self, within_s: float) -> Message:
        """Ask what the server can do; any final answer shows that it speaks SIP."""
        fixed = (("To", f"<{self._uri}>"), ("Accept", "application/sdp"))
        return await self._ask("OPTIONS", lambda: fixed, within_s)

    async def query(self, within_s: float) -> Registered:
        """Sign in and ask who is registered: without a Contact, nothing is changed (RFC 3261, section 10.2.3)."""
        return await self._register((), within_s, None)

    async def register(self, expires: int, within_s: float) -> Registered:
        """Register this computer, beside the telephones there are, for `expires` seconds or as few as is allowed."""
        done = await self._register(self._contact(expires), within_s, expires)
        least = done.answer.number("min-expires")
        if done.answer.status == _TOO_BRIEF and least is not None and expires < least <= _EXPIRES_MOST:
            return await self._register(self._contact(least), within_s, least)
        return done

    async def unregister(self, within_s: float) -> Registered:
        """Take this computer out again, and nobody else."""
        return await self._register(self._contact(0), within_s, None)

    def _contact(self, expires: int) -> Headers:
        # last in line for calls, which it would not take
        return (("Contact", f"<{self.contact}>;expires={expires};q=0.0"), ("Expires", str(expires)))

    async def _register(self, extra: Headers, within_s: float, expires: int | None) -> Registered:
        """Answer challenges until there is none, or one that was answered before and is not merely stale."""
        until = asyncio.get_running_loop().time() + within_s
        fixed = (("To", f"<sip:{self._settings.username}@{self._settings.host}>"), *extra)
        known: dict[tuple[str, str], Challenge] = {}
        stale: set[tuple[str, str]] = set()
        rounds = 0

        def with_proofs() -> Headers:
            proofs = [self._credentials.answer(one, "REGISTER", self._uri) for one in known.values()]
            return (*fixed, *proofs)

        while True:
            rounds += 1
            left = until - asyncio.get_running_loop().time()
            answer = await self._ask("REGISTER", with_proofs, left)
            asked = challenges(answer)
            new = {(one.header, one.realm): one for one in to_answer(asked)}
            again = {key for key, one in new.items() if key in known and (not one.stale or key in stale)}
            if not new or again or not self._settings.password or rounds == _ROUNDS_MOST:
                return Registered(answer, tuple(known.values()), tuple(asked), expires)
            stale |= {key for key, one in new.items() if one.stale and key in known}
            known |= new

    async def _ask(self, method: str, own: Callable[[], Headers], within_s: float) -> Message:
        """Ask, once more over a new connection where the old one has ended; `own` gives the request's own headers."""
        until = asyncio.get_running_loop().time() + within_s
        try:
            headers = (*self._common(method), *own())
            return await ask(self._connection, method, self._uri, headers, self._timers, within_s)
        except Trouble:
            if not self._connection.is_closed or self._reopen is None:
                raise
        self._connection = await self._reopen()
        headers = (*self._common(method), *own())  # a request of its own: the first may have been read
        left = until - asyncio.get_running_loop().time()
        return await ask(self._connection, method, self._uri, headers, self._timers, left)

    def _common(self, method: str) -> Headers:
        self._cseq += 1
        settings = self._settings
        routes: Headers = ()
        if settings.outbound_proxy:
            parameter = "" if settings.transport is Transport.UDP else f";transport={settings.transport}"
            routes = (("Route", f"<sip:{settings.outbound_proxy}{parameter};lr>"),)
        return (
            *routes,
            ("From", f"<sip:{settings.username}@{settings.host}>;tag={self._from_tag}"),
            ("Call-ID", self._call_ids[method]),
            ("CSeq", f"{self._cseq} {method}"),
            ("User-Agent", f"voipdesk/{__version__}"),
        )
