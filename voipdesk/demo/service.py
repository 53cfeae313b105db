"""What every service of the demo does with a request: faults on its way in and out, and a note of it."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.requests import ClientDisconnect

from voipdesk.demo import answers
from voipdesk.demo.faults import FaultKind

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route
    from starlette.types import Scope

    from voipdesk.demo.faults import Operation
    from voipdesk.demo.tenant import Tenant


@dataclass(frozen=True, slots=True)
class Line:
    """What can be done to the connections."""

    abort: Callable[[Scope], None]
    """End a request's connection, without another word."""
    refuse: Callable[[], None]
    """Accept no new ones."""
    stopping: asyncio.Event
    """Set when the server is about to end."""


class Service(ABC):
    """One service's operations; the faults are of the tenant, whichever service they meet."""

    def __init__(self, tenant: Tenant, envelope: answers.Envelope, line: Line) -> None:
        self._tenant = tenant
        self._envelope = envelope
        self._line = line
        self._later: set[asyncio.Task[None]] = set()

    @abstractmethod
    def routes(self) -> list[Route]:
        """Where the operations are."""

    @abstractmethod
    def _refuse(self, operation: Operation, request: Request) -> Response | None:
        """Answer a request that is not let in."""

    @abstractmethod
    async def _carry_out(self, operation: Operation, request: Request) -> Response:
        """Do what is asked and answer."""

    @abstractmethod
    def _note(self, operation: Operation, request: Request, response: Response) -> None:
        """Count a request and its answer, an `answers.Cut` where the connection ended without one."""

    def _stamp(self, response: Response) -> Response:
        """Add what the service's every answer has."""
        return response

    def _endpoint(self, told: Callable[[Request, bytes | None], Operation]) -> Callable[[Request], Awaitable[Response]]:
        """Make an endpoint; `told` tells which operation it is by the request and its body, None before it is read."""

        async def endpoint(request: Request) -> Response:
            operation = told(request, None)
            if self._tenant.faults.take_unread(operation):
                response: Response = self._cut()
            else:
                try:
                    # Now: what has arrived in full is carried out though its sender gives up.
                    operation = told(request, await request.body())
                    response = await self._respond(operation, request)
                except ClientDisconnect:
                    response = self._cut()
            self._note(operation, request, response)
            return response

        return endpoint

    async def _respond(self, operation: Operation, request: Request) -> Response:
        kind, response = None, None
        for fault in self._tenant.faults.take(operation):
            kind = fault.kind
            if kind is FaultKind.SLOW:
                await self._wait(fault.seconds)
            else:
                response = answers.faulty(fault, f"{self._tenant.base_url}/demo/elsewhere", self._envelope)
        if kind is FaultKind.CUT_BEFORE_ACT or self._line.stopping.is_set():
            return self._cut()
        if kind is FaultKind.CUT_ACT_LATER:
            self._carry_out_later(fault.seconds, operation, request)
            return self._cut()
        response = response or self._refuse(operation, request) or await self._carry_out(operation, request)
        response = self._stamp(response)
        if kind is FaultKind.REFUSE_AFTER:
            self._line.refuse()
        if kind is FaultKind.CUT_AFTER_ACT:
            return self._cut()
        return self._cut(half_of=response) if kind is FaultKind.CUT_DURING_BODY else response

    def _cut(self, half_of: Response | None = None) -> Response:
        return answers.Cut(self._line.abort, half_of)

    def _carry_out_later(self, seconds: float, operation: Operation, request: Request) -> None:
        async def later() -> None:
            await self._wait(seconds)
            if not self._line.stopping.is_set() and self._refuse(operation, request) is None:
                await self._carry_out(operation, request)

        task = asyncio.create_task(later())
        self._later.add(task)
        task.add_done_callback(self._later.discard)

    async def _wait(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._line.stopping.wait()
        except TimeoutError:
            return
