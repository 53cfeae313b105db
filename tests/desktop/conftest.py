"""A session bus of its own for each test, and waiting for what comes over it."""

import asyncio
import time

import pytest

from tests.fakes.bus_service import BusDaemon
from voipdesk.desktop.session_bus import SessionBus


@pytest.fixture
def bus_address():
    with BusDaemon() as daemon:
        yield daemon.address


@pytest.fixture
async def bus(bus_address):
    bus = await SessionBus.open(bus_address)
    yield bus
    await bus.close()


@pytest.fixture
def until():
    """Wait until something holds."""

    async def wait(holds, seconds=10):
        end = time.monotonic() + seconds
        while not (answer := holds()):
            assert time.monotonic() < end, "it never came to be"
            await asyncio.sleep(0.01)
        return answer

    return wait
