"""Whether there is a tray, as a real session bus tells."""

from tests.fakes.tray_host import TrayHost
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
