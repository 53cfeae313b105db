"""Printing: what comes from services is made safe for a terminal, tables fit what they hold, errors are two lines."""

from __future__ import annotations

import io
import json
import os
import sys
import unicodedata
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from voipdesk.core.language import _

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Sequence
    from decimal import Decimal
    from typing import TextIO

_GAP = "  "


def prepare() -> None:
    """Let nothing that is printed fail on a character the terminal's encoding does not have."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def add_format(parser: argparse.ArgumentParser, *formats: str) -> None:
    """Add the option --format; the first is the default."""
    parser.add_argument(
        "--format",
        choices=formats,
        default=formats[0],
        help=_("how to print it (default {format})", format=formats[0]),
    )


def plain(text: str) -> str:
    """Blank control and formatting characters: a name must not move the cursor, recolour or reverse what follows."""
    return text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)


def say(text: str = "") -> None:
    """Print a line of results."""
    _write(sys.stdout, plain(text))


def say_block(text: str) -> None:
    """Print lines that are safe already, as `table` and `pairs` give them."""
    sys.stdout.write(text)


def say_raw(text: str) -> None:
    """Print text for other programs as it is, line ends included."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(newline="")
    sys.stdout.write(text)


def flush() -> None:
    """Let what was printed be seen at once, in a pipe too."""
    sys.stdout.flush()


def drop() -> None:
    """Let go of standard output, which takes no more; Python would try once more at its end, and complain."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def note(text: str) -> None:
    """Print a line beside the results, for people."""
    _write(sys.stderr, plain(text))


def complain(message: str, advice: str = "") -> None:
    """Print an error: what happened and, on a line of its own, what to do."""
    note(f"voipdesk: {message}")  # NON-NLS: the program's name
    if advice:
        note(f"          {advice}")


def show_json(value: object) -> None:
    """Print a value as indented JSON."""
    _write(sys.stdout, json_text(value, indent=2))


def show_json_rows(values: Iterable[object]) -> None:
    """Print values as a JSON array, each on a line of its own: thousands are written as they are made."""
    between = "[\n"
    for value in values:
        sys.stdout.write(between + json_text(value))
        between = ",\n"
    sys.stdout.write("[]\n" if between == "[\n" else "\n]\n")


def json_text(value: object, indent: int | None = None) -> str:
    """Give a value as JSON; JSON escapes control characters by itself, and the rest is kept readable."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return text.translate(_INVISIBLE) if not text.isprintable() else text


def table(rows: Iterable[Sequence[str]], headings: Sequence[str], *, right: Sequence[int] = ()) -> str:
    """Give rows under headings in columns as wide as they need; the columns in `right` are flush right."""
    lines = [[plain(cell) for cell in row] for row in (headings, *rows)]
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    return "".join(
        _GAP.join(
            _padded(cell, width, right=place in right)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        + "\n"
        for line in lines
    )


def pairs(rows: Iterable[tuple[str, str]]) -> str:
    """Give names and values, the values in one column."""
    lines = [(plain(name), plain(value)) for name, value in rows]
    width = max((_width(name) for name, _value in lines), default=0)
    return "".join(f"{_padded(name, width)}{_GAP}{value}".rstrip() + "\n" for name, value in lines)


def exact(amount: Decimal | None) -> str | None:
    """Give an amount for other programs, to the last digit: as text, since their numbers may round it."""
    return None if amount is None else f"{amount:f}"


def local_time(at: datetime | None) -> str | None:
    """Give a time as ISO 8601 with this computer's offset, for other programs."""
    return None if at is None else at.astimezone().isoformat(timespec="seconds")


def shown_time(at: datetime | int | None) -> str:
    """Give a time for people, in this computer's zone; a number is milliseconds since 1970."""
    if at is None:
        return ""
    moment = datetime.fromtimestamp(at / 1000, UTC) if isinstance(at, int) else at
    return f"{moment.astimezone():%Y-%m-%d %H:%M:%S}"


def where(error: BaseException) -> str:
    """Name a bug by its kind and place, without its text, which may hold anything."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    kind = type(error).__name__
    if trace is None:
        return kind
    return _(
        "{kind} in {function}, line {line}", kind=kind, function=trace.tb_frame.f_code.co_name, line=trace.tb_lineno
    )


_INVISIBLE = {
    code: f"\\u{code:04x}"
    for code in (0x7F, *range(0x80, 0xA0), 0xAD, 0x61C, *range(0x200B, 0x2010), *range(0x2028, 0x202F))
} | {code: f"\\u{code:04x}" for code in (*range(0x2060, 0x2070), 0xFEFF)}


def _width(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _padded(text: str, width: int, *, right: bool = False) -> str:
    blank = " " * (width - _width(text))
    return blank + text if right else text + blank


def _write(stream: TextIO, line: str) -> None:
    print(line, file=stream)
