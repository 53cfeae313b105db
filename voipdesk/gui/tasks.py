"""The one place that starts background work, so that nothing fails unseen and nothing outlives the window."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ParamSpec

from voipdesk.core.errors import VoipdeskError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

P = ParamSpec("P")


class Tasks:
    """Starts coroutine functions on the running loop and answers for them.

    An expected error goes to `report`, a bug to the loop's exception handler.
    """

    def __init__(self, report: Callable[[VoipdeskError], None]) -> None:
        self._report = report
        self._running: dict[str, asyncio.Task[None]] = {}
        self._lasting: set[str] = set()
        self._ending: set[asyncio.Task[None]] = set()
        self._again: dict[str, Callable[[], Awaitable[object]]] = {}

    def start(
        self, name: str, function: Callable[P, Awaitable[object]], /, *args: P.args, **kwargs: P.kwargs
    ) -> asyncio.Task[None]:
        """Run `function(*args, **kwargs)`; a running task of the same name is cancelled first."""

        async def watched() -> None:
            await self._watch(name, function, *args, **kwargs)

        self.cancel(name)
        task = asyncio.get_running_loop().create_task(watched(), name=name)
        self._running[name] = task
        task.add_done_callback(lambda done: self._forget(name, done))
        return task

    def keep(self, name: str, function: Callable[[], Awaitable[object]]) -> None:
        """Run `function()`, which goes on for as long as the window is open: it is not among the `names`."""
        self._lasting.add(name)
        self.start(name, function)

    def restart(self, name: str, function: Callable[[], Awaitable[object]]) -> None:
        """Run `function()` now or, when it is under way, once more after it: for news that come in a rush."""
        if name in self._running:
            self._again[name] = function
        else:
            self.start(name, function)

    def running(self, name: str) -> bool:
        """Whether a task of this name is under way."""
        return name in self._running

    @property
    def names(self) -> frozenset[str]:
        """What is under way and comes to an end by itself."""
        return frozenset(self._running) - self._lasting

    def cancel(self, name: str) -> None:
        """Cancel the task of this name, if there is one."""
        self._again.pop(name, None)
        task = self._running.pop(name, None)
        if task is not None:
            self._ending.add(task)
            task.cancel()

    async def cancel_all(self) -> None:
        """Cancel everything and wait until it has ended."""
        while self._running or self._ending:  # one that ends may have started another
            for name in list(self._running):
                self.cancel(name)
            await asyncio.gather(*self._ending, return_exceptions=True)

    async def _watch(
        self, name: str, function: Callable[P, Awaitable[object]], *args: P.args, **kwargs: P.kwargs
    ) -> None:
        try:
            await function(*args, **kwargs)
        except VoipdeskError as error:
            self._report(error)
        except Exception as bug:  # noqa: BLE001 - the handler shows it; a task nobody awaits would lose it
            context = {"message": f"{name} failed", "exception": bug}  # NON-NLS: for the report of a bug
            asyncio.get_running_loop().call_exception_handler(context)

    def _forget(self, name: str, task: asyncio.Task[None]) -> None:
        self._ending.discard(task)
        if self._running.get(name) is task:
            del self._running[name]
            again = self._again.pop(name, None)
            if again is not None:
                self.start(name, again)
