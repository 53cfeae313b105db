"""A real name server on loopback with the records a test gives it; keeps what it was asked."""

import asyncio
from collections.abc import Mapping
from types import TracebackType
from typing import Self

import dns.asyncresolver
import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset


class NameServer(asyncio.DatagramProtocol):
    """Answers while it is entered: `records` by name and type, as a zone file writes them; else there is no such name.

    What is in `broken`, as "TYPE name", gets SERVFAIL; with `silent`, nothing gets an answer.
    """

    def __init__(
        self, records: Mapping[str, Mapping[str, list[str]]], *, broken: set[str] = frozenset(), silent: bool = False
    ) -> None:
        self._records = records
        self._broken = broken
        self._silent = silent
        self.asked: list[str] = []

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        self._udp, _ = await loop.create_datagram_endpoint(lambda: self, local_addr=("127.0.0.1", 0))
        self.resolver = dns.asyncresolver.Resolver(configure=False)
        self.resolver.nameservers = ["127.0.0.1"]
        self.resolver.port = self._udp.get_extra_info("sockname")[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._udp.close()
        await asyncio.sleep(0)

    def datagram_received(self, data: bytes, sender: object) -> None:
        query = dns.message.from_wire(data)
        name, kind = query.question[0].name, dns.rdatatype.to_text(query.question[0].rdtype)
        shown = f"{kind} {name.to_text(omit_final_dot=True)}"
        self.asked.append(shown)
        if self._silent:
            return
        reply = dns.message.make_response(query, recursion_available=True)
        found = self._records.get(name.to_text(omit_final_dot=True))
        if shown in self._broken:
            reply.set_rcode(dns.rcode.SERVFAIL)
        elif found is None:
            reply.set_rcode(dns.rcode.NXDOMAIN)
        elif found.get(kind):
            reply.answer.append(dns.rrset.from_text_list(name, 60, "IN", kind, found[kind]))
        self._udp.sendto(reply.to_wire(), sender)
