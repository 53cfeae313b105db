"""What stands in the desktop's tray for the program, and what the person asks for there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class RecentCall:
    """A line of the tray's menu that dials back."""

    label: str
    """Plain text, from whoever it came."""
    number: str


@dataclass(frozen=True, slots=True)
class TrayState:
    """What the icon and its menu show."""

    waiting: int = 0
    """Missed calls that wait for somebody."""
    tip: str = "voipdesk"
    recent: tuple[RecentCall, ...] = ()
    do_not_disturb: bool = False


class Tray(Protocol):
    """The icon and its menu; what is asked for there goes to the functions set here, "token" as for a Notifier."""

    there_changed: Callable[[bool], None]
    open_asked: Callable[[], None]
    dial_asked: Callable[[str], None]
    quick_dial_asked: Callable[[], None]
    quiet_asked: Callable[[bool], None]
    quit_asked: Callable[[], None]

    @property
    def there(self) -> bool:
        """Whether the desktop shows the icon now."""
        ...

    def show(self, state: TrayState) -> None:
        """Show this from now on, whenever there is a tray."""
        ...
