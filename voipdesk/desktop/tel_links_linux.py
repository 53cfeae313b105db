"""Telephone links on Linux: a desktop entry, and first place in the lists that say which program opens what."""

from __future__ import annotations

import subprocess
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING

from voipdesk.core.errors import StorageFailed
from voipdesk.core.language import _, joined
from voipdesk.core.links import SCHEMES, LinkOwner
from voipdesk.core.resources import resource
from voipdesk.desktop.entry_text import escaped, quoted, value
from voipdesk.desktop.mimeapps import first_of, with_first, without
from voipdesk.settings.text_file import read_text, write_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ENTRY = "voipdesk-links.desktop"
_ANSWERS_WITHIN_S = 10


class LinuxTelLinks:
    """Keeps nothing but the entry itself: what opened a link before still stands behind it in mimeapps.list."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._command = command
        self._environment = environment
        home = Path(environment.get("HOME", "/"))
        self._config = _folder(environment, "XDG_CONFIG_HOME", home / ".config")
        self._data = _folder(environment, "XDG_DATA_HOME", home / ".local" / "share")
        self._entry = self._data / "applications" / ENTRY

    def owners(self) -> tuple[LinkOwner, ...]:
        """Ask xdg-mime, which knows the desktops' own ways; without it, the user's own list."""
        entries = {scheme: self._default(scheme) for scheme in SCHEMES}
        return tuple(LinkOwner(scheme, self._name(entry), entry == ENTRY) for scheme, entry in entries.items())

    def install(self, schemes: Sequence[str]) -> str:
        """Write the entry and put it in front."""
        self._write_entry([scheme for scheme in SCHEMES if scheme in {*schemes, *self._in_entry()}])
        for file in self._lists():
            self._change(file, with_first(read_text(file), _kinds(schemes), ENTRY))
        others = [owner for owner in self.owners() if owner.scheme in schemes and not owner.ours]
        if not others:
            return ""
        return _(
            "Your desktop still opens {links}. Choose voipdesk in its settings, under default applications.",
            links=joined(map(_opened_with, others)),
        )

    def remove(self, schemes: Sequence[str]) -> str:
        """Take the entry out of the lists, and away once it stands for nothing."""
        for file in self._lists():
            self._change(file, without(read_text(file), _kinds(schemes), ENTRY))
        self._write_entry([scheme for scheme in self._in_entry() if scheme not in schemes])
        return ""

    def _lists(self) -> list[Path]:
        """List the user's file, and those of the desktops that come before it where there are some."""
        desktops = self._environment.get("XDG_CURRENT_DESKTOP", "").lower().split(":")
        own = [self._config / f"{name}-mimeapps.list" for name in desktops if name and "/" not in name]
        return [*(file for file in own if file.is_file()), self._config / "mimeapps.list"]

    def _change(self, file: Path, text: str) -> None:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            if text:
                write_text(file, text)
            else:
                file.unlink(missing_ok=True)
        except OSError as error:
            raise _failed(file, error) from error

    def _write_entry(self, schemes: Sequence[str]) -> None:
        try:
            if not schemes:
                self._entry.unlink(missing_ok=True)
                return
            self._entry.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _failed(self._entry, error) from error
        write_text(self._entry, desktop_entry(self._command, schemes))

    def _in_entry(self) -> list[str]:
        kinds = value(read_text(self._entry), "MimeType").split(";")
        return [scheme for scheme in SCHEMES if _kind(scheme) in kinds]

    def _default(self, scheme: str) -> str:
        tool = which("xdg-mime", path=self._environment.get("PATH"))
        if tool is None:
            return next(filter(None, (first_of(read_text(file), _kind(scheme)) for file in self._lists())), "")
        try:
            asked = subprocess.run(  # noqa: S603 - a fixed command, and no shell
                [tool, "query", "default", _kind(scheme)],
                env=dict(self._environment),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=_ANSWERS_WITHIN_S,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise StorageFailed(_("xdg-mime does not say who opens telephone links."), details=str(error)) from error
        return asked.stdout.strip().partition(";")[0]

    def _name(self, entry: str) -> str:
        """Give the name in a desktop entry; its file's where the entry is not there."""
        if not entry or "/" in entry:
            return ""
        shared = self._environment.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
        for folder in (self._data, *(Path(part) for part in shared.split(":") if part)):
            file = folder / "applications" / entry
            if file.is_file():
                return value(read_text(file), "Name") or entry.removesuffix(".desktop")  # NON-NLS
        return entry.removesuffix(".desktop")


def desktop_entry(command: Sequence[str], schemes: Sequence[str]) -> str:
    """Write the entry; behind the "--" a link is a link, whatever it looks like."""
    program = " ".join(quoted(part) for part in command)
    return f"""[Desktop Entry]
Type=Application
Name=voipdesk
GenericName=Telephone
GenericName[nl]=Telefoon
Comment=Dial the numbers of telephone links
Comment[nl]=Nummers van telefoonlinks bellen
Exec={program} -- %u
Icon={escaped(str(resource("voipdesk.svg")))}
Terminal=false
NoDisplay=true
StartupNotify=true
StartupWMClass=voipdesk
Categories=Network;Telephony;
MimeType={"".join(f"{kind};" for kind in _kinds(schemes))}
"""  # NON-NLS: the desktop chooses the language


def _opened_with(owner: LinkOwner) -> str:
    if not owner.owner:
        return _("{scheme}: with nothing", scheme=owner.scheme)
    return _("{scheme}: with {program}", scheme=owner.scheme, program=owner.owner)


def _kind(scheme: str) -> str:
    return f"x-scheme-handler/{scheme}"


def _kinds(schemes: Sequence[str]) -> list[str]:
    return [_kind(scheme) for scheme in schemes]


def _folder(environment: Mapping[str, str], variable: str, otherwise: Path) -> Path:
    folder = Path(environment.get(variable, ""))
    return folder if folder.is_absolute() else otherwise


def _failed(file: Path, error: OSError) -> StorageFailed:
    return StorageFailed(_("{file} could not be written: {reason}.", file=file, reason=error.strerror or error))
