"""A missed call on a real desktop: the program in its own process, X server, window manager, session bus, keyring."""

import asyncio
import signal
import time
from contextlib import suppress

from jeepney import DBusAddress

from tests.e2e.program import Program, without_proxies
from tests.fakes.keyring_session import KeyringSession
from tests.fakes.notification_server import NotificationServer
from tests.fakes.tray_host import TrayHost
from tests.fakes.x_display import XDisplay
from voipdesk.core.call_log import Source
from voipdesk.desktop.session_bus import SessionBus
from voipdesk.settings.paths import Paths
from voipdesk.settings.preferences import Preferences

ITEM = "org.kde.StatusNotifierItem"


async def until(holds, seconds=60):
    end = time.monotonic() + seconds
    while not (answer := holds()):
        assert time.monotonic() < end, "it never came to be"
        await asyncio.sleep(0.05)
    return answer


async def test_a_missed_call_is_told_and_called_back_and_a_number_dialled_by_the_key(demo, home):
    settings = Preferences(Paths.find(None).settings_file)
    settings.region = "GB"
    settings.set("shortcut", "Ctrl+Alt+D")
    with KeyringSession() as session, XDisplay() as display:
        environment = without_proxies({**session.environment, "DISPLAY": display.name, "QT_QPA_PLATFORM": "xcb"})
        run = Program(environment)
        add = "accounts", "add", "voipcloud", "--name", "Office", "--base-url", demo.base_url, "--my-number", "7040"
        assert run(*add, stdin=demo.api_key).code == 0
        bus_address = session.environment["DBUS_SESSION_BUS_ADDRESS"]
        async with NotificationServer(bus_address) as server:
            process = run.start("--pane", "call_log")
            try:
                await a_day(demo, display, server, bus_address, process)
                process.send_signal(signal.SIGTERM)
                ended = await asyncio.to_thread(run.finish, process)
            finally:
                process.kill()
            assert (ended.code, ended.err) == (0, "")
            assert server.shown == {}, "nothing is left behind"


async def miss_a_call(demo, display, server):
    """Let customers ring who nobody answers until one is told: those that came while the log was in view are not."""
    for _ in range(5):
        demo.arrive(Source.USER)
        asked = demo.state().requests["get-user-calls"]
        display.press("F5")
        await until(lambda asked=asked: demo.state().requests["get-user-calls"] > asked)
        with suppress(AssertionError):
            return await until(lambda: next(iter(server.shown.values()), None), 5)
    raise AssertionError("no notice came")


async def a_day(demo, display, server, bus_address, process):
    await until(lambda: "voipdesk" in display.active)
    await until(lambda: demo.state().requests.get("get-user-calls"))
    assert server.history == [], "nothing is told of what was before"
    display.press("ctrl+f")
    display.type("zzz")  # the newest calls are not in view then
    shown = await miss_a_call(demo, display, server)
    assert shown.actions == ("default", "Show", "button", "Call back")
    before = len(server.history)
    await server.press(shown.number)
    await until(lambda: demo.state().dials)
    digits = "".join(filter(str.isdecimal, shown.title))
    assert [dial.number_to_call for dial in demo.state().dials] == [f"+{digits}"]

    async with TrayHost(bus_address) as host:  # it comes while the program runs
        await until(lambda: host.items)
        display.press("alt+F4")
        await until(lambda: any(notice.title == "voipdesk stays in the tray" for notice in server.history))
        await until(lambda: not display.active)
        await dial_by_the_key(demo, display)
        assert process.poll() is None
    await until(lambda: "voipdesk" in display.active)  # it would be lost without a tray
    async with TrayHost(bus_address) as host:
        await until(lambda: host.items)
        display.press("alt+F4")
        await until(lambda: not display.active)
        bus = await SessionBus.open(bus_address)
        item, _path = host.items[0]
        await bus.call(DBusAddress("/StatusNotifierItem", item, ITEM), "Activate", "ii", (0, 0))
        await until(lambda: "voipdesk" in display.active)
        await bus.close()
    assert [notice.title for notice in server.history[before:]] == ["voipdesk stays in the tray"]
    assert len(demo.state().dials) == 2


async def dial_by_the_key(demo, display):
    display.press("ctrl+alt+d")
    await until(lambda: display.active == "Quick dial · voipdesk")
    display.type("7042")
    display.press("Return")
    await until(lambda: len(demo.state().dials) == 2)
    assert demo.state().dials[1].number_to_call == "7042"
    display.press("Escape")
    await until(lambda: not display.active)
