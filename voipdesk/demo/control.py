"""The demo server's own doors: faults, switches, the clock, and what has been asked; under /demo, no key needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from starlette.routing import Route

from voipdesk.core.call_log import Source  # noqa: TC001 (msgspec reads the annotations)
from voipdesk.demo.answers import answer
from voipdesk.demo.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request
    from starlette.responses import Response

    from voipdesk.demo.tenant import Tenant


class Tick(msgspec.Struct, forbid_unknown_fields=True):
    """How far the clock moves."""

    seconds: float


class Place(msgspec.Struct, forbid_unknown_fields=True):
    """A place in a log, 0 the newest."""

    source: Source
    place: int = 0


class Arrivals(msgspec.Struct, forbid_unknown_fields=True):
    """Calls that come in now."""

    source: Source
    count: int = 1


class Control:
    """What tests outside the process can do to a tenant."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant

    def routes(self) -> list[Route]:
        """Where its doors are."""
        doors: dict[str, Callable[[bytes], object]] = {
            "faults": self.set_faults,
            "switches": self.set_switches,
            "yay-switches": lambda body: self._tenant.yay.switch(msgspec.json.decode(body, type=dict[str, object])),
            "apidaze-switches": lambda body: self._tenant.apidaze.switch(
                msgspec.json.decode(body, type=dict[str, object])
            ),
            "tick": lambda body: self._tenant.clock.advance(msgspec.json.decode(body, type=Tick).seconds),
            "double": self._double,
            "arrive": self._arrive,
            "reset": lambda _: self._tenant.reset(),
        }
        return [
            Route("/demo/state", self._state, methods=["GET"]),
            Route("/demo/elsewhere", self._elsewhere, methods=["GET", "POST", "PUT"]),
            *(Route(f"/demo/{name}", _door(act), methods=["POST"]) for name, act in doors.items()),
        ]

    def set_faults(self, body: bytes) -> None:
        """Replace the faults by those in a JSON list (or add one given as an object); an empty list is none."""
        faults = msgspec.json.decode(body, type=list[Fault] | Fault)
        if isinstance(faults, list):
            self._tenant.faults.clear()
        for fault in faults if isinstance(faults, list) else [faults]:
            self._tenant.faults.add(fault)

    def set_switches(self, body: bytes) -> None:
        """Set the switches named in a JSON object, leave the others; an unknown name is an error."""
        self._tenant.switch(msgspec.json.decode(body, type=dict[str, object]))

    def _double(self, body: bytes) -> None:
        where = msgspec.json.decode(body, type=Place)
        self._tenant.exchange.double(where.source, where.place)

    def _arrive(self, body: bytes) -> None:
        what = msgspec.json.decode(body, type=Arrivals)
        self._tenant.exchange.arrive(what.source, what.count)

    async def _state(self, _: Request) -> Response:
        return answer(self._tenant.state())

    async def _elsewhere(self, request: Request) -> Response:
        self._tenant.redirects_followed += 1
        self._tenant.keys_redirected += any(
            name in request.headers for name in ("token", "x-auth-password", "authorization")
        )
        return answer({"code": 200, "status": "success", "data": []})


def _door(act: Callable[[bytes], object]) -> Callable[[Request], Awaitable[Response]]:
    async def door(request: Request) -> Response:
        try:
            act(await request.body())
        except (msgspec.MsgspecError, IndexError) as error:
            return answer({"error": str(error)}, 400)
        return answer({})

    return door
