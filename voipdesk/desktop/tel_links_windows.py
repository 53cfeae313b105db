"""Telephone links on Windows: a ProgId, Capabilities with URLAssociations, and RegisteredApplications; per user.

Source: Microsoft, “Default Programs” and “Registering an Application to a URI Scheme”. Since Windows 8 the person alone
makes a program the default; what is registered here is offered to choose.
"""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Any

from voipdesk.core.errors import StorageFailed
from voipdesk.core.language import _
from voipdesk.core.links import SCHEMES, LinkOwner
from voipdesk.core.resources import resource

if TYPE_CHECKING:
    from collections.abc import Sequence

PROG_ID = "voipdesk.link"
CLASS = rf"Software\Classes\{PROG_ID}"
APPLICATION = r"Software\voipdesk"
CAPABILITIES = rf"{APPLICATION}\Capabilities"
ASSOCIATIONS = rf"{CAPABILITIES}\URLAssociations"
REGISTERED = r"Software\RegisteredApplications"
_CHOICE = r"Software\Microsoft\Windows\Shell\Associations\UrlAssociations\{}\UserChoice"


class WindowsTelLinks:
    """Writes below HKEY_CURRENT_USER alone; `registry` is the module winreg."""

    def __init__(self, command: Sequence[str], registry: Any) -> None:  # noqa: ANN401 - winreg is no type on Linux
        self._command = command
        self._registry = registry

    def owners(self) -> tuple[LinkOwner, ...]:
        """Read what the person chose; where they never did, what the scheme itself is registered with."""
        return tuple(self._owner(scheme) for scheme in SCHEMES)

    def install(self, schemes: Sequence[str]) -> str:
        """Register, and say what the person has to choose."""
        try:
            self._put(CLASS, "", "URL:voipdesk link")  # NON-NLS
            self._put(CLASS, "URL Protocol", "")  # NON-NLS
            self._put(rf"{CLASS}\DefaultIcon", "", str(resource("voipdesk.svg")))
            self._put(rf"{CLASS}\shell\open\command", "", open_command(self._command))
            self._put(CAPABILITIES, "ApplicationName", "voipdesk")
            self._put(CAPABILITIES, "ApplicationDescription", _("Dial the numbers of telephone links"))
            for scheme in schemes:
                self._put(ASSOCIATIONS, scheme, PROG_ID)
            self._put(REGISTERED, "voipdesk", CAPABILITIES)
        except OSError as error:
            raise _failed(error) from error
        if all(owner.ours for owner in self.owners() if owner.scheme in schemes):
            return ""
        return _("Choose voipdesk in Settings ▸ Apps ▸ Default apps, for each kind of link.")

    def remove(self, schemes: Sequence[str]) -> str:
        """Take back what was registered; Windows then offers what is left, and asks."""
        left = [s for s in SCHEMES if s not in schemes and self._get(ASSOCIATIONS, s) == PROG_ID]
        try:
            for scheme in schemes:
                self._drop_value(ASSOCIATIONS, scheme)
            if not left:
                self._drop_value(REGISTERED, "voipdesk")
                for key in (ASSOCIATIONS, CAPABILITIES, APPLICATION, *_below(CLASS)):
                    self._drop_key(key)
        except OSError as error:
            raise _failed(error) from error
        return ""

    def _owner(self, scheme: str) -> LinkOwner:
        prog_id = self._get(_CHOICE.format(scheme), "ProgId")
        if prog_id == PROG_ID:
            return LinkOwner(scheme, "voipdesk", ours=True)
        name = self._get(rf"Software\Classes\{prog_id or scheme}", "").removeprefix("URL:")
        return LinkOwner(scheme, name or prog_id, ours=False)

    def _put(self, path: str, name: str, value: str) -> None:
        with self._registry.CreateKeyEx(self._registry.HKEY_CURRENT_USER, path, 0, self._registry.KEY_WRITE) as key:
            self._registry.SetValueEx(key, name, 0, self._registry.REG_SZ, value)

    def _get(self, path: str, name: str) -> str:
        try:
            with self._registry.OpenKey(self._registry.HKEY_CURRENT_USER, path) as key:
                value, _ = self._registry.QueryValueEx(key, name)
        except FileNotFoundError:
            return ""
        return value if isinstance(value, str) else ""

    def _drop_value(self, path: str, name: str) -> None:
        root, access = self._registry.HKEY_CURRENT_USER, self._registry.KEY_WRITE
        try:
            with self._registry.OpenKey(root, path, 0, access) as key:
                self._registry.DeleteValue(key, name)
        except FileNotFoundError:
            return

    def _drop_key(self, path: str) -> None:
        try:
            self._registry.DeleteKey(self._registry.HKEY_CURRENT_USER, path)
        except FileNotFoundError:
            return


def open_command(command: Sequence[str]) -> str:
    """Write what Windows runs: whatever stands in a link, even a quotation mark, stays behind the "--"."""
    return f'{subprocess.list2cmdline(command)} -- "%1"'


def _below(path: str) -> tuple[str, ...]:
    """List the keys made under a ProgId, the innermost first."""
    return (*(rf"{path}\{name}" for name in (r"shell\open\command", r"shell\open", "shell", "DefaultIcon")), path)


def _failed(error: OSError) -> StorageFailed:
    return StorageFailed(_("The registry could not be written: {reason}.", reason=error.strerror or error))
