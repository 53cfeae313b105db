"""A connection by TCP, at a server of this computer."""

import asyncio

from voipdesk.core.sip_settings import Transport
from voipdesk.sip.place import Place
from voipdesk.sip.stream import StreamConnection


async def test_who_closes_it_and_is_hurried_leaves_nothing_open():
    ended = asyncio.Event()

    async def serve(reader, writer):
        await reader.read()
        writer.close()
        ended.set()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        connection = await StreamConnection.open(Place("127.0.0.1", port, Transport.TCP, "sip.test"))
        closing = asyncio.create_task(connection.close())
        await asyncio.sleep(0)
        closing.cancel()
        await asyncio.wait([closing])
        assert closing.cancelled()
        await asyncio.wait_for(ended.wait(), 30)
