"""Files that are whole or not there: what is exported appears under its name only when all of it is written."""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar
from uuid import uuid4

from voipdesk.core.errors import StorageFailed
from voipdesk.core.language import _
from voipdesk.services.acting import to_the_end

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path
    from typing import BinaryIO

T = TypeVar("T")


async def write_file(path: Path, chunks: AsyncIterator[str], *, encoding: str = "utf-8") -> None:
    """Write a text chunk by chunk. Cancelled or failed, it leaves no half file, and one that was there as it was.

    A device or pipe is written to as it is. StorageFailed says what the system said.
    """
    try:
        target = await in_thread(_target, path)
        if target is None:
            await _write(path, chunks, encoding)
        else:
            await _write_beside(target, chunks, encoding)
    except OSError as error:
        raise StorageFailed(
            _("“{path}” cannot be written: {reason}.", path=path, reason=error.strerror or error)
        ) from error


async def in_thread(work: Callable[..., T], *args: object) -> T:
    """Do blocking work off the event loop; when cancelled, wait for its end first, so that none of it comes late."""
    return await to_the_end(asyncio.ensure_future(asyncio.to_thread(work, *args)))


async def _write_beside(path: Path, chunks: AsyncIterator[str], encoding: str) -> None:
    part = path.with_name(f".{uuid4().hex}.part")
    try:
        await _write(part, chunks, encoding)
        await in_thread(part.replace, path)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


async def _write(path: Path, chunks: AsyncIterator[str], encoding: str) -> None:
    file: BinaryIO = await in_thread(path.open, "wb")
    try:
        async for chunk in chunks:
            await in_thread(file.write, chunk.encode(encoding, "replace"))
        await in_thread(_to_disk, file)
    finally:
        await in_thread(file.close)


def _target(path: Path) -> Path | None:
    """Find what a link leads to, so that the link stays; None for what cannot be replaced."""
    return None if path.exists() and not path.is_file() else path.resolve()


def _to_disk(file: BinaryIO) -> None:
    file.flush()
    with suppress(OSError):  # a pipe has no disk
        os.fsync(file.fileno())
