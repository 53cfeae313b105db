"""Telephone links on macOS: the application bundle's Info.plist says what it opens, and the person chooses it.

Source: Apple, “CFBundleURLTypes” and “Launch Services”. A link reaches the application as an event of its own.
"""

# NON-NLS: the keys of the format; what people read is marked all the same
from __future__ import annotations

import plistlib
from typing import TYPE_CHECKING, Any

from voipdesk.core.errors import BadInput
from voipdesk.core.language import _
from voipdesk.core.links import SCHEMES, LinkOwner

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

BUNDLE_ID = "org.voipdesk.voipdesk"
_HANDLERS = "Library/Preferences/com.apple.LaunchServices/com.apple.launchservices.secure.plist"


class MacTelLinks:
    """Reads who opens links; macOS lets nobody but the person change it."""

    def __init__(self, executable: Path, home: Path) -> None:
        self._executable = executable
        self._handlers = home / _HANDLERS

    def owners(self) -> tuple[LinkOwner, ...]:
        """Read the person's choices; FaceTime opens what none was made for."""
        chosen = self._chosen()
        return tuple(LinkOwner(s, chosen.get(s, ""), chosen.get(s, "").lower() == BUNDLE_ID) for s in SCHEMES)

    def install(self, schemes: Sequence[str]) -> str:  # noqa: ARG002 - the bundle offers all of them
        """Say what to do; BadInput where this is no application bundle, which alone can open links."""
        if not any(parent.suffix == ".app" for parent in self._executable.parents):
            raise BadInput(
                _("On macOS only the application bundle can open links, and this is not running from one."),
                advice=_("Put voipdesk.app into Applications, and open it once."),
            )
        return _("Choose voipdesk in FaceTime ▸ Settings ▸ General ▸ Default for calls.")

    def remove(self, schemes: Sequence[str]) -> str:
        """Say what to do where a link is opened with voipdesk."""
        if not any(owner.ours for owner in self.owners() if owner.scheme in schemes):
            return ""
        return _("Choose another program in FaceTime ▸ Settings ▸ General ▸ Default for calls.")

    def _chosen(self) -> dict[str, str]:
        try:
            handlers = plistlib.loads(self._handlers.read_bytes()).get("LSHandlers", [])
        except (OSError, plistlib.InvalidFileException, AttributeError):
            return {}  # nothing was ever chosen
        return {str(h.get("LSHandlerURLScheme", "")): str(h.get("LSHandlerRoleAll", "")) for h in handlers}


def info_plist() -> dict[str, Any]:
    """Give what the bundle's Info.plist has to say for links, for the recipe that makes the bundle."""
    types = {"CFBundleURLName": "Telephone link", "CFBundleTypeRole": "Viewer", "CFBundleURLSchemes": list(SCHEMES)}
    return {"CFBundleIdentifier": BUNDLE_ID, "CFBundleName": "voipdesk", "CFBundleURLTypes": [types]}
