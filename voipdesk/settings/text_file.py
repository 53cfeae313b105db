"""A small text file that several processes change: whole or not at all, one at a time, for the user alone."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from voipdesk.core.errors import BadInput, StorageFailed
from voipdesk.core.language import _

if TYPE_CHECKING:
    from collections.abc import Iterator

if sys.platform == "win32":  # pragma: no cover - the other branch is the one tested here
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX)


def fingerprint(file: Path) -> tuple[int, int, int] | None:
    """Tell whether a file has changed since: its time, size and place; None when there is no file."""
    try:
        state = file.stat()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _not_read(file, error) from error
    return state.st_mtime_ns, state.st_size, state.st_ino


def read_text(file: Path) -> str:
    """Read a UTF-8 file with its line ends as they are, "" when there is none; BadInput when it is not UTF-8."""
    try:
        return file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise BadInput(
            _("{file}, line {line}: this is not UTF-8 text.", file=file, line=line),
            advice=_("Save the file as UTF-8, or move it away."),
        ) from error
    except OSError as error:
        raise _not_read(file, error) from error


def write_text(file: Path, text: str) -> None:
    """Put a text in the file's place at once, readable for the user alone; a link to a file stays a link."""
    try:
        file = file.resolve()
        descriptor, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)  # made with mode 0600
    except OSError as error:
        raise _not_written(file, error) from error
    try:
        with os.fdopen(descriptor, "wb") as temporary:
            temporary.write(text.encode())
            temporary.flush()
            os.fsync(temporary.fileno())
        Path(name).replace(file)
        _sync_folder(file.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise _not_written(file, error) from error


@contextlib.contextmanager
def locked(file: Path) -> Iterator[None]:
    """Wait until no other process changes the file, which takes it milliseconds, and keep others from it meanwhile.

    A process that dies lets go of its lock.
    """
    lock = file.with_name(f".{file.name}.lock")
    try:
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise _not_written(file, error) from error
    try:
        try:
            _lock(descriptor)
        except OSError as error:
            raise _not_written(file, error) from error
        yield
    finally:
        os.close(descriptor)  # this unlocks as well


def _sync_folder(folder: Path) -> None:
    if sys.platform != "win32":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _not_read(file: Path, error: OSError) -> StorageFailed:
    return StorageFailed(_("{file} could not be read: {reason}.", file=file, reason=error.strerror or error))


def _not_written(file: Path, error: OSError) -> StorageFailed:
    return StorageFailed(_("{file} could not be written: {reason}.", file=file, reason=error.strerror or error))
