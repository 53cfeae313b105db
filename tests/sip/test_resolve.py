"""A server is found by its name as RFC 3263 says, asked of a real name server."""

import pytest

from tests.fakes.name_server import NameServer
from voipdesk.core.sip_check import Cause
from voipdesk.core.sip_settings import Transport
from voipdesk.sip.resolve import find
from voipdesk.sip.trouble import Trouble

UDP, TCP, TLS = Transport.UDP, Transport.TCP, Transport.TLS
DOMAIN = "example.test"
HOST = {"A": ["192.0.2.1"]}


async def places(server: NameServer, host: str = DOMAIN, port: int | None = None, transport: Transport = UDP):
    found = await find(host, port, transport, resolver=server.resolver)
    return [(place.address, place.port) for place in found.places]


async def trouble(
    server: NameServer, transport: Transport = UDP, *, host: str = DOMAIN, within_s: float = 4
) -> Trouble:
    with pytest.raises(Trouble) as raised:
        await find(host, None, transport, resolver=server.resolver, within_s=within_s)
    assert raised.value.message
    assert raised.value.advice
    return raised.value


@pytest.mark.parametrize(("host", "address"), [("192.0.2.9", "192.0.2.9"), ("[2001:db8::1]", "2001:db8::1")])
async def test_an_address_is_asked_of_nobody(host, address):
    async with NameServer({}) as server:
        assert await places(server, host) == [(address, 5060)]
        assert await places(server, host, 5070) == [(address, 5070)]
        assert await places(server, host, transport=TLS) == [(address, 5061)]
        assert server.asked == []


async def test_a_port_that_is_given_skips_what_dns_says_of_ports():
    records = {DOMAIN: HOST, f"_sip._udp.{DOMAIN}": {"SRV": [f"1 1 5099 {DOMAIN}."]}}
    async with NameServer(records) as server:
        assert await places(server, port=5070) == [("192.0.2.1", 5070)]
        assert sorted(server.asked) == [f"A {DOMAIN}", f"AAAA {DOMAIN}"]


@pytest.mark.parametrize(("transport", "port"), [(UDP, 5060), (TCP, 5060), (TLS, 5061)])
async def test_without_any_srv_the_name_itself_has_the_usual_port(transport, port):
    async with NameServer({DOMAIN: {"A": ["192.0.2.1"], "AAAA": ["2001:db8::1"]}}) as server:
        assert await places(server, transport=transport) == [("192.0.2.1", port), ("2001:db8::1", port)]


@pytest.mark.parametrize(("transport", "name"), [(UDP, "_sip._udp"), (TCP, "_sip._tcp"), (TLS, "_sips._tcp")])
async def test_srv_names_servers_and_ports_in_their_order(transport, name):
    records = {
        DOMAIN: {},
        f"{name}.{DOMAIN}": {"SRV": [f"20 1 5080 second.{DOMAIN}.", f"10 1 5090 first.{DOMAIN}."]},
        f"first.{DOMAIN}": {"A": ["192.0.2.1"]},
        f"second.{DOMAIN}": {"AAAA": ["2001:db8::2"]},
    }
    async with NameServer(records) as server:
        assert await places(server, transport=transport) == [("192.0.2.1", 5090), ("2001:db8::2", 5080)]


async def test_naptr_leads_to_the_srv_of_the_wanted_transport():
    records = {
        DOMAIN: {
            "NAPTR": [
                f'10 10 "s" "SIP+D2T" "" _sip._tcp.{DOMAIN}.',
                f'20 10 "S" "sip+d2u" "" elsewhere.{DOMAIN}.',
            ]
        },
        f"_sip._tcp.{DOMAIN}": {"SRV": [f"1 1 1 wrong.{DOMAIN}."]},
        f"elsewhere.{DOMAIN}": {"SRV": [f"1 1 5091 host.{DOMAIN}."]},
        f"host.{DOMAIN}": HOST,
    }
    async with NameServer(records) as server:
        assert await places(server) == [("192.0.2.1", 5091)]


async def test_what_is_published_for_other_transports_alone_is_told():
    async with NameServer({DOMAIN: HOST, f"_sips._tcp.{DOMAIN}": {"SRV": [f"1 1 5061 {DOMAIN}."]}}) as server:
        found = await find(DOMAIN, None, UDP, resolver=server.resolver)
        assert found.published == (TLS,)
        assert [(place.address, place.port) for place in found.places] == [("192.0.2.1", 5060)]


async def test_a_domain_that_says_it_has_none_is_believed_and_what_it_has_is_told():
    records = {f"_sip._udp.{DOMAIN}": {"SRV": ["0 0 0 ."]}, f"_sip._tcp.{DOMAIN}": {"SRV": [f"1 1 5060 {DOMAIN}."]}}
    async with NameServer({DOMAIN: HOST, **records}) as server:
        told = await trouble(server)
    assert told.cause is Cause.WRONG_DOMAIN
    assert told.advice == "It has one by TCP: choose that as transport."


async def test_a_name_that_does_not_exist_is_told():
    async with NameServer({}) as server:
        told = await trouble(server, host="sip.nowhere.invalid")
    assert told.cause is Cause.UNKNOWN_HOST
    assert "sip.nowhere.invalid" in told.message


async def test_a_server_that_srv_names_and_nobody_knows_is_told():
    name = "gone.invalid"
    async with NameServer({DOMAIN: HOST, f"_sip._udp.{DOMAIN}": {"SRV": [f"1 1 5060 {name}."]}}) as server:
        told = await trouble(server)
    assert told.cause is Cause.UNKNOWN_HOST
    assert name in told.message
    assert "SRV" in told.details


async def test_one_of_several_servers_is_enough():
    records = {
        DOMAIN: {},
        f"_sip._udp.{DOMAIN}": {"SRV": ["1 1 5060 gone.invalid.", f"2 1 5060 host.{DOMAIN}."]},
        f"host.{DOMAIN}": HOST,
    }
    async with NameServer(records) as server:
        assert await places(server) == [("192.0.2.1", 5060)]


async def test_a_name_server_that_is_silent_is_told_in_time():
    async with NameServer({}, silent=True) as server:
        assert (await trouble(server, within_s=0.2)).cause is Cause.NO_NAME_SERVICE


async def test_a_name_server_that_knows_nothing_but_addresses_does():
    broken = {f"NAPTR {DOMAIN}", *(f"SRV {name}.{DOMAIN}" for name in ("_sip._udp", "_sip._tcp", "_sips._tcp"))}
    async with NameServer({DOMAIN: HOST}, broken=broken) as server:
        assert await places(server) == [("192.0.2.1", 5060)]


async def test_a_name_server_at_fault_is_told():
    async with NameServer({DOMAIN: HOST}, broken={f"A {DOMAIN}"}) as server:
        assert (await trouble(server)).cause is Cause.NO_NAME_SERVICE


async def test_a_name_of_this_computer_alone_is_found():
    async with NameServer({}) as server:
        assert ("127.0.0.1", 5060) in await places(server, "localhost")


async def test_of_very_many_addresses_some_are_tried():
    async with NameServer({DOMAIN: {"A": [f"192.0.2.{last}" for last in range(1, 30)]}}) as server:
        assert len(await places(server)) == 6
