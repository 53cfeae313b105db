"""The desktop's session bus (D-Bus), spoken by jeepney on asyncio: calls, signals, and who owns a name."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from jeepney import DBusAddress, HeaderFields, MatchRule, Message, MessageType, new_method_call
from jeepney.auth import AuthenticationError
from jeepney.bus_messages import message_bus
from jeepney.io.asyncio import DBusConnection, DBusRouter, open_dbus_connection
from jeepney.io.common import RouterClosed

from voipdesk.core.errors import VoipdeskError
from voipdesk.core.language import _

if TYPE_CHECKING:
    from collections.abc import Callable

ANSWER_WITHIN_S = 10.0
_BUS = "org.freedesktop.DBus"


class BusError(VoipdeskError):
    """The bus or who was asked on it is not there, or said no; `name` is the D-Bus error's, "" without an answer.

    `late` is True where who was asked is there and did not answer in time.
    """

    def __init__(self, text: str, name: str = "", *, late: bool = False) -> None:
        super().__init__(text)
        self.name = name
        self.late = late


class Signal(NamedTuple):
    """A signal that came."""

    sender: str
    """The unique name of who sent it."""
    path: str
    member: str
    body: tuple[Any, ...]


class SessionBus:
    """A connection to the session bus; for one asyncio loop. Without `address` the environment's bus is taken."""

    def __init__(self, connection: DBusConnection) -> None:
        self._connection = connection
        self._router = DBusRouter(connection)
        self._rules: dict[str, int] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    @classmethod
    async def open(cls, address: str = "SESSION") -> SessionBus:
        """Connect; BusError when there is no bus."""
        try:
            return cls(await asyncio.wait_for(open_dbus_connection(address), ANSWER_WITHIN_S))
        except KeyError as error:
            raise BusError(_("There is no session bus.")) from error
        except (OSError, EOFError, ValueError, RuntimeError, AuthenticationError, TimeoutError) as error:
            raise BusError(_("The session bus does not answer: {reason}.", reason=error)) from error

    @property
    def name(self) -> str:
        """The unique name of this connection."""
        return str(self._connection.unique_name)

    async def call(
        self, to: DBusAddress, method: str, signature: str = "", body: tuple[Any, ...] = ()
    ) -> tuple[Any, ...]:
        """Call a method and give what it answers; BusError when it says no, or nothing."""
        answer: tuple[Any, ...] = (await self.ask(to, method, signature, body)).body
        return answer

    async def ask(self, to: DBusAddress, method: str, signature: str = "", body: tuple[Any, ...] = ()) -> Message:
        """Call a method and give its answer whole, as where its sender matters."""
        message = new_method_call(to, method, signature or None, body)
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                answer = await self._router.send_and_get_reply(message)
        except TimeoutError as error:  # before OSError, which it is one of
            raise BusError(_("{program} does not answer.", program=to.bus_name), late=True) from error
        except KeyError as error:  # jeepney lets go of all who wait when the bus ends, and stumbles over each of them
            if isinstance(error.__context__, asyncio.CancelledError):
                raise error.__context__ from None
            raise BusError(_("The session bus is gone.")) from error
        except (RouterClosed, OSError, EOFError) as error:
            raise BusError(_("The session bus is gone.")) from error
        if answer.header.message_type is MessageType.error:
            name = str(answer.header.fields.get(HeaderFields.error_name, ""))
            raise BusError(str(answer.body[0]) if answer.body else name, name)
        return answer

    async def get_property(self, of: DBusAddress, name: str) -> Any:  # noqa: ANN401 - a variant may be anything
        """Read a property of an object; BusError also where what comes is no property."""
        properties = DBusAddress(of.object_path, of.bus_name, "org.freedesktop.DBus.Properties")
        answer = await self.ask(properties, "Get", "ss", (of.interface, name))  # NON-NLS
        if answer.header.fields.get(HeaderFields.signature) != "v":
            raise BusError(_("{program} does not answer as it should.", program=of.bus_name))
        ((_type, value),) = answer.body
        return value

    async def owner(self, name: str) -> str:
        """Give the unique name of who owns a name, "" when nobody does."""
        try:
            (owner,) = await self._ask_bus("GetNameOwner", name)
        except BusError as error:
            if error.name == "org.freedesktop.DBus.Error.NameHasNoOwner":
                return ""
            raise
        return str(owner)

    async def on_signal(
        self, heard: Callable[[Signal], None], *, interface: str, member: str | None = None, path: str | None = None
    ) -> Callable[[], None]:
        """Call `heard` with signals from now on, whoever sends them; the answer ends that."""
        rule = MatchRule(type="signal", interface=interface, member=member, path=path)
        text = rule.serialise()
        handle = self._router.filter(rule, queue=_Hearing(heard))  # only its put_nowait is used
        self._rules[text] = self._rules.get(text, 0) + 1
        if self._rules[text] == 1:
            await self._ask_bus("AddMatch", text)

        def end() -> None:
            handle.close()
            self._rules[text] -= 1
            if not self._rules[text]:
                self._later(text)

        return end

    async def on_owner(self, name: str, changed: Callable[[str], None]) -> Callable[[], None]:
        """Call `changed` with the unique name of who owns `name` from now on, "" for nobody; the answer ends that."""

        def heard(signal: Signal) -> None:
            if signal.sender == _BUS and signal.body[0] == name:
                changed(str(signal.body[2]))

        return await self.on_signal(heard, interface=_BUS, member="NameOwnerChanged")

    async def close(self) -> None:
        """End the connection; harmless a second time."""
        for task in tuple(self._tasks):
            task.cancel()
        receiver = self._router._rcv_task  # noqa: SLF001 - jeepney ends it in a context manager alone
        receiver.cancel()
        await asyncio.gather(receiver, *self._tasks, return_exceptions=True)
        with suppress(OSError):
            await self._connection.close()

    def _later(self, text: str) -> None:
        async def remove() -> None:
            with suppress(BusError):
                await self._ask_bus("RemoveMatch", text)

        task = asyncio.get_running_loop().create_task(remove())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _ask_bus(self, method: str, argument: str) -> tuple[Any, ...]:
        bus = DBusAddress(message_bus.object_path, message_bus.bus_name, message_bus.interface)
        return await self.call(bus, method, "s", (argument,))


class _Hearing:
    """Stands where jeepney has a queue, which would lose what it has no room for.

    What fails in here would end the router's one reader, and with it all that is done on the bus.
    """

    def __init__(self, heard: Callable[[Signal], None]) -> None:
        self._heard = heard

    def put_nowait(self, message: Message) -> None:
        fields = message.header.fields
        signal = Signal(
            str(fields.get(HeaderFields.sender, "")),
            str(fields.get(HeaderFields.path, "")),
            str(fields.get(HeaderFields.member, "")),
            message.body,
        )
        try:
            self._heard(signal)
        except Exception as bug:  # noqa: BLE001 - the handler shows it
            told = {"message": f"Hearing the signal {signal.member} failed", "exception": bug}  # NON-NLS: a bug's
            asyncio.get_running_loop().call_exception_handler(told)
