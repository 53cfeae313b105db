"""QR codes, made on this computer: as a picture for a screen or for paper, and as text for a terminal."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import segno

_BORDER = 4
"""Modules of white around it, as ISO/IEC 18004 asks for."""
_BLOCKS = {(False, False): "█", (False, True): "▀", (True, False): "▄", (True, True): " "}
"""Two modules, one above the other, by whether they are dark; what is light is drawn."""


def svg(text: str) -> bytes:
    """Give a QR code as SVG, dark on white whatever is behind it."""
    return _written(text, "svg", scale=8, light="white", xmldecl=True)


def png(text: str) -> bytes:
    """Give a QR code as PNG, dark on white."""
    return _written(text, "png", scale=8, light="white")


def terminal(text: str, *, colours: bool) -> str:
    """Give a QR code as lines of text; without colours it is right on a dark background, as most terminals have."""
    rows = [[bool(dark) for dark in row] for row in _code(text).matrix_iter(border=_BORDER)]
    if len(rows) % 2:
        rows.append([False] * len(rows[0]))
    begin, end = ("\x1b[97;40m", "\x1b[0m") if colours else ("", "")
    return "".join(
        begin + "".join(_BLOCKS[pair] for pair in zip(upper, lower, strict=True)) + end + "\n"
        for upper, lower in zip(rows[::2], rows[1::2], strict=True)
    )


def _code(text: str) -> segno.QRCode:
    import segno

    return segno.make_qr(text, error="m")


def _written(text: str, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    _code(text).save(out, kind=kind, border=_BORDER, **options)
    return out.getvalue()
