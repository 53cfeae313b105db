"""Selection and clipboard on X11 and Wayland.

On X11 a small process with Qt asks the owner, as any program does that pastes; Qt is there in any case, xclip is not.
On Wayland a window without the keyboard may see neither, so that Qt cannot: wl-paste can, by the compositor's
data-control protocol.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.core.errors import StorageFailed
from voipdesk.core.language import _

if TYPE_CHECKING:
    from collections.abc import Mapping


def paste_command(which: str, environment: Mapping[str, str]) -> list[str]:
    """Give the command that prints the "selection" or the "clipboard"; StorageFailed where there is no display."""
    if environment.get("WAYLAND_DISPLAY"):
        primary = ["--primary"] if which == "selection" else []
        return ["wl-paste", "--no-newline", *primary, "--type", "text"]
    if not environment.get("DISPLAY"):
        raise StorageFailed(_("There is no display here, and so nothing is selected."))
    from voipdesk.desktop.selection import qt_command

    return qt_command(which)
