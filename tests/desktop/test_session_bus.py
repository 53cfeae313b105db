"""The session bus."""

import asyncio
import gc

import pytest
from jeepney import DBusAddress

from tests.fakes.bus_service import BusService
from voipdesk.desktop.session_bus import BusError, SessionBus


class Echo(BusService):
    name = interface = "com.example.Echo"
    path = "/echo"

    def do_Say(self, message):  # noqa: N802 - the method's name
        return "s", (message.body[0],)

    def do_Get(self, message):  # noqa: N802 - the method's name
        return ("v", (("s", "loud"),)) if message.body[1] == "Voice" else ("ss", ("no", "variant"))


ECHO = DBusAddress("/echo", "com.example.Echo", "com.example.Echo")


async def test_a_method_answers_or_its_error_is_told(bus, bus_address):
    async with Echo(bus_address):
        assert await bus.call(ECHO, "Say", "s", ("hello",)) == ("hello",)
        with pytest.raises(BusError) as told:
            await bus.call(ECHO, "Shout")
        assert (str(told.value), told.value.name) == ("It says no.", "org.freedesktop.DBus.Error.UnknownMethod")
    with pytest.raises(BusError) as told:
        await bus.call(ECHO, "Say", "s", ("hello",))
    assert told.value.name == "org.freedesktop.DBus.Error.ServiceUnknown"


async def test_a_property_is_read_and_what_is_none_is_said(bus, bus_address):
    async with Echo(bus_address):
        assert await bus.get_property(ECHO, "Voice") == "loud"
        with pytest.raises(BusError, match="as it should"):
            await bus.get_property(ECHO, "Other")


async def test_a_listener_that_fails_is_told_of_and_costs_no_other(bus, bus_address, until):
    heard, told = [], []

    def fails(signal):
        raise IndexError(signal.member)

    asyncio.get_running_loop().set_exception_handler(lambda _loop, context: told.append(context["exception"]))
    async with Echo(bus_address) as echo:
        await bus.on_signal(fails, interface=ECHO.interface)
        await bus.on_signal(heard.append, interface=ECHO.interface)
        for _ in range(2):
            await echo.signal("Said", "", ())
        await until(lambda: len(heard) == len(told) == 2)
        assert await bus.call(ECHO, "Say", "s", ("still there",)) == ("still there",)
    asyncio.get_running_loop().set_exception_handler(None)
    assert {type(bug) for bug in told} == {IndexError}


async def test_signals_are_heard_all_of_them_until_it_ends(bus, bus_address, until):
    heard, other = [], []
    async with Echo(bus_address) as echo:
        end = await bus.on_signal(heard.append, interface=ECHO.interface, member="Said")
        await bus.on_signal(other.append, interface=ECHO.interface, member="Said")
        for number in range(50):
            await echo.signal("Said", "u", (number,))
        await until(lambda: len(heard) == 50)
        assert [signal.body for signal in heard] == [(number,) for number in range(50)]
        assert {(signal.sender, signal.path, signal.member) for signal in heard} == {
            (await bus.owner(ECHO.bus_name), "/echo", "Said")
        }
        end()
        await echo.signal("Said", "u", (51,))
        await until(lambda: len(other) == 51)
        assert len(heard) == 50, "the other still listens"


async def test_it_is_told_who_owns_a_name(bus, bus_address, until):
    owners = []
    await bus.on_owner(ECHO.bus_name, owners.append)
    assert await bus.owner(ECHO.bus_name) == ""
    async with Echo(bus_address):
        await until(lambda: owners == [owners and owners[0]])
        assert owners == [await bus.owner(ECHO.bus_name)]
    await until(lambda: owners[1:] == [""])


@pytest.mark.parametrize("address", ["unix:path=/nowhere/at/all", "tcp:host=localhost,port=1", "nonsense"])
async def test_no_bus_is_said(address):
    with pytest.raises(BusError):
        await SessionBus.open(address)


async def test_no_address_is_no_bus(monkeypatch):
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    with pytest.raises(BusError):
        await SessionBus.open()


async def test_a_bus_that_ends_is_said_and_closed_all_the_same():
    from tests.fakes.bus_service import BusDaemon

    with BusDaemon() as daemon:
        bus = await SessionBus.open(daemon.address)
    with pytest.raises(BusError):
        await bus.owner(ECHO.bus_name)
    await bus.close()


@pytest.mark.parametrize("cancelled", [True, False])
async def test_who_waits_for_an_answer_when_it_is_closed_ends_quietly(bus_address, cancelled):
    told = []
    asyncio.get_running_loop().set_exception_handler(lambda _loop, context: told.append(context))
    bus = await SessionBus.open(bus_address)
    async with Silent(bus_address):
        waiting = asyncio.ensure_future(bus.call(ECHO, "Say", "s", ("hello",)))
        await asyncio.sleep(0.05)
        closing = asyncio.ensure_future(bus.close())
        if cancelled:
            await asyncio.sleep(0)  # its reader is about to end
            waiting.cancel()
        await closing
        with pytest.raises(asyncio.CancelledError if cancelled else BusError):
            await waiting
    del waiting
    gc.collect()
    assert told == []


class Silent(Echo):
    """Is asked, and does not answer."""

    async def do_Say(self, _message):  # noqa: N802 - the method's name
        await asyncio.Event().wait()
