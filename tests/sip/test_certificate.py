"""A server's certificate is judged, and what is wrong with it is told from everything else that could be."""

import ssl

import pytest

from tests.fakes.certificates import Authority, self_signed
from tests.fakes.languages import dutch
from tests.fakes.sip_server import SipServer
from voipdesk.core.sip_check import Cause
from voipdesk.core.sip_settings import Transport
from voipdesk.sip.certificate import Certificate, open_tls, trusting_here
from voipdesk.sip.place import Place
from voipdesk.sip.trouble import Trouble

NAME = "sip.example.test"


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority"))


def served(certificate: object, key: object) -> SipServer:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, key)
    return SipServer(lambda _: None, tls=tls)


def at(server: SipServer) -> Place:
    return Place("127.0.0.1", server.port, Transport.TLS, NAME)


async def trouble(server: SipServer, trusted: object = None, name: str = NAME) -> Trouble:
    async with server:
        with pytest.raises(Trouble) as raised:
            await open_tls(at(server), name, trusting_here(trusted))
        assert server.received == []
    return raised.value


@pytest.mark.parametrize("name", [NAME, "127.0.0.1"])
async def test_a_good_one_is_for_the_name_or_address_that_was_given(authority, name):
    async with served(*authority.issue(NAME, "127.0.0.1")) as server:
        connection = await open_tls(at(server), name, trusting_here(authority.certificate))
        told = Certificate.read(connection.certificate)
        await connection.close()
    assert told.names == (NAME, "127.0.0.1")
    assert told.issuer == "An authority for tests"
    assert str(told) == f"Certificate for {NAME}, 127.0.0.1, issued by An authority for tests, until 2099-12-31"


async def test_one_that_has_expired_is_told_with_its_day(authority):
    made = authority.issue(NAME, until="20210503120000Z")
    told = await trouble(served(*made), authority.certificate)
    assert told.cause is Cause.TLS_EXPIRED
    assert told.message == "The server's certificate expired on 3 May 2021."
    assert "no password was sent" in told.advice


async def test_its_day_is_written_as_in_the_language_spoken(authority):
    with dutch({"The server's certificate expired on {date}.": "Het certificaat is op {date} verlopen."}):
        told = await trouble(served(*authority.issue(NAME, until="20210503120000Z")), authority.certificate)
    assert told.message == "Het certificaat is op 3 mei 2021 verlopen."


async def test_one_that_is_not_valid_yet_is_told_with_its_day(authority):
    made = authority.issue(NAME, since="20900503120000Z")
    told = await trouble(served(*made), authority.certificate)
    assert told.cause is Cause.TLS_NOT_YET_VALID
    assert "3 May 2090" in told.message


@pytest.mark.parametrize("name", [NAME, "127.0.0.1"])
async def test_one_of_another_name_is_told_with_the_name(authority, name):
    told = await trouble(served(*authority.issue("other.example.test")), authority.certificate, name)
    assert told.cause is Cause.TLS_OTHER_NAME
    assert told.message == f"The server's certificate is for “other.example.test”, not for “{name}”."


async def test_one_of_an_unknown_authority_is_told_with_the_authority(authority):
    told = await trouble(served(*authority.issue(NAME)))
    assert told.cause is Cause.TLS_UNKNOWN_AUTHORITY
    assert "“An authority for tests”" in told.message


async def test_one_that_vouches_for_itself_is_told(tmp_path):
    told = await trouble(served(*self_signed(tmp_path, NAME)))
    assert told.cause is Cause.TLS_SELF_SIGNED
    assert f"Certificate for {NAME}" in told.details


async def test_a_server_that_hangs_up_is_told():
    server = SipServer(lambda _: None)
    server.hang_up = True
    assert (await trouble(server)).cause is Cause.TLS_OTHER
