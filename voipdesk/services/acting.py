"""Requests that act: what must be written is written to its end, and what was or may have been done is told."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TypeVar

from voipdesk.core.errors import OutcomeUnknown, VoipdeskError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voipdesk.services.events import Event

T = TypeVar("T")

LOOK_AFTER_S = (1.0, 3.0, 6.0)
"""How long is waited before each look at what became of a request whose answer was lost: a service that was still at
it when the connection broke is done by then, and nobody waits much longer than ten seconds."""


async def to_the_end(task: asyncio.Future[T]) -> T:
    """Await a task that is not cut short when whoever waits for it is cancelled, however often."""
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        while not task.done():
            with suppress(asyncio.CancelledError):  # once more: the first is raised below
                await asyncio.wait({task})
        if not task.cancelled():
            task.exception()  # looked at, or it would be reported as forgotten
        raise


@contextmanager
def telling(changed: Event[T], value: T) -> Iterator[None]:
    """Tell of a change that was made or may have been made, and not of one that was refused."""
    try:
        yield
    except VoipdeskError as error:
        if isinstance(error, OutcomeUnknown):
            changed.emit(value)
        raise
    except BaseException:
        changed.emit(value)
        raise
    changed.emit(value)
