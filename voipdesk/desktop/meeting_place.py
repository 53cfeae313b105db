"""Where the starts of one home meet: a folder that only this user can enter, a lock and a socket in it."""

from __future__ import annotations

import os
import stat
import sys

_LONGEST_PATH = 100
"""Bytes of a socket's path that every system takes."""


def meeting_place(home: str) -> str:
    """Give the path that lock and socket of a home have, without their endings; the folder is there and ours alone.

    `home` "" is the platform's own. A home is known by its place on the disk, however it is written. Raises OSError
    where there is no such folder to be had.
    """
    name = "default"
    if home:
        home = os.path.expanduser(home)  # noqa: PTH111 - pathlib would take as long as all the rest
        os.makedirs(home, mode=0o700, exist_ok=True)  # noqa: PTH103
        place = os.stat(home)  # noqa: PTH116
        name = f"{place.st_dev:x}-{place.st_ino:x}"
    if sys.platform == "win32":  # pragma: no cover - the other branch is the one tested here
        folder = os.path.join(os.environ["LOCALAPPDATA"], "voipdesk", "run")  # noqa: PTH118
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103
        return os.path.join(folder, name)  # noqa: PTH118
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    path = f"{runtime}/voipdesk/{name}"
    if not runtime.startswith("/") or len(os.fsencode(path)) > _LONGEST_PATH:
        path = f"/tmp/voipdesk-{os.getuid()}/{name}"  # noqa: S108 - whose folder it is is looked at
    _own(os.path.dirname(path))  # noqa: PTH120
    return path


def _own(folder: str) -> None:
    """Make a folder, or make sure that it is ours and nobody else may enter it."""
    try:
        os.mkdir(folder, 0o700)  # noqa: PTH102
    except FileExistsError:
        state = os.lstat(folder)
        if not stat.S_ISDIR(state.st_mode) or state.st_uid != os.getuid() or state.st_mode & 0o077:
            from voipdesk.core.language import N_

            raise PermissionError(13, N_("somebody else may enter it"), folder) from None
