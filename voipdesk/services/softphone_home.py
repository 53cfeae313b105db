"""The configuration of softphones on this computer: found, read, and written whole after a dated backup."""

from __future__ import annotations

import os
import platform
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from voipdesk.core.errors import BadInput, StorageFailed
from voipdesk.core.language import _
from voipdesk.services.private_file import write_private

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from voipdesk.softphones.configuration import Home

_LONGEST = 4 * 1024 * 1024
"""Bytes of a file; no client's is longer."""
_NAME_OF_PROCESS = 15
"""Bytes of a program's name that Linux keeps for its process, whatever letter they cut."""


@dataclass(frozen=True, slots=True)
class Found:
    """A softphone's configuration on this computer; its folder may still have to be made."""

    folder: Path
    home: Home

    def read(self) -> dict[str, bytes]:
        """Read the files that hold accounts, by name; StorageFailed says which cannot be read."""
        if "*" in self.home.pattern:
            names = sorted(file.name for file in self.folder.glob(self.home.pattern) if file.is_file())
        else:
            names = [self.home.pattern]
        files = {}
        for name in names:
            try:
                with (self.folder / name).open("rb") as file:
                    files[name] = file.read(_LONGEST + 1)
            except FileNotFoundError:
                if "*" not in self.home.pattern:
                    files[name] = b""
            except OSError as error:
                raise StorageFailed(
                    _("“{path}” cannot be read: {reason}.", path=self.folder / name, reason=error.strerror or error)
                ) from error
            if len(files.get(name, b"")) > _LONGEST:  # what is not read whole would not be written whole
                raise StorageFailed(
                    _(
                        "“{path}” is longer than any such file should be, and is left as it is.",
                        path=self.folder / name,
                    ),
                    advice=_("Look at what is in it, or make a file for the softphone instead."),
                )
        return files

    def write(self, name: str, content: bytes, now: datetime) -> tuple[Path, Path | None]:
        """Write one of the files, and what was there before beside it; give both. A link stays a link."""
        file = (self.folder / name).resolve()
        self._make_folders(file.parent)
        backup = None
        if file.exists():
            backup = _beside(file, now)
            write_private(backup, file.read_bytes(), overwrite=False)
        write_private(file, content, overwrite=True)
        return file, backup

    def _make_folders(self, folder: Path) -> None:
        data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share")
        try:
            for path in (folder, *(data / needed for needed in self.home.needs)):
                path.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise StorageFailed(
                _("The folder {folder} cannot be made: {reason}.", folder=folder, reason=error.strerror or error)
            ) from error


def find(homes: Sequence[Home]) -> Found | None:
    """Find a softphone by its programs, else by its configuration; None where it is not on this computer."""
    if platform.system() != "Linux":  # NON-NLS
        return None
    found = [Found(_folder(home), home) for home in homes]
    for one in found:
        if any(shutil.which(program) for program in one.home.programs):
            return one
    return next((one for one in found if one.home.folder and one.folder.is_dir()), None)


def is_running(homes: Sequence[Home]) -> bool:
    """Tell whether one of a softphone's programs runs for this user, on this home folder."""
    names = {program.encode()[:_NAME_OF_PROCESS] for home in homes for program in home.programs}
    mine, home = os.getuid(), os.fsencode(f"HOME={Path.home()}")
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended meanwhile
            if process.stat().st_uid != mine or (process / "comm").read_bytes().strip() not in names:
                continue
            if home in (process / "environ").read_bytes().split(b"\0"):
                return True
    return False


def check_closed(name: str, homes: Sequence[Home]) -> None:
    """Raise BadInput while a softphone runs: it writes its settings as it knows them when it ends."""
    if is_running(homes):
        raise BadInput(
            _("{program} is running, and would lose what is written now.", program=name),
            advice=_("Close it, and try again."),
        )


def _folder(home: Home) -> Path:
    if home.in_config:
        return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / home.folder
    return Path.home() / home.folder


def _beside(file: Path, now: datetime) -> Path:
    stem = f"{file.name}.before-{now.astimezone():%Y-%m-%d-%H%M%S}"
    count, path = 1, file.with_name(stem)
    while path.exists():
        count += 1
        path = file.with_name(f"{stem}-{count}")
    return path
