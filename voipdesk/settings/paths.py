"""Where the program keeps its files."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from voipdesk.core.errors import StorageFailed
from voipdesk.core.language import _

HOME_VARIABLE = "VOIPDESK_HOME"


class Paths(NamedTuple):
    """The program's files; their folders exist."""

    settings_file: Path
    archive_file: Path
    home: Path | None
    """The one folder that keeps everything, None where the platform's own folders do."""

    @classmethod
    def find(cls, home: Path | None) -> Paths:
        """Take `home`, else VOIPDESK_HOME, else the platform's folders, and make what is missing, for the user alone.

        Raises StorageFailed when a folder cannot be made.
        """
        paths = cls.look(home)
        for file in (paths.settings_file, paths.archive_file):
            _make_folder(file.parent)
        return paths

    @classmethod
    def look(cls, home: Path | None) -> Paths:
        """Take the same, and make nothing: its folders need not exist."""
        variable = os.environ.get(HOME_VARIABLE, "")
        if home is None and variable:
            home = Path(variable)
        if home is not None:
            home = home.expanduser().absolute()
            return cls(home / "settings.toml", home / "archive.sqlite", home)
        return cls._of_the_platform()

    @classmethod
    def _of_the_platform(cls) -> Paths:
        from platformdirs import PlatformDirs

        folders = PlatformDirs("voipdesk", appauthor=False)
        return cls(
            folders.user_config_path / "settings.toml",
            folders.user_data_path / "archive.sqlite",
            None,
        )


def _make_folder(folder: Path) -> None:
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise StorageFailed(
            _("The folder {folder} cannot be made: {reason}.", folder=folder, reason=error.strerror or error),
            advice=_("Choose another with --home or {variable}.", variable=HOME_VARIABLE),
        ) from error
