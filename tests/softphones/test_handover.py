"""The address that hands a file over: once, for a time, to whoever knows its path, and to nobody else."""

import asyncio
import socket
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from tests.softphones.any_settings import made
from voipdesk.core.errors import StorageFailed
from voipdesk.softphones import linphone
from voipdesk.softphones.handover import Handover

FILE = linphone.set_up(made(), with_password=True)


@asynccontextmanager
async def served(**options):
    handover = await Handover.open(FILE, "127.0.0.1", **options)
    try:
        yield handover
    finally:
        await handover.close()


def authority(handover):
    return handover.url.split("/")[2]


def path(handover):
    return "/" + handover.url.split("/", 3)[3]


async def asked(handover, request):
    """Send bytes, and give all that comes back until the connection is closed."""
    host, port = authority(handover).split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    try:
        writer.write(request)
        return await asyncio.wait_for(reader.read(), 30)
    except ConnectionResetError:
        return b""
    finally:
        writer.close()


def request(handover, *fields, method="GET", target=None, version="HTTP/1.1", host=None):
    lines = [f"{method} {target or path(handover)} {version}", f"Host: {host or authority(handover)}", *fields, "", ""]
    return "\r\n".join(lines).encode()


def status(answer):
    return int(answer.split(b" ")[1])


async def test_it_is_handed_over_once_and_told_to_whom():
    async with served() as handover:
        answer = await asked(handover, request(handover))
        head, body = answer.split(b"\r\n\r\n", 1)
        assert status(answer) == 200
        assert body == FILE.content
        fetched = await handover.outcome()
        assert (fetched.by, fetched.whole) == ("127.0.0.1", True)
        for field in (
            b"Content-Type: application/xml; charset=utf-8",
            b"Cache-Control: no-store",
            b"X-Content-Type-Options: nosniff",
            b"Referrer-Policy: no-referrer",
            b"Connection: close",
        ):
            assert field in head.split(b"\r\n")
        assert b"Server:" not in head
        with pytest.raises(OSError, match="Connect call failed"):
            await asked(handover, request(handover))


async def test_of_two_at_once_one_gets_it():
    async with served() as handover:
        answers = await asyncio.gather(*(asked(handover, request(handover)) for _ in range(8)), return_exceptions=True)
        assert sum(isinstance(answer, bytes) and FILE.content in answer for answer in answers) == 1


async def test_looking_does_not_use_it_up():
    async with served() as handover:
        looked = await asked(handover, request(handover, method="HEAD"))
        assert status(looked) == 200
        assert f"Content-Length: {len(FILE.content)}".encode() in looked
        assert looked.endswith(b"\r\n\r\n")
        for wrong in ("/", "/favicon.ico", path(handover)[:-1], path(handover) + "x", path(handover) + "?", "/.."):
            assert status(await asked(handover, request(handover, target=wrong))) == 404
        assert status(await asked(handover, request(handover))) == 200


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"method": "POST"}, 405),
        ({"method": "OPTIONS"}, 405),
        ({"method": "get"}, 400),
        ({"version": "HTTP/1.0"}, 400),
        ({"version": "HTTP/2"}, 400),
        ({"target": "http://127.0.0.1/"}, 400),
        ({"target": "/a b"}, 400),
        ({"host": "evil.example"}, 400),
    ],
)
async def test_what_is_not_asked_as_it_should_be_gets_nothing(changed, code):
    async with served() as handover:
        answer = await asked(handover, request(handover, **changed))
        assert status(answer) == code
        assert FILE.content not in answer
        assert status(await asked(handover, request(handover))) == 200, "and it is still there"


@pytest.mark.parametrize(
    "fields",
    [
        ["Content-Length: 3"],
        ["Transfer-Encoding: chunked"],
        ["Host: 127.0.0.1"],
        ["no field"],
        [" folded: x"],
        ["name : x"],
        ["name: a\nb"],
        ["name: \x01"],
        [f"name:{' ' * 7_500}\x01"],  # which took a quarter of an hour to read, and all else stood still
    ],
    ids=lambda fields: fields[0][:20],
)
async def test_a_head_that_can_be_read_in_two_ways_is_refused(fields):
    async with served() as handover:
        assert status(await asked(handover, request(handover, *fields))) == 400


@pytest.mark.parametrize("raw", [b"", b"\x16\x03\x01\x02\x00", b"GET / HTTP/1.1\r\n", b"x" * 100_000, b"\r\n\r\n"])
async def test_what_is_no_request_is_let_go(raw, monkeypatch):
    monkeypatch.setattr("voipdesk.softphones.handover._PATIENCE_S", 0.2)
    async with served() as handover:
        assert FILE.content not in await asked(handover, raw)
        assert status(await asked(handover, request(handover))) == 200


async def test_many_who_only_connect_neither_stop_it_nor_pile_up():
    async with served() as handover:
        host, port = authority(handover).split(":")
        idle = [await asyncio.open_connection(host, int(port)) for _ in range(40)]
        refused = [reader for reader, _ in idle[16:]]
        assert await asyncio.wait_for(asyncio.gather(*(r.read() for r in refused)), 30) == [b""] * 24
        idle[0][1].write(request(handover))
        assert FILE.content in await asyncio.wait_for(idle[0][0].read(), 30)
        await handover.close()
        assert await asyncio.wait_for(idle[1][0].read(), 30) == b""
        for _, writer in idle:
            writer.close()


async def test_it_ends_by_itself_and_when_it_is_closed():
    async with served(lasts_s=0.05) as handover:
        assert await asyncio.wait_for(handover.outcome(), 30) is None
        with pytest.raises(OSError, match="Connect call failed"):
            await asked(handover, request(handover))
    async with served() as handover:
        waiting = asyncio.create_task(handover.outcome())
        await handover.close()
        assert await waiting is None
        await handover.close()


async def test_whoever_stops_waiting_does_not_end_it():
    async with served() as handover:
        waiting = asyncio.create_task(handover.outcome())
        await asyncio.sleep(0)
        waiting.cancel()
        assert status(await asked(handover, request(handover))) == 200
        assert (await handover.outcome()).whole


async def test_one_who_breaks_off_has_used_it_up_and_that_is_said(monkeypatch):
    async def breaks(*_):
        raise ConnectionResetError

    async with served() as handover:
        monkeypatch.setattr(handover, "_answer", breaks)
        await asked(handover, request(handover))
        assert not (await handover.outcome()).whole


async def test_each_path_is_another_and_long_enough():
    async with served() as first, served() as second:
        assert path(first) != path(second)
        assert len(path(first)) >= 1 + 128 // 6


async def test_an_address_that_is_not_this_computers_is_said():
    with pytest.raises(StorageFailed, match=r"192\.0\.2\.77"):
        await Handover.open(FILE, "192.0.2.77")


async def test_a_file_that_is_fetched_is_no_longer_listened_for_even_while_it_is_sent():
    async with served() as handover:
        await asked(handover, request(handover))
        await handover.outcome()
        port = int(authority(handover).split(":")[1])
        with socket.create_server(("127.0.0.1", port)):
            pass


async def test_who_does_not_take_the_file_does_not_keep_it_from_being_closed():
    large = replace(FILE, content=bytes(20_000_000))
    handover = await Handover.open(large, "127.0.0.1")
    host, port = authority(handover).split(":")
    with socket.create_connection((host, int(port))) as peer:
        peer.sendall(request(handover))
        peer.setblocking(False)
        assert await asyncio.get_running_loop().sock_recv(peer, 1) == b"H", "and no more"
        async with asyncio.timeout(60):
            await handover.close()
    assert await handover.outcome() is None
