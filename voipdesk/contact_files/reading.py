"""A file of contacts, opened: what it is, how much of it was read, and its records one after the other."""

from __future__ import annotations

import io
import re
import stat
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from voipdesk.contact_files import encodings, table, vcard
from voipdesk.core.errors import BadInput, StorageFailed
from voipdesk.core.language import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

    from voipdesk.contact_files.record import FileRecord
    from voipdesk.contact_files.table import TableFormat, TableLook

SUFFIXES = frozenset({".vcf", ".vcard", ".csv", ".tsv", ".txt"})
"""Names of files that a watched folder is searched for."""
_LARGEST = 1 << 30
_CHUNK = 1 << 16
_LONGEST_LINE = 1 << 20
"""Characters of a table's line that are read at once: a file without line ends must not fill the memory."""
_CARD = re.compile(r"(?:^|[\r\n])[ \t]*BEGIN[ \t]*:[ \t]*VCARD[ \t]*(?:[\r\n]|\Z)", re.IGNORECASE)


class ContactFile:
    """Reads a file from its beginning to its end, once; for one thread. All errors are ours."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with _explained(path):
            about = path.stat()
            if not stat.S_ISREG(about.st_mode):  # a pipe would be waited for
                raise BadInput(_("“{file}” is no file.", file=path), advice=_("Choose a vCard or CSV file."))
            self.size, self.fingerprint = about.st_size, fingerprint(path)
            self._file: BinaryIO = path.open("rb")
            try:
                self._beginning = self._file.read(encodings.LOOKED_AT)
            except BaseException:
                self._file.close()
                raise
        self._check()
        self.read = 0
        """Bytes read so far."""
        self._encoding = encodings.guess(self._beginning)
        self.is_vcard = bool(_CARD.search(self._beginning.decode(self._encoding, "replace").removeprefix("\ufeff")))

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def look(self, asked: TableFormat | None = None, *, encoding: str = "", separator: str = "") -> TableLook | None:
        """Say how a table is written and what its columns may mean; None for a vCard file, which needs none of it."""
        if self.is_vcard:
            return None
        return table.look(self._beginning, asked, encoding=encoding, separator=separator)

    def records(self, asked: TableFormat | None = None) -> Iterator[FileRecord]:
        """Read the records; a table as `asked`, or as it looks."""
        with _explained(self.path):
            if self.is_vcard:
                yield from vcard.read(encodings.byte_lines(self._chunks(), self._encoding))
                return
            if asked is None:
                asked = table.look(self._beginning).format
            raw = io.BufferedReader(_Chunks(self._chunks()))  # type: ignore[type-var]  # typeshed wants more of a raw file than it has
            encoding = asked.encoding
            if encoding == "utf-8":
                encoding = "utf-8-sig"
            with io.TextIOWrapper(raw, encoding, errors="replace", newline="") as text:
                lines = iter(partial(text.readline, _LONGEST_LINE), "")
                yield from table.read((line.replace("\0", "") for line in lines), asked)

    def _chunks(self) -> Iterator[bytes]:
        self._file.seek(0)
        self.read = 0
        while chunk := self._file.read(_CHUNK):
            self.read += len(chunk)
            yield chunk

    def _check(self) -> None:
        problem, name = "", self.path.name
        if not self._beginning.strip(b" \t\r\n\0"):
            problem = _("“{file}” is empty.", file=name)
        elif self.size > _LARGEST:
            problem = _("“{file}” is too large to be a file of contacts.", file=name)
        elif self._beginning.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
            problem = _("“{file}” is a spreadsheet or an archive.", file=name)
        if problem:
            self.close()
            raise BadInput(problem, advice=_("Choose a vCard file, or save the table as CSV."))


class _Chunks(io.RawIOBase):
    """Bytes as a file, so that they can be decoded and counted at once."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]  # typeshed asks for any buffer
        if not self._rest:
            self._rest = next(self._chunks, b"")
        size = min(len(buffer), len(self._rest))
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        return size


def fingerprint(path: Path) -> str:
    """Give what changes when a file does: its time and size."""
    with _explained(path):
        about = path.stat()
    return f"{about.st_mtime_ns} {about.st_size}"


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
        raise BadInput(_("There is no file “{file}”.", file=path), advice=_("Look at its name and folder.")) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise StorageFailed(
            _("“{file}” cannot be read: {reason}.", file=path, reason=reason),
            advice=_("Check its permissions and the disk."),
        ) from error
