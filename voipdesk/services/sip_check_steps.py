"""The steps of the check, each with what it finds in words; they build on one another."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from voipdesk.core.sip_check import Cause, CheckStep, StepKind, Verdict
from voipdesk.core.sip_settings import Transport, split_host
from voipdesk.services.acting import to_the_end
from voipdesk.sip import resolve
from voipdesk.sip.certificate import Certificate, no_tls, trusting_here
from voipdesk.sip.client import Client
from voipdesk.sip.judgement import SaidNo, check_let_in, other_realms
from voipdesk.sip.message import parameters, shown
from voipdesk.sip.others import answering
from voipdesk.sip.place import USUAL_PORTS
from voipdesk.sip.reach import connect
from voipdesk.sip.stream import StreamConnection
from voipdesk.sip.transaction import NoAnswer
from voipdesk.sip.trouble import Trouble

if TYPE_CHECKING:
    import ssl
    from pathlib import Path

    from dns.asyncresolver import Resolver

    from voipdesk.core.sip_settings import SipSettings
    from voipdesk.sip.connection import Connection
    from voipdesk.sip.message import Message
    from voipdesk.sip.place import Place, Places
    from voipdesk.sip.timers import Timers

_STAYS_S = 60
"""How long a registration would stay if this computer could not take it back."""


class Steps:
    """To be done in their order; each gives its step as PASSED or WARNED, or raises Trouble."""

    def __init__(self, settings: SipSettings, resolver: Resolver | None, trusted: Path | None, timers: Timers) -> None:
        self._settings = settings
        self._resolver = resolver
        self._trusted = trusted
        self._timers = timers
        proxy = settings.outbound_proxy
        self._host, self._port = split_host("outbound proxy", proxy) if proxy else (settings.host, settings.port)
        self._places: Places
        self._place: Place | None = None
        self._trusting: ssl.SSLContext | None = None
        self._connection: Connection | None = None
        self._client: Client
        self._is_heard = False
        self._phones: list[str] = []

    async def close(self) -> None:
        """Close what is open."""
        if self._connection is not None:
            await self._connection.close()
            self._connection = None

    async def resolve(self) -> CheckStep:
        """Find the server's addresses."""
        settings, found = self._settings, resolve.find
        self._places = places = await found(
            self._host, self._port, settings.transport, resolver=self._resolver, within_s=self._timers.resolve
        )
        self._place = places.places[0]
        details = "\n".join(places.steps)
        if self._place.host == self._host.strip("[]") == self._place.address:
            return CheckStep(StepKind.RESOLVE, Verdict.PASSED, f"The server is at {self._place}.", details=details)
        text = f"“{self._host}” is at {self._place}."
        if not places.published:
            return CheckStep(StepKind.RESOLVE, Verdict.PASSED, text, details=details)
        by = " and ".join(one.upper() for one in places.published)
        return CheckStep(
            StepKind.RESOLVE,
            Verdict.WARNED,
            f"{text} In DNS it offers SIP by {by}, not by {settings.transport.upper()}.",
            f"If a later step fails, choose {by} as transport.",
            details,
        )

    async def reach(self) -> CheckStep:
        """Open a TCP connection to one of the addresses."""
        failures: list[Trouble] = []
        places = self._places.places
        for place in places:
            plain = await self._opened(place, failures, self._timers.reach / len(places))
            if plain is None:
                continue
            self._place = place
            if self._settings.transport is Transport.TLS:
                await plain.close()  # TLS opens its own, and is judged by itself
            else:
                self._connect(plain)
            return CheckStep(
                StepKind.REACH,
                Verdict.WARNED if failures else Verdict.PASSED,
                f"{place} is reached.",
                "Not all of its addresses are; telephones may take longer to sign in." if failures else "",
                "\n".join(one.details or one.message for one in failures),
                failures[0].cause if failures else None,
            )
        raise failures[0]

    async def encrypt(self) -> CheckStep:
        """Open a TLS connection, and judge the certificate."""
        trusting = await self._trust()
        place = self._reached
        try:
            async with asyncio.timeout(self._timers.reach):
                connection = await connect(place, self._host.strip("[]"), trusting)
        except TimeoutError:
            raise no_tls(place) from None
        self._connect(connection)
        told = ""
        if isinstance(connection, StreamConnection):
            told = f"{Certificate.read(connection.certificate)}\n{connection.tls_version}"
        text = "The connection is encrypted, and the server's certificate is good."
        return CheckStep(StepKind.ENCRYPT, Verdict.PASSED, text, details=told)

    async def answer(self) -> CheckStep:
        """Hear an answer to OPTIONS; by UDP, from whichever address gives one."""
        if self._connection is not None:
            return await self._options(self._timers.answer)
        places = self._places.places
        failures: list[Trouble] = []
        for place in places:
            try:
                connection = await connect(place, self._host)
            except Trouble as trouble:
                failures.append(trouble)
                continue
            self._place = place
            self._connect(connection)
            try:
                step = await self._options(self._timers.answer / len(places))
            except Trouble as trouble:
                failures.append(trouble)
            else:
                if step.verdict is Verdict.PASSED or place == places[-1]:
                    return step
            await self.close()
        raise failures[0]

    async def sign_in(self, *, register_next: bool) -> CheckStep:
        """Sign in without registering."""
        done = await self._client.query(self._timers.sign_in)
        try:
            check_let_in(done, self._settings)
        except SaidNo as said:
            if said.cause is Cause.NOT_UNDERSTOOD and register_next:
                return CheckStep(
                    StepKind.SIGN_IN, Verdict.WARNED, said.message, "The next step tells.", said.details, said.cause
                )
            raise
        self._phones = done.contacts
        count = len(self._phones)
        phones = {0: "No telephone is", 1: "One telephone is"}.get(count, f"{count} telephones are")
        text = f"The server accepts user name and password. {phones} signed in with the account at the moment."
        details = "\n".join(shown(phone) for phone in self._phones[:10])
        if not done.answered:
            text = f"The server lets the account in without asking for its password. {phones} signed in with it."
            advice = "It may know this computer's address. From another place, it may ask, or refuse."
            return CheckStep(StepKind.SIGN_IN, Verdict.WARNED, text, advice, details)
        if others := other_realms(done, self._settings):
            text += f" It asked for the password in the name of “{others[0]}”."
        return CheckStep(StepKind.SIGN_IN, Verdict.PASSED, text, details=details)

    async def register(self) -> CheckStep:
        """Register this computer as a telephone, and take it out again, whatever happens."""
        try:
            done = await self._client.register(_STAYS_S, self._timers.sign_in)
            check_let_in(done, self._settings)
        except SaidNo:
            raise  # it is not registered
        except BaseException:
            await to_the_end(asyncio.ensure_future(self._take_out()))
            raise
        is_out = await to_the_end(asyncio.ensure_future(self._take_out()))
        if not is_out:
            return CheckStep(
                StepKind.REGISTER,
                Verdict.WARNED,
                "This computer was registered as a telephone, and could not be taken out again.",
                f"That ends by itself, mostly after {done.expires or _STAYS_S} seconds.",
                cause=Cause.LEFT_REGISTERED,
            )
        after = (await self._client.query(self._timers.sign_in)).contacts if self._phones else []
        if lost := [phone for phone in self._phones if phone not in after]:
            return CheckStep(
                StepKind.REGISTER,
                Verdict.WARNED,
                "This computer was registered as a telephone, and taken out again. "
                "The service allows so few that another was signed out for it.",
                "It signs in again by itself after some minutes, or when it is started anew.",
                "\n".join(shown(phone) for phone in lost[:10]),
            )
        text = "This computer was registered as a telephone, and taken out again."
        return CheckStep(StepKind.REGISTER, Verdict.PASSED, text)

    async def explain(self, trouble: Trouble) -> Trouble:
        """Add to a trouble where else the server answers."""
        tried = self._place
        if tried is None or self._is_heard:
            return trouble
        trusting = await self._trust()
        found = await answering(tried, self._settings, self._host.strip("[]"), trusting, self._timers)
        if not found:
            return trouble
        here = next((one for one in found if one.transport is tried.transport), None)
        best = here or found[0]
        port = "" if best.port == USUAL_PORTS[best.transport] and not self._port else f" at port {best.port}"
        by = best.transport.upper()
        advice = f"By {by}{port} it answers: choose that, if the service does not say otherwise."
        text, cause = trouble.message, trouble.cause
        if cause is Cause.NO_ANSWER and here:
            cause = Cause.WRONG_PORT
        elif cause is Cause.NO_ANSWER:
            cause = Cause.BLOCKED
            text = f"Nothing comes back from {tried} by {tried.transport.upper()}; it may be blocked on the way."
        return Trouble(cause, text, advice=advice, details=trouble.details)

    async def _options(self, within_s: float) -> CheckStep:
        try:
            heard = await self._client.options(within_s)
        except NoAnswer as none:
            return CheckStep(
                StepKind.ANSWER,
                Verdict.WARNED,
                none.message,
                "Some servers answer nothing but sign-ins: the next step tells.",
                none.details,
                none.cause,
            )
        self._is_heard = True
        details = "\n".join([f"It answered: {heard}", *self._seen_as(heard)])
        server = shown(heard.first("server") or heard.first("user-agent"), 80)
        text = f"{self._reached} answers{f' and calls itself “{server}”' if server else ''}."
        if heard.status >= 500 and heard.status != 501:
            return CheckStep(
                StepKind.ANSWER,
                Verdict.WARNED,
                f"{text} It says that something is wrong with it: {heard}.",
                "If a later step fails, try again later.",
                details,
                Cause.SERVER_FAULT,
            )
        return CheckStep(StepKind.ANSWER, Verdict.PASSED, text, details=details)

    def _seen_as(self, heard: Message) -> list[str]:
        """Tell which address the server sees this computer at."""
        via = parameters(heard.first("via"))
        seen = via.get("received", ""), via.get("rport", "")
        connection = self._connection
        if connection is None or not seen[0] or seen[0] == connection.local[0]:
            return []
        return [f"It sees this computer as {shown(':'.join(filter(None, seen)), 60)}"]

    async def _take_out(self) -> bool:
        """Take this computer out of the registrar; False where that is not certain."""
        with suppress(Trouble, TimeoutError):
            async with asyncio.timeout(self._timers.clean_up):
                done = await self._client.unregister(self._timers.clean_up)
                return 200 <= done.answer.status < 300 and self._client.contact not in done.contacts
        return False

    async def _opened(self, place: Place, failures: list[Trouble], within_s: float) -> Connection | None:
        """Connect by TCP; None adds why not."""
        try:
            async with asyncio.timeout(within_s):
                return await StreamConnection.open(place)
        except TimeoutError:
            text = f"{place} does not answer by TCP."
            advice = "A firewall in between may drop what is sent, or the port is another."
            failures.append(Trouble(Cause.NO_ANSWER, text, advice=advice))
        except Trouble as trouble:
            failures.append(trouble)
        return None

    async def _trust(self) -> ssl.SSLContext:
        if self._trusting is None:
            self._trusting = await asyncio.to_thread(trusting_here, self._trusted)
        return self._trusting

    def _connect(self, connection: Connection) -> None:
        self._connection = connection
        self._client = Client(self._settings, connection, self._timers)

    @property
    def _reached(self) -> Place:
        assert self._place is not None, "resolve comes first"
        return self._place
