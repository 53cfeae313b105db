"""Whether there is a tray, as a real session bus tells."""

import asyncio

from tests.fakes.tray_host import TrayHost
from voipdesk.desktop import session_bus
from voipdesk.desktop.tray_watcher import TrayWatcher


async def test_a_tray_comes_and_goes(bus, bus_address, until):
    told = []
    watcher = TrayWatcher(bus, told.append)
    await watcher.open()
    assert told == [False]
    async with TrayHost(bus_address, shows=False) as host:
        await until(lambda: len(told) > 1)
        assert not any(told), "a watcher without a host shows no icon"
        await host.show(True)
        await until(lambda: told[-1])
        await host.show(False)
        await until(lambda: not told[-1])
        await host.show(True)
        await until(lambda: told[-1])
    await until(lambda: not told[-1])
    watcher.close()
    count = len(told)
    async with TrayHost(bus_address):
        await bus.owner(TrayHost.name)
    assert len(told) == count


class BusyTrayHost(TrayHost):
    """Answers nobody before it has time."""

    def __init__(self, address):
        super().__init__(address)
        self.has_time = asyncio.Event()

    async def do_Get(self, message):  # noqa: N802 - the method's name
        await self.has_time.wait()
        return super().do_Get(message)


async def test_a_tray_that_is_slow_to_answer_is_asked_again(bus, bus_address, until, monkeypatch):
    monkeypatch.setattr(session_bus, "ANSWER_WITHIN_S", 0.05)
    told = []
    watcher = TrayWatcher(bus, told.append)
    await watcher.open()
    async with BusyTrayHost(bus_address) as host:
        await until(lambda: len(told) > 3)
        assert not any(told)
        host.has_time.set()
        await until(lambda: told[-1])
        watcher.close()
