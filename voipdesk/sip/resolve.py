"""Finds a SIP server by its name: NAPTR, SRV and address records, as RFC 3263, section 4, says."""

from __future__ import annotations

import asyncio
import socket
from contextlib import suppress
from ipaddress import ip_address
from typing import TYPE_CHECKING

from voipdesk.core.language import _, joined
from voipdesk.core.sip_check import Cause
from voipdesk.core.sip_settings import Transport
from voipdesk.sip.place import USUAL_PORTS, Place, Places
from voipdesk.sip.trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dns.asyncresolver import Resolver
    from dns.rdata import Rdata
    from dns.rdtypes.IN.NAPTR import NAPTR
    from dns.rdtypes.IN.SRV import SRV

_NAPTR_SERVICES = {Transport.UDP: "SIP+D2U", Transport.TCP: "SIP+D2T", Transport.TLS: "SIPS+D2T"}
_SRV_PREFIXES = {Transport.UDP: "_sip._udp", Transport.TCP: "_sip._tcp", Transport.TLS: "_sips._tcp"}
_NONE = [(".", 0)]
"""What SRV says of a service that is decidedly not there (RFC 2782)."""
_SERVERS_TRIED = 4
_PLACES_TRIED = 6
"""However many a domain has: the check has 15 seconds in all."""


def system_resolver() -> Resolver:
    """Ask the name servers of this computer; reads its settings, so not for the window's thread."""
    from dns.asyncresolver import Resolver
    from dns.resolver import NoResolverConfiguration

    try:
        resolver = Resolver()
    except NoResolverConfiguration as error:
        raise Trouble(
            Cause.NO_NAME_SERVICE,
            _("This computer has no name server set up."),
            advice=_("Is it connected to a network?"),
        ) from error
    resolver.cache = None  # what is checked is what DNS says now
    return resolver


async def find(
    host: str, port: int | None, transport: Transport, *, resolver: Resolver | None = None, within_s: float = 4.0
) -> Places:
    """Find the addresses of `host` (IPv6 in brackets) for a transport; a given port or an IP address skips SRV.

    Raises Trouble: UNKNOWN_HOST, NO_NAME_SERVICE.
    """
    literal = host.strip("[]")
    with suppress(ValueError):
        address = str(ip_address(literal))
        return Places((Place(address, port or USUAL_PORTS[transport], transport, literal),))
    if resolver is None:
        resolver = await asyncio.to_thread(system_resolver)
    return await _Search(host, transport, resolver, within_s).run(port)


class _Search:
    """One search; `steps` tells what was asked and answered."""

    def __init__(self, host: str, transport: Transport, resolver: Resolver, within_s: float) -> None:
        self._host = host.rstrip(".")
        self._transport = transport
        self._resolver = resolver
        self._within_s = within_s
        self._steps: list[str] = []

    async def run(self, port: int | None) -> Places:
        if port is not None:
            return Places(tuple(await self._places([(self._host, port)])), tuple(self._steps))
        servers, published = await self._servers()
        usual = [(self._host, USUAL_PORTS[self._transport])]
        places = await self._places(servers or usual)
        return Places(tuple(places), tuple(self._steps), published)

    async def _servers(self) -> tuple[list[tuple[str, int]], tuple[Transport, ...]]:
        """Give host names and ports in the order in which they are to be tried, and what else is published."""
        pointers, by_prefix = await asyncio.gather(
            self._naptr(), asyncio.gather(*(self._srv(f"{one}.{self._host}") for one in _SRV_PREFIXES.values()))
        )
        found = dict(zip(_SRV_PREFIXES, by_prefix, strict=True))
        wanted = found[self._transport]
        services = {record.service.decode("ascii", "replace").upper() for record in pointers}
        for record in pointers:
            # with the flag "s", the replacement is the name of SRV records
            if record.service.upper() == _NAPTR_SERVICES[self._transport].encode() and record.flags.lower() == b"s":
                wanted = await self._srv(record.replacement.to_text(omit_final_dot=True)) or wanted
                break
        offered = tuple(
            one
            for one, servers in found.items()
            if servers != _NONE and (servers or _NAPTR_SERVICES[one] in services) and one != self._transport
        )
        if wanted == _NONE:
            raise Trouble(
                Cause.WRONG_DOMAIN,
                _(
                    "“{host}” says in DNS that it has no SIP service by {transport}.",
                    host=self._host,
                    transport=self._transport.upper(),
                ),
                advice=_choose(offered),
                details="\n".join(self._steps),
            )
        return wanted, () if wanted else offered

    async def _naptr(self) -> list[NAPTR]:
        from dns.rdtypes.IN.NAPTR import NAPTR

        records = await self._ask(self._host, "NAPTR", optional=True)
        naptr = [record for record in records if isinstance(record, NAPTR)]
        for record in naptr:
            service = record.service.decode("ascii", "replace")
            self._steps.append(f"NAPTR {self._host}: {service} {record.replacement}")  # NON-NLS: as DNS has it
        return naptr

    async def _srv(self, name: str) -> list[tuple[str, int]]:
        from dns.rdtypes.IN.SRV import SRV

        records = [record for record in await self._ask(name, "SRV", optional=True) if isinstance(record, SRV)]
        for record in records:
            self._steps.append(
                _(
                    "SRV {name}: {server} port {port}, priority {priority}",
                    name=name,
                    server=_server(record)[0],
                    port=record.port,
                    priority=record.priority,
                )
            )
        if len(records) == 1 and records[0].target.to_text() == ".":
            return _NONE
        return [_server(record) for record in records if record.target.to_text() != "."][:_SERVERS_TRIED]

    async def _places(self, servers: Sequence[tuple[str, int]]) -> list[Place]:
        """Look up the addresses of servers, all at a time; Trouble when none has any."""
        looked_up = await asyncio.gather(*(self._addresses(host) for host, _port in servers), return_exceptions=True)
        places: list[Place] = []
        for (host, port), found in zip(servers, looked_up, strict=True):
            if isinstance(found, BaseException):
                if not isinstance(found, Trouble):
                    raise found
                continue
            places += [Place(address, port, self._transport, host) for address in found]
        if places:
            return places[:_PLACES_TRIED]
        raise next(found for found in looked_up if isinstance(found, Trouble))

    async def _addresses(self, host: str) -> list[str]:
        """IPv4 first: it is what most telephones use."""
        answers = await asyncio.gather(
            self._ask(host, "A"), self._ask(host, "AAAA", optional=True), return_exceptions=True
        )
        trouble = next((answer for answer in answers if isinstance(answer, BaseException)), None)
        addresses = [record.to_text() for answer in answers if isinstance(answer, list) for record in answer]
        if not addresses and trouble is None:
            addresses = await self._known_here(host)
        if addresses:
            known = ", ".join(addresses[:_PLACES_TRIED])
            self._steps.append(_("{host} has the address {addresses}", host=host, addresses=known))
            return addresses
        if trouble is not None:
            raise trouble
        raise Trouble(
            Cause.UNKNOWN_HOST,
            _("There is no server called “{host}”.", host=host),
            advice=_("Compare the domain and the outbound proxy with what the service has given, letter by letter."),
            details="\n".join(self._steps),
        )

    async def _known_here(self, host: str) -> list[str]:
        """Ask this computer itself, which may know names that DNS does not: of its hosts file, of the local network."""
        loop = asyncio.get_running_loop()
        try:
            found = await loop.getaddrinfo(host, None, type=socket.SOCK_DGRAM)
        except OSError:
            return []
        self._steps.append(_("{host} is not in DNS, and known to this computer", host=host))
        return list(dict.fromkeys(str(address[0]) for *_rest, address in found))

    async def _ask(self, name: str, kind: str, *, optional: bool = False) -> list[Rdata]:
        """Ask DNS; nothing where there is nothing, and, where that is optional, where no answer comes."""
        from dns.exception import DNSException
        from dns.resolver import NXDOMAIN, NoAnswer

        try:
            answer = await self._resolver.resolve(f"{name}.", kind, lifetime=self._within_s, search=False)
        except (NXDOMAIN, NoAnswer):
            return []
        except DNSException as error:
            self._steps.append(f"{kind} {name}: {type(error).__name__}")
            if optional:
                return []
            raise Trouble(
                Cause.NO_NAME_SERVICE,
                _("The name server of this computer does not tell where “{name}” is.", name=name),
                advice=_(
                    "Is this computer connected to the internet? Else the fault is with the domain's name server."
                ),
                details="\n".join([*self._steps, " ".join(str(error).split())[:300]]),
            ) from error
        return list(answer.rrset.processing_order()) if answer.rrset is not None else []


def _server(record: SRV) -> tuple[str, int]:
    return record.target.to_text(omit_final_dot=True), record.port


def _choose(transports: tuple[Transport, ...]) -> str:
    if not transports:
        return _("Compare the domain with what the service has given.")
    names = joined(one.upper() for one in transports)
    return _("It has one by {transports}: choose that as transport.", transports=names)
