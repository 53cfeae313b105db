"""What the desktop is asked to show for a moment, and what the person does with it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Notice:
    """A few words beside the clock; all of it plain text, from whoever it came."""

    tag: str
    """Which notice it is: a later one of the same tag takes its place."""
    title: str
    body: str = ""
    button: str = ""
    """What a button on it says, where the desktop has such; "" for none."""
    quiet: bool = False
    """It only takes the place of one that is there, and is not to be heard."""


class Press(StrEnum):
    """What the person pressed."""

    BUTTON = "button"
    NOTICE = "notice"
    """The notice itself, beside its button."""


class Notifier(Protocol):
    """Shows notices; who presses one is told to `pressed(tag, press, token)`.

    `token` lets a window come forward, where the desktop wants one. A desktop that cannot show any is no error.
    """

    pressed: Callable[[str, Press, str], None]

    async def show(self, notice: Notice) -> bool:
        """Show a notice, or put it in the place of the one of its tag, and say whether the desktop took it."""
        ...

    async def withdraw(self, tag: str) -> None:
        """Take a notice back, if it is still there."""
        ...

    async def close(self) -> None:
        """Take all back that are still there."""
        ...
