"""The check runs on Qt's event loop as it does on asyncio's own: names, UDP, TCP and TLS, against a real registrar."""

import pytest

from tests.fakes.name_server import NameServer
from tests.fakes.registrar import DOMAIN, Registrar
from voipdesk.core.sip_check import Verdict
from voipdesk.core.sip_settings import SipSettings
from voipdesk.services.sip_check import SipCheck


@pytest.fixture(scope="module")
def registrar():
    with Registrar({"100": "secret"}) as running:
        yield running


@pytest.mark.parametrize(("transport", "name"), [("udp", "_sip._udp"), ("tcp", "_sip._tcp"), ("tls", "_sips._tcp")])
async def test_an_account_is_checked(qapp, registrar, transport, name):
    port = registrar.tls_port if transport == "tls" else registrar.port
    records = {DOMAIN: {"A": ["127.0.0.1"]}, f"{name}.{DOMAIN}": {"SRV": [f"1 1 {port} {DOMAIN}."]}}
    async with NameServer(records) as names:
        check = SipCheck(resolver=names.resolver, trusted=registrar.certificate)
        report = await check.run(SipSettings("100", DOMAIN, "secret", transport=transport), register=True)
    assert {step.verdict for step in report.steps} == {Verdict.PASSED}
    assert registrar.registered() == []
