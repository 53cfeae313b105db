"""What comes to the open window from outside: links and numbers that another start of the program was given."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class Arrived:
    """What came last and is not shown yet; each part may be ""."""

    link: str = ""
    pane: str = ""
    token: str = ""


class Arrivals(Protocol):
    """Delivers what other starts were given; between two sessions of one program it is kept."""

    def deliver_to(self, take: Callable[[str, str, str], None] | None) -> None:
        """Call `take(link, pane, token)` for what comes and what has come, on the GUI thread; None keeps it.

        `token` lets the window come forward, where the desktop wants one.
        """
        ...

    def close(self) -> None:
        """Take no more: other starts open a window of their own."""
        ...


class NoArrivals:
    """For a window that no other start knows of."""

    def deliver_to(self, take: Callable[[str, str, str], None] | None) -> None:
        """Deliver nothing."""

    def close(self) -> None:
        """Leave it at that."""


def come_forward(window: QWidget, token: str) -> None:
    """Bring the window to the front and give it the keyboard, as far as the desktop allows."""
    if token:  # where Qt looks for it
        os.environ["XDG_ACTIVATION_TOKEN"] = token
    if window.isMinimized():
        window.showNormal()
    window.show()
    window.raise_()
    window.activateWindow()
    os.environ.pop("XDG_ACTIVATION_TOKEN", None)
