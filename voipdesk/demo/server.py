"""The demo server: all services' contracts on a loopback port, in a thread with an event loop of its own."""

from __future__ import annotations

import asyncio
import os
import socket
import threading
from typing import TYPE_CHECKING, Self, TypeVar

from voipdesk.core.errors import BadInput, StorageFailed
from voipdesk.core.language import _
from voipdesk.demo.apidaze_handle import ApidazeHandle
from voipdesk.demo.faults import Fault, FaultKind, Operation
from voipdesk.demo.people import USERS
from voipdesk.demo.tenant import KEY, Options, State, Tenant
from voipdesk.demo.yay_handle import YayHandle

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, timedelta

    import uvicorn
    from starlette.types import ASGIApp, Scope

    from voipdesk.core.call_log import Source
    from voipdesk.demo.rows import Version
    from voipdesk.demo.telephones import Telephones

T = TypeVar("T")


class DemoServer:
    """Serves from `start` to `stop`, or inside a `with`; all methods are for any thread but the server's."""

    api_key = KEY
    my_number = USERS[0].extension
    """Of the office at VoIPcloud."""

    def __init__(
        self,
        seed: int = 1,
        port: int = 0,
        calls: int = 25_000,
        limit: int = 100,
        window_s: float = 900,
        now: datetime | None = None,
        *,
        frozen: bool = False,
        calls_per_hour: float = 0.0,
        retry_after: bool = False,
        customers: int = 5_000,
        yay_calls: int = 2_000,
        telephones: Telephones | None = None,
    ) -> None:
        """Take a free port for 0, and this computer's time for `now`; see `Options` for the rest.

        With `telephones`, a dial rings those too; the call that the logs tell of stays an imagined one.
        """
        self._port = port
        self._tenant = Tenant(
            Options(
                seed=seed,
                calls=calls,
                limit=limit,
                window_s=window_s,
                now=now,
                frozen=frozen,
                calls_per_hour=calls_per_hour,
                retry_after=retry_after,
                customers=customers,
                yay_calls=yay_calls,
            ),
            telephones,
        )
        self.yay = YayHandle(self, lambda: self._tenant.yay)
        """The same for Yay alone."""
        self.apidaze = ApidazeHandle(self, lambda: self._tenant.apidaze)
        """The same for Apidaze alone."""
        self._thread: threading.Thread | None = None
        self._started = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping: asyncio.Event | None = None
        self._uvicorn: uvicorn.Server | None = None

    @property
    def base_url(self) -> str:
        """The address an account is given; "" before the start."""
        return self._tenant.base_url

    def start(self) -> None:
        """Listen; raises BadInput when the port is taken or the extra `demo` is not installed."""
        try:
            import uvicorn  # noqa: F401
        except ImportError as error:
            raise BadInput(
                _("The demo is not installed."), advice=_("Install voipdesk with the extra “demo”.")
            ) from error
        listener = _listen(self._port)
        self._tenant.base_url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        self._thread = threading.Thread(target=self._run, args=(listener,), name="demo-server", daemon=True)
        self._thread.start()
        if not self._started.wait(30):
            raise StorageFailed(_("The demo server did not start."))

    def stop(self) -> None:
        """End at once, whatever is under way; does nothing when it is not running."""
        if self._thread is None or self._loop is None:
            return
        self._loop.call_soon_threadsafe(self._end)
        self._thread.join()
        self._thread = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def fault(
        self,
        kind: FaultKind | str,
        *,
        operation: Operation | str | None = None,
        next: int | None = None,  # noqa: A002
        **details: float | str,
    ) -> None:
        """Switch a fault on, for one operation or all, for the next few requests or all; `details` as in `Fault`."""
        import msgspec

        given = {"kind": kind, "operation": operation, "next": next, **details}
        fault = msgspec.convert(given, Fault)
        self.on_server(lambda: self._tenant.faults.add(fault))

    def clear_faults(self) -> None:
        """Switch all faults off."""
        self.on_server(self._tenant.faults.clear)

    def switch(self, **switches: object) -> None:
        """Set switches by name, as in `Switches`."""
        self.on_server(lambda: self._tenant.switch(switches))

    def tick(self, by: float | timedelta) -> None:
        """Move the demo's clock forward, by seconds or a timedelta."""
        self.on_server(lambda: self._tenant.clock.advance(by))

    def arrive(self, source: Source, count: int = 1) -> None:
        """Let calls come in at the top of a log now."""
        self.on_server(lambda: self._tenant.exchange.arrive(source, count))

    def double(self, source: Source, place: int = 0) -> None:
        """Let the year's call at that place (0 the newest) stand twice in a log."""
        self.on_server(lambda: self._tenant.exchange.double(source, place))

    def write_out(self, source: Source, version: Version = "v1") -> None:
        """Write a log's rows in advance, so that its pages take milliseconds; for measurements."""
        self.on_server(lambda: self._tenant.exchange.write_out(source, version))

    def state(self) -> State:
        """Tell what has been asked and dialled."""
        return self.on_server(self._tenant.state)

    def reset(self) -> None:
        """Begin anew: same calls, no faults, no switches, nothing counted."""
        self.on_server(self._tenant.reset)

    def on_server(self, work: Callable[[], T]) -> T:
        """Do something on the server's thread, between two requests, and give its result."""
        if self._loop is None or self._thread is None:
            return work()

        async def run() -> T:
            return work()

        return asyncio.run_coroutine_threadsafe(run(), self._loop).result(60)

    def _run(self, listener: socket.socket) -> None:
        asyncio.run(self._serve(listener))

    async def _serve(self, listener: socket.socket) -> None:
        import uvicorn

        self._loop, self._stopping = asyncio.get_running_loop(), asyncio.Event()
        started = self._started

        class Server(uvicorn.Server):
            async def startup(self, sockets: list[socket.socket] | None = None) -> None:
                await super().startup(sockets)
                started.set()

        config = uvicorn.Config(
            self._application(self._stopping),
            loop="none",
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="warning",
            access_log=False,
            server_header=False,
        )
        self._uvicorn = Server(config)
        await self._uvicorn.serve([listener])
        self._abort_where(lambda _: True)  # whoever has come since the end began
        await asyncio.sleep(0)

    def _application(self, stopping: asyncio.Event) -> ASGIApp:
        from starlette.applications import Starlette

        from voipdesk.demo.apidaze import Apidaze
        from voipdesk.demo.control import Control
        from voipdesk.demo.service import Line
        from voipdesk.demo.voipcloud import VoipCloud
        from voipdesk.demo.yay import Yay

        line = Line(self._abort, self._refuse, stopping)
        services = (VoipCloud(self._tenant, line), Yay(self._tenant, line), Apidaze(self._tenant, line))
        routes = [*(route for service in services for route in service.routes()), *Control(self._tenant).routes()]
        application = Starlette(routes=routes)
        application.router.redirect_slashes = False
        return application

    def _abort(self, scope: Scope) -> None:
        """End the connection a request came on, without another word."""
        self._abort_where(lambda client: client == scope["client"])

    def _refuse(self) -> None:
        """Accept no new connections; those there are stay."""
        for listening in self._uvicorn.servers if self._uvicorn else ():
            listening.close()

    def _abort_where(self, wanted: Callable[[object], bool]) -> None:
        from uvicorn.protocols.http.h11_impl import H11Protocol

        for connection in list(self._uvicorn.server_state.connections) if self._uvicorn else ():
            if isinstance(connection, H11Protocol) and wanted(connection.client):
                connection.transport.abort()

    def _end(self) -> None:
        if self._stopping and self._uvicorn:
            self._stopping.set()
            self._uvicorn.should_exit = self._uvicorn.force_exit = True
            self._abort_where(lambda _: True)


def _listen(port: int) -> socket.socket:
    # The protocol is named, or asyncio does not switch Nagle's algorithm off and every small answer takes 40 ms.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        listener.listen()
        return listener
    except OSError as error:
        listener.close()
        raise BadInput(
            _("Port {port} cannot be used: {reason}.", port=port, reason=error.strerror),
            advice=_("Choose another port, or 0 for any."),
        ) from error


async def serve(
    *,
    port: int = 0,
    seed: int = 1,
    calls: int = 25_000,
    calls_per_hour: float = 60.0,
    ready: Callable[[DemoServer], None],
) -> None:
    """Serve a living office until cancelled; `ready` is told when it listens. Raises as `DemoServer.start`."""
    server = DemoServer(seed=seed, port=port, calls=calls, calls_per_hour=calls_per_hour)
    await asyncio.to_thread(server.start)
    try:
        ready(server)
        await asyncio.Event().wait()
    finally:
        server.stop()
