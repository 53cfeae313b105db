"""A small typed observer: how services tell whoever listens that something happened."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class Event(Generic[T]):
    """Something that happens; subscribers are called at once, in their order, on the emitter's thread."""

    __slots__ = ("_subscribers",)

    def __init__(self) -> None:
        self._subscribers: dict[object, Callable[[T], None]] = {}

    def subscribe(self, function: Callable[[T], None]) -> Callable[[], None]:
        """Call `function` with every value from now on; the answer ends that, and may be called twice."""
        ticket = object()
        self._subscribers[ticket] = function

        def unsubscribe() -> None:
            self._subscribers.pop(ticket, None)

        return unsubscribe

    def emit(self, value: T) -> None:
        """Tell everybody. A subscriber that fails is reported as the bug it is, and the others are still told."""
        for function in tuple(self._subscribers.values()):
            try:
                function(value)
            except Exception as error:  # noqa: BLE001 - a bug in a listener must not undo what the emitter did
                _report(error, function)


def _report(error: Exception, function: object) -> None:
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        sys.excepthook(type(error), error, error.__traceback__)
    else:
        message = f"A subscriber failed: {function!r}"  # NON-NLS: for the log
        loop.call_exception_handler({"message": message, "exception": error})
