"""A service by hand on a real session bus: what it is asked, what it answers, and the signals it sends."""

import asyncio
import subprocess
from contextlib import suppress

from jeepney import DBusAddress, HeaderFields, MessageType, new_error, new_method_return, new_signal
from jeepney.bus_messages import message_bus
from jeepney.io.asyncio import DBusConnection, open_dbus_connection


class BusDaemon:
    """A session bus of its own, at `address`, while it is entered."""

    def __enter__(self):
        self._process = subprocess.Popen(
            ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.address = self._process.stdout.readline().strip()
        return self

    def __exit__(self, *_error):
        self._process.terminate()
        self._process.wait(timeout=30)
        self._process.stdout.close()


class BusService:
    """Owns `name`; a method M is answered by `do_M(message)` with a signature and a body, or with an error."""

    name = ""
    path = "/"
    interface = ""

    def __init__(self, address):
        self.address = address
        self.asked = []
        """Members and bodies of the calls that came, in their order."""

    async def __aenter__(self):
        self._connection: DBusConnection = await open_dbus_connection(self.address)
        serial = next(self._connection.outgoing_serial)
        await self._connection.send(message_bus.RequestName(self.name), serial=serial)
        early = []  # whoever waited for the name may ask at once
        while (message := await self._connection.receive()).header.fields.get(HeaderFields.reply_serial) != serial:
            early.append(message)
        self._serving = asyncio.ensure_future(self._serve(early))
        return self

    async def __aexit__(self, *_error):
        self._serving.cancel()
        with suppress(asyncio.CancelledError):
            await self._serving
        await self._connection.close()

    async def signal(self, member, signature, body, *, path=None, interface=None):
        """Send a signal to all."""
        emitter = DBusAddress(path or self.path, interface=interface or self.interface)
        await self._connection.send(new_signal(emitter, member, signature, body))

    async def _serve(self, early):
        while True:
            message = early.pop(0) if early else await self._connection.receive()
            if message.header.message_type is MessageType.method_call:
                await self._answer(message)

    async def _answer(self, message):
        member = message.header.fields[HeaderFields.member]
        if message.header.fields.get(HeaderFields.interface) == "org.freedesktop.DBus.Peer":
            await self._connection.send(new_method_return(message))
            return
        self.asked.append((member, message.body))
        do = getattr(self, f"do_{member}", None)
        answer = do(message) if do else "org.freedesktop.DBus.Error.UnknownMethod"
        if asyncio.iscoroutine(answer):
            answer = await answer
        if isinstance(answer, str):
            await self._connection.send(new_error(message, answer, "s", ("It says no.",)))
        else:
            await self._connection.send(new_method_return(message, *answer))
