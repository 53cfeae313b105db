"""Starting, stopping and serving from a coroutine."""

import asyncio
import logging
import socket
import sys
import threading

import httpx
import pytest

from voipdesk.core.errors import BadInput
from voipdesk.demo.server import DemoServer, serve


def test_a_server_listens_when_start_returns_and_is_gone_after_stop():
    server = DemoServer(calls=10)
    server.stop()  # does nothing before the start
    server.start()
    address = ("127.0.0.1", int(server.base_url.rpartition(":")[2]))
    socket.create_connection(address, 5).close()
    server.stop()
    server.stop()
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(address, 5)
    assert not any(thread.name == "demo-server" for thread in threading.enumerate())


def test_stop_ends_at_once_with_open_connections_and_slow_answers(caplog):
    outcome = []
    with caplog.at_level(logging.WARNING):
        server = DemoServer(calls=10)
        server.start()
        server.fault("slow", seconds=3600)
        idle = httpx.Client(trust_env=False)
        idle.get(f"{server.base_url}/demo/state")

        def wait():
            try:
                httpx.get(f"{server.base_url}/api/integration/v1/get-user-calls", timeout=60, trust_env=False)
            except httpx.TransportError as error:
                outcome.append(error)

        waiting = threading.Thread(target=wait)
        waiting.start()
        while server.on_server(lambda: len(server._uvicorn.server_state.connections)) < 2:
            pass
        server.stop()
        waiting.join(30)
        idle.close()
    assert len(outcome) == 1
    assert caplog.records == []


def test_nothing_is_logged_in_a_normal_run_with_faults(caplog):
    with caplog.at_level(logging.WARNING), DemoServer(calls=10) as server, httpx.Client(trust_env=False) as client:
        for fault in ("cut_before_act", "cut_after_act", "cut_during_body"):
            server.fault(fault, next=1)
            with pytest.raises(httpx.TransportError):
                client.get(f"{server.base_url}/api/integration/v1/get-user-calls", headers={"token": server.api_key})
    assert caplog.records == []


def test_a_port_that_is_taken_is_said_so():
    with DemoServer(calls=10) as first:
        port = int(first.base_url.rpartition(":")[2])
        with pytest.raises(BadInput, match=f"Port {port}"):
            DemoServer(port=port, calls=10).start()


def test_a_missing_extra_is_said_so(monkeypatch):
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    with pytest.raises(BadInput, match="extra “demo”"):
        DemoServer(calls=10).start()


async def test_serve_runs_until_cancelled():
    ready = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(serve(calls=10, ready=ready.set_result))
    server = await asyncio.wait_for(ready, 30)
    async with httpx.AsyncClient(trust_env=False) as client:
        assert (await client.get(f"{server.base_url}/demo/state")).status_code == 200
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not any(thread.name == "demo-server" for thread in threading.enumerate())


def test_a_log_can_be_written_in_advance():
    from voipdesk.core.call_log import Source

    with DemoServer(calls=3_000) as server:
        server.write_out(Source.USER)
        assert len(server._tenant.exchange._written) == 3
