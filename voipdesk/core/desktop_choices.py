"""What the user can settle about notices, tray and shortcut."""

from __future__ import annotations

import msgspec

DEFAULT_SHORTCUT = "Ctrl+Alt+D"


class DesktopChoices(msgspec.Struct, frozen=True):
    """The choices as they stand."""

    notify_missed: bool = True
    """Tell of calls that a user missed."""
    notify_abandoned: bool = True
    """Tell of calls that a queue or ring group did not get answered."""
    missed_of: str = ""
    """The user whose missed calls are told, by the name in the log; "" for everybody."""
    do_not_disturb: bool = False
    keep_in_tray: bool = True
    """Closing the window keeps the program in the tray, where there is one."""
    shortcut: str = ""
    """The keys that open the quick-dial box from anywhere, as "Ctrl+Alt+D"; "" for none."""
    tray_was_told: bool = False
    """The user knows that a closed window stays in the tray."""
