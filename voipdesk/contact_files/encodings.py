"""In which encoding a file is written: by its mark, by its bytes, or as somebody says."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from voipdesk.core.errors import BadInput
from voipdesk.core.language import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LOOKED_AT = 65_536
OFFERED = ("utf-8", "cp1252", "iso-8859-15", "utf-16", "cp1250", "cp1251", "mac-roman", "cp437", "shift-jis", "gb18030")
"""Encodings to choose from, the likely ones first."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WESTERN = "cp1252"
_LONGEST_LINE = 1 << 21
"""Bytes of a line that are kept, far more than any property may have; what is behind them is passed over."""


def guess(beginning: bytes) -> str:
    """Say what the beginning of a file is most likely written in."""
    for mark, encoding in _MARKS:
        if beginning.startswith(mark):
            return encoding
    if len(beginning) > 1 and beginning[1::2].count(0) * 2 > len(beginning) // 2:
        return "utf-16-le"
    if len(beginning) > 1 and beginning[::2].count(0) * 2 > len(beginning) // 2:
        return "utf-16-be"
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(beginning)  # the last character may be cut off
    except UnicodeDecodeError:
        return _WESTERN
    return "utf-8"


def check(encoding: str) -> str:
    """Give the name of an encoding as Python knows it; BadInput when there is none, or it is not one of text."""
    try:
        found = codecs.lookup(encoding)
        b"a".decode(found.name, "replace")
    except (LookupError, ValueError, TypeError) as error:
        raise BadInput(_("“{name}” is no encoding.", name=encoding[:40]), advice=_("Try utf-8 or cp1252.")) from error
    return found.name


def decode(raw: bytes, encoding: str = "") -> str:
    """Decode a part of a file: as it says, else as UTF-8, else as Windows would in the west; never fails."""
    if encoding:
        try:
            return raw.decode(encoding)
        except (UnicodeError, LookupError):  # it is none of text, too
            pass
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode(_WESTERN, "replace")


def byte_lines(chunks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """Give lines of UTF-8, or of an unknown encoding of single bytes, without the file's mark."""
    wide = encoding.startswith(("utf-16", "utf-32"))
    decoder = codecs.getincrementaldecoder(encoding)("replace") if wide else None
    pieces: list[bytes] = []
    """Of the line whose end is still to come."""
    kept, end, first = 0, b"", True
    for chunk in chunks:
        text = chunk if decoder is None else decoder.decode(chunk).encode("utf-8", "replace")
        if first:
            text, first = text.removeprefix(codecs.BOM_UTF8), False
        text, end = end + text, b""
        if text.endswith(b"\r"):  # its line feed may be the next chunk's first
            text, end = text[:-1], b"\r"
        piece, *lines = _parted(text)
        if kept < _LONGEST_LINE:
            pieces.append(piece)
            kept += len(piece)
        if lines:
            yield b"".join(pieces)
            yield from lines[:-1]
            pieces, kept = [lines[-1]], len(lines[-1])
    if any(pieces):
        yield b"".join(pieces)


def _parted(text: bytes) -> list[bytes]:
    return text.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
