"""The steps of the check that lead to the server: its name, a connection, encryption, an answer."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from voipdesk.core.language import _, joined
from voipdesk.core.sip_check import Cause, CheckStep, StepKind, Verdict
from voipdesk.core.sip_settings import Transport, split_host
from voipdesk.sip import resolve
from voipdesk.sip.certificate import Certificate, no_tls, trusting_here
from voipdesk.sip.client import Client
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

_FAULTS = range(500, 600)
_NOT_KNOWN_HERE = 501
"""Not a fault: OPTIONS is not among what this server does."""


class Way:
    """The way to a server; the steps in their order, each PASSED or WARNED, or raising Trouble. To be closed."""

    def __init__(self, settings: SipSettings, resolver: Resolver | None, trusted: Path | None, timers: Timers) -> None:
        self._settings = settings
        self._resolver = resolver
        self._trusted = trusted
        self._timers = timers
        proxy = settings.outbound_proxy
        self._host, self._port = split_host("outbound_proxy", proxy) if proxy else (settings.host, settings.port)
        self._bare_host = self._host.strip("[]")
        self._places: Places
        self._place: Place | None = None
        self._trusting: ssl.SSLContext | None = None
        self._connection: Connection | None = None
        self.client: Client
        """Asks in the name of the account; there with the first connection."""
        self._is_heard = False

    async def close(self) -> None:
        """Close what is open."""
        if self._connection is not None:
            await self._connection.close()
            self._connection = None

    async def resolve(self) -> CheckStep:
        """Find the server's addresses."""
        transport = self._settings.transport
        self._places = places = await resolve.find(
            self._host, self._port, transport, resolver=self._resolver, within_s=self._timers.resolve
        )
        self._place = places.places[0]
        details = "\n".join(places.steps)
        if self._place.host == self._bare_host == self._place.address:
            return CheckStep(
                StepKind.RESOLVE, Verdict.PASSED, _("The server is at {place}.", place=self._place), details=details
            )
        text = _("“{host}” is at {place}.", host=self._host, place=self._place)
        if not places.published:
            return CheckStep(StepKind.RESOLVE, Verdict.PASSED, text, details=details)
        by = joined(one.upper() for one in places.published)
        offered = _("In DNS it offers SIP by {transports}, not by {wanted}.", transports=by, wanted=transport.upper())
        text = f"{text} {offered}"
        advice = _("If a later step fails, choose {transports} as transport.", transports=by)
        return CheckStep(StepKind.RESOLVE, Verdict.WARNED, text, advice, details)

    async def reach(self) -> CheckStep:
        """Open a TCP connection to one of the addresses."""
        failures: list[Trouble] = []
        places = self._places.places
        for place in places:
            try:
                async with asyncio.timeout(self._timers.reach / len(places)):
                    plain = await StreamConnection.open(place)
            except TimeoutError:
                failures.append(_silent(place))
                continue
            except Trouble as trouble:
                failures.append(trouble)
                continue
            self._place = place
            if self._settings.transport is Transport.TLS:
                await plain.close()  # TLS opens its own, and is judged by itself
            else:
                self._use(plain)
            return _reached(place, failures)
        raise failures[0]

    async def encrypt(self) -> CheckStep:
        """Open a TLS connection, and judge the certificate."""
        place = self._reached
        try:
            async with asyncio.timeout(self._timers.reach):
                await self._open(place)
        except TimeoutError:
            raise no_tls(place) from None
        told = ""
        if isinstance(self._connection, StreamConnection):
            told = f"{Certificate.read(self._connection.certificate)}\n{self._connection.tls_version}"
        text = _("The connection is encrypted, and the server's certificate is good.")
        return CheckStep(StepKind.ENCRYPT, Verdict.PASSED, text, details=told)

    async def answer(self) -> CheckStep:
        """Hear an answer to OPTIONS; by UDP, from whichever address gives one."""
        if self._connection is not None:
            return await self._options(self._timers.answer)
        failures: list[Trouble] = []
        best: tuple[Place, CheckStep] | None = None
        for place in self._places.places:
            try:
                await self._open(place)
                step = await self._options(self._timers.answer / len(self._places.places))
            except Trouble as trouble:
                failures.append(trouble)
            else:
                if step.verdict is Verdict.PASSED:
                    return step
                if best is None or (best[1].cause is Cause.NO_ANSWER and step.cause is not Cause.NO_ANSWER):
                    best = place, step
            await self.close()
        if best is None:
            raise failures[0]
        await self._open(best[0])
        return best[1]

    async def explain(self, trouble: Trouble) -> Trouble:
        """Add to a trouble where else the server answers."""
        tried = self._place
        if tried is None or self._is_heard:
            return trouble
        found = await answering(tried, self._settings, self._bare_host, await self._trust(), self._timers)
        if not found:
            return trouble
        here = next((one for one in found if one.transport is tried.transport), None)
        best = here or found[0]
        by = best.transport.upper()
        if best.port == USUAL_PORTS[best.transport] and not self._port:
            advice = _("By {transport} it answers: choose that, if the service does not say otherwise.", transport=by)
        else:
            advice = _(
                "By {transport} at port {port} it answers: choose that, if the service does not say otherwise.",
                transport=by,
                port=best.port,
            )
        text, cause = trouble.message, trouble.cause
        if cause is Cause.NO_ANSWER and here:
            cause = Cause.WRONG_PORT
        elif cause is Cause.NO_ANSWER:
            cause = Cause.BLOCKED
            text = _(
                "Nothing comes back from {place} by {transport}; it may be blocked on the way.",
                place=tried,
                transport=tried.transport.upper(),
            )
        return Trouble(cause, text, advice=advice, details=trouble.details)

    async def _options(self, within_s: float) -> CheckStep:
        place = self._reached
        try:
            heard = await self.client.options(within_s)
        except NoAnswer as none:
            advice = _("Some servers answer nothing but sign-ins: the next step tells.")
            return CheckStep(StepKind.ANSWER, Verdict.WARNED, none.message, advice, none.details, none.cause)
        self._is_heard = True
        details = "\n".join([_("It answered: {answer}", answer=heard), *self._seen_as(heard)])
        server = shown(heard.first("server") or heard.first("user-agent"), 80)
        text = (
            _("{place} answers and calls itself “{server}”.", place=place, server=server)
            if server
            else _("{place} answers.", place=place)
        )
        if heard.status in _FAULTS and heard.status != _NOT_KNOWN_HERE:
            text = " ".join((text, _("It says that something is wrong with it: {answer}.", answer=heard)))
            advice = _("If a later step fails, try again later.")
            return CheckStep(StepKind.ANSWER, Verdict.WARNED, text, advice, details, Cause.SERVER_FAULT)
        return CheckStep(StepKind.ANSWER, Verdict.PASSED, text, details=details)

    def _seen_as(self, heard: Message) -> list[str]:
        """Tell which address the server sees this computer at, where a router has put another in its place."""
        via = parameters(heard.first("via"))
        seen = via.get("received", "")
        if self._connection is None or not seen or seen == self._connection.local[0]:
            return []
        port = via.get("rport", "")
        if not port:
            return [_("It sees this computer as {address}, port unknown", address=shown(seen, 60))]
        return [_("It sees this computer as {address}, port {port}", address=shown(seen, 60), port=shown(port, 10))]

    async def _open(self, place: Place) -> None:
        self._place = place
        self._use(await self._connected(place))

    def _use(self, connection: Connection) -> None:
        self._connection = connection
        self.client = Client(self._settings, connection, self._timers, self._reopen)

    async def _reopen(self) -> Connection:
        await self.close()
        self._connection = await self._connected(self._reached)
        return self._connection

    async def _connected(self, place: Place) -> Connection:
        trusting = await self._trust() if place.transport is Transport.TLS else None
        return await connect(place, self._bare_host, trusting)

    async def _trust(self) -> ssl.SSLContext:
        if self._trusting is None:
            self._trusting = await asyncio.to_thread(trusting_here, self._trusted)
        return self._trusting

    @property
    def _reached(self) -> Place:
        assert self._place is not None, "resolve comes first"  # NON-NLS
        return self._place


def _silent(place: Place) -> Trouble:
    text = _("{place} does not answer by TCP.", place=place)
    advice = _("A firewall in between may drop what is sent, or the port is another.")
    return Trouble(Cause.NO_ANSWER, text, advice=advice)


def _reached(place: Place, failures: list[Trouble]) -> CheckStep:
    text = _("{place} is reached.", place=place)
    if not failures:
        return CheckStep(StepKind.REACH, Verdict.PASSED, text)
    advice = _("Not all of the server's addresses are; telephones may take longer to sign in.")
    details = "\n".join(one.details or one.message for one in failures)
    return CheckStep(StepKind.REACH, Verdict.WARNED, text, advice, details, failures[0].cause)
