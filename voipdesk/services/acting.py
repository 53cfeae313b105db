"""Requests that act: what must be written is written to its end, and a lost answer is looked after."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from voipdesk.core.errors import VoipdeskError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

T = TypeVar("T")

LOOK_AFTER_S = (1.0, 3.0, 6.0)
"""How long is waited before each look at what became of a request whose answer was lost: a service that was still at
it when the connection broke is done by then, and nobody waits much longer than ten seconds."""


async def to_the_end(task: asyncio.Future[T]) -> T:
    """Await a task that is not cut short when whoever waits for it is cancelled."""
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task})
        if not task.cancelled():
            task.exception()  # looked at, or it would be reported as forgotten
        raise


@dataclass(frozen=True, slots=True)
class LastLook(Generic[T]):
    """What was last seen of something, or why it could not be looked at: of the two, one is None."""

    seen: T | None
    failure: VoipdeskError | None = None


async def look_after(
    read: Callable[[], Awaitable[T]],
    is_done: Callable[[T], bool],
    sleep: Callable[[float], Awaitable[None]],
    pauses: Sequence[float],
) -> LastLook[T]:
    """Read after each pause until what was asked for is seen to be done, and give the last look."""
    last: LastLook[T] = LastLook(None)
    for seconds in pauses:
        await sleep(seconds)
        try:
            seen = await read()
        except VoipdeskError as error:
            last = LastLook(None, error)
            continue
        last = LastLook(seen)
        if is_done(seen):
            break
    return last
