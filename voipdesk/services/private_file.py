"""Files that may hold a password: whole or not there, readable by the user alone, and never written through a link."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING
from uuid import uuid4

from voipdesk.core.errors import BadInput, StorageFailed
from voipdesk.core.language import _

if TYPE_CHECKING:
    from pathlib import Path

_MODE = 0o600
# without O_BINARY, Windows ends lines its own way; where there is no such difference it has no name
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def write_private(path: Path, content: bytes, *, overwrite: bool) -> None:
    """Write a file; blocks. With `overwrite` one that is there is replaced, without it BadInput says that it is.

    A link is itself replaced, what it leads to is left alone. StorageFailed says what the system said.
    """
    if path.is_dir() or (path.exists() and not path.is_file()):
        raise BadInput(_("“{path}” is not a file.", path=path), advice=_("Give the name of a file."))
    try:
        part = _part(path, content)
        try:
            if overwrite:
                part.replace(path)
            else:
                _appear(part, path)
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)
    except FileExistsError as error:
        raise BadInput(
            _("“{path}” is already there, and is left as it is.", path=path),
            advice=_("Choose another name, or say to overwrite it."),
        ) from error
    except OSError as error:
        raise StorageFailed(
            _("“{path}” cannot be written: {reason}.", path=path, reason=error.strerror or error)
        ) from error


def _part(path: Path, content: bytes) -> Path:
    """Write all of it under a name that nobody can know beforehand."""
    part = path.with_name(f".{uuid4().hex}.part")
    with os.fdopen(os.open(part, _NEW, _MODE), "wb") as f:
        try:
            f.write(content)
            f.flush()
            os.fsync(f.fileno())
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    return part


def _appear(part: Path, path: Path) -> None:
    """Give the file its name unless something has it: FileExistsError."""
    try:
        path.hardlink_to(part)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links, such as that of a memory stick
        os.close(os.open(path, _NEW, _MODE))
        part.replace(path)
